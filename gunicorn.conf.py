"""What gunicorn reads by itself when it starts here: a folder in which its processes count together (METRICS_TOKEN)."""

import os
import shutil
import tempfile

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

if FOLDER not in os.environ:  # it is read again at every reload
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="trace-metrics-")


def on_exit(_server: object) -> None:
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
