"""The steps that the pages of this app share: run an action from a form, show the form."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, form: Form, **words) -> HttpResponse:
    """One form on a page. Words: title, submit, back; optional: lead, refusal, danger, workspace."""
    defaults = {"lead": "", "refusal": "", "danger": False, "workspace": None}
    return render(request, "spaces/form_page.html", defaults | words | {"form": form})
