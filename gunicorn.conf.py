"""What gunicorn reads by itself when it starts here; what its command line says comes before it."""

import os
import shutil
import signal
import tempfile
from contextlib import suppress
from typing import Any

bind = os.environ.get("LISTEN") or "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or 4)
worker_class, threads = "gthread", 4
control_socket_disable = True

# --- A reload (HUP) turns nobody away --------------------------------------------------------
# By itself gunicorn ends the old processes before the new ones have read the application, which takes seconds. Here
# each new one ends an old one when it is ready to answer in its place.


def on_reload(server: Any) -> None:
    """Whoever has been relieved at a reload before, and is still about to go, is not relieved once more."""
    relieved = getattr(server, "relieved", set()) & server.WORKERS.keys()
    there = sorted(server.WORKERS, key=lambda number: server.WORKERS[number].age)
    server.relieved, server.leaving = relieved, [number for number in there if number not in relieved]
    server.num_workers = server.cfg.workers + len(there)


def pre_fork(server: Any, worker: Any) -> None:
    worker.relieves = server.leaving.pop(0) if getattr(server, "leaving", []) else None
    if worker.relieves:
        server.relieved.add(worker.relieves)


def post_worker_init(worker: Any) -> None:
    if worker.relieves:
        with suppress(ProcessLookupError):
            os.kill(worker.relieves, signal.SIGTERM)


def child_exit(server: Any, _worker: Any) -> None:
    server.num_workers = max(server.cfg.workers, server.num_workers - 1)


# --- A folder in which the processes count together (METRICS_TOKEN) --------------------------

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

if FOLDER not in os.environ:  # it is read again at every reload
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="trace-metrics-")


def on_exit(_server: Any) -> None:
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
