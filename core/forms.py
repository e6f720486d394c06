"""Controls that several forms share. How a whole form looks is written in templates/components/form.html."""

from collections.abc import Mapping

from django import forms


class ChoiceRows(forms.RadioSelect):
    """Radio buttons with room to explain themselves: `explained` maps a value to one sentence."""

    def __init__(self, explained: Mapping[str, str], attrs=None, choices=()):
        super().__init__(attrs, choices)
        self.explained = explained

    def create_option(self, name, value, *args, **kwargs):
        return super().create_option(name, value, *args, **kwargs) | {"explained": self.explained.get(str(value), "")}
