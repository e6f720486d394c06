"""The model's YAML as Django fixtures and back into rows: the same text in, the same bytes out."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db import models, transaction

from diagnostics.instrument.models import Example, OpenQuestion, Statement
from diagnostics.instrument.sources import CURRENT, VERSIONS, written

FOLDER = Path(settings.BASE_DIR) / "fixtures"
FILES = ("spaces.json", "instrument.json")  # in loading order

SHORT_FORM_ORDER = {"outcome": 1, "driver": 2}
ABOUT_A_LEADER = ("observer", "leader")  # the wordings of a 360, beside those of the four spaces
IDENTITY = {
    Example: ["condition", "order"],
    Statement: ["key", "model_version", "language"],
    OpenQuestion: ["key", "language"],
}  # what makes two rows the same, where that is not the primary key


# --- YAML → fixtures -------------------------------------------------------------------------


def generated_files() -> dict[str, str]:
    """Name and text of each fixture, as the YAML has it now: the current model, with the statements of all versions."""
    sources = [written(version, "trace_model.yaml") for version in VERSIONS]
    current = written(CURRENT, "trace_model.yaml")
    texts = map(_text, (_spaces(current), _instrument(current, sources)))
    return dict(zip(FILES, texts, strict=True))


def _text(records: Iterable[dict]) -> str:
    return json.dumps(list(records), ensure_ascii=False, indent=1) + "\n"


def _record(model: str, pk: str | int | None = None, **fields: Any) -> dict:
    return {"model": model} | ({} if pk is None else {"pk": pk}) | {"fields": fields}


def _spaces(source: dict) -> Iterator[dict]:
    for order, space in enumerate(source["spaces"], 1):
        yield _record("spaces.space", space["key"], order=order, **_but(space, "key"))


def _instrument(source: dict, sources: Iterable[dict]) -> Iterator[dict]:
    language = source["model"]["language"]
    yield from _roles(source)
    yield from _conditions(source)
    yield from _examples(source)
    yield from _indicators(source)
    for one in sources:
        yield from _statements(one)
    yield _record("diagnostics.observerframe", language, **_but(source["observer"], "key", "name", "space"))
    yield _record("diagnostics.leaderframe", language, **_but(source["leader"], "key", "name", "space"))
    yield from _scales(source)
    yield from _open_questions(source, language)
    yield from _research(source)


def _roles(source: dict) -> Iterator[dict]:
    for role in source["roles"]:
        yield _record("diagnostics.leaderrole", role["key"], name=role["name"], description=role["description"])


def _conditions(source: dict) -> Iterator[dict]:
    for order, condition in enumerate(source["conditions"], 1):
        fields = _but(condition, "key", "verb_form", "examples")
        yield _record("diagnostics.condition", condition["key"], order=order, **fields)


def _examples(source: dict) -> Iterator[dict]:
    for condition in source["conditions"]:
        for order, example in enumerate(condition["examples"], 1):
            yield _record("diagnostics.example", condition=condition["key"], order=order, **example)


def _indicators(source: dict) -> Iterator[dict]:
    short = {row["indicator"]: SHORT_FORM_ORDER[row["kind"]] for row in source["short_form"]}
    for indicator in source["indicators"]:
        key = indicator["key"]
        fields = _but(indicator, "key", "statements", *ABOUT_A_LEADER) | {"help": _help(indicator, "all")}
        yield _record("diagnostics.indicator", key, **fields, short_form_order=short.get(key))


def _statements(source: dict) -> Iterator[dict]:
    for indicator in source["indicators"]:
        for space in indicator["statements"]:
            yield _statement(source, indicator, space, space, indicator["statements"][space])
        for wording in ABOUT_A_LEADER:
            if wording in indicator:
                yield _statement(source, indicator, wording, source[wording]["space"], indicator[wording])


def _statement(source: dict, indicator: dict, wording: str, space: str, text: str) -> dict:
    return _record(
        "diagnostics.statement",
        key=f"{indicator['key']}.{wording}",
        model_version=source["model"]["version"],
        language=source["model"]["language"],
        indicator=indicator["key"],
        wording=wording,
        space=space,
        text=text,
        help=_help(indicator, wording),
    )


def _help(indicator: dict, wording: str) -> str:
    return indicator.get("help", {}).get(wording, "")


def _scales(source: dict) -> Iterator[dict]:
    for scale in source["scales"].values():
        yield _record(
            "diagnostics.scale",
            scale["key"],
            is_default=scale["default"],
            not_scored_label=scale["not_scored"]["label"],
            **_but(scale, "key", "default", "not_scored", "note"),
        )


def _open_questions(source: dict, language: str) -> Iterator[dict]:
    for _, questions in groupby(source["open_questions"], key=lambda question: question["condition"]):
        for order, question in enumerate(questions, 1):
            yield _record("diagnostics.openquestion", language=language, order=order, **question)


def _research(source: dict) -> Iterator[dict]:
    for order, entry in enumerate(source["research"], 1):
        yield _record("diagnostics.research", order, **entry)


def _but(fields: dict, *names: str) -> dict:
    return {name: value for name, value in fields.items() if name not in names}


# --- fixtures → rows -------------------------------------------------------------------------


@transaction.atomic
def load() -> int:
    """Bring the rows in line with the fixtures and say how many there are; what the fixtures lack is left alone."""
    loaded = [
        item.object for name in FILES for item in serializers.deserialize("json", (FOLDER / name).read_text("utf-8"))
    ]
    for model, rows in groupby(loaded, key=type):
        _put(model, list(rows))
    return len(loaded)


def _put(model: type[models.Model], rows: list[models.Model]) -> None:
    identity = IDENTITY.get(model, [model._meta.pk.name])
    rest = [field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in identity]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=identity, update_fields=rest)
