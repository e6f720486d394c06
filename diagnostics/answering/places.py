"""The places of a shared link: as many as people were announced, each taken once and given back never.

Whoever takes nine of them keeps eight people out, and is seen: the ninth cannot get in.
"""

from django.db import transaction

from diagnostics.answering.models import Place
from diagnostics.answering.respondents import Respondent
from diagnostics.sealing.tokens import place_tag
from diagnostics.surveys.models import SharedLink


class NoPlaceLeft(Exception):
    """As many have started as were announced; the argument says how many that are."""


class NotStarted(Exception):
    """Nobody has pressed 'Start' for this visit: its token was thought up."""


@transaction.atomic
def take_place(respondent: Respondent) -> None:
    """One for each visit, however often it is asked for. Raises NoPlaceLeft.

    The row of the link is held meanwhile, which leads to no person; so the last place is given out once.
    """
    links = SharedLink.objects.select_for_update(of=("self",)).select_related("survey")
    link = links.get(group_id=respondent.link.group_id)
    tag = place_tag(respondent.token)
    if link.taken_places.filter(tag=tag).exists():
        return
    if is_full(link):
        raise NoPlaceLeft(link.place_count)
    Place.objects.create(link=link, tag=tag)


def is_full(link: SharedLink) -> bool:
    return link.place_count is not None and link.taken_places.count() >= link.place_count


def check_has_started(respondent: Respondent) -> None:
    """Before the first row of a visit is made. Raises NotStarted."""
    if respondent.is_visit and not Place.objects.filter(tag=place_tag(respondent.token)).exists():
        raise NotStarted
