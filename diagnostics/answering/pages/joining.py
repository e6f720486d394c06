"""Into a survey in a room by the short code on the screen, for whoever's camera fails."""

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from core.forms import get_or_post, posted
from core.quotas.actions import OverQuota, spend
from core.requests import HtmxRequest
from diagnostics.surveys.codes import LENGTH, is_code, typed
from diagnostics.surveys.models import SharedLink
from diagnostics.surveys.statuses import Status


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Eight letters, beside the square on the screen. Small letters and spaces will do."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"required": gettext_lazy("Enter the code that stands on the screen")},
    )

    def clean_code(self) -> str:
        code = typed(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise ValidationError(_wrong_length(len(code)))
        if not is_code(code):
            raise ValidationError(
                _("No code has digits, or any of the letters A, E, I, L, O and U. Read it on the screen once more.")
            )
        return code


def _wrong_length(count: int) -> str:
    return ngettext(
        "A code has eight letters, and this is %(count)s. Read it on the screen once more.",
        "A code has eight letters, and these are %(count)s. Read it on the screen once more.",
        count,
    ) % {"count": count}


def _unknown() -> str:
    return _(
        "No survey that is open has this code. Compare it with the screen, letter by letter; when a survey is closed, "
        "its code ends."
    )


@login_not_required
@never_cache
@get_or_post
def join(request: HtmxRequest) -> HttpResponse:
    """The code is posted, so that no address and no log of addresses holds it."""
    form = CodeForm(posted(request))
    if form.is_valid():
        try:
            link = _link_of(form.cleaned_data["code"], request)
        except OverQuota as over:
            form.add_error("code", over)
        else:
            if link:
                return redirect("answering:enter", link.token)
            form.add_error("code", _unknown())
    return render(request, "answering/join.html", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _link_of(code: str, request: HttpRequest) -> SharedLink | None:
    """Only a wrong code is counted, in one turn with others from the same place. Raises OverQuota."""
    spend("codes", client=get_adapter().get_client_ip(request))
    link = SharedLink.objects.filter(code=code, survey__status=Status.OPEN).first()
    transaction.set_rollback(link is not None)
    return link
