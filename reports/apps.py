from importlib import import_module
from typing import Any

from core.guards import Guard, GuardedAppConfig

UNLESS_PERMITTED = "NOT EXISTS (SELECT 1 FROM reports_purgepermit WHERE edition_id = OLD.{})"


def first_page(user: Any) -> str | None:
    """Pages come with their readings: loaded when somebody signs in, not by workers."""
    address: str | None = import_module("reports.pages.today.views").first_page(user)
    return address


class ReportsConfig(GuardedAppConfig):
    name = "reports"
    guards = (
        Guard("reports.Edition", "An edition never changes.", when=UNLESS_PERMITTED.format("id")),
        Guard("reports.PublishedSlice", "Published figures never change.", when=UNLESS_PERMITTED.format("edition_id")),
    )

    def ready(self) -> None:
        super().ready()
        import_module("reports.receivers").register_jobs()
        import_module("reports.copying").connect()
        import_module("core.accounts.first_pages").begin_with(first_page)
