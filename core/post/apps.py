from importlib import import_module

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "core.post"
    label = "post"

    def ready(self) -> None:
        import_module("core.post.sending").register_jobs()
