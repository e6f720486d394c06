"""What files are made from, and all that asking, making and fetching have to know of it: an entry for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.runs import GiveUp
from diagnostics.self_assessments.models import SelfAssessment
from reports.agreements.reading import AgreedReading
from reports.comparisons.access import load_comparison
from reports.comparisons.models import Comparison
from reports.editions.access import load_slice, sight_of
from reports.editions.groups import names_in, told_name
from reports.editions.models import PublishedSlice
from reports.editions.releasing import are_comments_released
from reports.files.names import file_name, survey_file_name, with_length
from reports.readings.comparison.comparison import ComparisonReading, read_comparison, title_of
from reports.readings.self_assessment.result import Reading, read_result
from reports.readings.survey.comments import Commented, carries_comments, read_commented
from reports.readings.survey.slice import SliceReading, read_slice
from reports.self_assessments.access import load_submitted
from reports.self_assessments.models import SelfAssessmentResult

HasFiles = SelfAssessment | PublishedSlice | Comparison

Row = TypeVar("Row", bound=Model)
Read = TypeVar("Read")


@dataclass(frozen=True)
class Subject(Generic[Row, Read]):
    """Everything is found by its public id."""

    name: str  # the foreign key of a Document
    model: type[Row]
    load: Callable[[User, str], Row]  # for a reader: raises Http404 or PermissionDenied
    read: Callable[[str], Read | None]  # what writers are given, for a worker: None where it is gone
    page: str  # names of addresses: where it is read,
    address: str  # and where its files are asked for and fetched
    file_name: Callable[[Row, int | None, str], str]  # of (row, minutes of a conversation, suffix)
    gone: Promise  # what is said where it was deleted before its file was made
    shows_more: Callable[[User, Row], bool] = lambda _user, _row: False  # to this reader, than to others

    def can_be_read_by(self, user: User, public_id: str) -> bool:
        """`load` as a yes or no."""
        try:
            self.load(user, public_id)
        except (Http404, PermissionDenied):
            return False
        return True

    def can_have_more(self, user: User, public_id: str) -> bool:
        """Whether this reader may have the files that not every reader may."""
        try:
            return self.shows_more(user, self.load(user, public_id))
        except (Http404, PermissionDenied):
            return False

    def can_see_work(self, user: User, job: Job) -> bool:
        """Whoever may read it sees how far its files are."""
        return self.can_be_read_by(user, job.subject)


def read_self_assessment(public_id: str, *, as_leader: bool = True) -> Reading | None:
    """In the words for its leader, or for whoever the leader shows it to."""
    result = SelfAssessmentResult.objects.for_reading().filter(self_assessment__public_id=public_id).first()
    if result is None:
        return None
    return read_result(result, leader=None if as_leader else result.self_assessment.leader.first_name)


SELF_ASSESSMENT = Subject(
    name="self_assessment",
    model=SelfAssessment,
    load=load_submitted,
    read=read_self_assessment,
    page="reports:self_assessment",
    address="reports:document",
    file_name=lambda self_assessment, _minutes, suffix: file_name(self_assessment, suffix),
    shows_more=lambda user, own: own.leader_id == user.pk,
    gone=_("This self-assessment has been deleted."),
)


def _read_slice(public_id: str) -> SliceReading | None:
    one = PublishedSlice.objects.for_reading().filter(public_id=public_id).first()
    return read_slice(one) if one else None


def read_with_comments(public_id: str) -> Commented | None:
    one = PublishedSlice.objects.for_reading().filter(public_id=public_id).first()
    if one and not are_comments_released(one.edition):
        raise GiveUp(gettext("Its comments are not released any more."))
    return read_commented(one) if one else None


def _name_of_slice_file(one: PublishedSlice, minutes: int | None, suffix: str) -> str:
    name, *others = (with_length(name, minutes) for name in (told_name(one), *names_in(one.edition)))
    return survey_file_name(one.edition, name, suffix, others)


SLICE = Subject(
    name="slice",
    model=PublishedSlice,
    load=lambda user, public_id: load_slice(user, public_id)[0],
    read=_read_slice,
    page="reports:slice",
    address="reports:slice_document",
    file_name=_name_of_slice_file,
    shows_more=lambda user, one: carries_comments(one, sight_of(user, one.edition)),
    gone=_("This report has been deleted."),
)


def read_agreed(of: Subject, public_id: str) -> AgreedReading | None:
    """What was agreed on one of these."""
    found: PublishedSlice | Comparison | None = of.model.objects.for_reading().filter(public_id=public_id).first()
    return AgreedReading(found, tuple(found.agreements.all())) if found else None


def _read_comparison(public_id: str) -> ComparisonReading | None:
    comparison = Comparison.objects.for_reading().filter(public_id=public_id).first()
    return read_comparison(comparison) if comparison else None


COMPARISON = Subject(
    name="comparison",
    model=Comparison,
    load=lambda user, public_id: load_comparison(user, public_id)[0],
    read=_read_comparison,
    page="reports:comparison",
    address="reports:comparison_document",
    file_name=lambda comparison, minutes, suffix: survey_file_name(
        comparison.edition, with_length(title_of(comparison), minutes), suffix
    ),
    gone=_("This report has been deleted."),
)
