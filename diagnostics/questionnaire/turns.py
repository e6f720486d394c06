"""The order in which one page sent its saves.

Each holds all that has not arrived by then, so that one which comes after a later one has nothing to add: it would set
back what was changed meanwhile.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

TURN = "turn"
PAGES = 4  # that are remembered: somebody may have several open
_TURN = re.compile(r"([a-z0-9]{1,8}) (\d{1,6})")  # as 'k3j9x2m4 12'

Turns = dict[str, int]  # page → the latest of its saves, those of the page that saved last at the end


class Turn(NamedTuple):
    page: str
    number: int


def turn_in(data: Mapping[str, str]) -> Turn | None:
    """None where no script has sent it."""
    found = _TURN.fullmatch(data.get(TURN, ""))
    return Turn(found[1], int(found[2])) if found else None


def is_overtaken(turns: Turns, turn: Turn | None) -> bool:
    return turn is not None and turns.get(turn.page, -1) >= turn.number


def with_turn(turns: Turns, turn: Turn | None) -> Turns:
    if turn is None:
        return turns
    others = [(page, number) for page, number in turns.items() if page != turn.page]
    return dict([*others, turn][-PAGES:])
