"""What joining some groups would change: for them, and for everything else that is reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.surveys.audience.tree import Node, leaves
from reports.disclosure import GROUP, OTHER_GROUPS, TEAM
from reports.disclosure.forecast import NOWHERE, OWN, TOGETHER, TURNOUTS, Line, Outcome, Size
from reports.pages.forecast.page import Foreseen, rank

SHOWN = 12  # reports that change, before the rest is folded away


@dataclass(frozen=True)
class JoiningEffect:
    """The joined groups at one turnout, without and with joining."""

    turnout: int
    as_it_is: str
    joined: str
    is_better: bool  # more is said than of any of the groups by itself
    is_heard: bool  # answers that would be in no figure are in one
    is_loss: bool  # a result of their own is given up


@dataclass(frozen=True)
class Total:
    """A number of the whole survey, without and with joining."""

    before: int
    after: int

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Balance:
    """The whole survey at one turnout."""

    turnout: int
    readable: Total  # groups whose people have a report of their own, alone or joined
    reports: Total
    left_out: Total  # answers in no figure


@dataclass(frozen=True)
class ReportChange:
    """What becomes of one report at one turnout."""

    turnout: int
    words: str
    is_gain: bool = False


@dataclass(frozen=True)
class ReportRow:
    """A report that joining makes, ends or changes."""

    name: str  # with its path
    changes: list[ReportChange]


class Joining:
    """`parts`: neighbours; `after`: the same survey with them joined."""

    def __init__(self, before: Foreseen, after: Foreseen, parts: list[Node]) -> None:
        self.before, self.after, self.parts = before, after, parts
        self.key = parts[0].key
        self._lines_before = {(line.kind, line.node): line for line in before.forecast.lines}
        self._lines_after = {(line.kind, line.node): line for line in after.forecast.lines}
        self.joined_line = self._lines_after[TEAM, self.key]

    # --- The joined groups --------------------------------------------------------------------------

    @cached_property
    def effects(self) -> list[JoiningEffect]:
        return [self._effect(turn, outcome) for turn, outcome in enumerate(self.joined_line.outcomes)]

    def _effect(self, turn: int, joined: Outcome) -> JoiningEffect:
        before = {part.key: self._lines_before[TEAM, part.key].outcomes[turn] for part in self.parts}
        return JoiningEffect(
            turnout=TURNOUTS[turn],
            as_it_is=self._as_it_is(before),
            joined=self._joined(joined),
            is_better=rank(joined) > max(map(rank, before.values())),
            is_heard=joined.kind != NOWHERE and any(outcome.kind == NOWHERE for outcome in before.values()),
            is_loss=any(map(rank, before.values())),
        )

    def _as_it_is(self, before: dict[str, Outcome]) -> str:
        """'Rehabilitation and Pharmacy on their own, averages; Podiatry in no figure'."""
        alike: dict[tuple[str, str, str | None], list[str]] = {}
        for key, outcome in before.items():
            at = outcome.at if outcome.kind == TOGETHER else None
            said = self.before.wording.said(TEAM, key, outcome)
            alike.setdefault((outcome.kind, said, at), []).append(self.before.wording.names[key])
        return "; ".join(self._told(names, *fate) for fate, names in alike.items())

    def _told(self, names: list[str], kind: str, said: str, at: str | None) -> str:
        words = {"names": _some(names)}
        if kind == OWN:
            sentence = ngettext("%(names)s on its own, %(detail)s", "%(names)s on their own, %(detail)s", len(names))
            return sentence % (words | {"detail": said})
        if kind == TOGETHER and at is not None:
            return _("%(names)s in “%(others)s”") % (words | {"others": self.before.wording.path(OTHER_GROUPS, at)})
        return _("%(names)s in no figure") % words

    def _joined(self, outcome: Outcome) -> str:
        if outcome.kind == OWN:
            return self.after.wording.report(TEAM, self.key, outcome)
        if outcome.kind == TOGETHER and outcome.at is not None:
            return _("Still in “%(others)s”") % {"others": self.after.wording.path(OTHER_GROUPS, outcome.at)}
        return _("Still in no figure")

    # --- The whole ------------------------------------------------------------------------------------

    @cached_property
    def balances(self) -> list[Balance]:
        return [
            Balance(
                turnout,
                readable=Total(_readable(self.before, turn), _readable(self.after, turn, {self.key: len(self.parts)})),
                reports=Total(_reports(self.before, turn), _reports(self.after, turn)),
                left_out=Total(_left_out(self.before, turn), _left_out(self.after, turn)),
            )
            for turn, turnout in enumerate(TURNOUTS)
        ]

    @property
    def made(self) -> ReportRow:
        """The report of the joined groups."""
        wording, outcomes = self.after.wording, self.joined_line.outcomes
        changes = [
            ReportChange(turnout, _("appears: %(report)s") % {"report": report} if report else _("none"), bool(report))
            for turnout, report in zip(
                TURNOUTS, (wording.report(TEAM, self.key, outcome) for outcome in outcomes), strict=True
            )
        ]
        return ReportRow(wording.path(TEAM, self.key), changes)

    @cached_property
    def others(self) -> list[ReportRow]:
        """Every other report that changes, in the order of the tree; those of the joined groups go."""
        return list(self._others())

    @property
    def first_others(self) -> list[ReportRow]:
        return self.others[:SHOWN]

    @property
    def more_others(self) -> list[ReportRow]:
        return self.others[SHOWN:]

    def _others(self) -> Iterator[ReportRow]:
        gone = {(TEAM, part.key) for part in self.parts}
        labels = [*self._lines_before, *(label for label in self._lines_after if label not in self._lines_before)]
        for label in labels:
            after = None if label in gone else self._lines_after.get(label)
            changes = list(self._changes(label, self._lines_before.get(label), after))
            if any(change.words for change in changes):
                wording = self.before.wording if label in self._lines_before else self.after.wording
                yield ReportRow(wording.path(*label), changes)

    def _changes(self, label: tuple[str, str], before: Line | None, after: Line | None) -> Iterator[ReportChange]:
        for turn, turnout in enumerate(TURNOUTS):
            was, is_now = (line.outcomes[turn] if line else Outcome(NOWHERE) for line in (before, after))
            words = self._change(label, was, is_now)
            yield ReportChange(turnout, words, is_gain=_is_more(was, is_now))

    def _change(self, label: tuple[str, str], was: Outcome, is_now: Outcome) -> str:
        """ "" where it stays as it is. A few answers more come from rounding the joined people once: no change."""
        before, after = self.before.wording.report(*label, was), self.after.wording.report(*label, is_now)
        if not before:
            return _("appears: %(report)s") % {"report": after} if after else ""
        if not after:
            return _("goes: %(report)s") % {"report": before}
        is_alike = (was.detail, was.has_comments) == (is_now.detail, is_now.has_comments)
        if is_alike and 0 <= is_now.answers - was.answers < len(self.parts):
            return ""
        return _("%(before)s → %(after)s") % {"before": before, "after": after}


def _is_more(was: Outcome, is_now: Outcome) -> bool:
    return (rank(is_now), is_now.has_comments, is_now.answers) > (rank(was), was.has_comments, was.answers)


def _readable(foreseen: Foreseen, turn: int, standing_for: dict[str, int] | None = None) -> int:
    """`standing_for`: how many groups stand as one under a key."""
    groups = standing_for or {}
    return sum(groups.get(line.node, 1) for line in _own(foreseen, turn) if line.kind == TEAM)


def _reports(foreseen: Foreseen, turn: int) -> int:
    return len(_own(foreseen, turn))


def _own(foreseen: Foreseen, turn: int) -> list[Line]:
    return [line for line in foreseen.forecast.lines if line.outcomes[turn].kind == OWN]


def _left_out(foreseen: Foreseen, turn: int) -> int:
    sizes = (Size(place.counted) for place in leaves(foreseen.places))
    expected = sum(len(size.expected(TURNOUTS[turn])) for size in sizes)
    atoms = (line.outcomes[turn].answers for line in _own(foreseen, turn) if line.kind != GROUP)
    return expected - sum(atoms)


def _some(names: list[str]) -> str:
    """All of a few; of many the first and how many more."""
    if len(names) <= SHOWN:
        return get_text_list(names, _("and"))
    more = ngettext("%(count)s other group", "%(count)s other groups", len(names) - SHOWN)
    return get_text_list([*names[:SHOWN], more % {"count": len(names) - SHOWN}], _("and"))


def summary(joining: Joining) -> list[str]:
    """What is gained and what is given up, in a sentence each: first for the joined groups, then for the whole."""
    effects, balances = joining.effects, joining.balances
    better = _turnouts(effect.turnout for effect in effects if effect.is_better)
    heard = _turnouts(effect.turnout for effect in effects if effect.is_heard)
    lost = _turnouts(effect.turnout for effect in effects if effect.is_loss)
    fewer = _turnouts(balance.turnout for balance in balances if balance.readable.after < balance.readable.before)
    more = _turnouts(balance.turnout for balance in balances if balance.readable.after > balance.readable.before)
    said = [
        _("You gain a result or more detail at %(turnouts)s.") % {"turnouts": better}
        if better
        else _("You gain no more detail."),
        heard and _("Answers that would be in no figure count at %(turnouts)s.") % {"turnouts": heard},
        lost and _("You give up separate results at %(turnouts)s.") % {"turnouts": lost},
        more and _("More groups can be read, alone or joined, at %(turnouts)s.") % {"turnouts": more},
        fewer and _("Fewer groups can be read at %(turnouts)s.") % {"turnouts": fewer},
        _other_changes(joining),
    ]
    return [sentence for sentence in said if sentence]


def _other_changes(joining: Joining) -> str:
    theirs = {joining.before.wording.path(TEAM, part.key) for part in joining.parts}
    others = [row for row in joining.others if row.name not in theirs]
    if not others:
        return _("No other report changes.")
    words = {"count": len(others)}
    return ngettext("%(count)s other report changes, too.", "%(count)s other reports change, too.", len(others)) % words


def _turnouts(turnouts: Iterator[int]) -> str:
    return get_text_list([f"{turnout}%" for turnout in turnouts], _("and"))
