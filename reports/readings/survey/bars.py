"""The bar of a statement: its classes with their names, fills and widths, drawn from what is printed of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from reports.publish.bars import FEW, FIVE, THREE, Group
from reports.publish.statements import OldShare, PublishedStatement
from reports.readings.words import ANSWERS_OF_THREE, COULD_NOT_JUDGE, POINTS, THREE_CLASSES, once_per_language

FEW_DRAWN = 3  # per cent; of a class that carries no number for being small, in editions before code 3
LEAST_DRAWN = 2  # per cent; of a class of which so few are in a large group that its share is rounded to none
NUMBERED = 9  # per cent from which a number fits into its class
DONT_KNOW = "answer-dont-know"
FILLS = {"three_classes": (1, 3, 4), "five_classes": (1, 2, 3, 4, 5)}
THREE_OF_FIVE = ((0, 1), (2, 2), (3, 4))  # of each class its first and its last point of the scale
SCALES = {"three_classes": THREE, "five_classes": FIVE}


@dataclass(frozen=True)
class ClassView:
    css: str
    text: str  # stands in the bar; "" where it does not fit or may not be said
    start: str  # per cent of the bar, with the sign
    width: str
    middle: str
    name: str  # "agree (4–5)"
    label: str  # the name by itself: "Agree (4–5)"
    share_text: str  # what may be said of it: "30%", "2 or fewer people"
    per_cent: int | None  # as printed; None where that is a word
    is_joined: bool  # of several classes
    size: float  # per cent, as drawn


def class_views(published: PublishedStatement, points: Sequence[str]) -> tuple[ClassView, ...]:
    """`points`: the words of the scale from 1 to 5."""
    parts = [_Part(group, share, share or LEAST_DRAWN) for group, share in published.shares]
    return tuple(_drawn(published.state, parts or _old_parts(published.old_shares), tuple(points)))


class _Part(NamedTuple):
    group: Group
    share: OldShare
    width: int


def _old_parts(shares: Sequence[OldShare]) -> list[_Part]:
    """Small classes all alike, the one without a number as what is left."""
    drawn = [FEW_DRAWN if share == "few" else share for share in shares]
    left = max(0, 100 - sum(width for width in drawn if width is not None))
    widths = [left if width is None else width for width in drawn]
    return [_Part((place,), share, width) for place, (share, width) in enumerate(zip(shares, widths, strict=True))]


def _drawn(state: str, parts: Sequence[_Part], points: tuple[str, ...]) -> Iterator[ClassView]:
    """Rounded shares are drawn as parts of what they add up to."""
    scale = 100 / max(1, sum(part.width for part in parts))
    start = 0.0
    for group, share, width in parts:
        size = width * scale
        name, label = joined_name(state, group, points)
        number = share if isinstance(share, int) and share > 0 else None
        yield ClassView(
            css=_fill(state, group),
            text=str(number) if number and size >= NUMBERED else "",
            start=f"{start:.2f}%",
            width=f"{size:.2f}%",
            middle=f"{start + size / 2:.2f}%",
            name=name,
            label=label,
            share_text=share_text(share),
            per_cent=number,
            is_joined=len(group) > 1,
            size=size,
        )
        start += size


@once_per_language
def share_text(share: OldShare) -> str:
    if share is None:
        return _("the largest part")
    if share == "few":
        return _("%(few)s or fewer people") % {"few": FEW}
    return _("%(share)s%%") % {"share": share} if share else _("under 3%")


def class_key(classes: Iterable[ClassView]) -> tuple[tuple[str, str], ...]:
    """(fill, word) of all classes that some bars show, in the order of the scale."""
    return tuple(sorted({(one.css, one.label) for one in classes}))


@once_per_language
def joined_name(state: str, group: Group, points: tuple[str, ...]) -> tuple[str, str]:
    """(inside a sentence, by itself) of classes that are one part of a bar; `points`: the labels of the scale."""
    dont_know = SCALES[state].dont_know
    rated = [place for place in group if place != dont_know]
    inside, by_itself = (_rated_name(state, rated, points, at) for at in (0, 1)) if rated else COULD_NOT_JUDGE
    if rated and dont_know in group:
        or_not = _("%(answers)s or don’t know")
        return or_not % {"answers": inside}, or_not % {"answers": by_itself}
    return str(inside), str(by_itself)


def _rated_name(state: str, rated: Sequence[int], points: Sequence[str], at: int) -> str:
    """`at`: 0 inside a sentence, 1 by itself."""
    if state == "three_classes" and not POINTS.keys() >= set(points):
        low, high = THREE_OF_FIVE[rated[0]][0], THREE_OF_FIVE[rated[-1]][-1]
        name = _rated_name("five_classes", range(low, high + 1), points, at)
        numbers = str(low + 1) if low == high else f"{low + 1}–{high + 1}"
        return _("%(answers)s (%(numbers)s)") % {"answers": name, "numbers": numbers}
    if state == "five_classes":
        names = [(POINTS.get(point, point), point) for point in points]
        first, last = str(names[rated[0]][at]), str(names[rated[-1]][0])
        return first if len(rated) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return str(THREE_CLASSES[rated[0]][at] if len(rated) == 1 else ANSWERS_OF_THREE[rated[0], rated[-1]][at])


def _fill(state: str, group: Group) -> str:
    """That of the class, or of what lies between those that are joined: told apart from both where three are shown."""
    rated = [FILLS[state][place] for place in group if place < len(FILLS[state])]
    if not rated:
        return DONT_KNOW
    is_high = state == "three_classes" and rated == [3, 4]
    return f"answer-{5 if is_high else (rated[0] + rated[-1]) // 2}"
