from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "spaces"

    def ready(self) -> None:
        from spaces import receivers  # noqa: F401, PLC0415  (models exist only from here on)
