"""From a checklist's source to the content of a published version, and back.

Back and forth gives the same content, byte for byte: words that are not asked are the only thing that publishing drops.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diagnostics.checklists.model_words import model_source
from diagnostics.checklists.source import (
    ABOUT_A_LEADER,
    ALL,
    SPACES,
    ConditionWords,
    IndicatorWords,
    QuestionWords,
    ScaleWords,
    Source,
    SpaceWords,
    Worded,
    mark_of,
)
from diagnostics.checklists.translating import carried, texts_in

OWN = "own"  # where a content, or a survey, names the preset


# --- Source → content ------------------------------------------------------------------------------


def compiled(source: Source) -> dict[str, Any]:
    """Everything a respondent will see, in page order, and what carries it on to the next version."""
    spaces = source.asked_spaces()
    content: dict[str, Any] = {
        "model": source.model,
        "preset": OWN,
        "name": source.name,
        "primary_space": source.primary_space,
        "language": source.language,
        "scale": _scale(source.scale),
        "spaces": [_space(one) for one in source.spaces if one.key in spaces],
        "pages": [page for condition in source.conditions if (page := _page(condition, source))["indicators"]],
    }
    if source.matters_most != "":
        content["matters_most"] = source.matters_most
    if translations := carried(content, source.translations):
        content["translations"] = translations
    return content


def _scale(scale: ScaleWords) -> dict[str, Any]:
    return {
        "key": scale.key,
        "prompt": scale.prompt,
        "points": [{"value": value, "label": label} for value, label in enumerate(scale.labels, start=1)],
        "not_scored_label": scale.not_scored_label,
        **_said(asks=scale.asks),
    }


def _space(space: SpaceWords) -> dict[str, str]:
    return {"key": space.key, "name": space.name, "frame": space.frame, **_said(help=space.help)}


def _page(condition: ConditionWords, source: Source) -> dict[str, Any]:
    return {
        "condition": condition.key,
        "name": condition.name,
        "definition": condition.definition,
        "indicators": [_indicator(one) for one in source.of_condition(condition.key) if one.asked_in()],
        "open_questions": [
            {"key": one.key, "text": one.text} for one in source.open_questions if one.condition == condition.key
        ],
    }


def _indicator(one: IndicatorWords) -> dict[str, Any]:
    about = {wording: _worded(one.wordings[wording]) for wording in ABOUT_A_LEADER if wording in one.wordings}
    return {
        "key": one.key,
        "title": one.title,
        "topic": one.topic,
        **_said(help=one.help.get(ALL, ""), meaning=one.meaning, of_leaders=about),
        "statements": [_statement(one, space) for space in one.asked_in()],
    }


def _statement(one: IndicatorWords, space: str) -> dict[str, str]:
    worded, help_ = one.wordings[space], one.help.get(space, "")
    return {"key": f"{one.key}.{space}", "space": space, **_worded(worded), **_said(help=help_)}


def _worded(worded: Worded) -> dict[str, str]:
    return {"text": worded.text, **_said(asks=worded.asks)}


def _said(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


# --- content → Source ------------------------------------------------------------------------------


def source_from(content: Mapping[str, Any]) -> Source:
    """Of any published version, presets too. Frames of spaces that it does not ask come from the model."""
    model = model_source()
    spaces = {row["key"]: SpaceWords(**row) for row in content["spaces"]}
    pages = {page["condition"]: page for page in content["pages"]}
    scale = content["scale"]
    return Source(
        name=content.get("name", ""),
        primary_space=content["primary_space"],
        spaces=tuple(spaces.get(one.key, one) for one in model.spaces),
        conditions=tuple(_condition(pages.get(one.key), one) for one in model.conditions),
        indicators=tuple(_indicators(pages.values())),
        scale=ScaleWords(
            scale["key"],
            scale["prompt"],
            tuple(point["label"] for point in scale["points"]),
            scale["not_scored_label"],
            scale.get("asks", ""),
        ),
        open_questions=tuple(
            QuestionWords(row["key"], condition, row["text"])
            for condition, page in pages.items()
            for row in page["open_questions"]
        ),
        matters_most=content.get("matters_most", ""),
        model=model.model,
        language=content["language"],
        translations=_own_translations(content),
    )


def _own_translations(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What it carries beyond the model's own translations."""
    originals, of_model = texts_in(content), carried(content)
    own = {
        language: {
            key: {"text": text, "of": mark_of(originals[key])}
            for key, text in texts.items()
            if of_model.get(language, {}).get(key) != text
        }
        for language, texts in content.get("translations", {}).items()
    }
    return {language: texts for language, texts in own.items() if texts}


def _condition(page: Mapping[str, Any] | None, otherwise: ConditionWords) -> ConditionWords:
    return ConditionWords(page["condition"], page["name"], page["definition"]) if page else otherwise


def _indicators(pages: Iterable[Mapping[str, Any]]) -> Iterator[IndicatorWords]:
    for page in pages:
        for row in page["indicators"]:
            spaces = {one["space"]: one for one in row["statements"]}
            yield IndicatorWords(
                key=row["key"],
                condition=page["condition"],
                title=row["title"],
                topic=row["topic"],
                meaning=row.get("meaning", ""),
                wordings={
                    **{space: _from(spaces[space]) for space in SPACES if space in spaces},
                    **{wording: _from(one, asked=False) for wording, one in row.get("of_leaders", {}).items()},
                },
                help={
                    **_said(**{ALL: row.get("help", "")}),
                    **{space: spaces[space]["help"] for space in SPACES if "help" in spaces.get(space, {})},
                },
            )


def _from(row: Mapping[str, Any], *, asked: bool = True) -> Worded:
    return Worded(row["text"], asked, row.get("asks", ""))
