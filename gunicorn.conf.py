"""What gunicorn reads by itself when it starts here: a folder in which its processes count together (METRICS_TOKEN)."""

import os
import shutil
import tempfile

folder = os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="trace-metrics-"))


def on_exit(_server: object) -> None:
    shutil.rmtree(folder, ignore_errors=True)
