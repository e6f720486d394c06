"""A result by a link that its leader gave somebody. Every link that opens nothing gets the same page.

Looking changes nothing, so that a program that follows links in letters opens none: whoever reads presses a button
first, on a page that says what the leader is told.
"""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.forms import typed_words
from core.quotas.actions import OverQuota, is_spent, spend
from diagnostics.self_assessments import linking
from diagnostics.self_assessments.forms import ReplyForm
from diagnostics.self_assessments.links import link_behind
from diagnostics.self_assessments.models import ResultLink
from reports.pages.shared_results.page import reply_to, shared_page
from reports.pages.shared_results.readers import go_on, has_gone_on, held_link, remember_link

GUESSES = "guesses"


@login_not_required
@never_cache
@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """On to a page whose address carries no secret. Whoever has tried too many that open nothing waits."""
    client = get_adapter().get_client_ip(request)
    link = None if is_spent(GUESSES, client=client) else link_behind(token)
    if link is None:
        try:
            spend(GUESSES, client=client)
        except OverQuota as over:
            return _opens_nothing(request, over.messages[0], status=429)
        return _opens_nothing(request)
    remember_link(request, link)
    return _without_referrer(redirect("reports:shared_result", link.public_id))


@login_not_required
@never_cache
@require_safe
def shared_result(request: HttpRequest, link_id: str) -> HttpResponse:
    link = held_link(request, link_id)
    if link is None:
        return _opens_nothing(request)
    if has_gone_on(request, link):
        return _show(request, link, _form(link))
    leader = link.self_assessment.leader
    context = {"link": link, "leader": leader, "is_own": leader == request.user}
    return _quiet(render(request, "shared_results/welcome.html", context))


@login_not_required
@never_cache
@require_POST
def open_result(request: HttpRequest, link_id: str) -> HttpResponse:
    """The leader is told the day, unless it is themselves who looks."""
    link = held_link(request, link_id)
    if link is None:
        return _opens_nothing(request)
    if link.self_assessment.leader != request.user:
        linking.note_opened(link, now=timezone.now())
    go_on(request, link)
    return _quiet(redirect("reports:shared_result", link_id))


@login_not_required
@never_cache
@require_POST
def reply(request: HttpRequest, link_id: str) -> HttpResponse:
    """Write it, change it, or take it back."""
    link = held_link(request, link_id)
    if link is None or link.self_assessment.leader == request.user:
        return _opens_nothing(request)
    form = _form(link, request)
    try:
        if request.POST.get("to") == "take-back":
            linking.take_reply_back(link=link)
        elif form.is_valid():
            linking.reply(link=link, **form.cleaned_data, now=timezone.now())
        else:
            return _show(request, link, form)
    except ValidationError:
        return _opens_nothing(request)
    return _quiet(redirect(f"{reverse('reports:shared_result', args=[link_id])}#reply"))


def _form(link: ResultLink, request: HttpRequest | None = None) -> ReplyForm:
    leader = link.self_assessment.leader
    return ReplyForm(request.POST if request else None, reply=reply_to(link), leader=leader.first_name or str(leader))


def _show(request: HttpRequest, link: ResultLink, form: ReplyForm) -> HttpResponse:
    page = shared_page(link, is_own=link.self_assessment.leader == request.user)
    context = {"page": page, "form": form, "reply": reply_to(link)}
    return _quiet(render(request, "shared_results/result.html", context, status=422 if form.errors else 200))


def _opens_nothing(request: HttpRequest, sentence: str = "", *, status: int = 410) -> HttpResponse:
    """Whatever somebody had written in the meantime is given back to them."""
    context = {"sentence": sentence, "typed": typed_words(request)}
    return _without_referrer(render(request, "shared_results/opens_nothing.html", context, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _without_referrer(response: HttpResponse) -> HttpResponse:
    """For what answers an address with a secret; a page with a form could not be sent from then."""
    response["Referrer-Policy"] = "no-referrer"
    return _quiet(response)
