import stat
from pathlib import Path
from unittest import mock

import pytest

from trace_site import embedded


def test_redis_from_the_path_comes_first():
    with mock.patch("shutil.which", return_value="/somewhere/redis-server"):
        assert embedded.redis_binary() == Path("/somewhere/redis-server")


def test_redis_of_the_wheel_where_the_path_has_none(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "redis-server").touch()
    wheel = mock.Mock(origin=str(tmp_path / "__init__.py"))
    with mock.patch("shutil.which", return_value=None), mock.patch("importlib.util.find_spec", return_value=wheel):
        assert embedded.redis_binary() == tmp_path / "bin" / "redis-server"


def test_files_carry_messages_where_there_is_no_redis(tmp_path):
    with mock.patch("shutil.which", return_value=None), mock.patch("importlib.util.find_spec", return_value=None):
        assert embedded.broker_url(tmp_path) == "filesystem://"
    assert embedded.cache_url("filesystem://") is None


@pytest.mark.parametrize("depth", [1, 20])
def test_socket_path_fits_into_what_the_kernel_takes(depth):
    var = Path("/srv", *["deep-folder"] * depth)
    path = embedded.socket_path(var)
    assert len(str(path).encode()) <= embedded.SOCKET_PATH_LIMIT
    assert path == embedded.socket_path(var)
    assert path != embedded.socket_path(var / "other")


def test_private_folder_opens_to_its_user_only(tmp_path):
    folder = tmp_path / "redis"
    folder.mkdir(mode=0o755)
    embedded.make_private(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU


def test_private_folder_of_somebody_else_is_refused(tmp_path):
    stranger = tmp_path.stat().st_uid + 1
    with mock.patch("os.geteuid", return_value=stranger), pytest.raises(SystemExit, match="belongs to another user"):
        embedded.make_private(tmp_path)


def test_cache_uses_the_same_redis_under_its_own_scheme():
    assert embedded.cache_url("redis+socket:///run/r.sock?virtual_host=0") == "unix:///run/r.sock?db=0"
    assert embedded.cache_url("redis+socket://:word@/run/r.sock?virtual_host=3") == "unix://:word@/run/r.sock?db=3"
    assert embedded.cache_url("redis+socket:///run/r.sock") == "unix:///run/r.sock?db=0"
    assert embedded.cache_url("rediss://host:6379/0") == "rediss://host:6379/0"
