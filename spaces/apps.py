from importlib import import_module

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "spaces"

    def ready(self) -> None:
        import_module("spaces.emails").register_all()
        import_module("spaces.importing.actions.keeping").register_all()
        import_module("spaces.receivers").connect_all()
        import_module("spaces.copying").connect()
        import_module("spaces.invitations").register_door()
