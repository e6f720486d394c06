"""Who may read what of a survey's report.

Owner and consultants of the workspace read all of it. Anybody else reads what stands released to them: a member of the
workspace the slices they were given, whoever has shown a group leader's address to be theirs that leader's groups. The
link in a letter shows that as well, for its own release.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.accounts.models import User
from diagnostics.surveys.access import HOSTS
from diagnostics.surveys.models import Survey
from reports.editions.links import links_of
from reports.editions.models import Edition, PublishedSlice, Release, ReportLink
from spaces.access import check_second_step, closed_to, load_membership, memberships_of, verified_addresses
from spaces.models import MANAGERS, Membership


@dataclass(frozen=True)
class Sight:
    """What one reader sees of one edition; primary keys of slices."""

    is_manager: bool = False
    is_member: bool = False
    can_host: bool = False  # may start a survey in the room
    slices: frozenset[int] = frozenset()
    commented: frozenset[int] = frozenset()  # those with their comments

    def sees(self, one: PublishedSlice) -> bool:
        return self.is_manager or one.pk in self.slices

    def sees_comments_of(self, one: PublishedSlice) -> bool:
        return self.is_manager or one.pk in self.commented

    @property
    def is_nothing(self) -> bool:
        return not (self.is_manager or self.slices)


NOTHING = Sight()


def sight_of(user: User, edition: Edition) -> Sight:
    """Of an account, and of the links that were opened in this browser."""
    sight = sight_of_account(user, edition)
    links = links_of(user, edition)
    return sight if sight.is_manager or not links else sight_by(links, edition, besides=sight)


def sight_by(links: Iterable[ReportLink], edition: Edition, *, besides: Sight = NOTHING) -> Sight:
    """Of whoever holds these links of leaders; `besides`: what they see anyhow."""
    led = leaders_of(edition)
    slices, commented = set(besides.slices), set(besides.commented)
    for link in links:
        theirs = frozenset(pk for pk, address in led.items() if link.address and address == link.address)
        shown = _released(link.release, frozenset(led), theirs) if link.release.to_leaders else frozenset()
        slices |= shown
        commented |= shown if link.release.with_comments else frozenset()
    return replace(besides, slices=frozenset(slices), commented=frozenset(commented))


def sight_of_account(user: User, edition: Edition) -> Sight:
    """Without the links that were opened in this browser."""
    if not user.is_authenticated:
        return NOTHING
    role = _role(user, edition.survey)
    if role in MANAGERS:
        return Sight(is_manager=True, is_member=True, can_host=True)
    to_them = Q(to_leaders=True) if role is None else Q(to_leaders=True) | Q(to=user)
    releases = list(edition.releases.standing().filter(to_them))
    if not releases:
        return Sight(is_member=role is not None)
    led = leaders_of(edition)
    addresses = verified_addresses(user)
    theirs = frozenset(pk for pk, address in led.items() if address in addresses)
    shown = [(_released(release, frozenset(led), theirs), release.with_comments) for release in releases]
    return Sight(
        is_member=role is not None,
        can_host=role in HOSTS,
        slices=frozenset().union(*(slices for slices, _ in shown)),
        commented=frozenset().union(*(slices for slices, with_comments in shown if with_comments)),
    )


def leaders_of(edition: Edition) -> dict[int, str]:
    """Every slice → the address of its group's leader in lower case, '' where nobody is named."""
    rows = edition.slices.values_list("pk", "group__leader_email")
    return {pk: address.lower() for pk, address in rows}


def _released(release: Release, every: frozenset[int], led: frozenset[int]) -> frozenset[int]:
    readable = led if release.to_leaders else every
    return readable if release.slice_id is None else readable & {release.slice_id}


def _role(user: User, survey: Survey) -> str | None:
    membership = Membership.objects.select_related("workspace").filter(workspace=survey.workspace_id, user=user).first()
    if membership is None:
        return None
    check_second_step(user, membership.workspace)
    return membership.role


def latest_edition(survey: Survey) -> Edition | None:
    return survey.editions.order_by("-number").first()


def load_report(user: User, public_id: str) -> tuple[Survey, Edition | None, Sight]:
    """A survey with its latest edition: 404 for an outsider, 403 for a member to whom nothing of it is released.

    Owner and consultants find it before there is an edition.
    """
    survey = get_object_or_404(Survey.objects.select_related("workspace"), public_id=public_id)
    edition = latest_edition(survey)
    if edition is None:
        if not user.is_authenticated:
            raise Http404
        load_membership(user, survey.workspace.public_id, *MANAGERS)
        return survey, None, Sight(is_manager=True, is_member=True)
    edition.survey = survey
    sight = sight_of(user, edition)
    if sight.is_nothing:
        refuse(sight)
    return survey, edition, sight


def load_slice(user: User, public_id: str) -> tuple[PublishedSlice, Sight]:
    """404 for an outsider, 403 for a member to whom it is not released."""
    one = get_object_or_404(PublishedSlice.objects.for_reading(), public_id=public_id)
    sight = sight_of(user, one.edition)
    if not sight.sees(one):
        refuse(sight)
    return one, sight


def refuse(sight: Sight) -> None:
    if sight.is_member:
        raise PermissionDenied
    raise Http404


def readable_editions(user: User) -> QuerySet[Edition]:
    """Every edition of which the user may read something, the newest first."""
    managed = memberships_of(user).filter(role__in=MANAGERS).values("workspace")
    joined = memberships_of(user).values("workspace")
    given = Release.objects.standing().filter(to=user, edition__survey__workspace__in=joined).values("edition")
    led = (
        PublishedSlice.objects.annotate(leader=Lower("group__leader_email"))
        .filter(
            Q(edition__releases__slice__isnull=True) | Q(edition__releases__slice=F("pk")),
            edition__releases__to_leaders=True,
            edition__releases__taken_back_at__isnull=True,
            leader__in=verified_addresses(user),
        )
        .values("edition")
    )
    readable = Q(survey__workspace__in=managed) | Q(pk__in=given) | Q(pk__in=led)
    open_to_them = Edition.objects.exclude(survey__workspace__in=closed_to(user))
    return open_to_them.filter(readable).select_related("survey__workspace").order_by("-published_at", "-pk")


def load_edition(user: User, public_id: str) -> Edition:
    """For owner and consultants, who release it: 404 for an outsider, 403 for other members."""
    edition = get_object_or_404(Edition.objects.select_related("survey__workspace"), public_id=public_id)
    load_membership(user, edition.survey.workspace.public_id, *MANAGERS)
    return edition


def release_to_respondents(survey: Survey) -> Release | None:
    """What opens the result of the whole to whoever holds a link, if anything does."""
    releases = Release.objects.standing().filter(edition__survey=survey, to_respondents=True)
    return releases.select_related("edition").order_by("edition__number").last()


def whole_of(edition: Edition) -> PublishedSlice | None:
    """Everybody in the report; None where too few answered."""
    kinds = (PublishedSlice.Kind.GROUP, PublishedSlice.Kind.TEAM)  # a survey of one team has no group above it
    return (
        PublishedSlice.objects.for_reading().filter(edition=edition, group__parent__isnull=True, kind__in=kinds).first()
    )
