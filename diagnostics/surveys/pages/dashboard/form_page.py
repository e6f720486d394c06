"""What the pages of an open survey share that each hold one form."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.forms import typed_words
from diagnostics.surveys.models import Survey


def show_form(request: HttpRequest, survey: Survey, template: str, form: Form, **more: Any) -> HttpResponse:
    context = {"survey": survey, "workspace": survey.workspace, "form": form} | more
    return render(request, template, context, status=422 if form.errors else 200)


def refuse(request: HttpRequest, survey: Survey, sentence: str) -> HttpResponse:
    """Back to the dashboard, which says why; with words that came too late to a page that gives them back."""
    words = typed_words(request)
    if words:
        context = {"survey": survey, "workspace": survey.workspace, "sentence": sentence, "typed": words}
        return render(request, "surveys/too_late.html", context, status=409)
    if sentence:
        messages.warning(request, sentence)
    return redirect("surveys:dashboard", survey.public_id)
