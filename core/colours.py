"""Whether something can be read on a colour: contrast as WCAG 2 reckons it."""

import re

BLACK, WHITE = "#000000", "#ffffff"
LEAST = 4.5  # of a text on its ground
_hex = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


def colour_in(text: str) -> str:
    """'' where it is none.

    >>> colour_in("0C5160"), colour_in(" #fc3 "), colour_in("petrol")
    ('#0c5160', '#ffcc33', '')
    """
    found = _hex.fullmatch(text.strip())
    if found is None:
        return ""
    digits = found[1].lower()
    return f"#{digits}" if len(digits) == 6 else f"#{''.join(2 * digit for digit in digits)}"


def text_on(colour: str) -> str:
    """White where that can be read on it, else black: one of the two always reaches 4.5.

    >>> text_on("#0c5160"), text_on("#ffcc33")
    ('#ffffff', '#000000')
    """
    return WHITE if contrast(WHITE, colour) >= LEAST else BLACK


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black and white.

    >>> round(contrast("#000000", "#ffffff"), 1), round(contrast("#ffffff", "#767676"), 2)
    (21.0, 4.54)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
