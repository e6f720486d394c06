"""A leader's self-assessment beside an earlier one of their own: clear changes only, worked out from the answers."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import decimal, in_words, paragraph
from diagnostics.checklists.changes import same_statements
from diagnostics.self_assessments.models import SelfAssessment
from reports.readings.heatmap import CellView
from reports.readings.self_assessment.result import Reading
from reports.readings.words import CHANGE_SENTENCES, OWN_SPACES
from reports.scoring import METHOD, CellChange, OwnChange, display, own_change, smallest_clear_change, which_earlier
from reports.self_assessments.ratings import ratings_of

Sizes = Iterable[tuple[int, bool]]  # of cells: statements, whether it is in the primary space


@dataclass(frozen=True)
class ChangeView:
    text: str  # "Task in the team: clear rise, 3.1 to 4.3, more than the usual back and forth on seven statements"
    cells: tuple[CellView, ...]  # beside it; none where the score of the map is of other statements too


@dataclass(frozen=True)
class SinceLast:
    submitted_at: datetime.datetime  # of the earlier one
    places: int  # compared: cells of which enough was rated both times by statements that ask the same
    moved: str  # "Of their 20 statements, 7 went up and 3 down.", and how many of them are worded anew
    has_single: bool  # places of one statement are among them, and none of those changed clearly
    limits: str  # from where on a change is called clear
    has_wide_limits: bool  # the ratings moved more unevenly than usual
    has_space: bool  # a whole space rose or fell
    changes: tuple[ChangeView, ...]


def changes_since(earlier: Sequence[SelfAssessment], reading: Reading) -> SinceLast:
    """Beside the one to compare with by default. Which version of the method or the model was used is no matter."""
    return beside(usual_earlier(earlier, reading.self_assessment), reading)


def usual_earlier(earlier: Sequence[SelfAssessment], now: SelfAssessment) -> SelfAssessment:
    """The one that shares most rated statements; `earlier`: the leader's earlier ones, the latest last."""
    rated = [
        (one.submission.isoformat(), ratings_of(one.answers).keys() & same_statements(one.version, now.version))
        for one in earlier
    ]
    at = which_earlier(ratings_of(now.answers).keys(), rated)
    return earlier[len(earlier) - 1 if at is None else at]


def change_between(before: SelfAssessment, now: SelfAssessment) -> OwnChange:
    """Over the statements that ask the same in both."""
    among = same_statements(before.version, now.version)
    return own_change(
        [(*key, [one for one in keys if one in among]) for key, keys in now.version.cells.items()],
        primary=now.primary_space_id,
        before=ratings_of(before.answers),
        after=ratings_of(now.answers),
    )


def beside(before: SelfAssessment, reading: Reading) -> SinceLast:
    now = reading.self_assessment
    among = same_statements(before.version, now.version)
    change = change_between(before, now)
    sizes = {(cell.statements, cell.space == now.primary_space_id) for cell in change.cells}
    limits = limits_in_words(sizes, noise=change.noise)
    single = [cell for cell in change.cells if cell.statements == 1]
    return SinceLast(
        submitted_at=before.submission,
        places=len(change.cells),
        moved=paragraph(moved_in_words(change.cells), *_reworded(before, now, among)),
        has_single=bool(single) and not any(cell.word for cell in single),
        limits=limits,
        has_wide_limits=limits != limits_in_words(sizes),
        has_space=any(change.spaces.values()),
        changes=(*_spaces(change, reading), *_cells(change.cells, reading)),
    )


def _reworded(before: SelfAssessment, now: SelfAssessment, among: Collection[str]) -> Iterator[str]:
    """Of the statements that were rated both times: their authors say that they ask what they asked."""
    then, today = before.version.texts, now.version.texts
    rated = ratings_of(before.answers).keys() & ratings_of(now.answers).keys() & set(among)
    if anew := sum(then[key] != today[key] for key in rated):
        yield ngettext(
            "%(count)s of them is worded anew and asks the same.",
            "%(count)s of them are worded anew and ask the same.",
            anew,
        ) % {"count": anew}


def _cells(changes: Iterable[CellChange], reading: Reading) -> Iterator[ChangeView]:
    for change in changes:
        if change.word:
            cell = reading.view.cell(change.condition, change.space)
            words = {
                "place": cell.place,
                "before": decimal(change.before),
                "after": decimal(change.after),
                "rated": _statements(change.statements),
            }
            shown = (cell,) if cell.score == change.after else ()
            yield ChangeView(str(CHANGE_SENTENCES[change.word]) % words, shown)


def _spaces(change: OwnChange, reading: Reading) -> Iterator[ChangeView]:
    for space, word in change.spaces.items():
        if word:
            moved = [cell for cell in change.cells if cell.space == space]
            words = {
                "place": reading.leader if space == "self" and reading.leader else OWN_SPACES[space],
                "conditions": in_words(len(moved)),
                "points": decimal(display(abs(sum(cell.difference for cell in moved) / len(moved)))),
            }
            yield ChangeView(str(CHANGE_SENTENCES[word]) % words, ())


def limits_in_words(sizes: Sizes, *, noise: float | None = None) -> str:
    """From where on a change is clear, for cells of these sizes; '' where there are none.

    >>> limits_in_words([(7, True), (2, False)])
    'A change is called clear from 1.1 points on seven statements, from 1.9 on two.'
    >>> limits_in_words([(2, True), (2, False)])
    'A change is called clear from 1.7 points in the space of your work, from 1.9 elsewhere.'
    >>> limits_in_words([(1, True)])
    'A change is called clear from 2.3 points on.'
    """
    limits = {size: smallest_clear_change(size[0], is_primary=size[1], noise=noise) for size in sizes}
    within = {size: limit for size, limit in limits.items() if limit <= METHOD.highest - METHOD.lowest}
    if not limits:
        return ""
    if not within:
        return _("No change could be called clear: the ratings moved too unevenly for that.")
    (many, least), (few, most) = (pick(within.items(), key=lambda one: (one[1], -one[0][0])) for pick in (min, max))
    words = {"least": decimal(least), "most": decimal(most), "many": _statements(many[0]), "few": in_words(few[0])}
    if within != limits:
        said = _("A change is called clear from %(least)s points on %(many)s; on fewer the ratings moved too unevenly.")
    elif least == most:
        said = _("A change is called clear from %(least)s points on.")
    elif many[0] == few[0]:
        said = _("A change is called clear from %(least)s points in the space of your work, from %(most)s elsewhere.")
    else:
        said = _("A change is called clear from %(least)s points on %(many)s, from %(most)s on %(few)s.")
    return said % words


def moved_in_words(cells: Sequence[CellChange]) -> str:
    """How many statements of the cells compared went up and how many down."""
    statements = sum(cell.statements for cell in cells)
    higher, lower = sum(cell.higher for cell in cells), sum(cell.lower for cell in cells)
    words = {"n": statements, "higher": higher or _("none"), "lower": lower or _("none")}
    if higher or lower:
        said = ngettext(
            "Of one statement, %(higher)s went up and %(lower)s down.",
            "Of their %(n)s statements, %(higher)s went up and %(lower)s down.",
            statements,
        )
    else:
        said = ngettext(
            "Its one statement was rated just as then.", "All %(n)s statements were rated just as then.", statements
        )
    return said % words


def _statements(number: int) -> str:
    return ngettext("%(n)s statement", "%(n)s statements", number) % {"n": in_words(number)}
