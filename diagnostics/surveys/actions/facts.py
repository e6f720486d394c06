"""What somebody sees of a survey when they press a button that cannot be undone."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy, ngettext

from core.seen import Fact, Facts
from diagnostics.checklists.presets import UnfitRecipe
from diagnostics.surveys.audience.tree import Node, leaves, people_asked
from diagnostics.surveys.history.resemblance import Resemblance
from diagnostics.surveys.letters.wording import closing_words
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
