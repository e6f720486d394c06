from core.guards import Guard, GuardedAppConfig

UNLESS_OLD = "NOT EXISTS (SELECT 1 FROM audit_agepermit WHERE audit_agepermit.before > OLD.at)"


class AuditConfig(GuardedAppConfig):
    name = "core.audit"
    label = "audit"
    guards = (Guard("audit.Entry", "The audit log is append-only.", when=UNLESS_OLD),)
