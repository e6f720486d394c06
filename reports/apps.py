from importlib import import_module

from core.guards import Guard, GuardedAppConfig

UNLESS_PERMITTED = "NOT EXISTS (SELECT 1 FROM reports_purgepermit WHERE edition_id = OLD.{})"


class ReportsConfig(GuardedAppConfig):
    name = "reports"
    guards = (
        Guard("reports.Edition", "An edition never changes.", when=UNLESS_PERMITTED.format("id")),
        Guard("reports.PublishedSlice", "Published figures never change.", when=UNLESS_PERMITTED.format("edition_id")),
    )

    def ready(self) -> None:
        super().ready()
        import_module("reports.receivers").register_jobs()
