"""The words of a promise in a template."""

from typing import Any

from django import template

from diagnostics.promises import said

register = template.Library()


@register.simple_tag
def promise(name: str, **facts: Any) -> str:
    """`{% promise "counts" k=k %}`: the sentence of diagnostics/promises.py; facts stand for its names."""
    return said(name, facts)
