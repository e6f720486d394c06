"""A checklist's source as plain lists and dictionaries, and back: what files hold and what a draft's row holds.

The schema is that of the model's own file (`fixtures/model`), with a head `checklist` and three fields more to an
indicator: `asked` (its spaces, all where it is missing) and `asks` (wording → what it asks, where that is not what the
model's statement asks). What the model's file has beside it is passed over, so that the file itself can be read.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from core.words import tidy
from diagnostics.checklists.source import (
    ABOUT_A_LEADER,
    ALL,
    SPACES,
    WORDINGS,
    ConditionWords,
    IndicatorWords,
    QuestionWords,
    ScaleWords,
    Source,
    SpaceWords,
    Worded,
)
from diagnostics.instrument.sources import CURRENT, written
from diagnostics.instrument.translations import ORIGINAL, languages, translations

Path = tuple[str | int, ...]  # into the plain form: ("indicators", 3, "statements", "team")

CONDITIONS = ("task", "route", "alignment", "capability", "energy")
POINTS = (1, 2, 3, 4, 5)
LONGEST = {  # characters
    **dict.fromkeys(("name", "title", "topic", "label", "not_scored"), 80),
    **dict.fromkeys(("help", "prompt"), 200),
    **dict.fromkeys(("statement", "definition", "text"), 300),
    **dict.fromkeys(("frame", "meaning"), 500),
}
MOST_INDICATORS = 20  # of a condition
MOST_QUESTIONS = 5
KEY = re.compile(r"[A-Z][A-Za-z0-9]{0,11}")
QUESTION_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ASKS = re.compile(r"[\w. -]{1,40}")
NUMBER = re.compile("[0-9]{1,4}")


@lru_cache
def places_in_model() -> Mapping[str, str]:
    """Indicator of the model → its condition.

    >>> places_in_model()["T1"], len(places_in_model())
    ('task', 35)
    """
    return {row["key"]: row["condition"] for row in written(CURRENT, "trace_model.yaml")["indicators"]}


def longest_translation(key: str) -> int:
    """Characters that a text may have in another language: half as many again as in the original.

    >>> [longest_translation(key) for key in ("T1.team", "T1.title", "scale.5", "space.team.frame")]
    [450, 120, 120, 750]
    """
    place, _dot, part = key.rpartition(".")
    if place.startswith("scale") or part in ("name", "title", "topic"):
        return LONGEST["label"] * 3 // 2
    return LONGEST[part if part in LONGEST else "statement"] * 3 // 2


_TOP = {"checklist", "spaces", "conditions", "indicators", "scales", "open_questions", "translations"}
_OF_THE_MODEL: dict[Path, set[str]] = {
    (): {
        *("model", "roles", "observer", "leader", "short_form", "pulse_form", "changes_since_1_0", "research"),
    },
    ("spaces",): {"definition", "pronoun", "stem"},
    ("conditions",): {
        *("verb_form", "role", "description", "why_it_matters", "reflection_question", "examples"),
    },
    ("scales",): {"name", "use_with", "note"},
    ("open_questions",): {"kind"},
}


@dataclass(frozen=True)
class Problem:
    path: Path
    sentence: str


class Malformed(ValueError):
    """Everything that is wrong in a plain form."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(one.sentence for one in self.problems))


# --- Source → plain --------------------------------------------------------------------------------


def plain(source: Source) -> dict[str, Any]:
    """Lists and dictionaries of text, in the order of the schema; what says nothing is left out."""
    return _without_empty(
        {
            "checklist": {
                "name": source.name,
                "model": source.model,
                "language": source.language,
                "primary_space": source.primary_space,
            }
            | ({} if source.matters_most == "" else {"matters_most": source.matters_most or False}),
            "spaces": [_plain_space(one) for one in source.spaces],
            "conditions": [{"key": c.key, "name": c.name, "definition": c.definition} for c in source.conditions],
            "indicators": [_plain_indicator(one, source) for one in source.indicators],
            "scales": {source.scale.key: _plain_scale(source.scale)},
            "open_questions": [{"key": q.key, "condition": q.condition, "text": q.text} for q in source.open_questions],
            "translations": source.translations,
        }
    )


def _plain_space(space: SpaceWords) -> dict[str, str]:
    return _without_empty({"key": space.key, "name": space.name, "frame": space.frame, "help": space.help})


def _plain_indicator(one: IndicatorWords, source: Source) -> dict[str, Any]:
    written = [space for space in SPACES if space in one.wordings]
    asked = list(one.asked_in())
    order = source.of_condition(one.condition).index(one) + 1
    words = {wording: one.wordings[wording].text for wording in ABOUT_A_LEADER if wording in one.wordings}
    return _without_empty(
        {
            "key": one.key,
            "condition": one.condition,
            "order": order,
            "title": one.title,
            "topic": one.topic,
            "meaning": one.meaning,
            "help": dict(one.help),
            "statements": {space: one.wordings[space].text for space in written},
            **words,
            "asks": {wording: worded.asks for wording, worded in one.wordings.items() if worded.asks},
        }
    ) | ({} if asked == written else {"asked": asked})


def _plain_scale(scale: ScaleWords) -> dict[str, Any]:
    return _without_empty(
        {
            "key": scale.key,
            "default": True,
            "prompt": scale.prompt,
            "points": [{"value": v, "label": label} for v, label in zip(POINTS, scale.labels, strict=True)],
            "not_scored": {"value": None, "label": scale.not_scored_label},
            "asks": scale.asks,
        }
    )


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", {}, [])}


# --- plain → Source ----------------------------------------------------------------------------------


def source_of(form: object) -> Source:
    """Raises Malformed with everything that is wrong; what may be half done in a draft is no fault here."""
    reading = _Reading()
    source = reading.source(form)
    if reading.problems:
        raise Malformed(reading.problems)
    return source


class _Reading:
    """Goes through the whole form, whatever is wrong on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, path: Path, sentence: str) -> None:
        self.problems.append(Problem(path, sentence))

    def source(self, form: object) -> Source:
        top = self.fields(form, (), _TOP)
        head_names = {"name", "model", "language", "primary_space", "matters_most"}
        head = self.fields(top.get("checklist", {}), ("checklist",), head_names)
        conditions = self.conditions(top.get("conditions"), ("conditions",))
        return Source(
            name=self.text(head.get("name"), ("checklist", "name"), "name", required=False),
            model=self.choice(head.get("model", CURRENT), ("checklist", "model"), (CURRENT,)),
            language=self.choice(head.get("language", ORIGINAL), ("checklist", "language"), (ORIGINAL,)),
            primary_space=self.choice(head.get("primary_space", ""), ("checklist", "primary_space"), ("", *SPACES)),
            matters_most=self.matters_most(head.get("matters_most", True), ("checklist", "matters_most")),
            spaces=self.spaces(top.get("spaces"), ("spaces",)),
            conditions=conditions,
            indicators=self.indicators(top.get("indicators", []), ("indicators",)),
            scale=self.scale(top.get("scales"), ("scales",)),
            open_questions=self.questions(top.get("open_questions", []), ("open_questions",)),
            translations=self.translations(top.get("translations", {}), ("translations",)),
        )

    # --- the parts ---

    def spaces(self, value: object, path: Path) -> tuple[SpaceWords, ...]:
        found: dict[str, SpaceWords] = {}
        for at, row in self.rows(value, path):
            fields = self.fields(row, at, {"key", "name", "frame", "help"}, of=("spaces",))
            key = self.choice(fields.get("key"), (*at, "key"), SPACES)
            self.once(key, found, (*at, "key"))
            found[key] = SpaceWords(
                key,
                self.named(fields.get("name"), (*at, "name"), f"space.{key}.name"),
                self.text(fields.get("frame"), (*at, "frame"), "frame"),
                self.text(fields.get("help"), (*at, "help"), "help", required=False),
            )
        self.all_of(SPACES, found, path)
        return tuple(found[key] for key in SPACES if key in found)

    def conditions(self, value: object, path: Path) -> tuple[ConditionWords, ...]:
        found: dict[str, ConditionWords] = {}
        for at, row in self.rows(value, path):
            fields = self.fields(row, at, {"key", "name", "definition"}, of=("conditions",))
            key = self.choice(fields.get("key"), (*at, "key"), CONDITIONS)
            self.once(key, found, (*at, "key"))
            name = self.named(fields.get("name"), (*at, "name"), f"condition.{key}.name")
            found[key] = ConditionWords(
                key, name, self.text(fields.get("definition"), (*at, "definition"), "definition")
            )
        self.all_of(CONDITIONS, found, path)
        return tuple(found[key] for key in CONDITIONS if key in found)

    def indicators(self, value: object, path: Path) -> tuple[IndicatorWords, ...]:
        found: dict[str, tuple[int, IndicatorWords]] = {}
        for at, row in self.rows(value, path):
            one = self.indicator(row, at)
            self.once(one.key.lower(), found, (*at, "key"))
            order = self.order(row.get("order"), (*at, "order")) if isinstance(row, Mapping) else None
            found[one.key.lower()] = (order or len(found) + 1, one)
        for condition in CONDITIONS:
            of_model = {key.lower() for key, place in places_in_model().items() if place == condition}
            count = len(of_model | {key for key, (_order, one) in found.items() if one.condition == condition})
            if count > MOST_INDICATORS:
                words = {"condition": condition, "count": count, "most": MOST_INDICATORS}
                sentence = _(
                    "“%(condition)s” has %(count)s indicators with those of the model; at most %(most)s fit. Take some "
                    "out."
                )
                self.wrong(path, sentence % words)
        places = {key: CONDITIONS.index(one.condition) for key, (_o, one) in found.items() if one.condition}
        ordered = sorted(found, key=lambda key: (places.get(key, 0), found[key][0]))
        return tuple(found[key][1] for key in ordered)

    def indicator(self, row: object, at: Path) -> IndicatorWords:
        names = {"key", "condition", "order", "title", "topic", "meaning", "help", "statements", "asked", "asks"}
        fields = self.fields(row, at, {*names, *ABOUT_A_LEADER})
        statements = self.fields(fields.get("statements", {}), (*at, "statements"), set(SPACES))
        about = {wording: fields[wording] for wording in ABOUT_A_LEADER if wording in fields}
        asks = self.fields(fields.get("asks", {}), (*at, "asks"), set(WORDINGS))
        asked = self.asked(fields.get("asked"), (*at, "asked"), statements)
        texts = {
            **{space: self.text(statements[space], (*at, "statements", space), "statement") for space in statements},
            **{wording: self.text(text, (*at, wording), "statement") for wording, text in about.items()},
        }
        if "observer" in texts and "{leader}" not in texts["observer"]:
            self.wrong((*at, "observer"), _("Write {leader} where the leader’s name goes."))
        help_ = self.fields(fields.get("help", {}), (*at, "help"), {ALL, *WORDINGS})
        key = self.key(fields.get("key"), (*at, "key"))
        condition = self.choice(fields.get("condition"), (*at, "condition"), CONDITIONS)
        if condition and places_in_model().get(key, condition) != condition:
            words = {"key": key, "condition": places_in_model()[key]}
            self.wrong((*at, "condition"), _("%(key)s is the model’s and belongs to “%(condition)s”.") % words)
        return IndicatorWords(
            key=key,
            condition=condition,
            title=self.text(fields.get("title"), (*at, "title"), "title"),
            topic=self.text(fields.get("topic"), (*at, "topic"), "topic", required=False),
            meaning=self.text(fields.get("meaning"), (*at, "meaning"), "meaning", required=False),
            wordings={
                wording: Worded(texts[wording], wording in asked, self.asks(asks.get(wording), (*at, "asks", wording)))
                for wording in WORDINGS
                if wording in texts
            },
            help={of: self.text(line, (*at, "help", of), "help") for of, line in help_.items()},
        )

    def order(self, value: object, path: Path) -> int | None:
        if value is None:
            return None
        if NUMBER.fullmatch(str(value)):
            return int(str(value))
        self.wrong(path, _("Write the place in its condition as a number, such as 3."))
        return None

    def asked(self, value: object, path: Path, statements: Mapping[str, object]) -> tuple[str, ...]:
        if value is None:
            return tuple(statements)
        asked = [self.choice(space, at, SPACES) for at, space in self.rows(value, path)]
        for number, space in enumerate(asked):
            if space and space not in statements:
                self.wrong((*path, number), _("There is no statement for “%(space)s” to be asked.") % {"space": space})
        return tuple(asked)

    def asks(self, value: object, path: Path) -> str:
        if value is None:
            return ""
        text = self.text(value, path, "name")
        if text and not ASKS.fullmatch(text):
            self.wrong(path, _("Use letters, figures, spaces, points and hyphens only."))
        return text

    def scale(self, value: object, path: Path) -> ScaleWords:
        scales = value if isinstance(value, Mapping) else {}
        chosen = [
            key for key, row in scales.items() if len(scales) == 1 or (isinstance(row, Mapping) and row.get("default"))
        ]
        if len(chosen) != 1 or chosen[0] not in ("agreement", "frequency"):
            self.wrong(path, _("Give one scale, “agreement” or “frequency”, or mark one of them as default."))
            return ScaleWords("agreement", "", ("",) * len(POINTS), "")
        at = (*path, str(chosen[0]))
        fields = self.fields(
            scales[chosen[0]], at, {"key", "default", "prompt", "points", "not_scored", "asks"}, of=("scales",)
        )
        labels = {}
        for row_at, row in self.rows(fields.get("points"), (*at, "points")):
            point = self.fields(row, row_at, {"value", "label"})
            number = point.get("value")
            if number not in POINTS or number in labels:
                self.wrong((*row_at, "value"), _("The five points have the values 1 to 5, each once."))
                continue
            labels[number] = self.text(point.get("label"), (*row_at, "label"), "label")
        if len(labels) != len(POINTS):
            self.wrong((*at, "points"), _("The five points have the values 1 to 5, each once."))
        not_scored = self.fields(fields.get("not_scored", {}), (*at, "not_scored"), {"value", "label"})
        return ScaleWords(
            str(chosen[0]),
            self.text(fields.get("prompt"), (*at, "prompt"), "prompt"),
            tuple(labels.get(number, "") for number in POINTS),
            self.text(not_scored.get("label"), (*at, "not_scored", "label"), "not_scored"),
            self.asks(fields.get("asks"), (*at, "asks")),
        )

    def questions(self, value: object, path: Path) -> tuple[QuestionWords, ...]:
        found: dict[str, QuestionWords] = {}
        for at, row in self.rows(value, path):
            fields = self.fields(row, at, {"key", "condition", "text"}, of=("open_questions",))
            key = self.text(fields.get("key"), (*at, "key"), "name")
            if key and not QUESTION_KEY.fullmatch(key):
                self.wrong((*at, "key"), _("Use letters, figures and underlines only, a letter first."))
            self.once(key, found, (*at, "key"))
            condition = self.choice(fields.get("condition"), (*at, "condition"), CONDITIONS)
            found[key] = QuestionWords(key, condition, self.text(fields.get("text"), (*at, "text"), "text"))
            if sum(one.condition == condition for one in found.values()) > MOST_QUESTIONS:
                words = {"most": MOST_QUESTIONS}
                self.wrong(at, _("A condition has at most %(most)s open questions. Take some out.") % words)
        return tuple(sorted(found.values(), key=lambda one: CONDITIONS.index(one.condition) if one.condition else 0))

    def matters_most(self, value: object, path: Path) -> str | None:
        if isinstance(value, bool):
            return "" if value else None
        return self.text(value, path, "text")

    def translations(self, value: object, path: Path) -> dict[str, dict[str, Any]]:
        """Language → key of a text → its words there, and a mark of the words that they were made of."""
        found: dict[str, dict[str, Any]] = {}
        for language, rows in self.fields(value, path, None).items():
            if not LANGUAGE.fullmatch(language) or language.partition("-")[0] == ORIGINAL.partition("-")[0]:
                self.wrong((*path, language), _("Write the code of another language, such as de or cy."))
            found[language] = {
                key: self.translation(row, (*path, language, key), key)
                for key, row in self.fields(rows, (*path, language), None).items()
            }
        return found

    def translation(self, value: object, path: Path, key: str) -> dict[str, str]:
        fields = self.fields(value, path, {"text", "of"})
        text = self.text(fields.get("text"), (*path, "text"), most=longest_translation(key))
        return {"text": text, "of": self.asks(fields.get("of"), (*path, "of"))}

    # --- the smallest things ---

    def fields(self, value: object, path: Path, known: set[str] | None, *, of: Path = ()) -> dict[str, Any]:
        if value is None:
            value = {}
        if not isinstance(value, Mapping):
            self.wrong(path, _("Here belong fields with names, such as “key: value”."))
            return {}
        passed_over = _OF_THE_MODEL.get(of or path, set()) if known is not None else set()
        for name in value:
            if known is not None and name not in known and name not in passed_over:
                words = {"name": _shortened(name), "known": ", ".join(sorted(known))}
                self.wrong((*path, str(name)), _("“%(name)s” is no field here. There are: %(known)s.") % words)
        return {str(name): one for name, one in value.items() if known is None or name in known}

    def rows(self, value: object, path: Path) -> list[tuple[Path, Any]]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.wrong(path, _("Here belongs a list."))
            return []
        return [((*path, number), row) for number, row in enumerate(value)]

    def text(self, value: object, path: Path, kind: str = "", *, most: int = 0, required: bool = True) -> str:
        """`kind`: which of the limits holds, where none is given."""
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            if value is not None:
                self.wrong(path, _("Here belongs a text."))
            elif required:
                self.wrong(path, _("This is missing. Fill it in."))
            return ""
        text = tidy(str(value))
        most = most or LONGEST[kind]
        if len(text) > most:
            words = {"most": most, "length": len(text)}
            self.wrong(path, _("Shorten this to %(most)s characters; it has %(length)s now.") % words)
        if required and not text:
            self.wrong(path, _("This is missing. Fill it in."))
        return text

    def named(self, value: object, path: Path, place: str) -> str:
        """A space or a condition, which reports call by the model's name: in any of its languages."""
        name = self.text(value, path, "name")
        names = [words for language in languages() for words in translations(language).get(place, ())]
        if name and names and name not in names:
            self.wrong(path, _("Reports call it “%(name)s”: leave the name as it is.") % {"name": names[0]})
        return name

    def choice(self, value: object, path: Path, among: Collection[str]) -> str:
        if value in among:
            return str(value)
        words = {"value": _shortened(value), "among": ", ".join(one for one in among if one)}
        self.wrong(path, _("“%(value)s” cannot be here. Choose one of: %(among)s.") % words)
        return ""

    def key(self, value: object, path: Path) -> str:
        key = self.text(value, path, "name")
        if key and not KEY.fullmatch(key):
            self.wrong(path, _("A key is a capital letter with up to eleven letters and figures, such as T1 or Own2."))
        return key

    def once(self, key: str, found: Mapping[str, object], path: Path) -> None:
        if key and key in found:
            self.wrong(path, _("“%(key)s” stands here twice. Give each its own key.") % {"key": _shortened(key)})

    def all_of(self, keys: Sequence[str], found: Mapping[str, object], path: Path) -> None:
        if missing := [key for key in keys if key not in found]:
            self.wrong(path, _("Missing here: %(missing)s.") % {"missing": ", ".join(missing)})


def _shortened(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 40 else text[:40] + "…"
