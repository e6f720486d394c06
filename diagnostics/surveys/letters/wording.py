"""The words of invitations and reminders: what consultants write, with a few names in braces that are filled in."""

import datetime
import re
from collections.abc import Iterator, Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.post.registry import Rendered
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import minutes
from diagnostics.surveys.words import said

INVITATION, REMINDER = "invitation", "reminder"
LETTERS = (INVITATION, REMINDER)
PLACEHOLDERS = ("name", "survey", "minutes", "closes")
_braces = re.compile(r"\{([^{}\n]{1,40})\}")


def letter(survey: Survey, kind: str, *, name: str, link: str) -> Rendered:
    """An invitation or a reminder as it leaves; the link and why it came are always said."""
    survey = said(survey)
    facts = facts_of(survey, name)
    subject, text = (filled(getattr(survey, f"{kind}_{part}"), facts) for part in ("subject", "text"))
    return Rendered(subject, f"{text.strip()}\n\n{_introduction()}\n{link}\n\n{_ending(survey)}\n")


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
    facts = {"day": date_format(day, _("j F Y")) if day else "", "survey": survey.title, "contact": survey.contact}
    return Rendered(_("Your link was replaced: %(survey)s") % {"survey": survey.title}, text % facts)


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
    facts = {"name": name, "survey": survey.title, "link": link, "contact": survey.contact}
    subject = _("Your link again: %(survey)s") % {"survey": survey.title}
    return Rendered(subject, text % (facts | {"introduction": _introduction()}))


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Names that stand for nothing are left as they were written."""
    return _braces.sub(lambda found: facts.get(found[1], found[0]), text)


def facts_of(survey: Survey, name: str) -> dict[str, str]:
    return {
        "name": name,
        "survey": survey.title,
        "minutes": str(minutes(survey)),
        "closes": closing_words(survey),
    }


def contact_of(user: User) -> str:
    """Whom respondents can ask, unless somebody else is named."""
    return (f"{user.name}, {user.email}" if user.name else user.email)[:150]


def closing_words(survey: Survey) -> str:
    """'Friday 4 December, 17:00 GMT', in the survey's own time zone; with the year where it is another one."""
    moment = survey.closing_moment.astimezone(survey.zone)
    is_this_year = moment.year == timezone.now().astimezone(survey.zone).year
    return date_format(moment, _("l j F, H:i T") if is_this_year else _("l j F Y, H:i T"))


def misspelt(survey: Survey) -> Iterator[str]:
    """What stands in braces and is none of the names, each once."""
    texts = [getattr(survey, f"{kind}_{part}") for kind in LETTERS for part in ("subject", "text")]
    return iter(dict.fromkeys(f"{{{name}}}" for text in texts for name in unknown_names(text)))


def unknown_names(text: str) -> list[str]:
    return [name for name in _braces.findall(text) if name not in PLACEHOLDERS]


def _introduction() -> str:
    return _("Your personal link (please do not pass it on):")


def _ending(survey: Survey) -> str:
    return _(
        "Taking part is your choice. You can tell us on the first page that you would rather not, and no reminder will "
        "follow. Questions: %(contact)s"
    ) % {"contact": survey.contact}
