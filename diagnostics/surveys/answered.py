"""How many are asked; and who has answered, known to workers alone, at the moment they ask, from keys that the database
lacks.
"""

from django.db.models import Count

from diagnostics.sealing.tokens import ballot_mark, ballot_tag, decline_tag
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import UNCOUNTED, Invitation, Survey


def asked_by_group(survey: Survey) -> dict[str, int]:
    """Leaf → people who count towards k; whoever was removed meanwhile is in it, answered or not: else a number could
    tell which."""
    counted = survey.participants.exclude(UNCOUNTED).order_by()
    return dict(counted.values_list("group__public_id").annotate(Count("pk")))


def tags_of(survey: Survey, link_key: bytes) -> dict[str, Invitation]:
    """The name of every invitation's ballot, whether there is one or not, with its participant."""
    invitations = Invitation.objects.filter(survey=survey).select_related("participant__group")
    return {ballot_tag(token_of(one, link_key)): one for one in invitations}


def with_ballots(survey: Survey, link_key: bytes) -> list[Invitation]:
    """Whose ballot is there, by whichever version of their link; one that was taken back counts."""
    found = set(survey.ballots.values_list("tag", flat=True))
    return [one for tag, one in tags_of(survey, link_key).items() if tag in found]


def is_waited_for(invitation: Invitation, link_key: bytes) -> bool:
    """Whether the present link has neither handed in nor said 'I would rather not'.

    Of an earlier link nothing is asked: whoever had it sent to another address could read there whether it was used.
    """
    token, survey = token_of(invitation, link_key), invitation.survey
    has_handed_in = survey.ballots.filter(mark=ballot_mark(token)).exists()
    return not has_handed_in and not survey.declines.filter(tag=decline_tag(token)).exists()
