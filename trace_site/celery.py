"""The Celery application. Tasks live in the apps' `tasks.py`; the rows of `core.jobs` are the truth about them."""

import os
from importlib import import_module
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")

app = Celery("trace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.worker_init.connect
def look_around(sender: Any, **_: Any) -> None:
    """Once, before the worker has children; imported only now, when the settings are read."""
    import_module("trace_site.starting").worker()
    import_module("trace_site.sighted").worker(sender.hostname)


@signals.beat_init.connect
def wind_up(**_: Any) -> None:
    import_module("trace_site.starting").wait_while_still()
    import_module("trace_site.sighted").beat()
