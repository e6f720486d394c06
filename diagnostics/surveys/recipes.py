"""What a survey asks, before its checklist version exists and after."""

from dataclasses import dataclass

from diagnostics.checklists.presets import PRESETS, Preset, Recipe, UnfitRecipe, estimated_minutes
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.models import Survey
from spaces.models import Space

TEAM_PRESETS = {key: preset for key, preset in PRESETS.items() if not preset.is_about_named_leader}


def recipe_of(survey: Survey) -> Recipe:
    """In the room nobody writes. Raises UnfitRecipe where the choices do not go together yet."""
    asked = tuple(survey.spaces_asked)
    return Recipe(survey.preset, survey.primary_space_id or "", asked, has_open_questions=not survey.is_in_room)


def statement_count(survey: Survey) -> int:
    if survey.version:
        return len(questionnaire_of(survey.version).statements)
    return recipe_of(survey).statement_count


def minutes(survey: Survey) -> int:
    return estimated_minutes(statement_count(survey))


@dataclass(frozen=True)
class Asked:
    """What each person gets."""

    preset: Preset
    statements: int
    minutes: int
    spaces: list[Space]


def asked_of(survey: Survey) -> Asked | None:
    """None while the choices of a draft do not go together."""
    try:
        recipe = recipe_of(survey)
    except UnfitRecipe:
        return None
    spaces = list(Space.objects.filter(key__in=recipe.spaces))
    return Asked(recipe.kind, recipe.statement_count, recipe.minutes, spaces)


def offers() -> dict[str, Asked]:
    """Each preset with the least it can be: one space."""
    least = {key: Recipe(key, "team", ("team",)) for key in TEAM_PRESETS}
    return {key: Asked(recipe.kind, recipe.statement_count, recipe.minutes, []) for key, recipe in least.items()}
