"""What stands at the head of the rating pages: how far somebody is, and what is saved. Drawn once for all alike."""

import datetime
from collections.abc import Sequence
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from diagnostics.questionnaire.cached import Part, in_parts, mark, put_together
from diagnostics.questionnaire.progress import PageProgress

TIME = "time"


def trace(steps: Sequence[PageProgress], *, here: str) -> str:
    """`here`: a condition, "" on the review."""
    return _trace(get_language(), tuple(steps), here)


@lru_cache(maxsize=500)
def _trace(_language: str | None, steps: tuple[PageProgress, ...], here: str) -> str:
    return render_to_string("answering/trace.html", {"steps": steps, "here": here, "form": "rating"})


def status(saved_at: datetime.datetime | None) -> str:
    time = render_to_string("answering/status_time.html", {"saved_at": saved_at}) if saved_at else ""
    return put_together(_status(get_language(), saved_at is not None), {(TIME,): time})


@lru_cache(maxsize=50)
def _status(_language: str | None, is_saved: bool) -> list[Part]:
    return in_parts(render_to_string("answering/status.html", {"saved_at": is_saved, "time": mark(TIME)}))
