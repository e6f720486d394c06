"""Links that open a released report without an account.

A leader's link is proof of the address it was sent to, and opens what that address leads; the link of all who were
asked opens the whole, and is the same for everybody, so that it tells of nobody. Only hashes are stored. A link ends
with its release, and by itself.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from diagnostics.sealing.tokens import site_token, token_hash
from reports.editions.models import Edition, Release, ReportLink

LASTS = datetime.timedelta(days=60)


class LinkReader(AnonymousUser):
    """Whoever has opened links in this browser and is not signed in."""

    def __init__(self, links: Iterable[ReportLink]) -> None:
        super().__init__()
        self.report_links = tuple(links)


def make_links(release: Release, addresses: Iterable[str], *, now: datetime.datetime) -> list[ReportLink]:
    """One for each address; those that are there stay as they are. '': for all who were asked."""
    links = [ReportLink(release=release, address=address, ends_at=now + LASTS) for address in addresses]
    for link in links:
        link.token_hash = token_hash(token_of(link))
    ReportLink.objects.bulk_create(links, ignore_conflicts=True, batch_size=500)
    return list(release.links.order_by("pk"))


def token_of(link: ReportLink) -> str:
    """The same at every try of a letter, and written down nowhere but there."""
    return site_token("reports.editions.links", link.public_id, link.token_hash)


def address_of(link: ReportLink) -> str:
    name = "reports:by_link" if link.address else "reports:results_by_link"
    return settings.SITE_URL + reverse(name, args=[token_of(link)])


def good_links() -> QuerySet[ReportLink]:
    """That open something now."""
    standing = Q(release__taken_back_at__isnull=True, ends_at__gt=timezone.now())
    return ReportLink.objects.filter(standing).select_related("release__edition__survey")


def is_opened_by_letter(public_id: str) -> bool:
    """Whether somebody who leads the group of this slice reads it by a link just now."""
    return good_links().exclude(address="").filter(release__edition__slices__public_id=public_id).exists()


def link_behind(token: str) -> ReportLink | None:
    return good_links().filter(token_hash=token_hash(token)).first()


def links_of(user: Any, edition: Edition) -> list[ReportLink]:
    """Into this edition, that this reader has opened."""
    return [link for link in getattr(user, "report_links", ()) if link.release.edition_id == edition.pk]
