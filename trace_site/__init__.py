"""Wires the house together: settings, addresses, workers. Owns no domain."""

from trace_site.celery import app as celery_app

__all__ = ["celery_app"]
