"""What templates of checklists need beyond their context."""

from typing import Any

from django import forms, template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from diagnostics.checklists.source import Source

register = template.Library()


@register.simple_tag
def initials(form: forms.Form) -> SafeString:
    """What each field held when the page was loaded, hidden."""
    kept = (field for field in form if field.field.show_hidden_initial)
    return format_html_join("", "{}", ((field.as_hidden(only_initial=True),) for field in kept))


@register.simple_tag
def asked_of(source: Source, condition: str) -> list[dict[str, Any]]:
    """The indicators of a condition that are asked, each with (space, text) of its statements."""
    names = {one.key: one.name for one in source.spaces}
    return [
        {"indicator": one, "statements": [(names[space], one.wordings[space].text) for space in one.asked_in()]}
        for one in source.of_condition(condition)
        if one.asked_in()
    ]
