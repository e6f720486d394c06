"""Which TRACE this is: the line in the file VERSION, which a container image brings, else its number and its commit.

The number stands in pyproject.toml, and nowhere else: of the version that comes next until it is tagged.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMIT = re.compile(r"[0-9a-f]{40,64}")
SHORT = 12  # characters of a commit


@cache
def version() -> str:
    """Read without git, which refuses a checkout that belongs to another user, as ours does in production."""
    return _line(ROOT / "VERSION") or f"{number()}+{_commit(ROOT)[:SHORT] or 'unknown'}"


@cache
def number() -> str:
    found: str = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    return found


def _commit(root: Path) -> str:
    home = root / ".git"
    if home.is_file():  # a work tree beside another checkout
        home = Path(_line(home).removeprefix("gitdir: "))
    head = _line(home / "HEAD")
    if COMMIT.fullmatch(head):
        return head
    name = head.removeprefix("ref: ")
    common = home / (_line(home / "commondir") or ".")
    return _line(common / name) or _packed(common, name)


def _packed(home: Path, name: str) -> str:
    try:
        lines = (home / "packed-refs").read_text().splitlines()
    except OSError:
        return ""
    return next((commit for commit, _, ref in (line.partition(" ") for line in lines) if ref == name), "")


def _line(file: Path) -> str:
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""
