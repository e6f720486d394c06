"""Which groups of a draft were asked nearly alike a short while ago, so that their results may say less.

Time counts from the close of the earlier survey, or is nothing while that is open: until then its people may answer,
and what they think has had no time to change before that. A survey that was cancelled told nothing.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.drafting import is_of_model
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.own_version import OwnVersion
from diagnostics.checklists.presets import Recipe, UnfitRecipe
from diagnostics.checklists.source import letters_of
from diagnostics.questionnaire.questionnaire import Questionnaire, questionnaire_of, read
from diagnostics.surveys.audience.tree import Node, leaves
from diagnostics.surveys.history.comparing import Asked, differing_people, hashed, is_nearly_the_same, unpacked
from diagnostics.surveys.history.models import AskedLeaf
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.recipes import recipe_of
from spaces.models import Workspace

LISTS_APART = datetime.timedelta(days=60)
ROOMS_APART = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Resemblance:
    """A leaf of the draft, and the earlier survey that makes it say less."""

    leaf: Node
    earlier: Survey
    people: int | None  # in which the lists differ; None where nobody is listed


def resembling(survey: Survey, nodes: list[Node], *, now: datetime.datetime) -> list[Resemblance]:
    """At most one for each leaf, in tree order: that with the latest of the surveys it resembles."""
    earlier = _with_the_same_statements(survey, _recent(survey.workspace, now).exclude(pk=survey.pk))
    if survey.is_in_room:
        return [Resemblance(leaf, one, None) for leaf in leaves(nodes) for one in _in_room(earlier, now)[:1]]
    asked = AskedBefore(earlier)
    found = (next(_of(leaf, survey, asked), None) for leaf in leaves(nodes))
    return [one for one in found if one]


def words_only_leaves(survey: Survey) -> set[str]:
    """Public ids of the groups that publish level words only, below 30 people; settled at the launch."""
    return set(SurveyGroup.objects.filter(survey=survey, is_words_only=True).values_list("public_id", flat=True))


def room_held_lately(workspace: Workspace, *, now: datetime.datetime) -> Survey | None:
    """The latest survey in a room of this workspace, if the next one there may say less because of it."""
    return next(iter(_in_room(_recent(workspace, now), now)), None)


def asked_in(leaf: Node, survey: Survey, *, secret: str | None = None) -> Asked:
    mailboxes = hashed((one.mailbox for one in leaf.people), survey.workspace.public_id, secret=secret)
    return Asked(frozenset(leaf.sources), leaf.invited, mailboxes)


def _recent(workspace: Workspace, now: datetime.datetime) -> QuerySet[Survey]:
    launched = workspace.surveys.exclude(status__in=[Survey.Status.DRAFT, Survey.Status.CANCELLED])
    recent = launched.filter(Q(stopped_at=None) | Q(stopped_at__gt=now - LISTS_APART))
    return recent.select_related("version").defer("version__content").order_by("-launched_at", "-pk")


def _in_room(surveys: Iterable[Survey], now: datetime.datetime) -> list[Survey]:
    return [one for one in surveys if one.is_in_room and (one.stopped_at is None or one.stopped_at > now - ROOMS_APART)]


def _with_the_same_statements(survey: Survey, earlier: Iterable[Survey]) -> list[Survey]:
    """Those that ask at least one statement of the draft; none while its choices do not go together."""
    try:
        draft = _questionnaire(recipe_of(survey))
    except UnfitRecipe:
        return []
    return [one for one in earlier if _ask_the_same(draft, questionnaire_of(one.asked_version))]


def _questionnaire(recipe: Recipe | OwnVersion) -> Questionnaire:
    """What would be asked."""
    if isinstance(recipe, OwnVersion):
        return questionnaire_of(recipe.version)
    return read(compiled(source_of_recipe(recipe)))


def _ask_the_same(one: Questionnaire, other: Questionnaire) -> bool:
    """Some statement by its key, its identity or its words; or a statement of somebody's own in a place that both ask,
    for nobody can tell what in other words would be answered as before."""
    return bool(_marks(one) & _marks(other) or _own_places(one) & _places(other) or _places(one) & _own_places(other))


def _marks(of: Questionnaire) -> set[str]:
    statements = of.statements.values()
    return {mark for one in statements for mark in (one.key, one.asks, letters_of(one.text))}


def _places(of: Questionnaire) -> set[tuple[str, str]]:
    return {(one.condition, one.space) for one in of.statements.values()}


def _own_places(of: Questionnaire) -> set[tuple[str, str]]:
    own = (one for one in of.statements.values() if not is_of_model(one.key.partition(".")[0]))
    return {(one.condition, one.space) for one in own}


class AskedBefore:
    """The leaves of some surveys in every state that is kept, latest survey first, to be asked which of them shares a
    group or a person with another leaf: of a thousand leaves each is compared with a few."""

    def __init__(self, surveys: list[Survey]) -> None:
        by_survey: dict[int, list[Asked]] = {}
        for row in AskedLeaf.objects.filter(survey__in=surveys):
            asked = Asked(frozenset(row.sources), row.size, unpacked(bytes(row.mailboxes)))
            by_survey.setdefault(row.survey_id, []).append(asked)
        self.leaves = [(survey, asked) for survey in surveys for asked in by_survey.get(survey.pk, [])]
        self._sharing: dict[str | bytes, list[int]] = {}
        for place, (_survey, asked) in enumerate(self.leaves):
            marks: set[str | bytes] = {*asked.sources, *asked.mailboxes}
            for mark in marks:
                self._sharing.setdefault(mark, []).append(place)

    def sharing(self, now: Asked) -> Iterator[tuple[Survey, Asked]]:
        marks: set[str | bytes] = {*now.sources, *now.mailboxes}
        places = {place for mark in marks for place in self._sharing.get(mark, [])}
        return (self.leaves[place] for place in sorted(places))


def _of(leaf: Node, survey: Survey, before: AskedBefore) -> Iterator[Resemblance]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        now = asked_in(leaf, survey, secret=secret)
        for earlier, asked in before.sharing(now):
            if is_nearly_the_same(now, asked, survey.k):
                listed = now.mailboxes and asked.mailboxes
                yield Resemblance(leaf, earlier, differing_people(now, asked) if listed else None)
