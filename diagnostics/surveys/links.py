"""The personal links of a survey's invitations, derived by workers from its link key; only hashes are stored."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from diagnostics.sealing.tokens import ballot_tag, short_token, token, token_hash
from diagnostics.surveys.models import Invitation

LANGUAGE = "in"  # the parameter of a link that was sent in a language


def token_of(invitation: Invitation, link_key: bytes, version: int | None = None) -> str:
    """Of the present version of the invitation, or another one."""
    name, short_version = invitation.public_id, invitation.short_version
    version = invitation.version if version is None else version
    if short_version is None:
        return token(link_key, name, version)
    short = short_token(link_key, name, short_version)
    return short if version == short_version else token(link_key, name, version, tag=ballot_tag(short))


def hash_of(invitation: Invitation, link_key: bytes) -> str:
    return token_hash(token_of(invitation, link_key))


def address_of(token: str, *, language: str | None = None) -> str:
    """What stands in letters and on posters. Never from a request: its host is the sender's to choose.

    `language`: that the first page shall open in, unless its reader chose another one before.
    """
    address = settings.SITE_URL + reverse("answering:enter", args=[token])
    return f"{address}?{LANGUAGE}={language}" if language else address


def qr_svg(address: str) -> SafeString:
    """A square without a size of its own: style gives it one. Correction level M survives a crumpled poster."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr-code", lineclass=None, light="#fff"))  # noqa: S308
