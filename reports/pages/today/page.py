"""What needs a hand today in all workspaces of a consultant: found in a fixed number of queries, one line each.

Of those who answer it says nothing that the dashboard of the survey does not say, and nothing more exactly.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.accounts.models import User
from core.audit.models import Entry
from core.jobs.registry import needing_a_hand
from core.words import Words, in_words
from diagnostics.surveys.job_names import CANCEL_SURVEY, CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.models import Invitation, Survey
from reports.counts.models import DailyCount
from reports.editions.models import Edition, Release
from spaces.access import memberships_of
from spaces.models import MANAGERS, Workspace

SOON = datetime.timedelta(days=3)
LYING = datetime.timedelta(days=21)  # a draft that nobody has touched
WAITING = datetime.timedelta(days=60)  # a report that is released to nobody; an older one is left so on purpose
AT_FIRST = 20  # lines of a kind; the workspace's own page has all

Status = Survey.Status

FAULTS, LATE, CLOSING, FEW, BOUNCED, UNRELEASED, UNLAUNCHED, UNTOUCHED = range(8)  # in this order
HEADINGS: dict[int, Words] = {
    FAULTS: gettext_lazy("Stopped by a fault"),
    LATE: gettext_lazy("The closing date has come"),
    CLOSING: gettext_lazy("Closes soon"),
    FEW: gettext_lazy("Few answers shortly before the close"),
    BOUNCED: gettext_lazy("Letters that could not be delivered"),
    UNRELEASED: gettext_lazy("Reports that wait for their release"),
    UNLAUNCHED: gettext_lazy("Planned, but not launched"),
    UNTOUCHED: gettext_lazy("Drafts untouched for long"),
}


@dataclass(frozen=True)
class Need:
    """Something that needs a hand."""

    kind: int
    survey: Survey
    fact: str
    address: str


@dataclass(frozen=True)
class Kind:
    heading: Words
    first: list[Need]
    more: int


@dataclass(frozen=True)
class WorkspaceLine:
    workspace: Workspace
    open: int
    needs: int


@dataclass(frozen=True)
class Today:
    kinds: list[Kind]
    lines: list[WorkspaceLine]
    chosen: Workspace | None = None  # whose needs alone are shown


def managed_by(user: User) -> QuerySet[Workspace]:
    memberships = memberships_of(user).filter(role__in=MANAGERS)
    return Workspace.objects.filter(is_personal=False, memberships__in=memberships)


def today(workspaces: Iterable[Workspace], *, now: datetime.datetime, chosen: str = "") -> Today:
    """`chosen`: the public id of a workspace, to see all of its own."""
    ordered = sorted(workspaces, key=lambda one: (one.name.casefold(), one.pk))
    surveys = _surveys(ordered)
    found = sorted(_needs(surveys, now), key=lambda need: (need.kind, need.survey.closes_at or need.survey.created_at))
    in_each = Counter(need.survey.workspace_id for need in found)
    open_in_each = Counter(one.workspace_id for one in surveys if one.status == Status.OPEN)
    only = next((one for one in ordered if one.public_id == chosen), None)
    return Today(
        kinds=list(_kinds([need for need in found if only is None or need.survey.workspace_id == only.pk], only)),
        lines=[WorkspaceLine(one, open_in_each[one.pk], in_each[one.pk]) for one in ordered],
        chosen=only,
    )


def _kinds(needs: list[Need], only: Workspace | None) -> Iterator[Kind]:
    for kind, heading in HEADINGS.items():
        of_kind = [need for need in needs if need.kind == kind]
        shown = of_kind if only else of_kind[:AT_FIRST]
        if of_kind:
            yield Kind(heading, shown, len(of_kind) - len(shown))


def _surveys(workspaces: list[Workspace]) -> list[Survey]:
    """Without their letters and lists: a page over all of them needs none."""
    names = ("public_id", "title", "status", "workspace", "closes_at", "time_zone", "k", "entry", "created_at")
    surveys = list(Survey.objects.filter(workspace__in=workspaces).only(*names, "is_in_room", "launched_at"))
    by_key = {one.pk: one for one in workspaces}
    for survey in surveys:
        survey.workspace = by_key[survey.workspace_id]
    return surveys


def _needs(surveys: list[Survey], now: datetime.datetime) -> Iterator[Need]:
    running = [one for one in surveys if one.status == Status.OPEN]
    soon = [one for one in running if one.closing_moment <= now + SOON]
    yield from _faults(surveys)
    yield from _closing(soon, now)
    yield from _few(soon)
    yield from _bounced(running)
    yield from _unreleased([one for one in surveys if one.status == Status.CLOSED], now)
    yield from _drafts([one for one in surveys if one.is_draft], now)


def _dashboard(survey: Survey) -> str:
    return reverse("surveys:dashboard", args=[survey.public_id])


def _faults(surveys: list[Survey]) -> Iterator[Need]:
    """A launch, a close or a cancelling that no worker could finish, however often it is tried again."""
    waiting = {one.public_id: one for one in surveys if one.status in {Status.LAUNCHING, Status.STOPPED}}
    kinds = (OPEN_SURVEY, CLOSE_SURVEY, CANCEL_SURVEY)
    failed = needing_a_hand().filter(kind__in=kinds, subject__in=waiting)
    for subject in sorted(set(failed.values_list("subject", flat=True))):
        survey = waiting[subject]
        is_launch = survey.status == Status.LAUNCHING
        fact = _("The launch could not be finished.") if is_launch else _("The report could not be made.")
        yield Need(FAULTS, survey, fact, _dashboard(survey))


def _closing(soon: list[Survey], now: datetime.datetime) -> Iterator[Need]:
    for survey in soon:
        days = (survey.closing_moment.astimezone(survey.zone).date() - now.astimezone(survey.zone).date()).days
        if survey.closing_moment <= now:
            yield Need(LATE, survey, _("The closing date has come"), _dashboard(survey))
        elif days == 0:
            yield Need(CLOSING, survey, _("Closes today"), _dashboard(survey))
        else:
            fact = ngettext("Closes tomorrow", "Closes in %(counter)s days", days) % {"counter": days}
            yield Need(CLOSING, survey, fact, _dashboard(survey))


def _few(soon: list[Survey]) -> Iterator[Need]:
    """From this morning's count, as the dashboard shows it: who is under k, never by how much."""
    known = {count.survey_id: count for count in DailyCount.objects.filter(survey__in=soon)}
    for survey in soon:
        count = known.get(survey.pk)
        if count is None:
            continue
        words = {"k": in_words(survey.k)}
        under = sum(step is None for step in count.groups.values())
        if count.total is None:
            yield Need(FEW, survey, _("Fewer than %(k)s have answered.") % words, _dashboard(survey))
        elif under:
            fact = ngettext(
                "Fewer than %(k)s have answered in %(count)s group.",
                "Fewer than %(k)s have answered in each of %(count)s groups.",
                under,
            )
            yield Need(FEW, survey, fact % (words | {"count": under}), _dashboard(survey))


def _bounced(running: list[Survey]) -> Iterator[Need]:
    """Of invitations only: of reminders nothing is noted."""
    failed = Invitation.objects.filter(survey__in=running, has_bounced=True, participant__is_removed=False)
    by_survey = dict(failed.order_by().values_list("survey").annotate(Count("pk")))
    for survey in running:
        if count := by_survey.get(survey.pk):
            fact = ngettext("%(count)s address failed.", "%(count)s addresses failed.", count) % {"count": count}
            yield Need(BOUNCED, survey, fact, _dashboard(survey))


def _unreleased(closed: list[Survey], now: datetime.datetime) -> Iterator[Need]:
    """Released to nobody, ever: what was taken back was looked at. A report without answers has nothing to release."""
    released = Release.objects.filter(edition__survey__in=closed).values("edition")
    lately = Edition.objects.filter(survey__in=closed, published_at__gt=now - WAITING, slices__isnull=False)
    waiting = dict(lately.exclude(pk__in=released).distinct().values_list("survey", "public_id"))
    for survey in closed:
        if edition := waiting.get(survey.pk):
            address = reverse("reports:release", args=[edition])
            yield Need(UNRELEASED, survey, _("The report is ready, and released to nobody."), address)


def _drafts(drafts: list[Survey], now: datetime.datetime) -> Iterator[Need]:
    keys = [str(one.pk) for one in drafts]
    lines = Entry.objects.filter(object_kind=Survey._meta.label_lower, object_id__in=keys)
    touched = dict(lines.order_by().values_list("object_id").annotate(Max("at")))
    for survey in drafts:
        address = reverse("surveys:step", args=[survey.public_id, "check"])
        lying = now - touched.get(str(survey.pk), survey.created_at)
        if survey.closes_at and survey.closes_at <= now:
            yield Need(UNLAUNCHED, survey, _("Its closing date has passed before it was launched."), address)
        elif survey.closes_at and survey.closes_at <= now + SOON:
            yield Need(UNLAUNCHED, survey, _("Not launched yet, and its closing date is near."), address)
        elif lying >= LYING:
            words = {"count": lying.days}
            fact = ngettext("Untouched for %(count)s day.", "Untouched for %(count)s days.", lying.days) % words
            yield Need(UNTOUCHED, survey, fact, reverse("surveys:step", args=[survey.public_id, "purpose"]))
