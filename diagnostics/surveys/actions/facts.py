"""What somebody sees of a survey when they press a button that cannot be undone."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.seen import Fact, Facts
from diagnostics.checklists.presets import UnfitRecipe
from diagnostics.surveys.audience.tree import Node, leaves, people_asked
from diagnostics.surveys.history.resemblance import Resemblance
from diagnostics.surveys.letters.wording import closing_words, moment_words
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import recipe_of
from diagnostics.surveys.words import FIRST_PAGE, LETTERS


def of_launch(survey: Survey, nodes: list[Node], resemblances: Iterable[Resemblance]) -> Facts:
    """Whom it asks, what, until when, in which words."""
    people = [
        (one.key, one.name, one.stated_size, sorted(person.mailbox for person in one.people)) for one in leaves(nodes)
    ]
    near = [(one.leaf.key, one.earlier.pk) for one in resemblances]
    page = [getattr(survey, name) for name in FIRST_PAGE]
    return {
        "people": Fact(gettext_lazy("who is asked"), people, _asked(nodes)),
        "starts": _starts(survey),
        "closes": _closes(survey),
        "asked": Fact(gettext_lazy("what is asked"), _recipe(survey)),
        "first_page": Fact(gettext_lazy("the first page"), page, survey.title),
        "letters": Fact(gettext_lazy("the messages"), [getattr(survey, name) for name in LETTERS]),
        "writer": Fact(gettext_lazy("who the messages come from"), (survey.writer_id, survey.is_from_nobody)),
        "reminders": Fact(gettext_lazy("the days of the reminders"), survey.reminder_days),
        "languages": Fact(gettext_lazy("the languages"), (survey.languages, survey.words)),
        "near": Fact(gettext_lazy("which groups say less"), near),
    }


def of_survey(survey: Survey) -> Facts:
    """Of one that was launched, before it is closed or cancelled."""
    status = Fact(gettext_lazy("the survey"), survey.status, survey.get_status_display())
    return {"status": status, "closes": _closes(survey)}


def of_start(survey: Survey) -> Facts:
    """Of one that waits for its start, before it begins at once."""
    people = survey.participants.filter(is_removed=False).count()
    said = ngettext("%(count)s person", "%(count)s people", people) % {"count": people}
    asked = Fact(gettext_lazy("who is asked"), people, said)
    return {**of_survey(survey), "starts": _starts(survey), "people": asked}


def of_reminding(survey: Survey) -> Facts:
    """Of an open one, before everybody who has not answered is reminded at once. To whom that is, nobody is told."""
    asked = people_reached(survey)
    said = ngettext("%(count)s person", "%(count)s people", asked) % {"count": asked}
    words = (survey.reminder_subject, survey.reminder_text, survey.words, survey.reminder_words)
    return {
        **of_survey(survey),
        "asked": Fact(gettext_lazy("who is asked"), asked, said),
        "words": Fact(gettext_lazy("the words of the reminder"), words),
        "days": Fact(gettext_lazy("the days of the reminders"), survey.reminder_days),
    }


def people_reached(survey: Survey) -> int:
    """To whom a letter can go, whether or not they have answered: a reminder goes to no more than these."""
    return survey.participants.filter(is_removed=False, is_away=False, invitation__has_bounced=False).count()


def _starts(survey: Survey) -> Fact:
    shown = moment_words(survey, survey.opens_at) if survey.opens_at else _("at once")
    return Fact(gettext_lazy("when it starts"), survey.opens_at, shown)


def _closes(survey: Survey) -> Fact:
    shown = closing_words(survey) if survey.closes_at else ""
    return Fact(gettext_lazy("when it closes"), survey.closes_at, shown)


def _asked(nodes: list[Node]) -> str:
    people, groups = people_asked(nodes), len(leaves(nodes))
    in_groups = ngettext("%(count)s group", "%(count)s groups", groups) % {"count": groups}
    said = ngettext("%(people)s person in %(groups)s", "%(people)s people in %(groups)s", people)
    return said % {"people": people, "groups": in_groups}


def _recipe(survey: Survey) -> tuple:
    try:
        return survey.own_version_id, recipe_of(survey).statement_keys()
    except UnfitRecipe:
        return ()
