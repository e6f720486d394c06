"""The secret in a link to a result, as in those to reports (reports.editions.links): derived whenever it is needed, and
stored as a hash only."""

from django.conf import settings
from django.urls import reverse

from diagnostics.sealing.tokens import site_token, token_hash
from diagnostics.self_assessments.models import ResultLink, ResultLinkQuerySet


def token_of(link: ResultLink) -> str:
    return site_token("diagnostics.self_assessments.links", link.public_id, link.token_hash)


def address_of(link: ResultLink) -> str:
    return settings.SITE_URL + reverse("reports:shared_by_link", args=[token_of(link)])


def good_links() -> ResultLinkQuerySet:
    """That open something now, with what they open."""
    standing = ResultLink.objects.standing().filter(self_assessment__leader__is_active=True)
    return standing.select_related("self_assessment__leader", "self_assessment__version")


def link_behind(token: str) -> ResultLink | None:
    return good_links().filter(token_hash=token_hash(token)).first()
