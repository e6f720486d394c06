"""Checklists of a workspace's own, as they come about."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone

from core.accounts.models import User
from diagnostics.checklists.actions import own
from diagnostics.checklists.model_words import source_of_recipe
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.presets import Recipe
from diagnostics.checklists.source import SPACES, Source
from spaces.models import Workspace

PULSE = Recipe("pulse", "team", ("team",))
FOCUSED = Recipe("focused", "team", SPACES)


def as_sent(page: HttpResponse) -> dict[str, str]:
    """What a browser sends of the page of a language, as long as nothing is changed on it."""
    texts = [one for part in page.context["parts"] for one in part]
    return {
        f"{name}-{one.row.key}": value
        for one in texts
        for name, value in (("text", one.written), ("stood", one.row.text), ("of", one.of))
    }


def published(
    workspace: Workspace, by: User, source: Source | None = None, *, name: str = "Ours", started_from=None
) -> ChecklistVersion:
    """A pulse where nothing else is said."""
    made = replace(source or source_of_recipe(PULSE), name=name)
    draft = own.begin(workspace=workspace, by=by, source=made, started_from=started_from, now=timezone.now())
    return own.publish(draft=draft, by=by, now=timezone.now())
