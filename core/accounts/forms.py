"""What a person tells us when they sign up."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150)

    def signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
