"""Whether what was published is still what it was: check sums worked out again from the rows."""

from collections.abc import Iterator
from typing import NamedTuple

from reports.editions.models import Edition, PublishedSlice
from reports.publish.edition import content_hash


class Checked(NamedTuple):
    edition: str  # public id
    stored: str  # the check sum as it was published
    found: str  # that of the rows as they are now


def checked_editions() -> Iterator[Checked]:
    for edition in Edition.objects.order_by("pk").only("public_id", "content_hash", "ledger"):
        rows = PublishedSlice.objects.filter(edition=edition).order_by("order")
        slices = list(rows.values_list("kind", "group__public_id", "n", "content"))
        yield Checked(edition.public_id, edition.content_hash, content_hash(slices, edition.ledger))
