from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "core.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("core.accounts.emails").register_all()
        import_module("core.accounts.receivers").connect_all()
        import_module("core.accounts.copies").connect_all()
