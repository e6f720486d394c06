"""The content of a checklist in other languages: what it carries of them, what is missing, and the content in one.

A translation belongs to the words it was made of. Where those were changed since, it is out of date and left out, so
that nobody rates a sentence that says something else than the original.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy

from core.words import Words
from diagnostics.checklists.source import Source, mark_of
from diagnostics.instrument.translations import languages, translations

Texts = Mapping[str, str]


def texts_in(content: Mapping[str, Any]) -> dict[str, str]:
    """Every text that respondents see, by its key, in the order of the pages."""
    return dict(_texts(content))


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for space in content["spaces"]:
        yield from _parts(f"space.{space['key']}", space, "name", "frame", "help")
    scale = content["scale"]
    place = scale_place(scale)
    yield f"{place}.prompt", scale["prompt"]
    yield from ((f"{place}.{point['value']}", point["label"]) for point in scale["points"])
    yield f"{place}.not_scored", scale["not_scored_label"]
    for page in content["pages"]:
        yield from _parts(f"condition.{page['condition']}", page, "name", "definition")
        for indicator in page["indicators"]:
            yield from _parts(indicator["key"], indicator, "title", "topic", "help")
            for row in indicator["statements"]:
                yield row["key"], row["text"]
                yield from _parts(row["key"], row, "help")
        yield from ((f"question.{row['key']}", row["text"]) for row in page["open_questions"])
    if content.get("matters_most"):
        yield "matters_most", content["matters_most"]


def _parts(place: str, row: Mapping[str, Any], *parts: str) -> Iterator[tuple[str, str]]:
    return ((f"{place}.{part}", row[part]) for part in parts if row.get(part))


def scale_place(scale: Mapping[str, Any]) -> str:
    """What the keys of its texts begin with."""
    return "scale" if scale["key"] == "agreement" else f"scale.{scale['key']}"


def carried(
    content: Mapping[str, Any], own: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, dict[str, str]]:
    """Language → what a content carries in it. `own`: language → key → {"text": …, "of": mark of the original}.

    A workspace's own words come before the model's, which stand only where the original is the model's own.
    """
    originals, own = texts_in(content), own or {}
    found = {}
    for language in sorted({*languages(), *own}):
        of_model, of_own = translations(language), own.get(language, {})
        texts = {}
        for key, text in originals.items():
            if key in of_own and of_own[key]["of"] == mark_of(text):
                texts[key] = of_own[key]["text"]
            elif key in of_model and of_model[key][0] == text:
                texts[key] = of_model[key][1]
        if texts:
            found[language] = texts
    return found


def missing_in(content: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Keys of the texts that fall back to the original there."""
    if language == content["language"]:
        return ()
    there = content.get("translations", {}).get(language, {})
    return tuple(key for key in texts_in(content) if key not in there)


def said_in(content: dict[str, Any], language: str) -> dict[str, Any]:
    """The same content in another language; where a text is missing, in its original words."""
    texts = content.get("translations", {}).get(language)
    if not texts or language == content["language"]:
        return content
    scale = content["scale"]
    place = scale_place(scale)
    return content | {
        "language": language,
        "scale": scale
        | {
            "prompt": texts.get(f"{place}.prompt", scale["prompt"]),
            "points": [
                point | {"label": texts.get(f"{place}.{point['value']}", point["label"])} for point in scale["points"]
            ],
            "not_scored_label": texts.get(f"{place}.not_scored", scale["not_scored_label"]),
        },
        "spaces": [_said(row, f"space.{row['key']}", texts, ("name", "frame", "help")) for row in content["spaces"]],
        "pages": [_page(page, texts) for page in content["pages"]],
        **({"matters_most": texts["matters_most"]} if "matters_most" in texts else {}),
    }


def _said(row: Mapping[str, Any], place: str, texts: Texts, parts: Iterable[str]) -> dict[str, Any]:
    return dict(row) | {part: texts[f"{place}.{part}"] for part in parts if f"{place}.{part}" in texts and part in row}


def _page(page: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    return _said(page, f"condition.{page['condition']}", texts, ("name", "definition")) | {
        "indicators": [
            _said(row, row["key"], texts, ("title", "topic", "help"))
            | {
                "statements": [
                    _said(one, one["key"], texts, ("help",)) | {"text": texts.get(one["key"], one["text"])}
                    for one in row["statements"]
                ]
            }
            for row in page["indicators"]
        ],
        "open_questions": [
            row | {"text": texts.get(f"question.{row['key']}", row["text"])} for row in page["open_questions"]
        ],
    }


PARTS: dict[str, Words] = {
    "title": gettext_lazy("Title of an indicator."),
    "topic": gettext_lazy("Topic of an indicator."),
    "help": gettext_lazy("Help line."),
    "frame": gettext_lazy("What people are asked to think of."),
}
State = Literal["missing", "out_of_date", "own", "of_model"]


@dataclass(frozen=True)
class Translated:
    """One text beside its original, for whoever translates. Out of date it says what it said before."""

    key: str
    original: str
    text: str
    state: State

    @property
    def part(self) -> Words:
        """What of an indicator it is, where that is no statement."""
        return PARTS.get(self.key.rpartition(".")[2], "")


def side_by_side(content: Mapping[str, Any], own: Mapping[str, Mapping[str, str]], language: str) -> list[Translated]:
    """Every text of a content, what is missing or out of date first. `own`: key → {"text": …, "of": …}."""
    of_model = translations(language)
    rows = [_translated(key, text, own.get(key), of_model.get(key)) for key, text in texts_in(content).items()]
    return sorted(rows, key=lambda one: one.state in ("own", "of_model"))


def _translated(key: str, original: str, own: Mapping[str, str] | None, of_model: tuple[str, str] | None) -> Translated:
    if own and own["of"] == mark_of(original):
        return Translated(key, original, own["text"], "own")
    if of_model and of_model[0] == original:
        return Translated(key, original, of_model[1], "of_model")
    if own:
        return Translated(key, original, own["text"], "out_of_date")
    return Translated(key, original, "", "missing")


def with_translations(source: Source, language: str, texts: Texts, originals: Texts) -> dict[str, dict[str, Any]]:
    """The own translations of a source with these taken in; '' takes one away."""
    own = {code: dict(rows) for code, rows in source.translations.items()}
    there = own.setdefault(language, {})
    for key, text in texts.items():
        if text:
            there[key] = {"text": text, "of": mark_of(originals[key])}
        else:
            there.pop(key, None)
    return {code: rows for code, rows in own.items() if rows}
