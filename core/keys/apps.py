from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "core.keys"
    label = "keys"
