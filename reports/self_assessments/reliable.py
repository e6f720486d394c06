"""What moved between two times."""

import math
from dataclasses import dataclass
from typing import Literal

from reports.scoring.levels import display
from reports.scoring.method import METHOD, Method, Reason

ChangeWord = Literal["clear_rise", "clear_fall"]


@dataclass(frozen=True)
class ReliableChange:
    """One person's change. `word` is None where the difference may be the usual back and forth."""

    difference: float | None  # rating points, after minus before, one decimal
    threshold: float  # rating points; a clear change is larger
    word: ChangeWord | None
    reason: Reason | None  # why there is no difference


def reliable_change(before: float | None, after: float | None, *, method: Method = METHOD) -> ReliableChange:
    """Whether one person's score in one cell clearly changed between two self-ratings.

    Both scores are on 1–5 and must rest on the same statements; they are compared as displayed, so that the
    reader can check the difference. A change is clear when `|after − before| > z · SD · √2 · √(1 − r)`, which is
    0.744 with the default parameters (Jacobson & Truax 1991). A missing score gives no difference and the reason
    `too_few_items`. Raises ValueError for NaN and infinity.

    >>> reliable_change(3.0, 3.8).word, reliable_change(3.0, 3.7).word, reliable_change(4.1, 3.0).word
    ('clear_rise', None, 'clear_fall')
    >>> reliable_change(None, 3.7).reason
    'too_few_items'
    """
    threshold = 1.96 * 0.60 * math.sqrt(2) * math.sqrt(0.20)
    if before is None or after is None:
        return ReliableChange(difference=None, threshold=threshold, word=None, reason="too_few_items")
    difference = round(display(after, method=method) - display(before, method=method), 1)
    return ReliableChange(difference, threshold, word=_word(difference, threshold + method.eps), reason=None)


def _word(difference: float, threshold: float) -> ChangeWord | None:
    if difference > threshold:
        return "clear_rise"
    if difference < -threshold:
        return "clear_fall"
    return None
