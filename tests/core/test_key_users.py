"""The web's system user comes by no key, and both work with documents: with the folders that our set-up steps make."""

import os
import re
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.keys.files import is_within_reach
from core.keys.store import FolderStore
from tests.stage import ROOT
from tests.users import USERS, as_user, let_everybody_pass, needs_root

pytestmark = needs_root

KEY = bytes(range(32))


@dataclass(frozen=True)
class Place:
    """`/var/lib` of the set-up steps."""

    home: Path

    @property
    def keys(self) -> Path:
        return self.home / "trace-keys"

    @property
    def files(self) -> Path:
        return self.home / "trace" / "files"


@pytest.fixture
def place(tmp_path, settings) -> Place:
    """Made by the very lines that the documentation tells to type, for users that need not exist here."""
    settings.KEY_STORE, settings.MEDIA_ROOT = tmp_path / "trace-keys", str(tmp_path / "trace" / "files")
    let_everybody_pass(tmp_path)
    lines = re.findall(r"^install -d .*/var/lib/.*$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    assert len(lines) == 3
    for line in lines:
        words = [str(USERS.get(word, word)).replace("/var/lib", str(tmp_path)) for word in shlex.split(line)]
        subprocess.run(words, check=True)
    return Place(tmp_path)


def attempts(keys: Path) -> dict[str, Callable[[], object]]:
    """Ways to a key, by the store and around it."""
    store, file = FolderStore(keys), keys / "survey-1.key"
    return {
        "read": lambda: store.read("survey-1"),
        "create": lambda: store.create("survey-2", KEY),
        "destroy": lambda: store.destroy("survey-1"),
        "list": lambda: os.listdir(keys),
        "open": file.read_bytes,
        "see": lambda: file.stat().st_size,
        "link": lambda: os.link(file, "/tmp/a-key"),  # noqa: S108
        "write": (keys / "mine").touch,
        "move": lambda: keys.rename(keys.with_name("taken")),
        "let in": lambda: keys.chmod(0o777),
    }


@pytest.mark.parametrize("name", ["trace", "somebody"])
def test_only_workers_come_by_a_key(name, place):
    assert as_user("trace-worker", lambda: FolderStore(place.keys).create("survey-1", KEY)) is None
    came = {way: as_user(name, work) for way, work in attempts(place.keys).items()}
    assert came == dict.fromkeys(came, "PermissionError")
    assert as_user("trace-worker", lambda: FolderStore(place.keys).read("survey-1")) == KEY
    assert sorted(os.listdir(place.keys)) == ["survey-1.key"]


def test_run_by_one_user_the_web_reads_them_all(place):
    """What the second user is for."""
    as_user("trace-worker", lambda: FolderStore(place.keys).create("survey-1", KEY))
    came = {way: as_user("trace-worker", work) for way, work in attempts(place.keys).items() if way in ("read", "list")}
    assert came == {"read": KEY, "list": ["survey-1.key"]}


def test_a_folder_that_was_left_open_is_shut_by_the_first_key(place):
    place.keys.chmod(0o755)
    assert as_user("trace", lambda: os.listdir(place.keys)) == []
    as_user("trace-worker", lambda: FolderStore(place.keys).create("survey-1", KEY))
    assert as_user("trace", lambda: os.listdir(place.keys)) == "PermissionError"


def test_a_web_server_knows_whether_it_could_read_keys(place):
    within = {name: as_user(name, is_within_reach) for name in USERS}
    assert within == {"trace": False, "trace-worker": True, "somebody": False}


def test_workers_write_documents_that_the_web_reads_and_deletes(place):
    name = as_user("trace-worker", lambda: default_storage.save("slices/one/report.pdf", ContentFile(b"%PDF")))
    assert as_user("somebody", lambda: default_storage.open(name).read()) == "PermissionError"
    assert as_user("trace", lambda: default_storage.open(name).read()) == b"%PDF"
    assert as_user("trace", lambda: default_storage.delete(name)) is None
    assert as_user("trace-worker", lambda: default_storage.exists(name)) is False
