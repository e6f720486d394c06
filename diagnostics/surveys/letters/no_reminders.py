"""The address by which a mailbox itself stops the reminders of one survey (RFC 8058).

It opens nothing and names nobody: what it carries is the tag that 'I would rather not' leaves, signed, so that it can
be put in and taken for true without looking anybody up.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.urls import reverse

from diagnostics.sealing.tokens import decline_tag
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation

_TAG = re.compile(r"[0-9a-f]{64}")


def headers(asked: Invitation, key: bytes) -> Mapping[str, str]:
    """`key`: the survey's, from which its links derive."""
    sealed = _signer(asked.survey.public_id).sign(decline_tag(token_of(asked, key)))
    address = settings.SITE_URL + reverse("answering:no_reminders", args=[asked.survey.public_id, sealed])
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def tag_in(survey: str, sealed: str) -> str:
    """The tag that an address of this survey carries; '' where it is not one of ours."""
    try:
        tag = _signer(survey).unsign(sealed)
    except signing.BadSignature:
        return ""
    return tag if _TAG.fullmatch(tag) else ""


def _signer(survey: str) -> signing.Signer:
    return signing.Signer(salt=f"no reminders of {survey}")
