from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.accounts.access import verified_email
from core.accounts.actions import rename
from core.accounts.forms import NameForm
from core.accounts.requests import SignedInRequest
from core.forms import get_or_post


@get_or_post
def account(request: SignedInRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:account")
    context = {"form": form, "verified": verified_email(request.user), "second_step": is_mfa_enabled(request.user)}
    return render(request, "account/account.html", context)
