"""Addresses that mean the same on every site: whom to tell of a hole, and where a password is changed."""

import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.site import site_contact

GOOD_FOR = datetime.timedelta(days=180)  # RFC 9116 wants a date, within a year


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """As RFC 9116 has it."""
    contact = settings.SECURITY_CONTACT or site_contact()
    until = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": contact if "://" in contact else f"mailto:{contact}",
        "Expires": until.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": ", ".join(code.partition("-")[0] for code, _name in settings.LANGUAGES),
        "Canonical": settings.SITE_URL + reverse("security_txt"),
        "Policy": settings.SITE_URL + reverse("guide:contact"),
    }
    text = "".join(f"{name}: {said}\n" for name, said in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where managers of passwords send their owners."""
    return redirect("account_change_password")
