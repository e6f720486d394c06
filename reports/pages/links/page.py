"""Every link of a workspace that opens something to whoever holds it: what, by whom, until when, and how it ends."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.accounts.models import User
from core.audit.models import Entry
from core.seen import Fact, Facts, sealed
from core.words import Words
from core.zones import Zone
from diagnostics.checklists.models import ChecklistVersion, Standing
from diagnostics.surveys.models import Survey
from reports.editions.models import Release
from spaces.models import ColleagueInvitation, Workspace

CHECKLIST, RESULT, SURVEY, OFFER = "checklist", "result", "survey", "offer"
KINDS: dict[str, Words] = {
    CHECKLIST: gettext_lazy("To a self-assessment"),
    RESULT: gettext_lazy("To the result of a survey"),
    SURVEY: gettext_lazy("To answer a survey"),
    OFFER: gettext_lazy("To become a member"),
}
HANDED_OUT = ("hand_out_checklist", "hand_out_joining_checklist")


@dataclass(frozen=True)
class LinkRow:
    kind: str
    key: str
    title: str
    address: str  # of the page it belongs to
    detail: str
    by: str
    until: datetime.datetime | None = None  # None: until it is ended
    zone: Zone | None = None
    end_at: str = ""  # a page on which it is ended; nothing where it is ended here

    @property
    def kind_words(self) -> Words:
        return KINDS[self.kind]

    @property
    def facts(self) -> Facts:
        return {"link": Fact(_("this link"), (self.kind, self.key, self.detail), self.detail)}

    @property
    def seen(self) -> str:
        return sealed(self.facts, of=self.key)


def links_of(workspace: Workspace, *, now: datetime.datetime) -> list[LinkRow]:
    return [*_surveys(workspace), *_results(workspace), *_checklists(workspace), *_offers(workspace, now)]


def _surveys(workspace: Workspace) -> Iterator[LinkRow]:
    """As many as a survey has groups, on one line: they all end with it."""
    shared = workspace.surveys.filter(status=Survey.Status.OPEN, entry=Survey.Entry.SHARED)
    for survey in shared.select_related("created_by").annotate(links=Count("shared_links")).order_by("closes_at"):
        count = survey.links
        detail = _("In a room") if survey.is_in_room else ngettext("%(count)s link", "%(count)s links", count)
        yield LinkRow(
            SURVEY,
            survey.public_id,
            survey.title,
            reverse("surveys:dashboard", args=[survey.public_id]),
            detail if survey.is_in_room else detail % {"count": count},
            _name(survey.created_by),
            survey.closes_at,
            survey.zone,
            reverse("surveys:close_now", args=[survey.public_id]),
        )


def _results(workspace: Workspace) -> Iterator[LinkRow]:
    """By the personal link of everybody who was asked, or the one of their group."""
    open_to_all = Release.objects.standing().filter(to_respondents=True, edition__survey__workspace=workspace)
    for release in open_to_all.select_related("edition__survey", "released_by").defer("edition__ledger"):
        comments = _("with the comments") if release.with_comments else _("without the comments")
        yield LinkRow(
            RESULT,
            release.public_id,
            release.edition.survey.title,
            reverse("reports:release", args=[release.edition.public_id]),
            _("The whole survey, %(comments)s") % {"comments": comments},
            _name(release.released_by) or _("As promised at the launch"),
        )


def _checklists(workspace: Workspace) -> Iterator[LinkRow]:
    handed_out = Standing.objects.filter(version__checklist__workspace=workspace).exclude(link=None)
    found = list(handed_out.select_related("version__checklist").defer("version__content"))
    givers = _givers([one.version_id for one in found])
    for one in found:
        yield LinkRow(
            CHECKLIST,
            str(one.link),
            str(one.version.checklist),
            reverse("checklists:version", args=[one.version.checklist.key, one.version.number]),
            _("Whoever follows it joins as leader") if one.joins_by_id else _("Whoever follows it stays outside"),
            givers.get(str(one.version_id), ""),
        )


def _givers(versions: list[int]) -> dict[str, str]:
    """Who handed a link out last, as the log has it."""
    lines = Entry.objects.filter(
        verb__in=HANDED_OUT,
        object_kind=ChecklistVersion._meta.label_lower,
        object_id__in=[str(version) for version in versions],
    ).order_by("at")
    actors = dict(lines.values_list("object_id", "actor_id"))
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=set(actors.values()))}
    return {version: names.get(actor or 0, "") for version, actor in actors.items()}


def _offers(workspace: Workspace, now: datetime.datetime) -> Iterator[LinkRow]:
    pending = ColleagueInvitation.objects.filter(workspace=workspace).open(now).select_related("invited_by")
    for offer in pending.order_by("email"):
        yield LinkRow(
            OFFER,
            offer.public_id,
            offer.email,
            workspace.get_absolute_url(),
            str(offer.get_role_display()),
            _name(offer.invited_by),
            offer.expires_at,
            end_at=reverse("spaces:withdraw", args=[workspace.public_id, offer.public_id]),
        )


def _name(user: User | None) -> str:
    return str(user) if user else ""
