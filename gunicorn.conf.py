"""What gunicorn reads by itself when it starts here; what its command line says comes before it.

Among it a folder in which its processes count together (METRICS_TOKEN).
"""

import os
import shutil
import tempfile

bind = os.environ.get("LISTEN") or "127.0.0.1:8000"
workers = int(os.environ.get("WEB_CONCURRENCY") or 4)
worker_class, threads = "gthread", 4
control_socket_disable = True

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

if FOLDER not in os.environ:  # it is read again at every reload
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="trace-metrics-")


def on_exit(_server: object) -> None:
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
