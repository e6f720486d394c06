from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "core.post"
    label = "post"
