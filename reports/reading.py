"""The only source of what a reader sees: words, numbers, fills and hidden text, from published cells.

Pages, figures, still images and files take these views and add nothing. No model, no request: of Django only gettext.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from reports.findings import Change, Observation
from reports.palette import INK, INK_2, LEVEL_FILLS, LEVEL_FILLS_PALE, LEVEL_INKS, MIST, PAPER
from reports.scoring import LEVELS, METHOD, Level
from reports.words import CHANGE_SENTENCES, GUIDANCE_BANDS, LEVEL_WORDS, PLACES, SHORT_SPACES, STATE_WORDS

State = Literal["scored", "too_few_answers", "dont_know", "not_asked", "too_few_people"]
Kind = Literal["self_assessment"]


@dataclass(frozen=True)
class CellView:
    condition: str
    space: str
    place: str  # "Task in the team"
    state: State
    level: Level | None
    band: int | None  # 1–4
    word: str  # "Firmly"; without a score what the cell says instead
    level_label: str | None  # "Firmly in place"
    score_text: str | None  # "4.3"
    css: str  # its classes on the page
    fill: str
    ink: str
    pale: bool  # the likely range touches another level
    frame: bool  # views differ
    spoken: str  # the whole sentence, for hidden text and hover


@dataclass(frozen=True)
class ColumnView:
    key: str
    name: str
    short: str  # for narrow heads


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
    note: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    legend: tuple[LegendView, ...]

    def cell(self, condition: str, space: str) -> CellView:
        return next(c for row in self.rows for c in row.cells if (c.condition, c.space) == (condition, space))

    @property
    def description(self) -> str:
        """Every cell as a sentence: the picture in words."""
        return " ".join(f"{cell.spoken}." for row in self.rows for cell in row.cells)


@dataclass(frozen=True)
class ObservationView:
    cell: CellView
    text: str


@dataclass(frozen=True)
class ChangeView:
    cell: CellView
    spoken: str  # "Task in the team: clear rise, from 3.0 to 3.9"


def heatmap_view(
    cells: Iterable[Mapping[str, Any]],
    *,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str, str]],
    kind: Kind = "self_assessment",
    leader: str | None = None,
    bands: Sequence[float] = METHOD.bands,
) -> HeatmapView:
    """The condition × space heatmap of one person.

    `cells`: published cells with condition, space, score (as displayed), level, answered, asked, reason and, where it
    was counted, dont_know; a place without a cell was not asked. `columns`: (space key, name), `rows`: (condition key,
    name, role), both in model order. `leader`: whose view it is when the reader is somebody else. `bands`: the level
    borders of the method that made the cells.
    """
    published = {(cell["condition"], cell["space"]): cell for cell in cells}
    return HeatmapView(
        kind=kind,
        title=_("Conditions by space"),
        caption=_caption(leader),
        note=_("No range and no agreement mark: this is one person’s view."),
        columns=tuple(ColumnView(key, name, str(SHORT_SPACES.get(key, name))) for key, name in columns),
        rows=tuple(
            RowView(
                key,
                name,
                role,
                tuple(
                    cell_view(published.get((key, space)), (key, space), place_name(name, space, leader=leader))
                    for space, _name in columns
                ),
            )
            for key, name, role in rows
        ),
        legend=legend(bands),
    )


def cell_view(cell: Mapping[str, Any] | None, key: tuple[str, str], place: str) -> CellView:
    """One cell as it reads; `key` is (condition, space) and `place` names it in words."""
    state = _state(cell)
    if cell is None or state != "scored":
        return _unscored(state, key, place)
    word, label, phrase = map(str, LEVEL_WORDS[cell["level"]])
    band = LEVELS.index(cell["level"]) + 1
    pale, frame = bool(cell.get("pale")), bool(cell.get("views_differ"))
    score = f"{cell['score']:.1f}"
    return CellView(
        *key,
        place=place,
        state=state,
        level=cell["level"],
        band=band,
        word=word,
        level_label=label,
        score_text=score,
        css=f"b{band}" + " pale" * pale + " low" * frame,
        fill=(LEVEL_FILLS_PALE if pale else LEVEL_FILLS)[band - 1],
        ink=LEVEL_INKS[band - 1],
        pale=pale,
        frame=frame,
        spoken=_("%(place)s: %(score)s out of 5, %(level)s") % {"place": place, "score": score, "level": phrase},
    )


def place_name(condition: str, space: str, *, leader: str | None = None) -> str:
    """'Task, yourself', 'Task in the team'; the leader's own column carries their name when others read it."""
    if space == "self" and leader:
        return _("%(condition)s, %(leader)s") % {"condition": condition, "leader": leader}
    return str(PLACES[space]) % {"condition": condition}


def legend(bands: Sequence[float] = METHOD.bands) -> tuple[LegendView, ...]:
    ends = [*(border - 0.1 for border in bands[1:]), float(METHOD.highest)]
    borders = [
        _("below %(score)s") % {"score": f"{bands[0]:.1f}"},
        *(
            _("%(lowest)s to %(highest)s") % {"lowest": f"{start:.1f}", "highest": f"{end:.1f}"}
            for start, end in zip(bands, ends, strict=True)
        ),
    ]
    return tuple(
        LegendView(band, str(LEVEL_WORDS[level][1]), borders[band - 1], LEVEL_FILLS[band - 1])
        for band, level in enumerate(LEVELS, start=1)
    )


def observation_views(
    observations: Iterable[Observation], view: HeatmapView, texts: Mapping[tuple[str, str], Mapping[str, str]]
) -> tuple[ObservationView, ...]:
    """Observations in the words of the guidance: `texts` has low, middle and high by (condition, space)."""
    return tuple(
        ObservationView(cell, texts[cell.condition, cell.space][GUIDANCE_BANDS[cell.level]])
        for cell in (view.cell(found.condition, found.space) for found in observations)
    )


def change_views(changes: Iterable[Change], view: HeatmapView) -> tuple[ChangeView, ...]:
    """The clear changes only; of what may be the usual back and forth nothing is said."""
    told = [(change, view.cell(change.condition, change.space)) for change in changes if change.reliable.word]
    return tuple(
        ChangeView(
            cell,
            str(CHANGE_SENTENCES[change.reliable.word])
            % {"place": cell.place, "before": f"{change.before:.1f}", "after": f"{change.after:.1f}"},
        )
        for change, cell in told
    )


def _caption(leader: str | None) -> str:
    if leader:
        return _("How %(leader)s sees each condition in each space") % {"leader": leader}
    return _("Your own average for each condition in each space")


def _state(cell: Mapping[str, Any] | None) -> State:
    """Why a cell has no score. Blank and "don't know" are told apart where the latter was counted."""
    if cell is None or not cell["asked"]:
        return "not_asked"
    if cell["score"] is not None:
        return "scored"
    if cell["reason"] == "too_few_people":
        return "too_few_people"
    missing = cell["asked"] - cell["answered"]
    return "dont_know" if 2 * cell.get("dont_know", missing) >= missing else "too_few_answers"


def _unscored(state: State, key: tuple[str, str], place: str) -> CellView:
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
        score_text=None,
        css="sup" if hidden else "nas",
        fill=PAPER if hidden else MIST,
        ink=INK if hidden else INK_2,
        pale=False,
        frame=False,
        spoken=f"{place}: {phrase}",
    )
