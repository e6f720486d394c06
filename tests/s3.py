"""A server on this machine that speaks S3, for FILES in a bucket."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from tests.stage import comes_true, free_port

KEYS = {"AWS_ACCESS_KEY_ID": "trace", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def server() -> Iterator[str]:
    """Its address. Nothing of it stays."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | KEYS, **quiet) as process:
        try:
            assert comes_true(lambda: _answers(address), seconds=60, of=process)
            yield address
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/moto-api/", timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False
