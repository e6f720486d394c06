"""What a launch copies into the survey: the tree, the people with their places, the links of groups."""

from diagnostics.sealing.tokens import visitor_token
from diagnostics.surveys.audience.tree import Place, leaves
from diagnostics.surveys.models import Invitation, Participant, SharedLink, Survey, SurveyGroup


def copy_into(survey: Survey, places: list[Place]) -> None:
    """Parents first, so that every group finds its parent's row."""
    groups = _groups(survey, places)
    if survey.is_personal:
        _invite(survey, places, groups)
    else:
        SharedLink.objects.bulk_create(
            SharedLink(
                survey=survey, group=groups[place.key], token=visitor_token(), invited_count=place.invited or None
            )
            for place in leaves(places)
        )


def _groups(survey: Survey, places: list[Place]) -> dict[str, SurveyGroup]:
    groups: dict[str, SurveyGroup] = {}
    for order, place in enumerate(places):
        groups[place.key] = SurveyGroup.objects.create(
            survey=survey,
            parent=groups.get(place.parent),
            order=order,
            kind=place.kind,
            name=place.name,
            is_implied=place.is_implied,
            leader_email=place.leader_email,
        )
    return groups


def _invite(survey: Survey, places: list[Place], groups: dict[str, SurveyGroup]) -> None:
    participants = Participant.objects.bulk_create(
        Participant(
            survey=survey,
            group=groups[place.key],
            name=person.name,
            email=person.email,
            mailbox=person.mailbox,
            language=person.language,
            is_group_leader=person.pk in place.leaders,
        )
        for place in leaves(places)
        for person in place.people
    )
    Invitation.objects.bulk_create(Invitation(survey=survey, participant=person) for person in participants)
