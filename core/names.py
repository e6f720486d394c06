"""Long names where there is little room. What tells them apart often stands at their end: they are shortened in the
middle, and names that stand together stay different."""

import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

Fits = Callable[[str], bool]

GAP = "…"
ROUNDS = 4  # names that are alike in several places come apart place by place; the rest have numbers
JOINER = "\u200d"


def short(name: str, most: int) -> str:
    """With at most so many characters.

    >>> short("Community services north, district nursing", 21)
    'Community…ct nursing'
    """
    return fitting(name, lambda text: len(text) <= most)


def fitting(name: str, fits: Fits) -> str:
    """The name, or as much of its beginning and its end as fits."""
    return name if fits(name) else _around(name, letters(name), 0, 0, fits)


def apart(names: Sequence[str], fits: Fits, written: Callable[[str], str] = str) -> list[str]:
    """The same for names that stand together: what is different stays so, whatever has to be left out.

    `written`: a name with what may be written of it. Where that is the same of two, the second has a number.

    >>> apart(["Ward 12, day shift, north", "Ward 13, day shift, north"], lambda text: len(text) <= 16)
    ['Ward 12,…, north', 'Ward 13,…, north']
    >>> apart(["North ward 12 of the day", "North ward 13 of the day"], lambda text: len(text) <= 10)
    ['Nort…2…day', 'Nort…3…day']
    """
    whole = {name: written(name) for name in names}
    shown = {name: fitting(text, fits) for name, text in whole.items()}
    for _round in range(ROUNDS):
        for group in _alike(shown):
            spelt = [letters(whole[name]) for name in group]
            start, end = _same_at_the_start(spelt), _same_at_the_start([one[::-1] for one in spelt])
            for name, one in zip(group, spelt, strict=True):
                shown[name] = _around(whole[name], one, start, max(0, len(one) - start - end), fits)
    return _numbered(names, whole, shown, fits)


def letters(text: str) -> list[str]:
    """What a reader takes for one character: with its marks, joined pictures and flags as a whole.

    >>> len(letters("e" + chr(0x301) + "a"))
    2
    """
    found: list[str] = []
    for character in text:
        if found and _belongs_to(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _belongs_to(letter: str, character: str) -> bool:
    if character == JOINER or letter.endswith(JOINER) or unicodedata.category(character)[0] == "M":
        return True
    is_shade = "\U0001f3fb" <= character <= "\U0001f3ff"
    return is_shade or (_is_flag(character) and _is_flag(letter) and len(letter) == 1)


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character[0] <= "\U0001f1ff"


def _around(name: str, spelt: list[str], start: int, length: int, fits: Fits) -> str:
    """As much as fits of the beginning, of `length` letters from `start`, and of the end."""
    if fits(name):
        return name
    beside = range(len(spelt) - length)
    if fits(_parts(spelt, start, length, 0)):
        most = bisect(beside, 0, key=lambda kept: not fits(_parts(spelt, start, length, kept)))
        return _parts(spelt, start, length, most - 1)
    most = bisect(range(1, length), 0, key=lambda kept: not fits(_parts(spelt, start, kept, 0)))
    return _parts(spelt, start, most, 0) if most else GAP


def _parts(spelt: list[str], start: int, length: int, kept: int) -> str:
    """`kept`: how many letters stand beside the middle, half of them at the beginning."""
    end = start + length
    head = min(start if length else len(spelt), max(-(-kept // 2), kept - (len(spelt) - end)))
    tail = min(kept - head, len(spelt) - end)
    shown = set(range(head)) | set(range(start, end)) | set(range(len(spelt) - tail, len(spelt)))
    return GAP.join(_pieces(spelt, shown)).strip()


def _pieces(spelt: list[str], shown: set[int]) -> Iterator[str]:
    """What stands between the gaps; '' before a gap at the edge."""
    piece, is_gap = "", False
    for at, letter in enumerate(spelt):
        if at in shown:
            piece, is_gap = piece + letter, False
        elif not is_gap:
            yield piece.rstrip()
            piece, is_gap = "", True
    yield piece


def _same_at_the_start(spelt: Sequence[Sequence[str]]) -> int:
    return next(
        (at for at, column in enumerate(zip(*spelt, strict=False)) if len(set(column)) > 1), min(map(len, spelt))
    )


def _alike(shown: dict[str, str]) -> list[list[str]]:
    by_look: dict[Hashable, list[str]] = defaultdict(list)
    for name, text in shown.items():
        by_look[text].append(name)
    return [group for group in by_look.values() if len(group) > 1]


def _numbered(names: Sequence[str], whole: dict[str, str], shown: dict[str, str], fits: Fits) -> list[str]:
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        number, text = 1, shown[name]
        while text in taken:
            number += 1
            text = _with_number(whole[name], number, fits)
        taken.add(text)
        shown[name] = text
    return [shown[name] for name in names]


def _with_number(name: str, number: int, fits: Fits) -> str:
    mark = f" ({number})"
    return fitting(name, lambda text: fits(text + mark)) + mark
