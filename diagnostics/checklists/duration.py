"""How long a questionnaire takes somebody new to it, on a phone: from its words, never from anybody’s times.

Reading: adults read English prose silently at 238 words a minute (Brysbaert 2019: 190 studies, most people 175 to 300),
and a questionnaire on a phone takes about a fifth longer than on a desktop (Andreadis 2015), so 200 words a minute.
Deciding and touching a point: five seconds a rating, of the method, revised by hand. What is written is not counted.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from diagnostics.instrument.sources import CURRENT, written
from diagnostics.instrument.translations import texts_in

WORDS_A_MINUTE = 200
SECONDS_A_RATING = 5

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+")  # Chinese: a character is one


def estimated_minutes(texts: Iterable[str], ratings: int) -> int:
    """Whole minutes for reading `texts` and giving `ratings`: the nearest, and one for the shortest.

    >>> estimated_minutes(["In our team, we know what success looks like."] * 65, 65)
    8
    >>> estimated_minutes([], 0)
    0
    """
    return minutes_for(sum(len(_WORD.findall(text)) for text in texts), ratings)


def minutes_for(words: int, ratings: int) -> int:
    exact = words / WORDS_A_MINUTE + ratings * SECONDS_A_RATING / 60
    return max(round(exact), 1 if exact else 0)


def minutes_of(content: dict[str, Any]) -> int:
    """Of a version's content, in the language it is in."""
    pages = content["pages"]
    statements = [row["text"] for page in pages for one in page["indicators"] for row in one["statements"]]
    questions = [question["text"] for page in pages for question in page["open_questions"]]
    frames = [space["frame"] for space in content["spaces"] if space["key"] == content["primary_space"]]
    return estimated_minutes([*statements, *questions, *frames * len(pages)], len(statements))


@lru_cache
def words_of_model(language: str) -> dict[str, int]:
    """How many words each text of the current model has, by its key."""
    return {key: len(_WORD.findall(text)) for key, text in texts_in(language).items()}


@lru_cache
def indicators() -> tuple[tuple[str, int | None], ...]:
    """Each of the current model with its place in the short form, from 1; None where it has none."""
    model = written(CURRENT, "trace_model.yaml")
    short = {row["indicator"]: 1 if row["kind"] == "outcome" else 2 for row in model["short_form"]}
    return tuple((row["key"], short.get(row["key"])) for row in model["indicators"])
