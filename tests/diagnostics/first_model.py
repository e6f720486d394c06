"""What was asked before the model 2.0 came: checklist versions as they were published then."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from diagnostics.checklists import content
from diagnostics.instrument.fixtures import SHORT_FORM_ORDER
from diagnostics.instrument.sources import FIRST, written
from diagnostics.models import Indicator

SINCE = ("model", "topic", "help", "translations")  # what contents did not have


@contextmanager
def first_model() -> Iterator[None]:
    """Whatever is published meanwhile, of a survey or a self-assessment, is of the model 1.0 (with today's frames)."""
    now = dict(Indicator.objects.values_list("key", "short_form_order"))
    of_now = content.content_of
    _pair({row["indicator"]: SHORT_FORM_ORDER[row["kind"]] for row in written(FIRST, "trace_model.yaml")["short_form"]})
    with (
        mock.patch("diagnostics.checklists.content.CURRENT", FIRST),
        mock.patch("diagnostics.checklists.actions.presets.content_of", lambda *asked: _without(SINCE, of_now(*asked))),
    ):
        yield
    _pair(now)


def _pair(short_form: dict[str, int | None]) -> None:
    for key in Indicator.objects.values_list("key", flat=True):
        Indicator.objects.filter(key=key).update(short_form_order=short_form.get(key))


def _without(names: tuple[str, ...], node: Any) -> Any:
    if isinstance(node, list):
        return [_without(names, one) for one in node]
    if isinstance(node, dict):
        return {name: _without(names, value) for name, value in node.items() if name not in names}
    return node
