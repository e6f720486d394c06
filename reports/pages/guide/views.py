"""The guide: public pages about the model and about how answers are protected. Nobody needs to sign in."""

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.site import site_contact
from diagnostics.checklists.presets import PRESETS, Recipe
from diagnostics.checklists.source import SPACES
from diagnostics.instrument.models import Condition, Research
from reports.pages.guide.protection import numbers
from reports.readings import guidance, improvement
from reports.readings.next_steps.actions import actions_of_condition
from spaces.models import Space


@login_not_required
def welcome(request: HttpRequest) -> HttpResponse:
    focused = Recipe("focused", "self", SPACES)
    context = {"model": guidance.model(), "conditions": _conditions(), "recipe": focused}
    context["begins_without_account"] = settings.OPEN_SIGN_UP and not request.user.is_authenticated
    return render(request, "guide/welcome.html", context)


@login_not_required
def model(request: HttpRequest) -> HttpResponse:
    conditions = _conditions()
    roles = [(role, list(led)) for role, led in groupby(conditions, key=attrgetter("role"))]
    context = {"model": guidance.model(), "conditions": conditions, "roles": roles, "spaces": Space.objects.all()}
    return render(request, "guide/model.html", context)


@login_not_required
def condition(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(_conditions().prefetch_related("indicators", "examples"), key=key)
    conditions = list(Condition.objects.all())
    context = {
        "condition": found,
        "conditions": conditions,
        "following": next((other for other in conditions if other.order > found.order), None),
        "cells": [(space, guidance.cell(found.key, space.key)) for space in Space.objects.all()],
    }
    return render(request, "guide/condition.html", context)


@login_not_required
def spaces(request: HttpRequest) -> HttpResponse:
    offered = [key for key, preset in PRESETS.items() if not preset.is_about_named_leader]
    lengths = [(Recipe(key, "self", ("self",)), Recipe(key, "self", SPACES)) for key in offered]
    return render(request, "guide/spaces.html", {"spaces": Space.objects.all(), "lengths": lengths})


@login_not_required
def approach(request: HttpRequest) -> HttpResponse:
    context = {"principles": guidance.approach(), "model": guidance.model(), "notes": guidance.reading_notes()}
    return render(request, "guide/approach.html", context)


@login_not_required
def improving(request: HttpRequest) -> HttpResponse:
    """From a result to something done and kept: five stages, causes told apart, what to beware of."""
    causes = improvement.root_causes()
    context = {
        "stages": improvement.stages().values(),
        "causes": [(causes[one.key], one) for one in improvement.sorting_questions().values()],
        "cautions": improvement.cautions().values(),
        "if_no_change": improvement.if_no_change().values(),
        "problems": improvement.team_problems().values(),
        "conditions": _conditions(),
    }
    return render(request, "guide/improving.html", context)


@login_not_required
def talks(request: HttpRequest) -> HttpResponse:
    """For reading and preparing: a situation is offered to nobody from answers."""
    context = {"talk": improvement.talk(), "situations": improvement.situations().values()}
    return render(request, "guide/talks.html", context)


@login_not_required
def actions(request: HttpRequest, key: str) -> HttpResponse:
    """Everything there is to try for one condition."""
    found = get_object_or_404(_conditions(), key=key)
    context = {"condition": found, "conditions": _conditions(), "offered": actions_of_condition(found.key)}
    return render(request, "guide/actions.html", context)


@login_not_required
def research(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/research.html", {"entries": Research.objects.all()})


@login_not_required
def protection(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/protection.html", numbers())


@login_not_required
def checklists(request: HttpRequest) -> HttpResponse:
    """For consultants: from a preset to a survey with a checklist of one's own."""
    return render(request, "guide/checklists.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/accessibility.html")


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/contact.html", {"address": site_contact()})


def _conditions() -> QuerySet[Condition]:
    return Condition.objects.select_related("role")
