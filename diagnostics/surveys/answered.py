"""How many are asked; and who has answered, known to workers alone, at the moment they ask, from keys that the database
lacks.
"""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, QuerySet

from diagnostics.sealing.tokens import ballot_mark, ballot_tag, decline_tag
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import UNCOUNTED, Invitation, Participant, Survey, SurveyGroup


def asked_by_group(survey: Survey) -> dict[str, int]:
    """Leaf → people who count towards k; whoever was removed or moved meanwhile is in it, answered or not: else a
    number could tell which.

    A leaf of k or more is not in it once fewer than k are left to answer: from here on a change of its number could be
    laid at one door. That depends on lists alone.
    """
    people = survey.participants.order_by()
    counted = people.exclude(UNCOUNTED)
    asked = _by_leaf(counted, "group") + _by_leaf(people.filter(moved_from__isnull=False), "moved_from")
    left = _by_leaf(counted.filter(is_removed=False), "group")
    return {leaf: number for leaf, number in asked.items() if number < survey.k or left[leaf] >= survey.k}


def _by_leaf(people: QuerySet[Participant], leaf: str) -> Counter[str]:
    return Counter(dict(people.values_list(f"{leaf}__public_id").annotate(Count("pk"))))


def answered_by_group(survey: Survey, link_key: bytes) -> Counter[str]:
    """Leaf → people who count towards k and whose ballot is sealed for it."""
    marks = dict(survey.ballots.values_list("tag", "mark"))
    answered = ((one, marks[tag]) for tag, one in tags_of(survey, link_key).items() if tag in marks)
    groups = (_counted_in(one, mark, link_key) for one, mark in answered)
    return Counter(group.public_id for group in groups if group)


def _counted_in(invitation: Invitation, mark: str, link_key: bytes) -> SurveyGroup | None:
    """Of somebody who was moved: where they stood, unless they handed in by a link that they got since."""
    person = invitation.participant
    if person.counts or person.moved_from is None:
        return person.group if person.counts else None
    since = range(person.moved_version or 1, invitation.version + 1)
    is_since = mark in {ballot_mark(token_of(invitation, link_key, version)) for version in since}
    return None if is_since else person.moved_from


def tags_of(survey: Survey, link_key: bytes) -> dict[str, Invitation]:
    """The name of every invitation's ballot, whether there is one or not, with its participant."""
    invitations = Invitation.objects.select_related("participant__group", "participant__moved_from")
    invitations = invitations.filter(survey=survey)
    return {ballot_tag(token_of(one, link_key)): one for one in invitations}


def ballot_tags(survey: Survey, link_key: bytes) -> Iterator[str]:
    """The same names alone, one after the other."""
    asked = Invitation.objects.filter(survey=survey).only("public_id", "version", "short_version")
    return (ballot_tag(token_of(one, link_key)) for one in asked.iterator())


def with_ballots(survey: Survey, link_key: bytes) -> list[Invitation]:
    """Whose ballot is there, by whichever version of their link; one that was taken back counts."""
    found = set(survey.ballots.values_list("tag", flat=True))
    return [one for tag, one in tags_of(survey, link_key).items() if tag in found]


def is_waited_for(invitation: Invitation, link_key: bytes) -> bool:
    """Whether the present link has not handed in, and none that went to this address has said 'I would rather not'.

    Of a link that went elsewhere nothing is asked: whoever had it sent to another address could read there whether it
    was used.
    """
    survey, present = invitation.survey, invitation.version
    if survey.ballots.filter(mark=ballot_mark(token_of(invitation, link_key))).exists():
        return False
    here = range(invitation.address_version or present, present + 1)
    tags = [decline_tag(token_of(invitation, link_key, version)) for version in here]
    return not survey.declines.filter(tag__in=tags).exists()
