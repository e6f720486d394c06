"""What can be done to a draft: each is the source before and after. Nothing here knows of rows or requests."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal

from diagnostics.checklists.model_words import model_source, short_form
from diagnostics.checklists.source import (
    SPACES,
    WORDINGS,
    IndicatorWords,
    QuestionWords,
    ScaleWords,
    Source,
    SpaceWords,
    Worded,
    mark_of,
)
from diagnostics.instrument.changes import asks
from diagnostics.instrument.sources import CURRENT, written

Depth = Literal["none", "brief", "all", "own"]  # of a space; "own": some indicators, chosen one by one
SAME = "same"  # how a file says that other words than the model's still ask what the model asks


# --- Which statements --------------------------------------------------------------------------------


def depth_of(source: Source, space: str) -> Depth:
    """Which of the words tells how much is asked in a space.

    >>> depth_of(with_depths(model_source(), {"team": "all", "self": "brief"}), "team")
    'all'
    """
    asked = {one.key for one in source.indicators if space in one.asked_in()}
    if not asked:
        return "none"
    of_model = {key for key in asked if is_of_model(key)}
    for depth in ("brief", "all"):
        if of_model == _indicators_at(depth):
            return depth
    return "own"


def _indicators_at(depth: Depth) -> frozenset[str]:
    if depth == "none":
        return frozenset()
    keys = (one.key for one in model_source().indicators)
    return frozenset(key for key in keys if depth == "all" or key in short_form())


def with_depths(source: Source, depths: Mapping[str, Depth]) -> Source:
    """Those spaces asked anew, from the model's indicators; "own" leaves a space as it is. Indicators of one's own stay
    as they are wherever something is asked."""
    chosen = {space: _indicators_at(depth) for space, depth in depths.items() if depth != "own"}
    indicators = (
        _asked_in(one, {space: one.key in keys for space, keys in chosen.items() if is_of_model(one.key) or not keys})
        for one in source.indicators
    )
    return replace(source, indicators=tuple(indicators))


def with_asked(source: Source, condition: str, asked: Mapping[str, Collection[str]]) -> Source:
    """One condition with just these statements asked: indicator → spaces."""
    indicators = (
        _asked_in(one, {space: space in asked.get(one.key, ()) for space in SPACES})
        if one.condition == condition
        else one
        for one in source.indicators
    )
    return replace(source, indicators=tuple(indicators))


def _asked_in(one: IndicatorWords, asked: Mapping[str, bool]) -> IndicatorWords:
    wordings = {
        wording: replace(worded, is_asked=asked.get(wording, worded.is_asked))
        for wording, worded in one.wordings.items()
    }
    return replace(one, wordings=wordings)


def moved(source: Source, key: str, by: int) -> Source:
    """With an indicator so many places further down in its condition, or up; the first and the last stay."""
    indicators = list(source.indicators)
    here = source.of_condition(source.indicator(key).condition)
    at = [one.key for one in here].index(key)
    if not 0 <= at + by < len(here):
        return source
    places = sorted(indicators.index(one) for one in here)
    order = list(here)
    order.insert(at + by, order.pop(at))
    for place, one in zip(places, order, strict=True):
        indicators[place] = one
    return replace(source, indicators=tuple(indicators))


# --- Indicators of one's own --------------------------------------------------------------------------


def free_key(source: Source) -> str:
    """Of the next indicator of one's own: Own1, Own2, …"""
    taken = {one.key.lower() for one in source.indicators}
    return next(key for number in range(1, len(taken) + 2) if (key := f"Own{number}").lower() not in taken)


def with_new_indicator(source: Source, condition: str, *, title: str) -> Source:
    """One more at the end of its condition, without statements yet."""
    new = IndicatorWords(free_key(source), condition, title=title, topic="", meaning="", wordings={})
    return source.with_more(new)


def without_indicator(source: Source, key: str) -> Source:
    return replace(source, indicators=tuple(one for one in source.indicators if one.key != key))


# --- Words -------------------------------------------------------------------------------------------


def reworded(source: Source, key: str, wording: str, text: str, *, like: str = "") -> Source:
    """A statement in other words, asked or not as before; '' takes a wording of one's own away.

    `like`: the identity of what it still asks, '' where it asks something else. The model's own words ask what the
    model asks, whatever was said.
    """
    one = source.indicator(key)
    before, of_model = one.wordings.get(wording), model_wording(key, wording)
    others = {name: worded for name, worded in one.wordings.items() if name != wording}
    if not text:
        words = {**others, wording: replace(of_model, is_asked=False)} if of_model else others
    elif of_model and text == of_model.text:
        words = {**others, wording: replace(of_model, is_asked=before.is_asked if before else False)}
    else:
        is_asked = before.is_asked if before else wording in SPACES
        words = {**others, wording: Worded(text, is_asked, like or mark_of(text))}
    return source.with_indicator(replace(one, wordings=_in_order(words)))


def _in_order(words: Mapping[str, Worded]) -> dict[str, Worded]:
    return {wording: words[wording] for wording in WORDINGS if wording in words}


def model_wording(key: str, wording: str) -> Worded | None:
    """What the model says there; None for an indicator of one's own."""
    for one in model_source().indicators:
        if one.key == key:
            return one.wordings.get(wording)
    return None


Standing = Literal["model", "like_model", "unlike_model", "own"]  # words of the model, the same in others, …


def standing(one: IndicatorWords, wording: str) -> Standing | None:
    """How a wording stands to the model's. None where nothing is written."""
    worded, of_model = one.wordings.get(wording), model_wording(one.key, wording)
    if worded is None:
        return None
    if of_model is None:
        return "own"
    if worded.text == of_model.text:
        return "model"
    return "like_model" if worded.asks == model_identity(one.key, wording) else "unlike_model"


def standing_of_scale(scale: ScaleWords) -> Standing:
    if settled_scale(scale).asks == "":
        return "model"
    return "like_model" if scale.asks == scale.key else "unlike_model"


def model_identity(key: str, wording: str) -> str:
    """What the model asks there."""
    return asks(f"{key}.{wording}", CURRENT)


def settled(source: Source) -> Source:
    """With what all statements and the scale ask: in words that are not the model's their own, unless said."""
    indicators = []
    for one in source.indicators:
        wordings = {}
        for wording, worded in one.wordings.items():
            of_model = model_wording(one.key, wording)
            if of_model and of_model.text == worded.text:
                wordings[wording] = replace(worded, asks="")
            elif of_model and worded.asks == SAME:
                wordings[wording] = replace(worded, asks=model_identity(one.key, wording))
            else:
                wordings[wording] = replace(worded, asks=worded.asks or mark_of(worded.text))
        indicators.append(replace(one, wordings=wordings))
    return replace(source, indicators=tuple(indicators), scale=settled_scale(source.scale))


def settled_scale(scale: ScaleWords) -> ScaleWords:
    of_model = model_scale(scale.key)
    if (scale.prompt, scale.labels) == (of_model.prompt, of_model.labels):
        return replace(scale, asks="")
    return replace(scale, asks=scale.asks or mark_of("|".join((scale.prompt, *scale.labels))))


def model_scale(key: str) -> ScaleWords:
    """Raises KeyError."""
    row = written(CURRENT, "trace_model.yaml")["scales"][key]
    labels = tuple(point["label"] for point in row["points"])
    return ScaleWords(key, row["prompt"], labels, row["not_scored"]["label"])


def with_scale(source: Source, scale: ScaleWords, *, like: str = "") -> Source:
    """`like`: the identity of the scale that its labels still mean, '' where they mean something else. The model's own
    labels mean what they mean, whatever was said."""
    return replace(source, scale=settled_scale(replace(scale, asks=like)))


def with_space_words(source: Source, words: SpaceWords) -> Source:
    return replace(source, spaces=tuple(words if one.key == words.key else one for one in source.spaces))


def with_questions(source: Source, condition: str, texts: Mapping[str, str]) -> Source:
    """The open questions of a condition: key → text, '' to ask it no longer; a new key is a new question."""
    kept = [one for one in source.open_questions if one.condition != condition]
    asked = [QuestionWords(key, condition, text) for key, text in texts.items() if text]
    return replace(source, open_questions=(*kept, *asked))


def free_question_key(source: Source, condition: str) -> str:
    taken = {one.key for one in source.open_questions}
    numbers = range(1, len(taken) + 2)
    return next(key for number in numbers if (key := f"OQ_{condition}_own{number}") not in taken)


def is_of_model(key: str) -> bool:
    """Whether the model has an indicator with this key."""
    return any(one.key == key for one in model_source().indicators)
