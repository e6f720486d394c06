from importlib import import_module

from core.guards import Guard, GuardedAppConfig, Lock

PROMISED = (  # what respondents are told on their first page
    "title",
    "purpose",
    "asked_by",
    "preset",
    "own_version",
    "languages",
    "words",
    "primary_space",
    "spaces_asked",
    "entry",
    "list_made_by",
    "k",
    "comments_at",
    "releases_to_respondents",
    "is_in_room",
)

OF_AN_ENDING_WORKSPACE = (
    "EXISTS (SELECT 1 FROM diagnostics_checklist JOIN spaces_workspace "
    "ON spaces_workspace.id = diagnostics_checklist.workspace_id "
    "WHERE diagnostics_checklist.id = OLD.checklist_id AND spaces_workspace.is_ending)"
)


class DiagnosticsConfig(GuardedAppConfig):
    name = "diagnostics"
    guards = (
        Guard(
            "diagnostics.ChecklistVersion",
            "A published checklist version never changes.",
            when=f"OLD.published_at IS NOT NULL AND NOT {OF_AN_ENDING_WORKSPACE}",
        ),
        Lock(
            "diagnostics.Survey",
            "promises",
            (*PROMISED, "workspace"),
            "What respondents of a survey are promised never changes once it is launched.",
            when="OLD.status <> 'draft'",
        ),
        Lock(
            "diagnostics.SurveyGroup",
            "promises",
            ("is_words_only",),
            "What a group of a survey publishes is settled when it is launched.",
        ),
        Lock(
            "diagnostics.AddressChange",
            "written",
            ("survey", "entry", "old", "new"),
            "What is written of a corrected address never changes.",
        ),
        Lock(
            "diagnostics.Survey",
            "keys",
            ("version", "public_key", "ballot_size", "launched_at", "kept_months"),
            "The questionnaire and the key of a survey are set once.",
            set_once=True,
        ),
        Lock(
            "diagnostics.Survey",
            "status",
            ("status",),
            "A survey that was launched never becomes a draft again, and one that is closed never opens.",
            when="NEW.status = 'draft' OR OLD.status IN ('closed', 'cancelled')",
        ),
    )

    def ready(self) -> None:
        super().ready()
        import_module("diagnostics.self_assessments.receivers").connect_all()
        import_module("diagnostics.surveys.jobs.register").register_all()
        import_module("diagnostics.surveys.holding").connect()
        import_module("diagnostics.ending").connect()
        import_module("diagnostics.copying").connect()
        import_module("diagnostics.surveys.where_asked").connect()
