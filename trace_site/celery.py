"""The Celery application. Tasks live in the apps' `tasks.py`; the rows of `core.jobs` are the truth about them."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trace_site.settings")

app = Celery("trace")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
