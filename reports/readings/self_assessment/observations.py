"""What stands out in one self-assessment, in words that its answers bear out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import NamedTuple

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import in_words, paragraph
from reports.readings.heatmap import CellView, HeatmapView, place_name
from reports.readings.self_assessment.statements import RatedStatement
from reports.readings.words import OTHERS, OWN_SPACES, STANDS
from reports.scoring import METHOD, CellKey, Observation, display, texts_of_person
from reports.self_assessments.ratings import RatedCell

TOPICS_MOST = 3


@dataclass(frozen=True)
class SentenceView:
    heading: str  # "Clear goals for the work"
    text: str


@dataclass(frozen=True)
class TextsView:
    """What is said of statements that were rated alike."""

    sentences: tuple[SentenceView, ...]
    remark: str  # "And two more that were rated 1 or 2."


@dataclass(frozen=True)
class ObservationView:
    place: str  # "Task in the team", "The system", "Energy"
    text: str  # "Lower than the other spaces."
    cells: tuple[CellView, ...]  # with a score: one, or those of a space or a condition
    behind: tuple[TextsView, ...]


def observation_views(
    observations: Iterable[Observation],
    *,
    cells: Sequence[RatedCell],
    statements: Sequence[RatedStatement],
    view: HeatmapView,
    leader: str | None,
    said: Iterable[str] = (),
) -> tuple[ObservationView, ...]:
    """Each place with what was rated there. No sentence comes twice, nor a question that was `said` elsewhere."""
    telling = _Telling(leader, set(said))
    return tuple(
        ObservationView(
            place=_place(found, view, leader),
            text=_stands(found, cells),
            cells=tuple(cell for row in view.rows for cell in row.cells if cell.band and is_in(cell, found)),
            behind=tuple(telling.of(found, [one for one in statements if is_in(one, found)])),
        )
        for found in observations
    )


def texts_of_cell(
    rated: Sequence[RatedStatement], *, leader: str | None = None, said: Iterable[str] = ()
) -> tuple[TextsView, ...]:
    """All that the answers in one place bear out, whether or not it stands out; no question that was `said`."""
    if not rated:
        return ()
    here = Observation("cell", "lower", rated[0].condition, rated[0].space)
    return tuple(_Telling(leader, set(said)).of(here, rated))


def is_in(one: RatedStatement | CellView, found: Observation) -> bool:
    """Whether a statement or a cell belongs to the place named."""
    return found.condition in (None, one.condition) and found.space in (None, one.space)


def _place(found: Observation, view: HeatmapView, leader: str | None) -> str:
    if found.condition and found.space:
        return view.cell(found.condition, found.space).place
    if found.condition:
        return next(row.name for row in view.rows if row.key == found.condition)
    return leader if leader and found.space == "self" else str(OWN_SPACES[found.space or ""])


def _stands(found: Observation, cells: Sequence[RatedCell]) -> str:
    """'Lower than the other spaces.': of all of them only where it is, as displayed, below each; 'in each condition'
    only where everything that was asked has a score."""
    own, others = _rows(found, cells)
    sign = 1 if found.side == "higher" else -1
    beyond = [sign * difference > 0 for other in others if (difference := _difference(own, other)) is not None]
    asked = {condition if found.kind == "space" else space for condition, space, _ratings in cells}
    in_each = all(row.keys() == asked for row in (own, *others)) and all(
        sign * (own[at] - other[at]) > 0 for other in others for at in asked
    )
    if not all(beyond):
        many = "most" if 2 * sum(beyond) > len(beyond) else "some"
    else:
        many = "one" if len(beyond) == 1 else "each" if in_each else "all"
    return str(STANDS[found.side]) % {"others": OTHERS[found.kind][many]}


Row = dict[str, float]  # scores as displayed: of a space by condition, of a condition by space


def _rows(found: Observation, cells: Sequence[RatedCell]) -> tuple[Row, list[Row]]:
    """What was named, and each other of its kind that it is set against."""
    rows: dict[str, Row] = {}
    for condition, space, ratings in cells:
        rated = [one for one in ratings if one is not None]
        has_score = bool(rated) and len(rated) >= METHOD.min_share * len(ratings)
        if has_score and (found.kind != "cell" or space == found.space):
            row, at = (space, condition) if found.kind == "space" else (condition, space)
            rows.setdefault(row, {})[at] = display(mean(rated))
    own = rows.pop((found.space if found.kind == "space" else found.condition) or "")
    return own, list(rows.values())


def _difference(own: Row, other: Row) -> float | None:
    """Over what has a score in both."""
    shared = own.keys() & other.keys()
    return round(mean(own[at] for at in shared) - mean(other[at] for at in shared), 9) if shared else None


class _Part(NamedTuple):
    told: list[RatedStatement]
    remark: str
    has_sentences: bool = True


@dataclass
class _Telling:
    """Keeps what was said, so that nothing is said twice."""

    leader: str | None
    said: set[str]
    told: set[RatedStatement] = field(default_factory=set)

    def of(self, found: Observation, behind: Sequence[RatedStatement]) -> Iterator[TextsView]:
        """Of a cell all that its answers bear out. A space and a condition have many: of them what made them stand out,
        low ratings of a lower one and high ratings of a higher one, and where there are none what comes next.
        """
        fresh = [one for one in _in_turn(behind) if one not in self.told]
        low, high, between = self._parts(fresh)
        if found.kind == "cell":
            chosen = [part for part in (low, high, between) if part.told]
        else:
            order = (low, between, high) if found.side == "lower" else (high, between, low)
            chosen = [part for part in order if part.told][:1]
        for part in chosen:
            self.told.update(part.told)
            self.said.update(one.sentence for one in part.told)
            sentences = tuple(self._sentence(one, found) for one in part.told) if part.has_sentences else ()
            yield TextsView(sentences, part.remark)

    def _parts(self, fresh: Sequence[RatedStatement]) -> tuple[_Part, _Part, _Part]:
        every, texts = texts_of_person([one.rating for one in fresh]), texts_of_person(self._unsaid(fresh))
        low, high, topics = ([fresh[at] for at in side] for side in (texts.if_low, texts.if_high, texts.topic))
        more_low = len(every.if_low) + every.more_low - len(low)
        more_high = len(every.if_high) + every.more_high - len(high)
        return _Part(low, _more_low(more_low)), _Part(high, _more_high(more_high)), self._between(topics)

    def _unsaid(self, fresh: Sequence[RatedStatement]) -> list[int | None]:
        """Their ratings, None where the sentence was said: one that fits several is said of the clearest rating."""
        said, ratings = set(self.said), dict[int, int]()
        for at in sorted(range(len(fresh)), key=lambda at: -abs(fresh[at].rating - 3)):
            if fresh[at].sentence not in said:
                said.add(fresh[at].sentence)
                ratings[at] = fresh[at].rating
        return [ratings.get(at) for at in range(len(fresh))]

    def _sentence(self, one: RatedStatement, found: Observation) -> SentenceView:
        heading = one.heading if found.space else place_name(one.heading, one.space, leader=self.leader)
        return SentenceView(heading, one.sentence)

    def _between(self, topics: list[RatedStatement]) -> _Part:
        """What they are about, and a question of the first."""
        if not topics:
            return _Part([], "")
        named = [one.topic for one in topics[:TOPICS_MOST]]
        if more := len(topics) - len(named):
            named.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": in_words(more)})
        said = _("In between: %(topics)s.") % {"topics": get_text_list(named, _("and"))}
        question = next((one for one in topics[0].questions if one not in self.said), "")
        return _Part(topics, paragraph(said, question).strip(), has_sentences=False)


def _in_turn(behind: Sequence[RatedStatement]) -> list[RatedStatement]:
    """The first of each cell, then the second of each: of equal ratings no one cell has the word."""
    seen: Counter[CellKey] = Counter()
    turns = []
    for one in behind:
        seen[one.condition, one.space] += 1
        turns.append(seen[one.condition, one.space])
    return [behind[at] for at in sorted(range(len(behind)), key=turns.__getitem__)]


def _more_low(more: int) -> str:
    said = ngettext("And %(n)s more that was rated 1 or 2.", "And %(n)s more that were rated 1 or 2.", more)
    return said % {"n": in_words(more)} if more else ""


def _more_high(more: int) -> str:
    said = ngettext("And %(n)s more that was rated 4 or 5.", "And %(n)s more that were rated 4 or 5.", more)
    return said % {"n": in_words(more)} if more else ""
