from importlib import import_module

from core.guards import Guard, GuardedAppConfig


class DiagnosticsConfig(GuardedAppConfig):
    name = "diagnostics"
    guards = (
        Guard(
            "diagnostics.ChecklistVersion",
            "A published checklist version never changes.",
            when="OLD.published_at IS NOT NULL",
        ),
    )

    def ready(self) -> None:
        super().ready()
        import_module("diagnostics.self_assessments.receivers").connect_all()
