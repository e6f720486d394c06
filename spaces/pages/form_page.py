"""The page of one form, as most pages of this app are."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_form(request: HttpRequest, form: Form, **words: Any) -> HttpResponse:
    """Words: title, submit, back; optional: lead, refusal, danger, workspace."""
    defaults = {"lead": "", "refusal": "", "danger": False, "workspace": None}
    return render(request, "spaces/form_page.html", defaults | words | {"form": form})
