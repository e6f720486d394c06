"""The steps that the pages of this app share: run an action from a form, show the form."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when nothing was filled in; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def settled(form: Form, action: Callable, **arguments) -> bool:
    """Whether the action was done; a refusal becomes an error of the form."""
    try:
        action(**arguments)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return form.is_valid()


def refusal_of(check: Callable, *arguments) -> str:
    """The sentence with which a check refuses, else nothing."""
    try:
        check(*arguments)
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


def form_page(request: HttpRequest, form: Form, **words) -> HttpResponse:
    """One form on a page. Words: title, submit, back; optional: lead, refusal, danger, workspace."""
    defaults = {"lead": "", "refusal": "", "danger": False, "workspace": None}
    return render(request, "spaces/form_page.html", defaults | words | {"form": form})
