"""What stands out in a slice and what matters most, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import Words, decimal
from reports.publish.bars import FEW
from reports.publish.content import PublishedPicks
from reports.publish.findings import Finding, FindingKind
from reports.publish.statements import OldShare
from reports.readings.heatmap import CellView, HeatmapView
from reports.readings.survey.bars import LEAST_DRAWN, share_text
from reports.readings.survey.places import places_together
from reports.readings.words import IN_SPACES, IN_SPACES_FIRST, NOT_JUDGED, SHARE_WORDS
from reports.scoring import CellKey

CELLS = 2  # drawn beside a finding, at most
BREAKS = 2  # conditions of which they are told, at most


@dataclass(frozen=True)
class PriorityView:
    cell: CellView
    question: str  # to begin a conversation with; "" where none belongs to what was asked


@dataclass(frozen=True)
class Priorities:
    """A list of cells, and how many the same is true of that are not in it."""

    cells: tuple[PriorityView, ...] = ()
    more: int = 0

    def __iter__(self) -> Iterator[PriorityView]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def and_more(self) -> str:
        """'and 2 more places'."""
        said = ngettext("and %(more)s more place", "and %(more)s more places", self.more)
        return said % {"more": self.more} if self.more else ""


@dataclass(frozen=True)
class FindingView:
    kind: str
    title: str
    text: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class PickView:
    name: str  # of the condition
    text: str  # "64%"
    width: int  # per cent of the bar


def priorities(
    findings: Sequence[Finding], kind: FindingKind, view: HeatmapView, questions: Mapping[CellKey, str]
) -> Priorities:
    """`kind`: 'act_first' or 'talk_first'; unranked, each with a question."""
    for found in findings:
        if found.kind == kind:
            cells = (PriorityView(view.cell(*key), questions.get(key, "")) for key in found.cells)
            return Priorities(tuple(cells), len(found.more))
    return Priorities()


def no_question_twice(questions: Mapping[CellKey, Sequence[str]]) -> dict[CellKey, str]:
    """For each cell its first question that none before it has; where there is none, its first."""
    chosen: dict[CellKey, str] = {}
    for key, own in questions.items():
        free = [one for one in own if one not in chosen.values()]
        chosen |= {key: (free or own)[0]} if own else {}
    return chosen


def finding_views(findings: Sequence[Finding], view: HeatmapView, names: Mapping[str, str]) -> tuple[FindingView, ...]:
    """The other findings in words, each kind once: with what to act on and talk about first at most five in all.

    `names`: condition → its name.
    """
    of = _Words(findings, view, names)
    return (*of.top(), *of.views_differ(), *of.breaks(), *of.could_not_judge())


@dataclass(frozen=True)
class _Words:
    findings: Sequence[Finding]
    view: HeatmapView
    names: Mapping[str, str]

    def top(self) -> Iterator[FindingView]:
        for found in self.findings:
            cells = [self.view.cell(*key) for key in found.cells]
            if found.kind == "stands_out":
                text = _(
                    "Higher here than the average of the other places, Self apart, by more than chance would bring. "
                    "What do people do that could help elsewhere?"
                )
                yield FindingView("stands_out", self._title(_("Stands out: %(places)s"), found), text, _few(cells))
            if found.kind == "firmly_in_place":
                text = _("A strong yes from the people here. What keeps it so, and who looks after it?")
                yield FindingView("stands_out", self._title(_("Firmly in place: %(places)s"), found), text, _few(cells))
            if found.kind == "strongest":  # of method 1.0
                text = _(
                    "The highest score here that people largely agree on. What do they do that could help elsewhere?"
                )
                yield FindingView(
                    "stands_out", _("Strongest: %(place)s") % {"place": cells[0].place}, text, _few(cells)
                )

    def views_differ(self) -> Iterator[FindingView]:
        """Of method 1.0: since then they stand under what to talk about first."""
        for found in self._of_kind("views_differ"):
            cell = self.view.cell(*found.cells[0])
            title = _("Two camps: %(place)s") if cell.camps else _("Views differ: %(place)s")
            text = (
                _("Some rate this low, some high, hardly anyone in between. The average is probably nobody’s view.")
                if cell.camps
                else _("People see this quite differently, and the average hides that. It may be worth asking why.")
            )
            yield FindingView("views_differ", title % {"place": cell.place}, text, (cell,))

    def breaks(self) -> Iterator[FindingView]:
        """One for all: of each condition what is weaker where, of two conditions at most."""
        by_condition: dict[str, list[Finding]] = {}
        for found in self._of_kind("break"):
            by_condition.setdefault(found.cells[0][0], []).append(found)
        if not by_condition:
            return
        told = list(by_condition.items())[:BREAKS]
        sentences = [sentence for _condition, broken in told for sentence in self._sentences(broken)]
        left = len(by_condition) - len(told)
        if left:
            said = ngettext(
                "%(left)s more condition differs between spaces.",
                "%(left)s more conditions differ between spaces.",
                left,
            )
            sentences.append(said % {"left": left})
        widest = max(self._of_kind("break"), key=lambda found: found.scores[1] - found.scores[0] if found.scores else 0)
        yield FindingView(
            "break",
            _("Less in place in one space than in another"),
            " ".join([*sentences, _("What might make it easier in one place than in the other?")]),
            tuple(self.view.cell(*key) for key in widest.cells),
        )

    def _sentences(self, broken: Sequence[Finding]) -> Iterator[str]:
        """`broken`: of one condition."""
        name = self.names[broken[0].cells[0][0]]
        stronger: dict[str, list[str]] = {}
        for found in broken:
            (_condition, weak), (_same, strong) = found.cells
            weaker, other = found.scores or (None, None)
            place = _in_space(strong, other, IN_SPACES)
            stronger.setdefault(_in_space(weak, weaker, IN_SPACES_FIRST), []).append(place)
        for weaker_place, places in stronger.items():
            told = {"condition": name, "weak": weaker_place, "strong": reduce(_and, places)}
            yield _("%(weak)s %(condition)s is probably less in place than %(strong)s.") % told

    def could_not_judge(self) -> Iterator[FindingView]:
        """Where all have one share, it is said of all of them; else place by place."""
        by_share: dict[str | None, list[CellKey]] = {}
        for found in self._of_kind("could_not_judge"):
            by_share.setdefault(found.share, []).extend(found.cells)
        keys = [key for found in self._of_kind("could_not_judge") for key in found.cells]
        if not keys:
            return
        text = str(SHARE_WORDS[next(iter(by_share))])
        if len(by_share) > 1:
            told = [(NOT_JUDGED[share], by_share[share]) for share in NOT_JUDGED if share in by_share]
            parts = [str(words) % {"places": self._together(of_share)} for words, of_share in told]
            text = _("%(who)s. Perhaps it is not visible enough.") % {"who": capfirst("; ".join(parts))}
        title = _("Hard to judge: %(places)s") % {"places": self._together(keys)}
        yield FindingView("could_not_judge", title, text, _few([self.view.cell(*key) for key in keys]))

    def _of_kind(self, kind: FindingKind) -> list[Finding]:
        return [found for found in self.findings if found.kind == kind]

    def _title(self, words: str, found: Finding) -> str:
        title = words % {"places": self._together(found.cells)}
        if not found.more:
            return title
        return _("%(title)s, %(more)s") % {"title": title, "more": Priorities(more=len(found.more)).and_more}

    def _together(self, keys: Sequence[CellKey]) -> str:
        every = [(cell.condition, cell.space) for row in self.view.rows for cell in row.cells if cell.score_text]
        return places_together(keys, every, self.names)


def _few(cells: Sequence[CellView]) -> tuple[CellView, ...]:
    return tuple(cells[:CELLS])


def _in_space(space: str, score: float | None, words: Mapping[str, Words]) -> str:
    """'in the system (2.6)'."""
    return str(words[space]) if score is None else f"{words[space]} ({decimal(score)})"


def _and(one: str, another: str) -> str:
    return _("%(one)s and %(another)s") % {"one": one, "another": another}


def pick_views(picks: PublishedPicks | None, names: Mapping[str, str]) -> tuple[PickView, ...]:
    """What matters most: the share of people who chose each condition, of those who chose two; () without any.

    In editions before code 3 the largest carries no number beside a small one; its bar is what the others leave.
    """
    if picks is None or all(share is None for share in picks.shares):
        return ()
    is_old = "few" in picks.shares
    few = round(100 * FEW / picks.n)
    printed = [few if share == "few" else LEAST_DRAWN if share == 0 else share or 0 for share in picks.shares]
    largest = max(*printed, min(100, 200 - sum(printed))) if is_old else 0  # everybody chose two
    return tuple(
        PickView(names[condition], _pick_text(share, is_old=is_old), largest if share is None else drawn)
        for condition, share, drawn in zip(picks.conditions, picks.shares, printed, strict=True)
    )


def _pick_text(share: OldShare, *, is_old: bool) -> str:
    if share is None:
        return _("most often") if is_old else _("not shown")
    return share_text(share)
