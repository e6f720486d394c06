"""Where a relay tells of letters that came back: with a secret, and it learns nothing but that it was heard."""

import base64
import binascii
import hashlib
import hmac
import json
import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.post.bounces.noting import note_returned
from core.post.bounces.relays import SHAPES

logger = logging.getLogger(__name__)

SIGNATURE = "X-Trace-Signature"


@csrf_exempt
@login_not_required
@require_POST
def bounces(request: HttpRequest, shape: str = "") -> HttpResponse:
    """204 whatever is known of what is told; 404 where the site has no secret for it."""
    if not settings.BOUNCE_SECRET or shape not in SHAPES:
        raise Http404
    if not _has_secret(request):
        return HttpResponse(status=403)
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    now = timezone.now()
    for letter_id, reason in SHAPES[shape](told):
        if letter_id:
            note_returned(letter_id, reason, now=now)
        else:
            logger.warning("A relay told of a letter that came back, but not of which: /post/bounces/%s", shape)
    return HttpResponse(status=204)


def _has_secret(request: HttpRequest) -> bool:
    """As a bearer token, as the password of an address, or as the key of a signature over the body."""
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return constant_time_compare(given.strip(), settings.BOUNCE_SECRET)
    if kind.lower() == "basic":
        return constant_time_compare(_password(given), settings.BOUNCE_SECRET)
    signed = hmac.new(settings.BOUNCE_SECRET.encode(), request.body, hashlib.sha256).hexdigest()
    return constant_time_compare(request.headers.get(SIGNATURE, "").removeprefix("sha256="), signed)


def _password(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
