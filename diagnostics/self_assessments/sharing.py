"""Who sees a result: colleagues, and whoever holds a link that ends; and what these have replied."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.access import verified_email
from core.accounts.models import User
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, settled
from core.seen import Fact, Facts, SeenForm
from diagnostics.self_assessments import actions, letters, linking
from diagnostics.self_assessments.access import load_own
from diagnostics.self_assessments.forms import LinkForm, ReaderForm
from diagnostics.self_assessments.links import address_of
from diagnostics.self_assessments.models import ResultLink, ResultReply, SelfAssessment
from spaces.access import colleagues_of

MADE = "result_link_made"  # in the session, until its address was shown


@never_cache
@get_or_post
def share(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who may read it, and a colleague more. The address of a link that was just made stands here once."""
    own = load_own(request.user, public_id)
    if refused := _refused(request, own):
        return refused
    readers = User.objects.filter(pk__in=own.shares.values("reader")).order_by("name", "email")
    others = colleagues_of(request.user).exclude(pk__in=readers.values("pk"))
    form = ReaderForm(posted(request), people=others, initial={"by_letter": verified_email(request.user)})
    if form.is_valid():
        chosen = form.cleaned_data
        if settled(form, actions.share, self_assessment=own, **chosen, by=request.user, now=timezone.now()):
            messages.success(request, _("%(person)s can now read your result.") % {"person": chosen["reader"]})
            return redirect("self_assessments:share", public_id)
    context = {
        "self_assessment": own,
        "readers": readers,
        "others": others,
        "form": form,
        "links": _links(own),
        "made": _just_made(request, own),
    }
    return render(request, "self_assessments/share.html", context, status=422 if form.errors else 200)


def _refused(request: HttpRequest, own: SelfAssessment) -> HttpResponse | None:
    try:
        actions.check_can_share(own)
    except ValidationError as refused:
        messages.warning(request, refused.message)
        return redirect("self_assessments:review", own.public_id)
    return None


def _links(own: SelfAssessment) -> list[dict]:
    """Each with the letter that took it to somebody, where one did."""
    sent = letters.letters_with(own)
    links = own.links.select_related("reply")
    return [{"link": link, "letter": sent.get(link.public_id), "reply": getattr(link, "reply", None)} for link in links]


def _just_made(request: HttpRequest, own: SelfAssessment) -> dict | None:
    if request.method == "POST" or not (number := request.session.pop(MADE, None)):
        return None
    link = own.links.standing().filter(public_id=number).first()
    return {"link": link, "address": address_of(link)} if link else None


@require_POST
def take_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    own = load_own(request.user, public_id)
    form = ReaderForm(request.POST, people=User.objects.filter(pk__in=own.shares.values("reader")))
    if form.is_valid():
        reader = form.cleaned_data["reader"]
        actions.take_back(self_assessment=own, reader=reader, by=request.user)
        messages.success(request, _("%(person)s can no longer read your result.") % {"person": reader})
    return redirect("self_assessments:share", public_id)


@get_or_post
def new_link(request: SignedInRequest, public_id: str) -> HttpResponse:
    own = load_own(request.user, public_id)
    if refused := _refused(request, own):
        return refused
    form = LinkForm(posted(request), initial={"days": linking.USUAL})
    if form.is_valid():
        try:
            link = linking.make_link(self_assessment=own, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            request.session[MADE] = link.public_id
            return redirect("self_assessments:share", public_id)
    context = {"self_assessment": own, "form": form}
    return render(request, "self_assessments/new_link.html", context, status=422 if form.errors else 200)


@require_POST
def end_link(request: SignedInRequest, public_id: str, link_id: str) -> HttpResponse:
    link = _link(request, public_id, link_id)
    linking.end_link(link=link, by=request.user, now=timezone.now())
    messages.success(request, _("The link has ended. Whoever opens it is told so and sees nothing of you."))
    return redirect("self_assessments:share", public_id)


def _link(request: SignedInRequest, public_id: str, link_id: str) -> ResultLink:
    own = load_own(request.user, public_id)
    return get_object_or_404(own.links.select_related("reply", "self_assessment"), public_id=link_id)


@get_or_post
def delete_reply(request: SignedInRequest, public_id: str, link_id: str) -> HttpResponse:
    """Asks first."""
    link = _link(request, public_id, link_id)
    reply = get_object_or_404(ResultReply, link=link)
    form = SeenForm(posted(request), facts=_facts(reply), of=link_id)
    if not form.is_valid():
        context = {"self_assessment": link.self_assessment, "reply": reply, "form": form}
        return render(request, "self_assessments/delete_reply.html", context, status=422 if form.errors else 200)
    linking.delete_reply(link=link, by=request.user)
    messages.success(request, _("The reply is deleted, for you and for whoever wrote it."))
    return redirect("self_assessments:share", public_id)


def _facts(reply: ResultReply) -> Facts:
    return {"reply": Fact(_("the reply"), (reply.name, reply.text))}


def shown_by_link(own: SelfAssessment) -> dict[str, int]:
    """How many links open it, and how many replies there are."""
    replies = ResultReply.objects.filter(link__self_assessment=own)
    return {"links": own.links.standing().count(), "replies": replies.count()}
