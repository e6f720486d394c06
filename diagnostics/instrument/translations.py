"""The instrument in other languages than the one it was written in: a file for each beside the model's own.

Every text has a key: `T1.team` a statement, `T1.title`, `T1.help`, `T1.team.help`, `space.team.frame`,
`condition.task.name`, `scale.prompt`, `scale.5`, `scale.not_scored`, `question.OQ_task_helps`.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from diagnostics.instrument.sources import CURRENT, FOLDER, written
from spaces.models import Space

SCALE = "agreement"  # the model's other scale is translated with the whole checklist that chooses it
ORIGINAL = "en-GB"


@lru_cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that the current model is translated into.

    >>> languages()
    ('cy', 'de')
    """
    return tuple(sorted(path.stem for path in (FOLDER / CURRENT / "translations").glob("*.yaml")))


@lru_cache
def translations(language: str) -> Mapping[str, tuple[str, str]]:
    """Key → (the model's own words, those of the language). Empty where there is no translation.

    >>> translations("de")["condition.task.name"], translations("fr")
    (('Task', 'Aufgabe'), {})
    """
    if language not in languages():
        return {}
    original = originals()
    other = dict(_texts(written(CURRENT, f"translations/{language}.yaml")))
    return {key: (text, other[key]) for key, text in original.items() if key in other}


@lru_cache
def originals() -> Mapping[str, str]:
    """Key → the model's own words."""
    return dict(_texts(_by_key(written(CURRENT, "trace_model.yaml"))))


def texts_in(language: str) -> dict[str, str]:
    """All that the model says, in the language as far as it is translated.

    >>> texts_in("de")["condition.task.name"], texts_in("fr")["condition.task.name"]
    ('Aufgabe', 'Task')
    """
    return {**originals(), **{key: said for key, (_original, said) in translations(language).items()}}


def _by_key(model: dict[str, Any]) -> dict[str, Any]:
    """The model's file in the shape of its translations."""
    return {
        "conditions": {row["key"]: row for row in model["conditions"]},
        "spaces": {row["key"]: row for row in model["spaces"]},
        "indicators": {
            row["key"]: row | {"statements": row["statements"] | {w: row[w] for w in ("observer", "leader")}}
            for row in model["indicators"]
        },
        "scales": {
            key: row
            | {
                "points": {point["value"]: point["label"] for point in row["points"]},
                "not_scored": row["not_scored"]["label"],
            }
            for key, row in model["scales"].items()
        },
        "open_questions": {row["key"]: row["text"] for row in model["open_questions"]},
        "roles": {row["key"]: row["name"] for row in model["roles"]},
    }


def _texts(of: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, row in of["conditions"].items():
        parts = ("name", "definition", "reflection_question")
        yield from ((f"condition.{key}.{part}", row[part]) for part in parts)
    for key, row in of["spaces"].items():
        yield from (
            (f"space.{key}.{part}", row[part]) for part in ("name", "definition", "frame", "help") if part in row
        )
    for key, row in of["indicators"].items():
        yield from ((f"{key}.{part}", row[part]) for part in ("title", "topic"))
        yield from ((f"{key}.{wording}", text) for wording, text in row["statements"].items())
        for wording, line in row.get("help", {}).items():
            yield (f"{key}.help" if wording == "all" else f"{key}.{wording}.help"), line
    for name, scale in of["scales"].items():
        place = "scale" if name == SCALE else f"scale.{name}"
        yield f"{place}.prompt", scale["prompt"]
        yield from ((f"{place}.{number}", label) for number, label in scale["points"].items())
        yield f"{place}.not_scored", scale["not_scored"]
    yield from ((f"question.{key}", text) for key, text in of["open_questions"].items())
    yield from ((f"role.{key}", name) for key, name in of["roles"].items())


def said(key: str, original: str) -> str:
    """A text of the model in the language of the moment, where it is translated."""
    pair = translations(get_language() or "").get(key)
    return pair[1] if pair and pair[0] == original else original


def spaces_said(spaces: Iterable[Space]) -> list[Space]:
    """Named and defined in the language of the moment: for showing, never for saving."""
    return [_said(copy(space)) for space in spaces]


def _said(space: Space) -> Space:
    for part in ("name", "definition"):
        setattr(space, part, said(f"space.{space.key}.{part}", getattr(space, part)))
    return space
