"""What the result page says beside the reading: who may see it, what changed, which files there are."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts.models import User
from diagnostics.self_assessments.models import ResultReply, SelfAssessment
from reports.files.kinds import kinds_to_keep
from reports.files.models import Document
from reports.files.offers import Download, kinds_made
from reports.files.subjects import SELF_ASSESSMENT
from reports.intentions.access import intentions_of
from reports.intentions.models import NextTime
from reports.pages.intentions.page import MONTHS_UNTIL_NEXT, IntentionView, intention_views, next_day
from reports.readings.self_assessment.places import PlaceToBegin
from reports.readings.self_assessment.result import Reading, read_result
from reports.readings.self_assessment.since_last import SinceLast, changes_since
from reports.self_assessments.access import load_earlier


@dataclass(frozen=True)
class ResultPage:
    reading: Reading
    title: str
    is_own: bool
    is_of_today: bool
    readers: tuple[str, ...]  # whom the leader shows it to; empty for those readers themselves
    links: int  # that open it now; 0 for readers
    replies: tuple[ResultReply, ...]  # by links, the newest first; for the leader alone
    since_last: SinceLast | None
    downloads: dict[str, Download]
    has_figure: bool
    intentions: tuple[IntentionView, ...]  # open ones of the leader, from this one or earlier: theirs alone
    places_to_begin: tuple[PlaceToBegin, ...]  # for which they do not mean to do something already
    next_time: datetime.date  # when to take it again
    is_next_time_to_come: bool  # they can ask to be reminded
    is_reminder_asked: bool  # they are reminded then


def result_page(user: User, self_assessment: SelfAssessment) -> ResultPage:
    is_own = self_assessment.leader == user
    reading = read_result(self_assessment.result, leader=None if is_own else self_assessment.leader.first_name)
    earlier = load_earlier(user, self_assessment)
    made = kinds_made(self_assessment)
    intentions = tuple(intention_views(intentions_of(user).open())) if is_own else ()
    return ResultPage(
        reading=reading,
        title=_title(self_assessment, is_own),
        is_own=is_own,
        is_of_today=_is_of_today(self_assessment),
        readers=_readers(self_assessment) if is_own else (),
        links=self_assessment.links.standing().count() if is_own else 0,
        replies=_replies(self_assessment) if is_own else (),
        since_last=changes_since(earlier, reading) if earlier else None,
        downloads={
            str(kind): Download(kind, kind in made) for kind in kinds_to_keep(SELF_ASSESSMENT, is_for_some=is_own)
        },
        has_figure=(Document.Kind.FIGURE if is_own else Document.Kind.READERS_FIGURE) in made,
        intentions=intentions,
        places_to_begin=_places_to_begin(reading, intentions),
        next_time=next_day(self_assessment, MONTHS_UNTIL_NEXT),
        is_next_time_to_come=next_day(self_assessment, MONTHS_UNTIL_NEXT) > timezone.localdate(),
        is_reminder_asked=is_own
        and NextTime.objects.filter(self_assessment=self_assessment, reminded_at=None).exists(),
    )


def _title(self_assessment: SelfAssessment, is_own: bool) -> str:
    """'Today' is said on the day itself only."""
    name = {"name": self_assessment.leader.first_name or self_assessment.leader}
    if not is_own:
        return _("How %(name)s saw it") % name
    if _is_of_today(self_assessment):
        return _("How you see it today, %(name)s") % name
    return _("How you saw it, %(name)s") % name


def _is_of_today(self_assessment: SelfAssessment) -> bool:
    return timezone.localdate(self_assessment.submitted_at) == timezone.localdate()


def _places_to_begin(reading: Reading, intentions: tuple[IntentionView, ...]) -> tuple[PlaceToBegin, ...]:
    meant = {(view.intention.condition, view.intention.space) for view in intentions}
    return tuple(place for place in reading.places_to_begin if (place.cell.condition, place.cell.space) not in meant)


def _readers(self_assessment: SelfAssessment) -> tuple[str, ...]:
    shares = self_assessment.shares.select_related("reader").order_by("reader__name", "pk")
    return tuple(str(share.reader) for share in shares)


def _replies(self_assessment: SelfAssessment) -> tuple[ResultReply, ...]:
    by_links = ResultReply.objects.filter(link__self_assessment=self_assessment)
    return tuple(by_links.select_related("link").order_by("-changed_at"))
