"""Controls that several forms share. How a whole form looks is written in templates/components/form.html."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest


class ChoiceRows(forms.RadioSelect):
    """Radio buttons with room to explain themselves: `explained` maps a value to one sentence."""

    def __init__(self, explained: Mapping[str, str], attrs=None, choices=()):
        super().__init__(attrs, choices)
        self.explained = explained

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"explained": self.explained.get(str(value), "")}


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, for hidden inputs that send it again: every value of every name, no passwords, no files."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name.lower()]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def cleans_its_posts(view):
    """Mark a view that takes out of each posted field what no table could store, and says so at the field."""
    view.cleans_its_posts = True
    return view
