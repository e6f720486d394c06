"""Letters about a release: to whom, when, and what they say. Each reader gets one, whatever they have answered."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.accounts.models import User
from core.audit.actions import record
from core.jobs import actions as jobs
from core.jobs.runs import Run
from core.post.actions import send_all
from core.post.models import Message
from core.post.registry import Rendered, register
from core.post.standings import Standing, with_standing
from core.words import unlinked
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.letters.wording import INVITATION, writer_in
from diagnostics.surveys.models import Participant
from diagnostics.surveys.words import said
from reports.editions.access import leaders_of, sight_by, whole_of
from reports.editions.links import LASTS, address_of, good_links, make_links
from reports.editions.models import Edition, PublishedSlice, Release, ReleaseLetters, ReportLink
from spaces.looks import look_of

SEND_RELEASE_LETTERS = "send_release_letters"  # subject: release, version: when they were to leave
LETTER = "reports.released"
LATEST = datetime.timedelta(days=366)


# --- To whom -------------------------------------------------------------------------------------


def addresses_of(release: Release) -> list[str]:
    """Of those who can read something of it: leaders of their own groups, or all who were asked, in order."""
    if release.to_leaders:
        led = leaders_of(release.edition)
        return sorted({one for pk, one in led.items() if one and release.slice_id in (None, pk)})
    if release.to_respondents and whole_of(release.edition) is not None:
        return sorted({email.lower() for email in _asked(release).values_list("email", flat=True)})
    return []


def _asked(release: Release) -> QuerySet[Participant]:
    return Participant.objects.filter(survey=release.edition.survey_id, is_removed=False).exclude(email="")


def slices_by(link: ReportLink) -> list[PublishedSlice]:
    """What a leader's link opens."""
    edition = link.release.edition
    sight = sight_by([link], edition)
    return [one for one in edition.slices.light() if sight.sees(one)]


def addresses_by_standing(edition: Edition) -> dict[int, dict[Standing, list[str]]]:
    """Release → how its letters stand, but for those that were sent → the addresses."""
    letters = with_standing(Message.objects.filter(kind=LETTER, about=edition.survey.public_id))
    found = list(letters.exclude(standing=Standing.SENT).order_by("to").values_list("to", "reference", "standing"))
    named = {reference["link"] for _to, reference, _standing in found}
    links = ReportLink.objects.filter(release__edition=edition, public_id__in=named)
    releases = dict(links.values_list("public_id", "release_id"))
    by_release: dict[int, dict[Standing, list[str]]] = {}
    for to, reference, standing in found:
        if release := releases.get(reference["link"]):
            by_release.setdefault(release, {}).setdefault(Standing(standing), []).append(to)
    return by_release


# --- Asking for them -----------------------------------------------------------------------------


def check_can_write(release: Release) -> None:
    if release.taken_back_at:
        raise ValidationError(_("This release was taken back, so there is nothing to write about."))
    if ReleaseLetters.objects.filter(release=release).exists():
        raise ValidationError(_("Letters about this release have been asked for already. Nobody gets a second one."))
    if not addresses_of(release):
        raise ValidationError(_("Nobody who could be written to sees something by this release."))


@transaction.atomic
def plan_letters(*, release: Release, leave_at: datetime.datetime, by: User, now: datetime.datetime) -> None:
    """`leave_at`: not later than `now` for at once."""
    locked = _locked(release)
    check_can_write(locked)
    if leave_at > now + LATEST:
        raise ValidationError({"day": _("Check the year: letters leave within a year")})
    spend_letters(locked.edition.survey, len(addresses_of(locked)), by=by)
    plan = ReleaseLetters.objects.create(release=locked, asked_by=by, leave_at=leave_at)
    _record(locked, verb="plan_release_letters", by=by, now=now)
    jobs.ask(
        kind=SEND_RELEASE_LETTERS,
        subject=locked.public_id,
        version=_version(plan),
        not_before=leave_at if leave_at > now else None,
    )


@transaction.atomic
def drop_letters(*, release: Release, by: User, now: datetime.datetime) -> None:
    """While they have not left."""
    locked = _locked(release)
    dropped, _by_kind = ReleaseLetters.objects.filter(release=locked, left_at__isnull=True).delete()
    if not dropped:
        raise ValidationError(_("The letters have left already, so they cannot be stopped."))
    _record(locked, verb="drop_release_letters", by=by, now=now)


def _locked(release: Release) -> Release:
    return (
        Release.objects.select_for_update(of=("self",)).select_related("edition__survey__workspace").get(pk=release.pk)
    )


def _version(plan: ReleaseLetters) -> str:
    return plan.leave_at.isoformat()


def _record(release: Release, *, verb: str, by: User, now: datetime.datetime) -> None:
    survey = release.edition.survey
    record(
        by=by,
        verb=verb,
        obj=release.edition,
        workspace=survey.workspace,
        now=now,
        survey=survey.public_id,
        release=release.pk,
        to_leaders=release.to_leaders,
    )


# --- Sending them --------------------------------------------------------------------------------


def send_release_letters(run: Run) -> None:
    """All are asked for in one transaction: run again, nobody gets a second one."""
    found = Release.objects.filter(public_id=run.job.subject).first()
    if found is None:
        return
    with run.finishing():
        release = _locked(found)
        plan = ReleaseLetters.objects.filter(release=release, left_at__isnull=True).first()
        if plan is None or release.taken_back_at or _version(plan) != run.job.version:
            return
        plan.left_at = now = timezone.now()
        plan.save(update_fields=["left_at"])
        send_all(_letters(release, now=now))


def _letters(release: Release, *, now: datetime.datetime) -> Iterator[Message]:
    addresses = addresses_of(release)
    links = make_links(release, addresses if release.to_leaders else [""], now=now)
    by_address = {link.address: link for link in links}
    languages = dict(_asked(release).values_list("email", "language"))
    usual = release.edition.survey.spoken[0]
    for address in addresses:
        link = by_address[address if release.to_leaders else ""]
        yield Message(
            kind=LETTER,
            to=address,
            language=languages.get(address, usual),
            reference={"link": link.public_id},
            about=release.edition.survey.public_id,
        )


def letter(reference: dict, language: str) -> Rendered | None:
    """Of a release that was taken back meanwhile nothing is sent."""
    link = good_links().filter(public_id=reference["link"]).first()
    if link is None:
        return None
    with override(language):
        return to_leader(link) if link.address else to_respondent(link)


def shown_letter(release: Release) -> Rendered:
    """As it will read, with a link that opens nothing."""
    link = ReportLink(release=release, address="a" if release.to_leaders else "", ends_at=timezone.now() + LASTS)
    shown = to_leader(link) if link.address else to_respondent(link)
    return Rendered(shown.subject, shown.text.replace(address_of(link), f"{settings.SITE_URL}/…"))


def to_leader(link: ReportLink) -> Rendered:
    text = _(
        "Hello,\n\n"
        "the report of “%(survey)s” is ready for you: the results of the groups you lead, with what to talk about "
        "first. This link opens it, without an account, until %(until)s:\n\n"
        "%(link)s\n\n"
        "It is meant for you alone: whoever has it can read the report, so please do not pass it on. Nobody can tell "
        "from the report who answered what, and nobody was told who took part.\n\n"
        "With an account under this address you find the report on the site at any time, also later.\n\n"
        "Questions: %(contact)s\n"
    )
    return _rendered(link, _("Your report is ready: %(survey)s"), text)


def to_respondent(link: ReportLink) -> Rendered:
    """To everybody who was asked: it takes nobody for somebody who answered."""
    text = _(
        "Hello,\n\n"
        "you were invited to “%(survey)s”. Its result is there: what all who answered said together, without any "
        "single group or person. Everybody who was invited gets this letter, whether or not they took part; nobody "
        "was told who did.\n\n"
        "Until %(until)s this link opens it:\n\n"
        "%(link)s\n\n"
        "Questions: %(contact)s\n"
    )
    return _rendered(link, _("The result is there: %(survey)s"), text)


def _rendered(link: ReportLink, subject: str, text: str) -> Rendered:
    survey = said(link.release.edition.survey)
    facts = {
        "survey": unlinked(survey.title),
        "until": date_format(link.ends_at.astimezone(survey.zone), _("j F Y")),
        "link": address_of(link),
        "contact": survey.contact,
    }
    return Rendered(
        subject % facts,
        text % facts,
        link=facts["link"],
        button=_("Open the report"),
        writer=writer_in(survey, INVITATION),
        look=look_of(survey.workspace),
    )


def register_letters() -> None:
    register(LETTER, letter)
