"""What a survey's letters say: the words of consultants, filled in, and what stands in every letter."""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.accounts.models import User
from core.post.registry import Rendered, Writer
from core.words import unlinked
from diagnostics.surveys.letters.placeholders import filled, has_link, unknown_in
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import minutes
from diagnostics.surveys.words import said
from spaces.looks import look_of, writer_of

INVITATION, REMINDER = "invitation", "reminder"
LETTERS = (INVITATION, REMINDER)


def letter(
    survey: Survey, kind: str, *, name: str, link: str, group: str = "", launcher: User | None = None
) -> Rendered:
    """An invitation or a reminder as it leaves; the link and why it came are always said.

    `launcher`: whoever would ask if a draft were launched now.
    """
    survey = said(survey)
    facts = facts_of(survey, name=name, link=link, group=group)
    subject, text = (getattr(survey, f"{kind}_{part}") for part in ("subject", "text"))
    written = filled(text, facts).strip()
    if not has_link(text):
        written = f"{written}\n\n{_introduction()}\n{link}"
    return Rendered(
        filled(subject, facts),
        f"{written}\n\n{_ending(survey, kind)}\n",
        link=link,
        button=_("Open the questions"),
        writer=writer_in(survey, kind, launcher=launcher),
        look=look_of(survey.workspace),
    )


def moved(survey: Survey, *, day: datetime.date | None) -> Rendered:
    """Says nothing of what may have been answered, and does not name the other address."""
    text = _(
        "On %(day)s your link to “%(survey)s” was replaced: those who run the survey had a new one sent to another "
        "address. The link you had no longer opens the questions, and whoever has the new one cannot open, change or "
        "take back what was answered by yours.\n\n"
        "If you have handed in your answers by the earlier link, they count, and by that link you can still take them "
        "back until the survey closes. Nobody is told whether you have.\n\n"
        "If you did not ask for another address, please say so: %(contact)s"
    )
    survey = said(survey)
    title = unlinked(survey.title)
    facts = {"day": date_format(day, _("j F Y")) if day else "", "survey": title, "contact": survey.contact}
    subject = _("Your link was replaced: %(survey)s") % {"survey": title}
    return Rendered(subject, text % facts, writer=writer_in(survey, INVITATION), look=look_of(survey.workspace))


def again(survey: Survey, *, name: str, link: str) -> Rendered:
    """Says nothing of what may have been answered by it."""
    text = _(
        "Dear %(name)s,\n\n"
        "somebody has asked, with this address, for the link to “%(survey)s”. It is the one that you were sent before, "
        "and what you have saved by it is still there.\n\n"
        "%(introduction)s\n%(link)s\n\n"
        "Did you not ask for it? Then you need do nothing: nothing has changed, and nobody is told. Questions: "
        "%(contact)s"
    )
    survey = said(survey)
    facts = {"name": unlinked(name), "survey": unlinked(survey.title), "link": link, "contact": survey.contact}
    return Rendered(
        _("Your link again: %(survey)s") % {"survey": unlinked(survey.title)},
        text % (facts | {"introduction": _introduction()}),
        link=link,
        button=_("Open the questions"),
        writer=writer_in(survey, INVITATION),
        look=look_of(survey.workspace),
    )


# --- What is filled in ---------------------------------------------------------------------------


def facts_of(survey: Survey, *, name: str, link: str, group: str = "") -> dict[str, str]:
    return {
        "name": unlinked(name),
        "asked_by": unlinked(survey.asked_by),
        "organisation": unlinked(survey.workspace.name),
        "group": unlinked(group or _example_group(survey)),
        "survey": unlinked(survey.title),
        "purpose": survey.purpose.strip(),
        "closes": closing_words(survey),
        "minutes": minutes_words(survey),
        "link": link,
    }


def _example_group(survey: Survey) -> str:
    """Of a draft, whose groups are not copied yet."""
    chosen = survey.audience.order_by("name").first()
    return chosen.name if chosen else survey.workspace.name


def minutes_words(survey: Survey) -> str:
    count = minutes(survey)
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def closing_words(survey: Survey) -> str:
    return moment_words(survey, survey.closing_moment)


def moment_words(survey: Survey, moment: datetime.datetime) -> str:
    """'Friday 4 December, 17:00 GMT', in the survey's own time zone; with the year where it is another one."""
    moment = moment.astimezone(survey.zone)
    is_this_year = moment.year == timezone.now().astimezone(survey.zone).year
    return date_format(moment, _("l j F, H:i T") if is_this_year else _("l j F Y, H:i T"))


def misspelt(survey: Survey) -> Iterator[str]:
    """What stands in braces and is none of the names, each once."""
    texts = [getattr(survey, f"{kind}_{part}") for kind in LETTERS for part in ("subject", "text")]
    return iter(dict.fromkeys(written for text in texts for written in unknown_in(text)))


# --- Who asks ------------------------------------------------------------------------------------


def writer_in(survey: Survey, kind: str, *, launcher: User | None = None) -> Writer:
    """Replies to a reminder go to nobody: even one that says 'I am away' would tell who has not answered."""
    if survey.is_from_nobody:
        return Writer(survey.workspace.name)
    writer = writer_of(survey.workspace, survey.writer or launcher)
    return Writer(writer.name) if kind == REMINDER else writer


def contact_of(user: User) -> str:
    """Whom respondents can ask, unless somebody else is named."""
    return (f"{user.name}, {user.email}" if user.name else user.email)[:150]


# --- What always stands there --------------------------------------------------------------------


def _introduction() -> str:
    return _("Your personal link (please do not pass it on):")


def _ending(survey: Survey, kind: str) -> str:
    choice = _(
        "Taking part is your choice. You can tell us on the first page that you would rather not, and no reminder will "
        "follow. Questions: %(contact)s"
    ) % {"contact": survey.contact}
    if kind == INVITATION:
        return choice
    no_reply = _(
        "A reply to this reminder does not reach those who run the survey, so that not even an automatic one tells "
        "them who was reminded."
    )
    return "\n\n".join([choice, no_reply])
