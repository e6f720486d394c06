"""docs/operations.md as somebody reads it who copies its commands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tests.stage import ROOT

PIECE = r"^(?:#+ (?P<heading>.+)|```sh *(?P<mark>.*)\n(?P<text>[\s\S]*?)^```)$"
PAGE = ROOT / "docs" / "operations.md"


@dataclass(frozen=True)
class Block:
    heading: str
    mark: str  # who it is for, where not everybody runs it: ```sh first host
    commands: str

    def with_names(self, names: Mapping[str, str]) -> str:
        """The commands as they stand, with the reader's own values where the page sets a name to an example."""
        text = self.commands
        for name, value in names.items():
            text = re.sub(rf"""(?<![\w=]){name}=("[^"]*"|[^\s"$]+)""", f"{name}='{value}'", text)
        return text


def blocks() -> list[Block]:
    found, heading = [], ""
    for piece in re.finditer(PIECE, PAGE.read_text(), re.MULTILINE):
        if piece["heading"]:
            heading = piece["heading"]
        else:
            found.append(Block(heading, piece["mark"], piece["text"]))
    return found


def under(heading: str, mark: str = "") -> list[Block]:
    found = [one for one in blocks() if (one.heading, one.mark) == (heading, mark)]
    assert found, f"{PAGE.name} has no commands under {heading!r} for {mark or 'everybody'}"
    return found
