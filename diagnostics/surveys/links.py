"""The personal links of a survey's invitations, derived by workers from its link key; only hashes are stored."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from diagnostics.sealing.tokens import token, token_hash
from diagnostics.surveys.models import Invitation


def token_of(invitation: Invitation, link_key: bytes, *, version: int | None = None) -> str:
    """Of the present version of the invitation, or of another one."""
    return token(link_key, invitation.public_id, version or invitation.version)


def hash_of(invitation: Invitation, link_key: bytes) -> str:
    return token_hash(token_of(invitation, link_key))


def address_of(token: str) -> str:
    """What stands in letters and on posters. Never from a request: its host is the sender's to choose."""
    return settings.SITE_URL + reverse("answering:enter", args=[token])


def qr_svg(address: str) -> SafeString:
    """A square without a size of its own: style gives it one. Correction level M survives a crumpled poster."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr-code", lineclass=None, light="#fff"))  # noqa: S308
