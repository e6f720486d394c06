"""A backup becomes a site again: with every hash, and without doing anything before it is told to."""

import json
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.identity import still
from core.identity.models import Identity
from core.keys.store import FolderStore, key_store
from core.post.letter import Letter
from tests.conftest import make_user
from tests.stage import ROOT, clean_environment, new_database
from trace_site import starting
from trace_site.backups import databases, making
from trace_site.backups import keys as key_copies
from trace_site.backups.manifest import UNFINISHED, BackupError, read_manifest

DAY = timedelta(days=1)


def drill(verb: str, folder: Path, database: str, var: Path, **told: str) -> dict:
    command = [sys.executable, "-m", "tests.site.drill", verb, str(folder / "backups"), str(folder / "keys")]
    settings = clean_environment(VAR=str(var), DATABASE_URL=database, **told)
    done = subprocess.run(command, cwd=ROOT, env=settings, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1]) | {"said": done.stdout, "logged": done.stderr}


@pytest.fixture(scope="module")
def site(prepared_database, tmp_path_factory):
    """A site, and its backup."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "database").mkdir()
    with new_database(folder / "database", like=prepared_database) as database:
        before = drill("make", folder, database, folder / "var")
        (backup,) = (folder / "backups").glob("trace-*")
        yield SimpleNamespace(before=before, folder=folder, backup=backup, keys=folder / "keys", database=database)


@pytest.fixture
def copy(site, tmp_path) -> Path:
    """One that may be spoiled."""
    return shutil.copytree(site.backup, tmp_path / site.backup.name)


@pytest.fixture(scope="module")
def restored(site, tmp_path_factory):
    """On an empty machine, where it was told in the end that it is the one."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with new_database(folder) as database:
        yield drill("restore", site.folder, database, folder / "var", LINK=site.before["link"])


def refused(*arguments, **options) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("restore", *arguments, **options)
    return str(refusal.value)


# --- The drill -----------------------------------------------------------------------------------


def test_every_hash_is_as_it_was(site, restored):
    before, after = site.before, restored["restored"]
    assert before["surveys"] == ["closed", "open"]
    for what in ("surveys", "editions", "ballots", "drafts", "waiting", "files", "self-assessments"):
        assert after[what] == before[what], what
    assert [stored == found for stored, found in after["editions"]] == [True]
    assert (after["ballots"], after["drafts"], len(after["files"])) == (6, 1, 1)
    assert after["waiting"] > 0
    assert "1 published reports and" in restored["said"]
    assert "have the check sums they had" in restored["said"]


def test_it_stands_still_although_times_have_passed(restored):
    assert restored["why"] == "restored"
    assert restored["after work"] == restored["restored"]
    assert (restored["after work"]["letters"], restored["rung"], restored["key"]) == (0, 0, "restored")
    assert restored["logged"].count("This site stands still") == 1


def test_it_says_so_to_respondents_and_on_its_pages(restored):
    assert restored["page"] == [503, True]
    assert restored["banner"]


def test_told_that_it_is_the_one_it_acts(restored):
    assert restored["told"] is None
    assert restored["open page"][1] is False
    assert restored["acted"]["surveys"] == ["closed", "closed"]
    assert restored["acted"]["letters"] > 0
    assert restored["rung then"] > 0
    assert restored["acted"]["ballots"] == 0
    assert [stored == found for stored, found in restored["acted"]["editions"]] == [True, True]


def test_keys_come_back_for_open_surveys_and_what_was_destroyed_stays_so(site, restored):
    names = restored["restored"]["keys"]
    assert sorted(name.rpartition(".")[2] for name in names) == ["destroyed", "destroyed", "key", "key"]
    assert names == site.before["keys"]


def test_a_database_that_somebody_copies_by_themselves_stands_still(site, restored, tmp_path):
    """So does a whole machine that is copied and given another name."""
    code = "import django; django.setup(); from core.identity.still import why_still; print(why_still())"
    with new_database(tmp_path, like=site.database) as database:
        told = {"DJANGO_SETTINGS_MODULE": "trace_site.settings", "VAR": str(tmp_path), "DATABASE_URL": database}
        asked = {"cwd": ROOT, "env": clean_environment() | told, "capture_output": True, "text": True}
        assert subprocess.run([sys.executable, "-c", code], check=True, **asked).stdout.strip() == "copied"
    assert restored["renamed"] == "renamed"


# --- What lies in a backup -----------------------------------------------------------------------


def test_a_backup_is_whole_private_and_without_keys(site):
    assert site.before["is noted"]
    manifest = read_manifest(site.backup)
    there = {str(path.relative_to(site.backup)) for path in site.backup.rglob("*") if path.is_file()}
    assert there == {*manifest.files, "manifest.json"}
    for path in (site.backup, *site.backup.rglob("*"), *site.keys.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    keys = [path.read_bytes() for path in site.keys.rglob("*.key")]
    assert len(keys) == 2
    everything = b"".join((site.backup / path).read_bytes() for path in there)
    assert not [key for key in keys if key in everything or key[:32] in everything]
    assert (manifest.expires_at - manifest.made_at, manifest.engine) == (14 * DAY, connection.vendor)


def test_no_password_stands_on_a_command_line(monkeypatch):
    ran = mock.Mock(return_value=SimpleNamespace(returncode=0))
    secret = {"dbname": "trace", "user": "trace", "password": "secret", "host": "db"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: secret)
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/pg_dump")
    monkeypatch.setattr("subprocess.run", ran)
    databases.run("pg_dump", "--format=custom")
    assert ran.call_args.args == (["pg_dump", "--format=custom"],)
    told = ran.call_args.kwargs["env"]
    assert (told["PGPASSWORD"], told["PGUSER"], told["PGHOST"], told["PGDATABASE"]) == (
        "secret",
        "trace",
        "db",
        "trace",
    )


# --- What is refused, before anything is touched ---------------------------------------------------


def test_what_is_damaged_missing_or_unfinished_is_refused(copy, site, tmp_path):
    (path,) = (name for name in read_manifest(copy).files if name.startswith("files/"))
    content = (copy / path).read_bytes()
    (copy / path).write_bytes(content[:-1] + b"?")
    assert f"{path} is damaged" in refused(copy)
    (copy / path).unlink()
    assert f"{path} is missing" in refused(copy)
    (copy / "manifest.json").write_text((copy / "manifest.json").read_text()[:-9])
    assert "manifest.json is damaged" in refused(copy)
    (copy / "manifest.json").unlink()
    assert "There is no whole backup" in refused(copy)
    shutil.copytree(site.backup, tmp_path / "all" / f"{UNFINISHED}trace-1")
    assert "There is no whole backup" in refused(tmp_path / "all")


def test_a_manifest_that_leads_outside_is_refused(copy):
    whole = read_manifest(copy)
    outside = replace(whole, files=whole.files | {"files/../../outside": next(iter(whole.files.values()))})
    (copy / "manifest.json").write_text(outside.stored())
    assert "outside of the backup" in refused(copy)


def test_one_of_a_newer_trace_or_that_expired_is_refused(copy):
    whole = read_manifest(copy)
    (copy / "manifest.json").write_text(replace(whole, migrations=["core/9999_later"]).stored())
    assert "made by a newer TRACE" in refused(copy)
    (copy / "manifest.json").write_text(replace(whole, expires_at=timezone.now() - DAY).stored())
    assert "expired on" in refused(copy)


@pytest.mark.django_db
def test_a_target_with_people_or_files_or_without_room_is_refused(site, settings):
    with mock.patch("shutil.disk_usage", return_value=SimpleNamespace(free=3)):
        assert "is full: " in refused(site.backup)
    files = Path(settings.MEDIA_ROOT)
    (files / "old").mkdir(parents=True)
    assert "(FILES) is not empty" in refused(site.backup)
    make_user("Alice")
    assert "has people in it" in refused(site.backup)


def test_keys_that_expired_or_are_damaged_are_not_used(site, tmp_path):
    place = shutil.copytree(site.keys, tmp_path / "keys")
    copied = key_copies.read_key_copy(place / site.backup.name)
    key = next(copied.folder.glob("*.key"))
    content = key.read_bytes()
    key.write_bytes(content[::-1])
    assert "is damaged" in refused(site.backup, keys=place)
    key.write_bytes(content)
    replace(copied, expires_at=timezone.now() - DAY).write()
    assert "expired on" in refused(site.backup, keys=place)


# --- Copies of keys end --------------------------------------------------------------------------


def test_copies_of_keys_go_with_their_time_and_with_the_keys(tmp_path, settings):
    store, now = FolderStore(settings.KEY_STORE), timezone.now()
    for name in ("survey-one-box", "survey-two-box"):
        store.create(name, name.encode() * 3)
    place = tmp_path / "copies"
    place.mkdir()
    key_copies.copy_keys(place, "trace-1", expires_at=now - DAY)
    key_copies.copy_keys(place, "trace-2", expires_at=now + DAY)
    store.destroy("survey-one-box")
    assert key_copies.forget_keys(place) == 1
    assert [path.name for path in place.iterdir()] == ["trace-2"]
    kept = key_copies.usable_copy(place, "trace-2")
    assert sorted(path.name for path in kept.folder.glob("*.key")) == ["survey-two-box.key"]
    assert (list(kept.keys), kept.destroyed) == (["survey-two-box"], ["survey-one-box"])


def test_a_key_that_was_destroyed_is_not_put_back(tmp_path, settings):
    store = FolderStore(settings.KEY_STORE)
    store.create("survey-one-box", b"secret")
    place = tmp_path / "copies"
    place.mkdir()
    key_copies.copy_keys(place, "trace-1", expires_at=timezone.now() + DAY)
    store.destroy("survey-one-box")
    copied = key_copies.usable_copy(place, "trace-1")
    assert key_copies.put_keys_back(copied, wanted={"survey-one-box"}) == 0
    assert not list(settings.KEY_STORE.glob("*.key"))


# --- Making one ----------------------------------------------------------------------------------


def made(into: Path, *, now: datetime | None = None) -> Path:
    terms = making.Terms(days=14, key_days=3)
    return making.back_up(into, keys=None, terms=terms, now=now or timezone.now(), say=lambda sentence: None)


def test_folders_lie_apart(settings, tmp_path):
    for inside in (Path(settings.MEDIA_ROOT) / "backups", settings.KEY_STORE / "backups", tmp_path):
        with pytest.raises(BackupError, match="must lie apart"):
            made(inside)


@pytest.fixture
def quick(monkeypatch, settings):
    """Without a database of its own: what happens to folders is the same."""
    Path(settings.MEDIA_ROOT).mkdir()
    (Path(settings.MEDIA_ROOT) / "one.csv").write_text("1")
    monkeypatch.setattr(making, "database_facts", lambda path: (path.write_text("rows"), EMPTY)[1])


EMPTY = {"migrations": [], "rows": {}, "editions": {}, "checklists": {}, "engine_version": "1"}


@pytest.mark.usefixtures("quick")
def test_what_expired_goes_and_what_was_left_half_done(tmp_path):
    into, now = tmp_path / "backups", timezone.now()
    old = made(into, now=now - 15 * DAY)
    young = made(into, now=now - 13 * DAY)
    (into / f"{UNFINISHED}trace-1").mkdir()
    new = made(into, now=now)
    assert not old.exists()
    assert sorted(path for path in into.iterdir() if path.is_dir()) == [young, new]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_full_disk_or_an_interruption_leaves_nothing(tmp_path, monkeypatch, failure):
    def fails(*_: object) -> None:
        raise failure

    monkeypatch.setattr(making, "copied", fails)
    with pytest.raises((BackupError, KeyboardInterrupt)) as raised:
        made(tmp_path / "backups")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]
    if isinstance(failure, OSError):
        assert "is full. Make room" in str(raised.value)


# --- A site that stands still ----------------------------------------------------------------------


@pytest.fixture
def asking(monkeypatch):
    """As a process does that has just begun."""
    monkeypatch.setattr(still, "last_look", still.Look(-1e9, None))
    monkeypatch.setattr(still, "last_said", -1e9)


@pytest.mark.django_db
def test_a_worker_and_a_beat_wait_until_they_are_told(asking, monkeypatch, caplog):
    still.be_restored()
    waits = []

    def told_after_two(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            still.be_the_one()

    monkeypatch.setattr(starting, "time", SimpleNamespace(sleep=told_after_two))
    monkeypatch.setattr(connection, "close", lambda: None)
    starting.wait_while_still()
    assert waits == [starting.LOOK_AGAIN] * 2
    assert caplog.text.count("This site stands still (restored)") == 1


@pytest.mark.django_db
def test_what_is_sent_while_a_site_stands_still_is_not_taken_and_tried_again(asking, client):
    still.be_restored()
    response = client.post(reverse("answering:save", args=["abcdefghjkmnpqrs"]), headers={"Accept": "application/json"})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response.json()["sentence"].startswith("Not saved yet")


@pytest.mark.django_db
def test_no_letter_and_no_key_leaves_it_whoever_asks(asking):
    still.be_restored()
    with pytest.raises(still.StandsStill):
        key_store()
    with pytest.raises(still.StandsStill):
        Letter(subject="Hello", to=["somebody@example.org"]).send()


@pytest.mark.django_db
def test_a_new_site_says_once_where_it_lies(asking):
    assert still.why_still() is None
    still.begin()
    first = Identity.objects.get()
    still.begin()
    assert Identity.objects.get().since == first.since
    Identity.objects.update(place="elsewhere")
    still.begin()
    assert still.why_still() == still.Why.COPIED
    call_command("this_is_the_site", yes=True)
    assert still.why_still() is None


@pytest.mark.django_db
def test_told_only_by_whoever_means_it(asking, monkeypatch):
    still.be_restored()
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    with pytest.raises(CommandError, match="goes on standing still"):
        call_command("this_is_the_site")
    assert still.why_still() == still.Why.RESTORED
