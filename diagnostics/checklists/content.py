"""The complete text of a checklist version, put together from the instrument, and its hash."""

import hashlib
import json
from itertools import groupby

from django.utils.translation import gettext as _

from diagnostics.checklists.presets import Recipe, UnfitRecipe
from diagnostics.checklists.translating import carried
from diagnostics.instrument.models import Condition, Indicator, ObserverFrame, OpenQuestion, Scale, Statement
from diagnostics.instrument.sources import CURRENT
from spaces.models import Space


class NotInThisLanguage(UnfitRecipe):
    pass


def content_of(recipe: Recipe, language: str) -> dict:
    """Everything a respondent will see, in page order. Raises NotInThisLanguage where a statement is missing."""
    content = {
        "model": CURRENT,
        "preset": recipe.preset,
        "primary_space": recipe.primary_space,
        "language": language,
        "scale": _scale(),
        "spaces": _spaces(recipe, language),
        "pages": _pages(recipe, language),
    }
    return content | {"translations": carried(content)}


def content_hash(content: dict) -> str:
    """SHA-256 of the canonical JSON."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _scale() -> dict:
    scale = Scale.objects.get(is_default=True)
    points = [{"value": point["value"], "label": point["label"]} for point in scale.points]
    return {
        "key": scale.key,
        "prompt": scale.prompt,
        "points": points,
        "not_scored_label": scale.not_scored_label,
    }


def _spaces(recipe: Recipe, language: str) -> list[dict]:
    spaces = Space.objects.filter(key__in=recipe.spaces)
    if recipe.kind.is_about_named_leader:
        frame = ObserverFrame.objects.get(language=language).frame
        return [{"key": space.key, "name": space.name, "frame": frame} for space in spaces]
    return [{"key": space.key, "name": space.name, "frame": space.frame, **_help(space)} for space in spaces]


def _pages(recipe: Recipe, language: str) -> list[dict]:
    statements = _statements(recipe, language)
    indicators = {
        condition: [block for indicator in group if (block := _indicator(recipe, indicator, statements))["statements"]]
        for condition, group in groupby(Indicator.objects.all(), key=lambda indicator: indicator.condition_id)
    }
    open_questions = _open_questions(language) if recipe.has_open_questions else {}
    return [
        {
            "condition": condition.key,
            "name": condition.name,
            "definition": condition.definition,
            "indicators": indicators[condition.key],
            "open_questions": open_questions.get(condition.key, []),
        }
        for condition in Condition.objects.all()
    ]


def _statements(recipe: Recipe, language: str) -> dict[str, Statement]:
    keys = recipe.statement_keys()
    asked = Statement.objects.filter(model_version=CURRENT, language=language, key__in=keys)
    found = {row.key: row for row in asked}
    if len(found) < len(keys):
        raise NotInThisLanguage(_("This checklist is not available in that language yet."))
    return found


def _indicator(recipe: Recipe, indicator: Indicator, statements: dict[str, Statement]) -> dict:
    rows = [statements[key] for key in recipe.statement_keys_of(indicator)]
    return {
        "key": indicator.key,
        "title": indicator.title,
        "topic": indicator.topic,
        **_help(indicator),
        "statements": [{"key": row.key, "space": row.space_id, "text": row.text, **_help(row)} for row in rows],
    }


def _help(row: Space | Indicator | Statement) -> dict[str, str]:
    return {"help": row.help} if row.help else {}


def _open_questions(language: str) -> dict[str, list[dict]]:
    questions = OpenQuestion.objects.filter(language=language)
    return {
        condition: [{"key": question.key, "text": question.text} for question in group]
        for condition, group in groupby(questions, key=lambda question: question.condition_id)
    }
