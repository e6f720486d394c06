"""What a survey asks, before its checklist version exists and after."""

from diagnostics.answering.questionnaires import questionnaire_of
from diagnostics.checklists.presets import PRESETS, Recipe, estimated_minutes
from diagnostics.surveys.models import Survey

TEAM_PRESETS = {key: preset for key, preset in PRESETS.items() if not preset.is_about_named_leader}
AIM = 15  # minutes that a survey should not exceed


def recipe_of(survey: Survey) -> Recipe:
    """Raises UnfitRecipe where the choices do not go together yet."""
    return Recipe(survey.preset, survey.primary_space_id or "", tuple(survey.spaces_asked))


def statement_count(survey: Survey) -> int:
    if survey.version:
        return len(questionnaire_of(survey.version).statements)
    return recipe_of(survey).statement_count


def minutes(survey: Survey) -> int:
    return estimated_minutes(statement_count(survey))
