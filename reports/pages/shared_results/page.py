"""What whoever holds a link sees of a result: as readers inside a workspace see it, and nothing else of its leader."""

from dataclasses import dataclass

from diagnostics.self_assessments.models import ResultLink, ResultReply
from reports.readings.self_assessment.own_answers import OwnCell
from reports.readings.self_assessment.result import Reading, read_result


@dataclass(frozen=True)
class SharedPage:
    link: ResultLink
    leader: str  # "Ruth"
    reading: Reading
    places: tuple[OwnCell, ...]  # empty where the leader left them out
    is_own: bool  # the leader looks what others will see


def shared_page(link: ResultLink, *, is_own: bool) -> SharedPage:
    own = link.self_assessment
    leader = own.leader.first_name or str(own.leader)
    reading = read_result(own.result, leader=leader)
    places = _places(reading) if link.with_answers else ()
    return SharedPage(link, leader, reading, places, is_own)


def _places(reading: Reading) -> tuple[OwnCell, ...]:
    """All that were asked, in model order, with every answer."""
    opened = (reading.cell(*key) for key in reading.self_assessment.version.cells)
    return tuple(one for one in opened if one)


def reply_to(link: ResultLink) -> ResultReply | None:
    return ResultReply.objects.filter(link=link).first()
