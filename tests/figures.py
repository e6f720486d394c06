"""One line for each promise, with its figure: what a proof has measured, printed by `make test-deep`."""

from collections.abc import Callable

import pytest

LINES: pytest.StashKey[list[str]] = pytest.StashKey()
Figure = Callable[[str, str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="the long proofs too, and what they all have measured")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the option no long proof runs, whatever marks are asked for."""
    long = [item for item in items if item.get_closest_marker("deep")]
    if long and not config.getoption("--deep"):
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """`figure("separation", "who answered, from WAL", "right 0.9 (chance 0.9)")`, once the test has asserted it."""
    lines = request.config.stash.setdefault(LINES, [])

    def note(promise: str, what: str, measured: str) -> None:
        lines.append(f"{promise:<13} {what:<64} {measured}")

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--deep") and (lines := config.stash.get(LINES, [])):
        terminalreporter.section("what was measured")
        terminalreporter.write("\n".join(sorted(set(lines))) + "\n")
