import os
import stat

import pytest

from core.keys import mark, store
from core.keys.store import FolderStore, KeyDestroyed, KeyExists, KeyMissing, StoreAway, key_store

KEY = bytes(range(32))


@pytest.fixture
def keys(tmp_path) -> FolderStore:
    return FolderStore(tmp_path / "deep" / "keys")


def files(keys: FolderStore) -> set[str]:
    return {path.name for path in keys.folder.iterdir()}


def test_create_and_read(keys):
    keys.create("survey-1", KEY)
    assert keys.read("survey-1") == KEY


def test_only_we_can_enter_and_read(keys):
    keys.create("survey-1", KEY)
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((keys.folder / "survey-1.key").stat().st_mode) == 0o600


def test_an_open_folder_is_closed(tmp_path):
    tmp_path.chmod(0o755)
    FolderStore(tmp_path).create("survey-1", KEY)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_key_is_never_replaced(keys):
    keys.create("survey-1", KEY)
    with pytest.raises(KeyExists):
        keys.create("survey-1", b"other")
    assert keys.read("survey-1") == KEY
    assert files(keys) == {"survey-1.key"}


def test_an_unknown_key_is_missing(keys):
    with pytest.raises(KeyMissing):
        keys.read("survey-1")
    with pytest.raises(KeyMissing):
        keys.destroy("survey-1")


def test_a_destroyed_key_is_gone_and_its_name_used_up(keys):
    keys.create("survey-1", KEY)
    keys.destroy("survey-1")
    with pytest.raises(KeyDestroyed):
        keys.read("survey-1")
    with pytest.raises(KeyDestroyed):
        keys.create("survey-1", KEY)
    keys.destroy("survey-1")
    assert files(keys) == {"survey-1.destroyed"}


def test_destroying_overwrites(keys, tmp_path):
    keys.create("survey-1", KEY)
    os.link(keys.folder / "survey-1.key", tmp_path / "copy")
    keys.destroy("survey-1")
    assert (tmp_path / "copy").read_bytes() == bytes(len(KEY))


def test_killed_while_destroying_the_key_is_unreadable_and_goes_the_next_time(keys, monkeypatch):
    keys.create("survey-1", KEY)
    with monkeypatch.context() as killed:
        killed.setattr(store, "erase_file", lambda path: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            keys.destroy("survey-1")
    with pytest.raises(KeyDestroyed):
        keys.read("survey-1")
    keys.destroy("survey-1")
    assert files(keys) == {"survey-1.destroyed"}


def test_a_key_destroyed_while_it_is_read_is_no_key(keys, monkeypatch):
    keys.create("survey-1", KEY)
    plain = store.read_file

    def slow(path):
        keys.destroy("survey-1")
        return plain(path)

    monkeypatch.setattr(store, "read_file", slow)
    with pytest.raises(KeyDestroyed):
        keys.read("survey-1")


def test_a_name_destroyed_while_it_is_created_stays_destroyed(keys, monkeypatch):
    plain = store.write_file

    def slow(path, content):
        (keys.folder / "survey-1.destroyed").touch()
        plain(path, content)

    monkeypatch.setattr(store, "write_file", slow)
    with pytest.raises(KeyDestroyed):
        keys.create("survey-1", KEY)
    assert files(keys) == {"survey-1.destroyed"}


@pytest.mark.parametrize("name", ["", "../key", "a/b", "A", "a.key", "a\n", "-a", "é", "a" * 65])
def test_names_that_could_lead_elsewhere_are_refused(keys, name):
    for use in (keys.read, keys.destroy, lambda bad: keys.create(bad, KEY)):
        with pytest.raises(ValueError, match="name of a key"):
            use(name)
    assert not keys.folder.exists()


def test_a_link_in_the_place_of_a_key_is_not_followed(keys, tmp_path):
    (tmp_path / "elsewhere").write_bytes(KEY)
    keys.folder.mkdir(parents=True)
    (keys.folder / "survey-1.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        keys.read("survey-1")


def test_whoever_only_asks_makes_nothing(keys):
    with pytest.raises(KeyMissing):
        keys.read("survey-1")
    assert not keys.folder.parent.exists()


@pytest.mark.django_db
def test_the_store_is_where_the_settings_say(settings):
    key_store().create("survey-1", KEY)
    assert (settings.KEY_STORE / "survey-1.key").exists()


@pytest.mark.django_db
def test_another_disk_in_the_place_of_the_store_is_not_used(settings, tmp_path):
    """Neither read nor written: what is destroyed there would live on in the right one."""
    key_store().create("survey-1", KEY)
    assert mark.look() == mark.Found.OK
    settings.KEY_STORE.rename(tmp_path / "aside")
    with pytest.raises(StoreAway, match="is not there"):
        key_store()
    settings.KEY_STORE.mkdir()
    with pytest.raises(StoreAway, match="another folder"):
        key_store()
    assert not [*settings.KEY_STORE.iterdir()]
    settings.KEY_STORE.rmdir()
    (tmp_path / "aside").rename(settings.KEY_STORE)
    assert key_store().read("survey-1") == KEY
