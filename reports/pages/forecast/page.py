"""The forecast of a draft in words: each group at three turnouts, and what joining some of them would change."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diagnostics.surveys.audience.tree import Node, are_neighbours, joined_node, leaves
from diagnostics.surveys.models import Survey
from reports.disclosure import GROUP, OTHER_GROUPS, TEAM
from reports.disclosure.forecast import (
    AVERAGES,
    DETAILS,
    FIVE_CLASSES,
    FURTHER,
    NOT_NEEDED,
    NOWHERE,
    OWN,
    THREE_CLASSES,
    TOGETHER,
    TURNOUTS,
    Forecast,
    Line,
    Outcome,
    Size,
    forecast_of,
)

DETAIL_WORDS = {
    AVERAGES: gettext_lazy("averages"),
    THREE_CLASSES: gettext_lazy("three classes"),
    FIVE_CLASSES: gettext_lazy("five classes"),
}
FILLS = {
    AVERAGES: "forecast-averages",
    THREE_CLASSES: "forecast-three-classes",
    FIVE_CLASSES: "forecast-five-classes",
}


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
class JoiningEffect:
    """One turnout, without and with the groups joined."""

    turnout: int
    as_it_is: str
    joined: str
    is_better: bool  # more is said than of any of the groups by itself
    is_heard: bool  # answers that would be in no figure are in one
    is_loss: bool  # a result of their own is given up


class Foreseen:
    """A survey's tree with k, as it would be reported."""

    def __init__(self, survey: Survey, places: list[Node], k: int, words_only: Collection[str] = ()) -> None:
        self.places = places
        self.words_only = words_only  # leaves that say less below 30, by key
        self.is_in_words = not survey.is_personal  # so says every group of a survey by shared link
        self.k = k
        self.whole_only = survey.comments_at == Survey.CommentsAt.WHOLE
        self.names = {place.key: place.name for place in places}
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
        depths = self._depths()
        return [self._row(line, depths[line.node]) for line in self.forecast.lines]

    def _row(self, line: Line, depth: int) -> GroupRow:
        outcomes = zip(TURNOUTS, line.outcomes, strict=True)
        return GroupRow(
            kind=line.kind,
            name=self._name(line.kind, line.node),
            people=line.people if line.kind != OTHER_GROUPS else None,
            indent=min(max(depth - (line.kind == TEAM), 0), 6),
            cells=[self._cell(line, turnout, outcome) for turnout, outcome in outcomes],
        )

    def _depths(self) -> dict[str, int]:
        depths: dict[str, int] = {}
        for place in self.places:
            depths[place.key] = depths[place.parent] + 1 if place.parent else 0
        return depths

    def _name(self, kind: str, node: str) -> str:
        words = {"name": self.names[node]}
        if kind == OTHER_GROUPS:
            return _("Other groups in %(name)s") % words
        return _("All of %(name)s") % words if kind == GROUP else self.names[node]

    def _cell(self, line: Line, turnout: int, outcome: Outcome) -> OutcomeCell:
        if self._is_words_only(line, outcome):
            return OutcomeCell(turnout, outcome.answers, _("words only"), FILLS[AVERAGES])
        if outcome.kind == OWN:
            return OutcomeCell(turnout, outcome.answers, _said(outcome), FILLS[outcome.detail])
        if line.kind == OTHER_GROUPS and outcome.kind == NOWHERE:
            return OutcomeCell(turnout, None, _("under %(k)s") % {"k": apnumber(self.k)}, "")
        words = {
            TOGETHER: _("In “%(name)s”") % {"name": self._name(OTHER_GROUPS, outcome.at)} if outcome.at else "",
            NOWHERE: _("In no figure"),
            FURTHER: _("counted further up"),
            NOT_NEEDED: _("not needed"),
        }[outcome.kind]
        return OutcomeCell(turnout, None, words, "forecast-none" if outcome.kind in {TOGETHER, NOWHERE} else "")

    def _is_words_only(self, line: Line, outcome: Outcome) -> bool:
        is_small = outcome.kind == OWN and outcome.detail != FIVE_CLASSES
        return is_small and (self.is_in_words or (line.kind == TEAM and line.node in self.words_only))

    # --- Groups too small for a result of their own ---------------------------------------------------

    @property
    def small(self) -> Small:
        at_best = [(place, self._outcomes(place)[-1].kind) for place in leaves(self.places)]
        left_out = [place.counted for place, kind in at_best if kind == NOWHERE]
        return Small(sum(kind == TOGETHER for _place, kind in at_best), len(left_out), sum(left_out))

    def _outcomes(self, leaf: Node) -> tuple[Outcome, ...]:
        return self.forecast.line(TEAM, leaf.key).outcomes

    # --- What joining would change ----------------------------------------------------------------

    @property
    def joinable(self) -> list[Node]:
        """Leaves that have a neighbour."""
        return [place for places in self._beside_each_other() for place in places]

    def _beside_each_other(self) -> list[list[Node]]:
        by_parent: dict[str | None, list[Node]] = {}
        for place in leaves(self.places):
            by_parent.setdefault(place.parent, []).append(place)
        return [places for places in by_parent.values() if are_neighbours(places)]

    def suggested(self) -> list[str]:
        """Neighbours that gain by standing together: first those that would not surely have a result of their own."""
        among = [*self._doubtful(), *self._left_out_with_another()]
        return next(([place.key for place in parts] for parts in among if self._helps(parts)), [])

    def _doubtful(self) -> Iterator[list[Node]]:
        for places in self._beside_each_other():
            yield [place for place in places if self._outcomes(place)[0].kind != OWN]

    def _left_out_with_another(self) -> Iterator[list[Node]]:
        """Groups in no figure even if everybody answers, with the smallest group beside them."""
        for places in self._beside_each_other():
            left_out = [place for place in places if self._outcomes(place)[-1].kind == NOWHERE]
            others = [place for place in places if place not in left_out]
            if left_out and others:
                smallest = min(others, key=lambda place: place.counted)
                yield [place for place in places if place in left_out or place is smallest]

    def _helps(self, parts: list[Node]) -> bool:
        return are_neighbours(parts) and any(change.is_better or change.is_heard for change in self.changes(parts))

    def changes(self, parts: list[Node]) -> list[JoiningEffect]:
        """Turnout by turnout; `parts` are neighbours."""
        one = joined_node(parts, self.joined_name(parts))
        after = self._forecast([one if place is parts[0] else place for place in self.places if place not in parts[1:]])
        outcomes = after.line(TEAM, one.key).outcomes
        return [self._change(parts, turn, outcome) for turn, outcome in enumerate(outcomes)]

    def _change(self, parts: list[Node], turn: int, joined: Outcome) -> JoiningEffect:
        before = {part.name: self.forecast.line(TEAM, part.key).outcomes[turn] for part in parts}
        return JoiningEffect(
            turnout=TURNOUTS[turn],
            as_it_is=self._as_it_is(before),
            joined=self._joined(joined),
            is_better=_rank(joined) > max(map(_rank, before.values())),
            is_heard=joined.kind != NOWHERE and any(outcome.kind == NOWHERE for outcome in before.values()),
            is_loss=any(map(_rank, before.values())),
        )

    def joined_name(self, parts: list[Node]) -> str:
        return get_text_list([part.name for part in parts], _("and"))

    def _as_it_is(self, before: dict[str, Outcome]) -> str:
        """'Rehabilitation and Pharmacy on their own, averages; Podiatry in no figure'."""
        alike: dict[tuple[str, str, str | None], list[str]] = {}
        for name, outcome in before.items():
            at = outcome.at if outcome.kind == TOGETHER else None
            alike.setdefault((outcome.kind, outcome.detail, at), []).append(name)
        return "; ".join(self._told(names, *fate) for fate, names in alike.items())

    def _told(self, names: list[str], kind: str, detail: str, at: str | None) -> str:
        words = {"names": get_text_list(names, _("and"))}
        if kind == OWN:
            sentence = ngettext("%(names)s on its own, %(detail)s", "%(names)s on their own, %(detail)s", len(names))
            return sentence % (words | {"detail": DETAIL_WORDS[detail]})
        if kind == TOGETHER and at is not None:
            return _("%(names)s in “%(others)s”") % (words | {"others": self._name(OTHER_GROUPS, at)})
        return _("%(names)s in no figure") % words

    def _joined(self, outcome: Outcome) -> str:
        if outcome.kind == OWN:
            answers = ngettext("%(n)s answer", "%(n)s answers", outcome.answers) % {"n": outcome.answers}
            return _("%(answers)s, %(detail)s") % {"answers": answers, "detail": _said(outcome)}
        if outcome.kind == TOGETHER and outcome.at is not None:
            return _("Still in “%(others)s”") % {"others": self._name(OTHER_GROUPS, outcome.at)}
        return _("Still in no figure")


def _said(outcome: Outcome) -> str:
    detail = str(DETAIL_WORDS[outcome.detail])
    return _("%(detail)s, comments") % {"detail": detail} if outcome.has_comments else detail


def _rank(outcome: Outcome) -> int:
    return DETAILS.index(outcome.detail) + 1 if outcome.kind == OWN else 0


def summary(changes: list[JoiningEffect]) -> list[str]:
    """What is gained and what is given up, in a sentence each."""
    gained = [f"{change.turnout}%" for change in changes if change.is_better]
    heard = [f"{change.turnout}%" for change in changes if change.is_heard]
    lost = [f"{change.turnout}%" for change in changes if change.is_loss]
    sentences = [
        _("You gain a result or more detail at %(turnouts)s.") % {"turnouts": get_text_list(gained, _("and"))}
        if gained
        else _("You gain no more detail.")
    ]
    if heard:
        sentences.append(
            _("Answers that would be in no figure count at %(turnouts)s.")
            % {"turnouts": get_text_list(heard, _("and"))}
        )
    if lost:
        sentences.append(
            _("You give up separate results at %(turnouts)s.") % {"turnouts": get_text_list(lost, _("and"))}
        )
    return sentences
