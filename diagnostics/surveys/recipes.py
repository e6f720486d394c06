"""What a survey asks, before its checklist version exists and after."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext

from diagnostics.checklists.actions.presets import publish_preset
from diagnostics.checklists.compiling import OWN
from diagnostics.checklists.content import content_of
from diagnostics.checklists.duration import minutes_of
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.own_version import OwnVersion, offered_in
from diagnostics.checklists.presets import PRESETS, Recipe, UnfitRecipe
from diagnostics.instrument.translations import spaces_said
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.models import Survey
from spaces.models import Space, Workspace

TEAM_PRESETS = {key: preset for key, preset in PRESETS.items() if not preset.is_about_named_leader}


def own_version_of(survey: Survey) -> OwnVersion | None:
    """What it asks, where that is a version of its workspace's own."""
    return OwnVersion(survey.own_version) if survey.own_version else None


def recipe_of(survey: Survey) -> Recipe | OwnVersion:
    """In the room nobody writes. Raises UnfitRecipe where the choices do not go together, or are offered no longer."""
    if own := own_version_of(survey):
        if survey.is_draft and own.version.standing.retired_at:
            raise UnfitRecipe(gettext("This checklist is offered no longer. Choose another one."))
        return own
    asked = tuple(survey.spaces_asked)
    return Recipe(survey.preset, survey.primary_space_id or "", asked, has_open_questions=not survey.is_in_room)


def version_to_ask(survey: Survey, *, now: datetime.datetime) -> ChecklistVersion:
    """The published version of what a draft has chosen; that of a preset is made if need be. Raises UnfitRecipe."""
    recipe = recipe_of(survey)
    return recipe.version if isinstance(recipe, OwnVersion) else publish_preset(recipe=recipe, now=now)


def content_to_ask(survey: Survey) -> dict:
    """What would be asked if the draft were launched now. Raises UnfitRecipe."""
    recipe = recipe_of(survey)
    return recipe.version.content if isinstance(recipe, OwnVersion) else content_of(recipe, "en-GB")


def statement_count(survey: Survey) -> int:
    if survey.version:
        return len(questionnaire_of(survey.version).statements)
    return recipe_of(survey).statement_count


def minutes(survey: Survey) -> int:
    """In the language of the moment."""
    if survey.version:
        return minutes_of(questionnaire_of(survey.version).content)
    return recipe_of(survey).minutes


@dataclass(frozen=True)
class Asked:
    """What each person gets."""

    name: str | Promise
    description: str | Promise
    statements: int
    minutes: int
    spaces: list[Space]
    is_least: bool = False  # more is asked with every space that is chosen beside


def asked_of(survey: Survey) -> Asked | None:
    """None while the choices of a draft do not go together."""
    try:
        recipe = recipe_of(survey)
    except UnfitRecipe:
        return None
    return _asked(recipe, spaces_said(Space.objects.filter(key__in=recipe.spaces)))


def _asked(recipe: Recipe | OwnVersion, spaces: list[Space], *, is_least: bool = False) -> Asked:
    return Asked(recipe.name, recipe.description, recipe.statement_count, recipe.minutes, spaces, is_least)


def offers(workspace: Workspace) -> dict[str, Asked]:
    """Each preset with the least it can be, one space; then the workspace's own versions."""
    presets = {key: _asked(Recipe(key, "team", ("team",)), [], is_least=True) for key in TEAM_PRESETS}
    own = {own_choice(one.version): _asked(one, []) for one in offered_in(workspace)}
    return presets | own


def own_choice(version: ChecklistVersion) -> str:
    """What a version of a workspace's own is called where a preset could be chosen."""
    return f"{OWN}:{version.pk}"
