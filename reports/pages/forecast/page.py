"""The forecast of a draft in words: each group at three turnouts, and which groups could be joined."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.surveys.audience.tree import LONGEST, Node, are_neighbours, joined_node, leaves
from diagnostics.surveys.models import Survey
from reports.disclosure import OTHER_GROUPS, TEAM
from reports.disclosure.forecast import (
    DETAILS,
    NOWHERE,
    OWN,
    TOGETHER,
    TURNOUTS,
    Forecast,
    Line,
    Outcome,
    Size,
    forecast_of,
)
from reports.pages.forecast.words import FILLS, NO_RESULT, Wording

JOINED = 8  # groups that are suggested to be joined at once: of more nobody would say "we"
NAMED = 3  # groups in the name of what they make together, before the others are a number


@dataclass(frozen=True)
class OutcomeCell:
    turnout: int
    answers: int | None
    words: str
    fill: str  # class of its colour; "" for plain words


@dataclass(frozen=True)
class GroupRow:
    kind: str
    name: str
    within: str  # the groups above, where another group has the same name
    people: int | None
    indent: int
    cells: list[OutcomeCell]


@dataclass(frozen=True)
class Small:
    """The groups that have no result of their own even if everybody answers."""

    together: int  # groups counted together with others
    nowhere: int  # groups in no figure
    left_out: int  # people in those


@dataclass(frozen=True)
class Joinable:
    """Leaves side by side in one group."""

    within: str  # its path; "" for the top
    places: list[Node]


class Foreseen:
    """A survey's tree with k, as it would be reported."""

    def __init__(self, survey: Survey, places: list[Node], k: int, words_only: Collection[str] = ()) -> None:
        self.survey, self.places, self.k = survey, places, k
        self.whole_only = survey.comments_at == Survey.CommentsAt.WHOLE
        self.wording = Wording(survey, places, k, words_only)
        self.forecast = self._forecast(places)

    def _forecast(self, places: list[Node]) -> Forecast:
        if not places:
            return Forecast(self.k, ())
        parents = {place.key: place.parent for place in places}
        sizes = {place.key: Size(place.counted, place.uncounted) for place in leaves(places)}
        return forecast_of(parents, sizes, self.k, comments_for_whole_only=self.whole_only)

    # --- Each group at three turnouts -----------------------------------------------------------

    @property
    def rows(self) -> list[GroupRow]:
        return self.rows_of(self.forecast.lines)

    def rows_of(self, lines: Iterable[Line]) -> list[GroupRow]:
        depths, often = self._depths(), Counter(self.wording.names.values())
        return [
            self._row(line, depths[line.node], is_alone=often[self.wording.names[line.node]] == 1) for line in lines
        ]

    def _row(self, line: Line, depth: int, *, is_alone: bool) -> GroupRow:
        outcomes = zip(TURNOUTS, line.outcomes, strict=True)
        return GroupRow(
            kind=line.kind,
            name=self.wording.name(line.kind, line.node),
            within="" if is_alone else self.wording.paths[line.node].rpartition(" › ")[0],
            people=line.people if line.kind != OTHER_GROUPS else None,
            indent=min(max(depth - (line.kind == TEAM), 0), 6),
            cells=[self._cell(line, turnout, outcome) for turnout, outcome in outcomes],
        )

    def _depths(self) -> dict[str, int]:
        depths: dict[str, int] = {}
        for place in self.places:
            depths[place.key] = depths[place.parent] + 1 if place.parent else 0
        return depths

    def _cell(self, line: Line, turnout: int, outcome: Outcome) -> OutcomeCell:
        words = self.wording.said(line.kind, line.node, outcome)
        if outcome.kind == OWN:
            fill = FILLS[self.wording.detail(line.kind, line.node, outcome)]
            return OutcomeCell(turnout, outcome.answers, words, fill)
        is_of_nobody = outcome.kind == TOGETHER or (outcome.kind == NOWHERE and line.kind != OTHER_GROUPS)
        return OutcomeCell(turnout, None, words, NO_RESULT if is_of_nobody else "")

    # --- Groups too small for a result of their own ---------------------------------------------------

    @property
    def small(self) -> Small:
        at_best = [(place, outcomes[-1].kind) for place, outcomes in self._of_leaves()]
        left_out = [place.counted for place, kind in at_best if kind == NOWHERE]
        return Small(sum(kind == TOGETHER for _place, kind in at_best), len(left_out), sum(left_out))

    def _of_leaves(self) -> list[tuple[Node, tuple[Outcome, ...]]]:
        teams = {line.node: line.outcomes for line in self.forecast.lines if line.kind == TEAM}
        return [(place, teams[place.key]) for place in leaves(self.places)]

    # --- Which could be joined -----------------------------------------------------------------------

    @property
    def joinable(self) -> list[Joinable]:
        """Leaves that have a neighbour, by the group that they stand in."""
        roots = {place.key for place in self.places if place.parent is None}
        paths = self.wording.paths
        return [
            Joinable("" if (above := places[0].parent) is None or above in roots else paths[above], places)
            for places in self._beside_each_other()
        ]

    def smallest_joinable(self, most: int, *, besides: Collection[str] = ()) -> list[Joinable]:
        """Of many groups those for which joining is most likely to help, and those named `besides`."""
        choices = self.joinable
        every = [place for one in choices for place in one.places]
        kept = {place.key for place in smallest(every, most)} | set(besides)
        trimmed = (Joinable(one.within, [place for place in one.places if place.key in kept]) for one in choices)
        return [one for one in trimmed if one.places]

    def _beside_each_other(self) -> list[list[Node]]:
        by_parent: dict[str | None, list[Node]] = {}
        for place in leaves(self.places):
            by_parent.setdefault(place.parent, []).append(place)
        return [places for places in by_parent.values() if are_neighbours(places)]

    def suggested(self) -> list[str]:
        """Neighbours that gain by standing together: first those that would not surely have a result of their own."""
        outcomes = {place.key: found for place, found in self._of_leaves()}
        among = [*self._doubtful(outcomes), *self._left_out_with_another(outcomes)]
        found = next((parts for parts in among if self._helps(parts, outcomes)), [])
        return [place.key for place in found]

    def _doubtful(self, outcomes: dict[str, tuple[Outcome, ...]]) -> Iterator[list[Node]]:
        for places in self._beside_each_other():
            yield smallest([place for place in places if outcomes[place.key][0].kind != OWN], JOINED)

    def _left_out_with_another(self, outcomes: dict[str, tuple[Outcome, ...]]) -> Iterator[list[Node]]:
        """Groups in no figure even if everybody answers, with the smallest group beside them."""
        for places in self._beside_each_other():
            left_out = [place for place in places if outcomes[place.key][-1].kind == NOWHERE]
            others = [place for place in places if place not in left_out]
            if left_out and others:
                parts = [*smallest(left_out, JOINED - 1), *smallest(others, 1)]
                yield [place for place in places if place in parts]

    def _helps(self, parts: list[Node], outcomes: dict[str, tuple[Outcome, ...]]) -> bool:
        """A result of their own depends on the joined people alone, wherever they stand in the tree."""
        if not are_neighbours(parts):
            return False
        alone = self._forecast([_by_itself(joined_node(parts, ""))]).lines[0].outcomes
        before = zip(*(outcomes[part.key] for part in parts), strict=True)
        return any(
            joined.kind == OWN and (rank(joined) > max(map(rank, apart)) or any(one.kind == NOWHERE for one in apart))
            for joined, apart in zip(alone, before, strict=True)
        )

    # --- Joined ----------------------------------------------------------------------------------

    def joined(self, parts: list[Node]) -> list[Node]:
        """The tree with these neighbours as one group, under the key of the first."""
        one, gone = joined_node(parts, self.joined_name(parts)), {part.key for part in parts[1:]}
        return [one if place is parts[0] else place for place in self.places if place.key not in gone]

    def joined_name(self, parts: list[Node]) -> str:
        names = [part.name for part in parts]
        if len(names) > NAMED or len(get_text_list(names, _("and"))) > LONGEST:
            others = len(names) - 1
            more = ngettext("%(count)s other group", "%(count)s other groups", others) % {"count": others}
            names = [names[0][: LONGEST - 40], more]
        return get_text_list(names, _("and"))


def smallest(places: list[Node], most: int) -> list[Node]:
    """In the order of the tree."""
    kept = {place.key for place in sorted(places, key=lambda place: place.counted)[:most]}
    return [place for place in places if place.key in kept]


def _by_itself(place: Node) -> Node:
    return Node(
        place.key,
        None,
        place.kind,
        place.name,
        place.people,
        place.stated_size,
        place.leaders,
        is_leaf=True,
    )


def rank(outcome: Outcome) -> int:
    """How much is said of a group by itself."""
    return DETAILS.index(outcome.detail) + 1 if outcome.kind == OWN else 0
