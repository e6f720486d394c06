from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.accounts import sessions, sign_ins
from core.accounts.access import verified_email
from core.accounts.actions import rename
from core.accounts.copies import KEPT, ask_for_copy, asked_copy, copy_of
from core.accounts.ending import check_can_delete, delete_account, facts_of, mark_of
from core.accounts.first_pages import first_page_of
from core.accounts.forms import NameForm
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, refusal_of, settled
from core.seen import SeenForm


@get_or_post
def account(request: SignedInRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:account")
    context = {"form": form, "verified": verified_email(request.user), "second_step": is_mfa_enabled(request.user)}
    return render(request, "account/account.html", context)


@login_not_required
@get_or_post
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """Only for whoever is signed in to the account that names the address: the letter alone gives it to nobody."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    address = confirmation and confirmation.email_address
    standing = _standing(request, address)
    if request.method == "POST" and confirmation and standing == "own":
        confirmation.confirm(request)
        return redirect(first_page_of(confirmation.email_address.user) or settings.LOGIN_REDIRECT_URL)
    context = {"standing": standing, "address": address if standing in ("own", "taken") else None}
    status = 404 if request.method == "POST" and standing == "useless" else 200
    return render(request, "account/email_confirm.html", context, status=status)


def _standing(request: HttpRequest, address: EmailAddress | None) -> str:
    if address is None:
        return "useless"
    if not request.user.is_authenticated:
        return "sign in"
    if address.user_id != request.user.pk:
        return "other account"
    return "own" if address.can_set_verified() else "taken"


SHOWN = 50


@get_or_post
def sign_ins_of(request: SignedInRequest) -> HttpResponse:
    """Where the account is open, and who came in by its address or was turned away."""
    user, mine = request.user, request.session.get(sessions.MINE)
    opened = sessions.of(user)
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        if chosen == "all":
            sessions.end(opened)
            logout(request)
            messages.success(request, _("You are signed out everywhere."))
            return redirect("guide:welcome")
        sessions.end(opened.filter(public_id=chosen))
        messages.success(request, _("You are signed out there."))
        return redirect("accounts:sign_ins")
    context = {
        "sessions": [(one, one.pk == mine) for one in opened],
        "entries": sign_ins.of(user)[:SHOWN],
        "days": sign_ins.KEPT.days,
    }
    return render(request, "account/sign_ins.html", context)


@get_or_post
@reauthentication_required
def delete(request: SignedInRequest) -> HttpResponse:
    """Says first what goes and what stays; the password was asked for a moment ago."""
    user = request.user
    facts = facts_of(user)
    form = SeenForm(posted(request), facts=facts, of=mark_of(user))
    if form.is_valid() and settled(form, delete_account, user=user, seen=form.data["seen"]):
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("guide:welcome")
    context = {"form": form, "facts": facts.values(), "refusal": refusal_of(check_can_delete, user)}
    return render(request, "account/delete.html", context)


@get_or_post
@reauthentication_required
@never_cache
def copy(request: SignedInRequest) -> HttpResponse:
    """Of one's own data: says what is in it and what is not; POST has it made."""
    if request.method == "POST":
        ask_for_copy(user=request.user)
        return redirect("accounts:copy")
    job = asked_copy(request.user)
    context = {
        "copy": copy_of(request.user, now=timezone.now()),
        "job": job if job and job.status != job.Status.DONE else None,
        "days": KEPT.days,
    }
    return render(request, "account/copy.html", context)


@require_safe
@reauthentication_required
@never_cache
def copy_file(request: SignedInRequest) -> HttpResponseBase:
    made = copy_of(request.user, now=timezone.now())
    if made is None:
        raise Http404
    name = f"trace-{timezone.localdate(made.made_at):%Y-%m-%d}.zip"
    return FileResponse(default_storage.open(made.path), as_attachment=True, filename=name)
