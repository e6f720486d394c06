"""What a launch copies into the survey: the tree, the people with their groups, the links of groups."""

from collections.abc import Collection

from diagnostics.sealing.tokens import visitor_token
from diagnostics.surveys.audience.tree import Node, leaves
from diagnostics.surveys.codes import new_code
from diagnostics.surveys.models import Invitation, Participant, SharedLink, Survey, SurveyGroup
from diagnostics.surveys.words import fitting


def copy_into(survey: Survey, nodes: list[Node], *, words_only: Collection[str] = ()) -> None:
    """Parents first, so that every group finds its parent's row. `words_only`: keys of leaves that say less."""
    groups = _groups(survey, nodes, words_only)
    if survey.is_personal:
        _invite(survey, nodes, groups)
    else:
        SharedLink.objects.bulk_create(
            SharedLink(
                survey=survey,
                group=groups[node.key],
                token=visitor_token(),
                code=new_code() if survey.is_in_room else None,
                invited_count=node.invited or None,
            )
            for node in leaves(nodes)
        )


def _groups(survey: Survey, nodes: list[Node], words_only: Collection[str]) -> dict[str, SurveyGroup]:
    groups: dict[str, SurveyGroup] = {}
    for order, node in enumerate(nodes):
        groups[node.key] = SurveyGroup.objects.create(
            survey=survey,
            parent=groups[node.parent] if node.parent else None,
            order=order,
            kind=node.kind,
            name=node.name,
            is_implied=node.is_implied,
            leader_email=node.leader_email,
            is_words_only=node.is_leaf and node.key in words_only,
        )
    return groups


def _invite(survey: Survey, nodes: list[Node], groups: dict[str, SurveyGroup]) -> None:
    participants = Participant.objects.bulk_create(
        Participant(
            survey=survey,
            group=groups[node.key],
            name=person.name,
            email=person.email,
            mailbox=person.mailbox,
            language=fitting(survey, person.language),
            is_group_leader=person.pk in node.leaders,
        )
        for node in leaves(nodes)
        for person in node.people
    )
    Invitation.objects.bulk_create(Invitation(survey=survey, participant=person) for person in participants)
