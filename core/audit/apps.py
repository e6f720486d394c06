from core.guards import Guard, GuardedAppConfig


class AuditConfig(GuardedAppConfig):
    name = "core.audit"
    label = "audit"
    guards = (Guard("audit.Entry", "The audit log is append-only."),)
