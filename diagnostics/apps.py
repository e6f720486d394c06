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
