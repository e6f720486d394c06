"""In which language somebody reads the site: kept in this browser, and nowhere else."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

A_YEAR = 365 * 24 * 60 * 60  # seconds


@require_POST
@login_not_required
@csrf_exempt  # nothing is gained by choosing a language for somebody else, and every page would need a token for it
def choose(request: HttpRequest) -> HttpResponse:
    """Back to the page on which it was chosen."""
    back = request.POST.get("next", "/")
    response = HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "/")
    if (code := request.POST.get("code")) in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response
