"""What an address of a draft leads to once it is published: to the version that it became."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.accounts.requests import SignedInRequest
from diagnostics.builder.access import Published

Page = Callable[..., HttpResponse]


def or_published(page: Page) -> Page:
    @wraps(page)
    def shown(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return page(request, *args, **kwargs)
        except Published as published:
            version = published.version
            words = {"name": version.checklist.name, "number": version.number}
            messages.info(request, _("The draft “%(name)s” has been published, as version %(number)s.") % words)
            return redirect("checklists:version", version.checklist.key, version.number)

    return shown
