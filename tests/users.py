"""Work done by another system user, as the web server and the workers of a production site are."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

USERS = {"trace": 61_001, "trace-worker": 61_002, "somebody": 61_003}
GROUPS = {"trace": [], "trace-worker": [61_001], "somebody": []}  # beside one's own, which has the user's number

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two other users")


def as_user(name: str, work: Callable[[], object]) -> object:
    """What `work()` returns, or the name of what it raises, in a process of that user."""
    ours, theirs = os.pipe()
    if (child := os.fork()) == 0:
        os.setgroups(GROUPS[name])
        os.setgid(USERS[name])
        os.setuid(USERS[name])
        try:
            answer = work()
        except Exception as failure:
            answer = type(failure).__name__
        os.write(theirs, pickle.dumps(answer))
        os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as pipe:
        answer = pickle.loads(pipe.read())  # noqa: S301
    os.waitpid(child, 0)
    return answer


def let_everybody_pass(tmp_path: Path) -> None:
    """Down to this folder of pytest's, so that nothing but its own mode keeps anybody from what lies in it."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.name.startswith(("pytest-", "test_")):
            folder.chmod(0o755)
