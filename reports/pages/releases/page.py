"""The page on which a report is released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.post.standings import LOST, Standing
from core.seen import Fact, Facts
from reports.editions.access import leaders_of
from reports.editions.groups import names_in, told_name
from reports.editions.letters import addresses_by_standing
from reports.editions.models import Edition, Release, ReleaseLetters
from reports.editions.releasing import facilitators_of
from reports.pages.releases.forms import ReleaseForm


@dataclass(frozen=True)
class ReleaseRow:
    release: Release
    reader: str
    part: str
    letters: ReleaseLetters | None  # that were asked for
    addresses: Mapping[Standing, Sequence[str]]  # to which they have not gone

    @property
    def can_write(self) -> bool:
        """To leaders and to all who were asked; facilitators find it under their reports."""
        return self.letters is None and self.release.to_id is None

    @property
    def undelivered(self) -> list[str]:
        return sorted(one for standing in LOST for one in self.addresses.get(standing, ()))

    @property
    def on_their_way(self) -> int:
        return len(self.addresses.get(Standing.WAITING, ()))

    @property
    def put_off(self) -> int:
        return len(self.addresses.get(Standing.PUT_OFF, ()))


@dataclass(frozen=True)
class ReleasePage:
    edition: Edition
    standing: tuple[ReleaseRow, ...]
    past: tuple[ReleaseRow, ...]


def release_page(edition: Edition) -> ReleasePage:
    addresses = addresses_by_standing(edition)
    rows = [
        ReleaseRow(
            release,
            reader_of(release),
            part_of(release),
            getattr(release, "letters", None),
            addresses.get(release.pk, {}),
        )
        for release in edition.releases.select_related("slice__group", "to", "released_by", "letters").defer(
            "slice__content"
        )
    ]
    return ReleasePage(
        edition,
        standing=tuple(row for row in rows if row.release.taken_back_at is None),
        past=tuple(row for row in rows if row.release.taken_back_at),
    )


def facts_of(edition: Edition) -> Facts:
    """What is released, and who sees it already."""
    comments = sorted(edition.comments.values_list("public_id", "is_redacted"))
    standing = edition.releases.standing()
    leaders = sorted(edition.slices.values_list("public_id", "group__leader_email"))
    return {
        "leaders": Fact(_("who leads which group"), leaders),
        "comments": Fact(_("the comments"), comments),
        "released": Fact(_("to whom it is released"), sorted(standing.values_list("public_id", flat=True))),
    }


def reader_of(release: Release) -> str:
    if release.to_respondents:
        return _("All who were asked")
    return _("Leaders of groups") if release.to_leaders else str(release.to)


def part_of(release: Release) -> str:
    if release.to_respondents:
        return _("The whole survey")
    if release.slice is None:
        return _("The groups they lead") if release.to_leaders else _("Everything")
    return told_name(release.slice)


def release_form(edition: Edition, posted: QueryDict | None) -> ReleaseForm:
    slices = list(zip(edition.slices.light(), names_in(edition), strict=True))
    return ReleaseForm(
        posted,
        facts=facts_of(edition),
        of=edition.public_id,
        facilitators=facilitators_of(edition),
        slices=slices,
        leaders=sum(bool(address) for address in leaders_of(edition).values()),
    )
