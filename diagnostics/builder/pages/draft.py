"""A draft, page by page. Every page saves what was changed on it, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.requests import SignedInRequest
from core.forms import SharedForm, get_or_post, posted
from core.words import tidy
from diagnostics.builder.access import load_draft
from diagnostics.builder.context import draft_context, of_condition
from diagnostics.builder.forms import (
    ANEW,
    AS_BEFORE,
    LIKE_MODEL,
    IndicatorForm,
    QuestionsForm,
    ScaleForm,
    WhatForm,
)
from diagnostics.checklists import drafting
from diagnostics.checklists.actions import own
from diagnostics.checklists.models import ChecklistDraft
from diagnostics.checklists.remarks import remarks_of, remarks_on_questions
from diagnostics.checklists.schema import LONGEST, MOST_INDICATORS, source_of
from diagnostics.checklists.source import ALL, SPACES, WORDINGS, Source


@get_or_post
def what(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The whole draft at a glance."""
    draft = load_draft(request.user, public_id)
    source = source_of(draft.form)
    form = WhatForm(posted(request), source=source)
    if form.is_bound and form.is_valid():
        return _save(request, draft, lambda before: _with_what(before, form), back_to="checklists:draft")
    context = draft_context(draft, source, here="what") | {"form": form}
    return _page(request, "checklists/what.html", context, form)


def _with_what(source: Source, form: WhatForm) -> Source:
    changed = form.changed
    source = replace(source, **{name: changed[name] for name in ("name", "primary_space") if name in changed})
    return drafting.with_depths(source, form.depths)


@get_or_post
def condition(request: SignedInRequest, public_id: str, condition: str) -> HttpResponse:
    """The indicators of one condition: which are asked where, and in which order."""
    draft = load_draft(request.user, public_id)
    source = source_of(draft.form)
    if condition not in {one.key for one in source.conditions}:
        raise Http404
    if request.method == "POST":
        return _condition_posted(request, draft, condition)
    return _condition_page(request, draft, source, condition)


def _condition_page(
    request: SignedInRequest, draft: ChecklistDraft, source: Source, condition: str, *, title: str = "", fault: str = ""
) -> HttpResponse:
    """`title`: of an indicator that could not be added, and why."""
    context = draft_context(draft, source, here=condition) | of_condition(source, condition)
    context |= {"new_title": title, "fault": fault, "languages": settings.LANGUAGES}
    return render(request, "checklists/condition.html", context, status=422 if fault else 200)


BUTTONS = ("add", "up", "down", "out", "remove", "words")


def _condition_posted(request: SignedInRequest, draft: ChecklistDraft, condition: str) -> HttpResponse:
    """Ticks and a title that was typed are kept whatever button was pressed; then the button is heard."""
    title = tidy(request.POST.get("new_title", ""))
    pressed = next((name for name in BUTTONS if name in request.POST), "")
    key, fault = request.POST.get(pressed, ""), ""

    def changed(source: Source) -> Source:
        nonlocal fault
        source = ticked(source, condition, request.POST)
        fault = _fault_in(title, source, condition)
        if title and not fault:
            source = drafting.with_new_indicator(source, condition, title=title)
        return _pressed(source, condition, pressed, key)

    try:
        saved = source_of(own.change(draft=draft, by=request.user, to=changed, now=timezone.now()).form)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("checklists:library", draft.workspace.public_id)
    keys = [one.key for one in saved.of_condition(condition)]
    if fault:
        return _condition_page(request, draft, saved, condition, title=title, fault=fault)
    if pressed == "add" and title:
        return redirect("checklists:indicator", draft.public_id, keys[-1])
    if pressed == "add":
        messages.warning(request, _("Give the new indicator a title first."))
    elif title:
        messages.success(request, _("“%(title)s” is added, too.") % {"title": title})
    if pressed == "words" and key in keys:
        return redirect("checklists:indicator", draft.public_id, key)
    if not pressed:
        messages.success(request, _("Saved."))
    place = f"#{key}" if key in keys else ""
    return redirect(reverse("checklists:condition", args=[draft.public_id, condition]) + place)


def _fault_in(title: str, source: Source, condition: str) -> str:
    """Why no indicator with this title can be added."""
    most = LONGEST["title"]
    if len(title) > most:
        words = {"most": most, "length": len(title)}
        return _("Shorten this to %(most)s characters; it has %(length)s now.") % words
    if title and len(source.of_condition(condition)) >= MOST_INDICATORS:
        sentence = _(
            "A condition has at most %(most)s indicators, those of the model included. Delete one of your own."
        )
        return sentence % {"most": MOST_INDICATORS}
    return ""


def _pressed(source: Source, condition: str, button: str, key: str) -> Source:
    keys = [one.key for one in source.of_condition(condition)]
    if key not in keys:
        return source
    if button == "remove" and not drafting.is_of_model(key):
        return drafting.without_indicator(source, key)
    if button == "out":
        asked = {one.key: () if one.key == key else one.asked_in() for one in source.of_condition(condition)}
        return drafting.with_asked(source, condition, asked)
    by = {"up": -1, "down": 1}.get(button, 0)
    return drafting.moved(source, key, by) if by else source


def ticked(source: Source, condition: str, data: QueryDict) -> Source:
    """The condition with what was ticked and unticked on the page; `was` is what stood there when it was loaded."""
    stood, stands = set(data.get("was", "").split()), set(data.getlist("ask"))
    asked = {
        one.key: [
            space
            for space in SPACES
            if (key := f"{one.key}.{space}") in stands - stood
            or (space in one.asked_in() and key not in stood - stands)
        ]
        for one in source.of_condition(condition)
    }
    return drafting.with_asked(source, condition, asked)


@get_or_post
def indicator(request: SignedInRequest, public_id: str, key: str) -> HttpResponse:
    draft = load_draft(request.user, public_id)
    source = source_of(draft.form)
    try:
        one = source.indicator(key)
    except KeyError:
        raise Http404 from None
    form = IndicatorForm(posted(request), indicator=one, is_next=draft.started_from_id is not None)
    if form.is_bound and form.is_valid():
        return _save(
            request, draft, lambda before: _with_indicator(before, key, form), back_to="checklists:indicator", at=(key,)
        )
    context = draft_context(draft, source, here=one.condition) | {
        "form": form,
        "indicator": one,
        "is_own": not drafting.is_of_model(key),
        "condition": next(row for row in source.conditions if row.key == one.condition),
        "remarks": remarks_of(one, source.language),
    }
    return _page(request, "checklists/indicator.html", context, form)


def _with_indicator(source: Source, key: str, form: IndicatorForm) -> Source:
    try:
        changed, one = form.changed, source.indicator(key)
    except KeyError:
        raise ValidationError(_("This indicator was taken out meanwhile.")) from None
    one = replace(one, **{name: changed[name] for name in ("title", "topic", "meaning") if name in changed})
    lines = {of: changed[f"help_{of}"] for of in (ALL, *SPACES) if f"help_{of}" in changed}
    one = replace(one, help={of: line for of, line in {**one.help, **lines}.items() if line})
    source = source.with_indicator(one)
    for wording in WORDINGS:
        said, before = form.cleaned_data.get(f"asks_{wording}"), one.wordings.get(wording)
        if f"text_{wording}" in changed or (said and before):
            text = changed.get(f"text_{wording}", before.text if before else "")
            like = {LIKE_MODEL: drafting.model_identity(key, wording), AS_BEFORE: before.asks if before else ""}
            source = drafting.reworded(source, key, wording, text, like=like.get(said or "", ""))
    return source


@get_or_post
def scale(request: SignedInRequest, public_id: str) -> HttpResponse:
    draft = load_draft(request.user, public_id)
    source = source_of(draft.form)
    form = ScaleForm(posted(request), source=source)
    if form.is_bound and form.is_valid():
        return _save(request, draft, lambda before: _with_scale(before, form), back_to="checklists:scale")
    unfit = source.scale.key == "frequency" and set(source.asked_spaces()) - {"self"}
    context = draft_context(draft, source, here="scale") | {"form": form, "is_unfit": bool(unfit)}
    return _page(request, "checklists/scale.html", context, form)


def _with_scale(source: Source, form: ScaleForm) -> Source:
    changed, scale = form.changed, source.scale
    if changed.get("key", scale.key) != scale.key:
        scale = drafting.model_scale(changed["key"])
    labels = [changed.get(f"label_{number}", label) for number, label in enumerate(scale.labels, start=1)]
    scale = replace(
        scale,
        prompt=changed.get("prompt", scale.prompt),
        labels=tuple(labels),
        not_scored_label=changed.get("not_scored", scale.not_scored_label),
    )
    like = {LIKE_MODEL: scale.key, ANEW: ""}
    return drafting.with_scale(source, scale, like=like.get(form.cleaned_data.get("means", ""), scale.asks))


@get_or_post
def questions(request: SignedInRequest, public_id: str) -> HttpResponse:
    draft = load_draft(request.user, public_id)
    source = source_of(draft.form)
    form = QuestionsForm(posted(request), source=source)
    if form.is_bound and form.is_valid():
        return _save(request, draft, lambda before: _with_questions(before, form), back_to="checklists:questions")
    context = draft_context(draft, source, here="questions") | {"form": form, "remarks": remarks_on_questions(source)}
    return _page(request, "checklists/questions.html", context, form)


def _with_questions(source: Source, form: QuestionsForm) -> Source:
    changed = form.changed
    is_asked = changed.get("asks_what_matters", source.matters_most is not None)
    words = changed.get("matters_most", source.matters_most or "")
    source = replace(source, matters_most=words if is_asked else None)
    for space in source.spaces:
        if f"frame_{space.key}" in changed:
            source = drafting.with_space_words(source, replace(space, frame=changed[f"frame_{space.key}"]))
    for one in source.conditions:
        source = _with_questions_of(source, one.key, changed)
    return source


def _with_questions_of(source: Source, condition: str, changed: dict[str, Any]) -> Source:
    texts = {
        one.key: changed.get(f"question_{one.key}", one.text)
        for one in source.open_questions
        if one.condition == condition
    }
    if new := changed.get(f"new_{condition}"):
        texts[drafting.free_question_key(source, condition)] = new
    return drafting.with_questions(source, condition, texts)


# --- What all pages share --------------------------------------------------------------------------------


def _save(
    request: SignedInRequest,
    draft: ChecklistDraft,
    change: Callable[[Source], Source],
    *,
    back_to: str,
    at: tuple[str, ...] = (),
) -> HttpResponse:
    try:
        own.change(draft=draft, by=request.user, to=change, now=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        if refusal.code != own.UNREADABLE:
            return redirect("checklists:library", draft.workspace.public_id)
    else:
        messages.success(request, _("Saved."))
    return redirect(back_to, draft.public_id, *at)


def _page(request: SignedInRequest, template: str, context: dict[str, Any], form: SharedForm) -> HttpResponse:
    return render(request, template, context, status=422 if form.errors else 200)
