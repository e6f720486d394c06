"""Opening files that are fetched: a share that hangs, as NFS does, must not hold all threads, which others need."""

import threading

from django.core.files.base import File
from django.core.files.storage import default_storage

AT_ONCE = 2  # of the threads of a process (gunicorn.conf.py); a disk that is well opens a file in no time
PATIENCE = 0.2  # seconds that one more waits: it holds a thread, too

_places = threading.BoundedSemaphore(AT_ONCE)


class TooSlow(Exception):
    """So many files are being opened that the disk they lie on must be slow."""


def opened(path: str) -> File:
    if not _places.acquire(timeout=PATIENCE):
        raise TooSlow
    try:
        return default_storage.open(path)
    finally:
        _places.release()
