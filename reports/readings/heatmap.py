"""The only source of what a reader sees: words, numbers, fills and hidden text, from published cells.

Pages, figures, still images and files take these views and add nothing. No model, no request: of Django only gettext.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import decimal, paragraph
from reports.publish.cells import CellFigures, CellWord, PublishedCell
from reports.readings.palette import INK, INK_2, LEVEL_FILLS, LEVEL_INKS, MIST, PAPER
from reports.readings.words import (
    AGREEMENT_WORDS,
    ENDS,
    LEVEL_WORDS,
    LOWEST_LEVELS,
    PLACES,
    SHORT_SPACES,
    STATE_WORDS,
    SURVEY_PLACES,
    TWO_CAMPS,
    WHY_WORDS,
    WITHOUT_PEOPLE,
)
from reports.scoring import LEVELS, METHOD, CellKey, Level
from reports.self_assessments.cells import ResultCell, ResultState

State = ResultState | Literal["word", "words_differ"]  # a level word alone; of groups counted together, none
ROUGH = 1.5  # rating points; a range wider than this is a rough picture
BRIEF = 2  # statements; a cell that rests on so few is marked
Kind = Literal["self_assessment", "survey"]


@dataclass(frozen=True)
class RangeView:
    """A likely range, and where it stands on a track 100 wide from 1 to 5."""

    text: str  # "2.3 to 3.3"
    start: str
    end: str
    ticks: tuple[str, ...]  # the level borders
    is_rough: bool  # wider than 1.5 points


@dataclass(frozen=True)
class CellView:
    condition: str
    space: str
    place: str  # "Task in the team"
    state: State
    level: Level | None  # of the score
    band: int | None  # 1–4
    word: str  # "Firmly", "Partly to mostly"; without a score what the cell says instead
    level_label: str | None  # "Firmly in place", "Partly to mostly in place"
    level_said: str | None  # … inside a sentence: "firmly in place"
    score_text: str | None  # "4.3"
    css: str  # its classes on the page
    fill: str
    ink: str
    frame: bool  # views differ
    accessible_text: str  # the whole sentence, for hidden text and hover
    score: float | None = None
    camps: bool = False  # two dots stand for the word
    range: RangeView | None = None
    agreement: str | None = None  # "some spread"
    people: int | None = None  # how many it rests on
    notes: tuple[str, ...] = ()  # small lines beneath: agreement, statements; people, where fewer than of the slice
    is_brief: bool = False  # it rests on one or two statements
    between: tuple[str, ...] = ()  # two level words apart, for two lines: "Partly–", "mostly"
    why: str = ""  # there is a word and no score

    @property
    def opens(self) -> bool:
        """Whether there is something behind it that its reader may see."""
        return self.state not in ("not_asked", "too_few_people", "words_differ")

    @property
    def is_between(self) -> bool:
        return bool(self.between)


@dataclass(frozen=True)
class ColumnView:
    key: str
    name: str
    short: str  # for narrow heads
    note: str = ""  # "2 statements", where all of its cells rest on one or two


@dataclass(frozen=True)
class RowView:
    key: str
    name: str
    role: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class LegendView:
    band: int
    label: str
    borders: str  # "2.5 to 3.4"
    fill: str


@dataclass(frozen=True)
class HeatmapView:
    kind: Kind
    title: str
    caption: str
    note: str  # beneath it: what its cells cannot say, and why
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    legend: tuple[LegendView, ...]
    marks: RangeView | None = None  # a sample for the legend, where cells have ranges

    def cell(self, condition: str, space: str) -> CellView:
        return next(c for row in self.rows for c in row.cells if (c.condition, c.space) == (condition, space))

    @property
    def has_brief(self) -> bool:
        """Whether cells are marked for resting on one or two statements."""
        return any(cell.is_brief for row in self.rows for cell in row.cells)

    @property
    def description(self) -> str:
        """Every cell as a sentence: the picture in words."""
        return " ".join(f"{cell.accessible_text}." for row in self.rows for cell in row.cells)


def heatmap_view(
    cells: Iterable[PublishedCell | ResultCell],
    *,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str, str]],
    leader: str | None = None,
    people: int | None = None,
    bands: Sequence[float] = METHOD.bands,
) -> HeatmapView:
    """The condition × space heatmap of one person, or of `people`.

    `cells`: in model order, those of one person or those of people; what has none was not asked. `columns`: (space
    key, name), `rows`: (condition key, name, role), both in model order. `leader`: whose view it is when the reader is
    somebody else. `bands`: the level borders of the method that made the cells.
    """
    published = {cell.key: cell for cell in cells}
    is_survey = people is not None
    return HeatmapView(
        kind="survey" if is_survey else "self_assessment",
        title=_("Conditions by space"),
        caption=_caption(leader) if people is None else _survey_caption(people, published),
        note=paragraph(*remarks(published.values()))
        if is_survey
        else _("No range and no agreement mark: this is one person’s view."),
        columns=tuple(
            ColumnView(key, name, str(SHORT_SPACES.get(key, name)), _depth(key, published.values()))
            for key, name in columns
        ),
        rows=tuple(
            RowView(
                key,
                name,
                role,
                tuple(
                    cell_view(
                        published.get((key, space)),
                        (key, space),
                        place_name(name, space, leader=leader, is_survey=is_survey),
                        people=people,
                        bands=bands,
                    )
                    for space, _name in columns
                ),
            )
            for key, name, role in rows
        ),
        legend=legend(bands),
        marks=range_view(2.6, 3.7, bands) if is_survey else None,
    )


def cell_view(
    cell: PublishedCell | ResultCell | None,
    key: CellKey,
    place: str,
    *,
    people: int | None = None,
    bands: Sequence[float] = METHOD.bands,
) -> CellView:
    """One cell as it reads; `key` is (condition, space), `place` names it in words, `people` are in the whole slice."""
    if isinstance(cell, PublishedCell) and cell.word:
        return _in_a_word(cell.word, key, place, people, cell.asked)
    scored = cell.figures if isinstance(cell, PublishedCell) else cell
    if cell is None or scored is None or scored.level is None or scored.score is None:
        return _unscored(_state(cell), key, place)
    figures = scored if isinstance(scored, CellFigures) else None  # one person has neither range nor agreement
    words = level_names(figures.levels if figures else (scored.level,))
    band = LEVELS.index(scored.level) + 1
    camps = bool(figures and figures.is_split)
    frame = bool(figures and figures.views_differ) and not camps
    score, score_in_words = score_texts(scored.score, figures.end if figures else None)
    likely = range_view(figures.low, figures.high, bands) if figures else None
    agreement = str(TWO_CAMPS if camps else AGREEMENT_WORDS.get(figures.agreement, "") if figures else "") or None
    seen = "" if figures and figures.agreement == "usual" and not camps else agreement  # what is usual needs no room
    fewer, fewer_in_full = _fewer(figures, people) if figures else ("", "")
    said = [
        _("%(place)s: %(score)s out of 5, %(level)s") % {"place": place, "score": score_in_words, "level": words.said},
        _("likely range %(range)s") % {"range": likely.text} if likely else None,
        agreement,
        _rests_on(cell.asked),
        fewer_in_full,
    ]
    return CellView(
        *key,
        place=place,
        state="scored",
        level=scored.level,
        band=band,
        word=words.word,
        level_label=words.label,
        level_said=words.said,
        score_text=score,
        css=f"level-{band}" + " is-brief" * (cell.asked <= BRIEF) + " views-differ" * frame,
        fill=LEVEL_FILLS[band - 1],
        ink=LEVEL_INKS[band - 1],
        frame=frame,
        accessible_text=", ".join(filter(None, said)),
        score=scored.score,
        camps=camps,
        range=likely,
        agreement=agreement,
        people=figures.n if figures else None,
        notes=tuple(filter(None, [seen, fewer])),
        is_brief=cell.asked <= BRIEF,
        between=words.between,
    )


def _in_a_word(said: CellWord, key: CellKey, place: str, people: int | None, asked: int) -> CellView:
    fewer, fewer_in_full = _fewer(said, people)
    if said.level is None:
        view = _unscored("words_differ", key, place)
    else:
        word, label, phrase = map(str, LEVEL_WORDS[said.level])
        band = LEVELS.index(said.level) + 1
        in_full = _("%(place)s: %(level)s, a word without a score") % {"place": place, "level": phrase}
        view = CellView(
            *key,
            place=place,
            state="word",
            level=said.level,
            band=band,
            word=word,
            level_label=label,
            level_said=phrase,
            score_text=None,
            css=f"level-{band}" + " is-brief" * (asked <= BRIEF),
            fill=LEVEL_FILLS[band - 1],
            ink=LEVEL_INKS[band - 1],
            frame=False,
            accessible_text=", ".join(filter(None, [in_full, _rests_on(asked), fewer_in_full])),
            is_brief=asked <= BRIEF,
        )
    return replace(view, people=said.n, notes=tuple(filter(None, [fewer])), why=str(WHY_WORDS[said.why]))


def remarks(cells: Iterable[PublishedCell | ResultCell]) -> tuple[str, ...]:
    """Why some of the cells have a word and no score, and what it means to leave people out; each said once."""
    published = [cell for cell in cells if isinstance(cell, PublishedCell)]
    whys = dict.fromkeys(cell.word.why for cell in published if cell.word)
    leaves_out = any(cell.said.without_people for cell in published if cell.said)
    return (*(str(WHY_WORDS[why]) for why in whys), *([str(WITHOUT_PEOPLE)] if leaves_out else []))


def score_texts(score: float, end: str | None = None) -> tuple[str, str]:
    """The score as printed and in words; ends that are cut say so.

    >>> score_texts(1.5, "low"), score_texts(4.0)
    (('≤ 1.5', '1.5 or less'), ('4.0', '4.0'))
    """
    shown = decimal(score)
    printed, in_words = (str(words) % {"score": shown} for words in ENDS[end]) if end else (shown, shown)
    return printed, in_words


def range_view(low: float, high: float, bands: Sequence[float] = METHOD.bands) -> RangeView:
    """From the published ends of a likely range."""
    return RangeView(
        text=_("%(low)s to %(high)s") % {"low": decimal(low), "high": decimal(high)},
        start=_on_track(low),
        end=_on_track(high),
        ticks=tuple(_on_track(border) for border in bands),
        is_rough=high - low > ROUGH + METHOD.eps,
    )


class LevelNames(NamedTuple):
    word: str  # "Partly to mostly"
    label: str  # "Partly to mostly in place"
    said: str  # … inside a sentence
    between: tuple[str, ...] = ()  # "Partly–", "mostly"


def level_names(levels: Sequence[Level]) -> LevelNames:
    """Of one level, or of the two between which a group's true level probably lies.

    >>> names = level_names(["partly", "mostly"])
    >>> names.word, names.said, names.between
    ('Partly to mostly', 'partly to mostly in place', ('Partly–', 'mostly'))
    """
    lowest, highest = levels[0], levels[-1]
    if lowest == highest:
        word, label, said = map(str, LEVEL_WORDS[lowest])
        return LevelNames(word, label, said)
    ends = {"lowest": LEVEL_WORDS[lowest][0], "lowest_said": LOWEST_LEVELS[lowest]}
    return LevelNames(
        _("%(lowest)s to %(highest)s") % {**ends, "highest": LOWEST_LEVELS[highest]},
        _("%(lowest)s to %(highest)s") % {**ends, "highest": LEVEL_WORDS[highest][2]},
        _("%(lowest_said)s to %(highest)s") % {**ends, "highest": LEVEL_WORDS[highest][2]},
        (_("%(lowest)s–") % ends, str(LOWEST_LEVELS[highest])),
    )


def _depth(space: str, cells: Iterable[PublishedCell | ResultCell]) -> str:
    """How many statements each cell of a space rests on, where that is one or two; '' where they differ."""
    asked = {cell.asked for cell in cells if cell.space == space and cell.asked}
    if len(asked) != 1 or max(asked) > BRIEF:
        return ""
    return _statements(asked.pop())


def _statements(asked: int) -> str:
    return ngettext("%(asked)s statement", "%(asked)s statements", asked) % {"asked": asked}


def _rests_on(asked: int) -> str:
    """'rests on 2 statements'; '' for more than two."""
    return _("rests on %(statements)s") % {"statements": _statements(asked)} if asked <= BRIEF else ""


def _on_track(score: float) -> str:
    return f"{2 + 24 * (score - METHOD.lowest):.1f}"


def _fewer(cell: CellFigures | CellWord, people: int | None) -> tuple[str, str]:
    """How many a cell rests on and who is left out of it, in short and in full; '' for everybody."""
    left_out = ", ".join(_left_out(cell))
    if people is None or (cell.n == people and not left_out):
        return "", ""
    full = ngettext("%(people)s person", "%(people)s people", cell.n) % {"people": cell.n}
    if not left_out:
        return full, full
    said = _("%(people)s, %(left_out)s")
    return _in_short(cell, said), said % {"people": full, "left_out": left_out}


def _in_short(cell: CellFigures | CellWord, said: str) -> str:
    """'9, without 2 groups'; '64 of 72 people', where some have a word of their own."""
    groups = _groups_left_out(cell)
    if not cell.without_people:
        return said % {"people": cell.n, "left_out": groups}
    every = cell.n + cell.without_people
    if groups:
        return said % {"people": _("%(n)s of %(every)s") % {"n": cell.n, "every": every}, "left_out": groups}
    return _("%(n)s of %(every)s people") % {"n": cell.n, "every": every}


def _groups_left_out(cell: CellFigures | CellWord) -> str:
    said = ngettext("without %(groups)s group", "without %(groups)s groups", cell.without)
    return said % {"groups": cell.without} if cell.without else ""


def _left_out(cell: CellFigures | CellWord) -> Iterator[str]:
    if cell.without:
        yield _groups_left_out(cell)
    if cell.without_people:
        said = ngettext("without %(people)s person", "without %(people)s people", cell.without_people)
        yield said % {"people": cell.without_people}


def place_name(condition: str, space: str, *, leader: str | None = None, is_survey: bool = False) -> str:
    """'Task, yourself', 'Task in the team'; the leader's own column carries their name when others read it."""
    if space == "self" and leader:
        return _("%(condition)s, %(leader)s") % {"condition": condition, "leader": leader}
    return str((SURVEY_PLACES if is_survey else PLACES)[space]) % {"condition": condition}


def legend(bands: Sequence[float] = METHOD.bands) -> tuple[LegendView, ...]:
    ends = [*(border - 0.1 for border in bands[1:]), float(METHOD.highest)]
    borders = [
        _("below %(score)s") % {"score": decimal(bands[0])},
        *(
            _("%(lowest)s to %(highest)s") % {"lowest": decimal(start), "highest": decimal(end)}
            for start, end in zip(bands, ends, strict=True)
        ),
    ]
    return tuple(
        LegendView(band, str(LEVEL_WORDS[level][1]), borders[band - 1], LEVEL_FILLS[band - 1])
        for band, level in enumerate(LEVELS, start=1)
    )


def _caption(leader: str | None) -> str:
    if leader:
        return _("How %(leader)s sees each condition in each space") % {"leader": leader}
    return _("Your own average for each condition in each space")


def _survey_caption(people: int, asked: Collection[CellKey]) -> str:
    caption = ngettext(
        "How far each condition is in place, as %(people)s person sees it.",
        "How far each condition is in place, as %(people)s people see it.",
        people,
    ) % {"people": people}
    asks_self = any(space == "self" for _condition, space in asked)
    return paragraph(caption, _("“Self” is how people see themselves.")) if asks_self else caption


def _state(cell: PublishedCell | ResultCell | None) -> State:
    """Why a cell has no score."""
    if cell is None:
        return "not_asked"
    return cell.state if isinstance(cell, ResultCell) else "too_few_people"


def _unscored(state: State, key: CellKey, place: str) -> CellView:
    word, phrase = map(str, STATE_WORDS[state])
    hidden = state == "too_few_people"
    return CellView(
        *key,
        place=place,
        state=state,
        level=None,
        band=None,
        word=word,
        level_label=None,
        level_said=None,
        score_text=None,
        css="too-few" if hidden else "no-score",
        fill=PAPER if hidden else MIST,
        ink=INK if hidden else INK_2,
        frame=False,
        accessible_text=f"{place}: {phrase}",
    )
