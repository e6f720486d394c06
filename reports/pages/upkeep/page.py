"""What an owner sees of the work behind a workspace: letters and jobs, never who answered.

Of reminders, of links asked for again and of self-assessments nothing stands here: when they leave or how long they
take would tell of answers.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from core.accounts.models import User
from core.jobs import registry, sightings
from core.jobs.models import Job, JobQuerySet, Sighting
from core.post.models import Message
from core.post.standings import LOST, NOT_LEFT, Standing, numbers_of, with_standing
from diagnostics.surveys.job_names import CLOSE_ON_DATE, COUNT_ANSWERS
from diagnostics.surveys.models import Survey
from reports.comparisons.models import Comparison
from reports.editions.letters import LETTER, SEND_RELEASE_LETTERS
from reports.editions.models import PublishedSlice, Release
from spaces.emails import INVITING
from spaces.models import Workspace

LATELY = datetime.timedelta(days=7)
MOST = 20  # jobs of a list
ABOUT = "surveys."  # how the kinds of invitations begin, and of what else everybody on a list is sent
UNSEEN = (CLOSE_ON_DATE, COUNT_ANSWERS, SEND_RELEASE_LETTERS)  # whose failure an owner is told all the same


@dataclass(frozen=True)
class LettersOf:
    """A survey's invitations and the letters about its report; without a survey, invitations of colleagues."""

    survey: Survey | None
    numbers: Mapping[Standing, int]

    @property
    def waiting(self) -> int:
        return self.numbers[Standing.WAITING]

    @property
    def put_off(self) -> int:
        return self.numbers[Standing.PUT_OFF]

    @property
    def sent(self) -> int:
        return self.numbers[Standing.SENT]

    @property
    def lost(self) -> int:
        return sum(self.numbers[one] for one in LOST)

    @property
    def has_failed_addresses(self) -> bool:
        """There is a page that corrects them."""
        return self.survey is not None and self.survey.is_personal and self.survey.status == Survey.Status.OPEN


@dataclass(frozen=True)
class Work:
    """A job, what it is about, and whether this reader may have it done again."""

    job: Job
    about: str
    may_ask: bool


@dataclass(frozen=True)
class Upkeep:
    letters: list[LettersOf]
    in_need: list[Work]
    in_hand: list[Work]
    done: list[Work]
    backup_at: datetime.datetime | None
    is_backup_old: bool


def read(workspace: Workspace, reader: User, *, now: datetime.datetime) -> Upkeep:
    known = _Known(workspace, reader)
    backup_at = Sighting.objects.filter(lanes=sightings.BACKUP).values_list("seen_at", flat=True).first()
    return Upkeep(
        letters=_letters(workspace),
        in_need=known.work(registry.needing_a_hand().order_by("created_at")),
        in_hand=known.work(_in_hand(now), but=registry.needing_a_hand()),
        done=known.work(Job.objects.filter(status=Job.Status.DONE, finished_at__gt=now - LATELY)),
        backup_at=backup_at,
        is_backup_old=backup_at is not None and backup_at < now - sightings.BACKUP_LATE,
    )


# --- Letters ---------------------------------------------------------------------------------------------


def _letters(workspace: Workspace) -> list[LettersOf]:
    """Of surveys with any, the newest first; those that need something before all others."""
    surveys = {one.public_id: one for one in workspace.surveys.all()}
    letters = with_standing(
        Message.objects.filter(about__in=surveys).filter(Q(kind=LETTER) | Q(kind__startswith=ABOUT))
    )
    found: dict[str, dict[Standing, int]] = {}
    counted = letters.order_by().values_list("about", "standing").annotate(Count("pk"))
    for about, standing, number in counted:
        found.setdefault(about, {})[Standing(standing)] = number
    rows = [LettersOf(surveys[about], dict.fromkeys(Standing, 0) | numbers) for about, numbers in found.items()]
    colleagues = list(workspace.colleague_invitations.values_list("public_id", flat=True))
    invited = numbers_of(Message.objects.filter(kind=INVITING, reference__invitation__in=colleagues))
    if any(invited.values()):
        rows.append(LettersOf(None, invited))
    return sorted(rows, key=_order)


def _order(row: LettersOf) -> tuple[bool, bool, int]:
    is_calm = not (row.lost or row.put_off)
    return is_calm, not any(row.numbers[one] for one in NOT_LEFT), -(row.survey.pk if row.survey else 0)


# --- Jobs ------------------------------------------------------------------------------------------------


def _in_hand(now: datetime.datetime) -> JobQuerySet:
    """Made or waiting; what is planned for later is no work yet, and what was put off is."""
    tried = Q(failures__gt=0) | Q(delays__gt=0)
    return Job.objects.open().filter(Q(not_before=None) | Q(not_before__lte=now) | tried).order_by("created_at")


class _Known:
    """What jobs of the workspace may be about."""

    def __init__(self, workspace: Workspace, reader: User) -> None:
        self.reader = reader
        self.surveys = dict(workspace.surveys.values_list("public_id", "title"))
        self.subjects = Q(subject__in=self.surveys)
        for rows in (
            PublishedSlice.objects.filter(edition__survey__workspace=workspace),
            Comparison.objects.filter(edition__survey__workspace=workspace),
            Release.objects.filter(edition__survey__workspace=workspace),
        ):
            self.subjects |= Q(subject__in=rows.values("public_id"))

    def work(self, jobs: JobQuerySet, *, but: JobQuerySet | None = None) -> list[Work]:
        """The first of them that the reader may know of."""
        ours = jobs.filter(self.subjects, kind__in=registry.kinds)
        if but is not None:
            ours = ours.exclude(pk__in=but.values("pk"))
        found = ours.order_by("-finished_at", "created_at")[: 5 * MOST]
        told = ((job, registry.get(job.kind).can_see(self.reader, job)) for job in found)
        return [Work(job, self.surveys.get(job.subject, ""), sees) for job, sees in told if sees or job.kind in UNSEEN][
            :MOST
        ]
