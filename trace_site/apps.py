"""The wiring as an app of Django's, for the checks that belong to no other."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "trace_site"
    label = "site"

    def ready(self) -> None:
        import_module("trace_site.database_logs")
        import_module("trace_site.connections").watch()
