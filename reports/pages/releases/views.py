"""Who else sees a report: for owner and consultants."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.accounts.requests import SignedInRequest
from core.forms import posted, refusal_of
from core.seen import SeenForm
from core.words import Words
from reports.editions import releasing
from reports.editions.access import load_edition
from reports.editions.letters import check_can_write
from reports.editions.models import Edition, Release
from reports.pages.releases.comments import comments_page, facts_of_comment
from reports.pages.releases.page import release_form, release_page

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
def release(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What stands released, and a form for more."""
    edition = load_edition(request.user, public_id)
    form = release_form(edition, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = releasing.release(edition=edition, by=request.user, now=timezone.now(), **form.wanted)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return _released(request, made)
    return render(request, "reports/release.html", {"page": release_page(edition), "form": form})


def _released(request: SignedInRequest, made: Release) -> HttpResponse:
    """On to the letters about it, where there is somebody to write to."""
    public_id = made.edition.public_id
    if refusal_of(check_can_write, made):
        messages.success(request, _("Released."))
        return redirect("reports:release", public_id)
    messages.success(request, _("Released. Nobody has been told yet: you can write to them here."))
    return redirect("reports:release_letters", public_id, made.public_id)


@require_POST
def withdraw(request: SignedInRequest, public_id: str, release_id: str) -> HttpResponse:
    edition = load_edition(request.user, public_id)
    taken = get_object_or_404(edition.releases.select_related("edition__survey__workspace"), public_id=release_id)
    releasing.withdraw_release(release=taken, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back. It is closed to them from now on."))
    return redirect("reports:release", public_id)


@require_safe
@never_cache
def comments(request: SignedInRequest, public_id: str) -> HttpResponse:
    """All of them, before any is released."""
    edition = load_edition(request.user, public_id)
    given = request.GET
    page = comments_page(
        edition, chosen=given.get("group", ""), wanted=given.get("q", ""), number=given.get("page", "1")
    )
    return render(request, "reports/comments.html", {"page": page, "survey": edition.survey})


@get_or_post
@never_cache
def redact(request: SignedInRequest, public_id: str, comment_id: str) -> HttpResponse:
    """Asks first: the text goes for good."""
    edition = load_edition(request.user, public_id)
    comments = edition.comments.select_related("edition__survey__workspace", "group")
    comment = get_object_or_404(comments, public_id=comment_id, is_redacted=False)
    form = SeenForm(posted(request), facts=facts_of_comment(comment), of=comment_id)
    refusal: Words = ""
    try:
        releasing.check_can_redact(comment)
        if form.is_valid():
            releasing.redact_comment(comment=comment, by=request.user)
            messages.success(request, _("Taken out."))
            return redirect(_after(request, edition))
    except ValidationError as refused:
        refusal = refused.message
    context = {"edition": edition, "comment": comment, "refusal": refusal, "form": form}
    is_refused = request.method == "POST" and bool(refusal or form.errors)
    return render(request, "reports/redact.html", context, status=409 if is_refused else 200)


def _after(request: SignedInRequest, edition: Edition) -> str:
    """Back to where the comment was taken out: the page of all comments as it was filtered, or the survey."""
    if "from" not in request.POST:
        return reverse("reports:survey", args=[edition.survey.public_id])
    kept = {name: request.POST.get(name, "") for name in ("group", "q", "page")}
    there = urlencode({name: value for name, value in kept.items() if value})
    return f"{reverse('reports:comments', args=[edition.public_id])}?{there}"
