"""Who answers: whoever holds a link. Nothing here knows a name or an address.

The secret of a personal link is its token. A shared link admits by its own token; behind it, after a point, stands the
random token of one visit once that visitor has pressed 'Start'.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from django.conf import settings
from django.urls import reverse

from diagnostics.answering.models import Ballot
from diagnostics.answering.questionnaires import Questionnaire, questionnaire_of
from diagnostics.answering.tokens import ballot_tag, draft_key, draft_tag, token_hash, visitor_token
from diagnostics.surveys.models import Invitation, SharedLink, Survey, SurveyGroup

SECRET = re.compile(r"([A-Za-z0-9_-]{16,64})(?:\.([A-Za-z0-9_-]{27}))?")


class Standing(StrEnum):
    """What a link is good for now."""

    OPEN = "open"
    DONE = "done"
    NOT_YET = "not yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STANDINGS = {
    Survey.Status.DRAFT: Standing.NOT_YET,
    Survey.Status.LAUNCHING: Standing.NOT_YET,
    Survey.Status.OPEN: Standing.OPEN,
    Survey.Status.CANCELLED: Standing.CANCELLED,
}


@dataclass(frozen=True)
class Respondent:
    survey: Survey
    group: SurveyGroup
    secret: str  # what the link and the cookie hold
    token: str  # what drafts and ballots derive from; "" on a shared link before 'Start'
    invitation: Invitation | None = None  # None on a shared link
    counts: bool = True  # towards k

    @property
    def questionnaire(self) -> Questionnaire:
        return questionnaire_of(self.survey.version)

    @property
    def is_visitor(self) -> bool:
        return self.invitation is None

    @property
    def own_link(self) -> str:
        """The address that comes back to these answers from any device."""
        return settings.SITE_URL + reverse("answering:enter", args=[self.secret])

    @property
    def draft(self) -> dict:
        return {"survey_id": self.survey.pk, "tag": draft_tag(self.token)}

    @property
    def ballot(self) -> dict:
        return {"survey_id": self.survey.pk, "tag": ballot_tag(self.token)}

    @property
    def draft_key(self) -> bytes:
        return draft_key(self.token)

    def started(self) -> "Respondent":
        """With a token of their own."""
        if self.token:
            return self
        token = visitor_token()
        return replace(self, token=token, secret=f"{self.secret}.{token}")

    def without_visit(self) -> "Respondent":
        """As before 'Start'; a personal link is always somebody's own."""
        return replace(self, token="", secret=self.secret.partition(".")[0]) if self.is_visitor else self


def respondent_of(secret: str) -> Respondent | None:
    """Whoever holds this secret, by one query or two; the personal links first."""
    match = SECRET.fullmatch(secret)
    if not match:
        return None
    link, visit = match.groups()
    return (None if visit else _invited(link)) or _visitor(link, visit or "")


def _invited(token: str) -> Respondent | None:
    invitations = Invitation.objects.select_related("survey__version", "survey__workspace", "participant__group")
    personal = ("participant__name", "participant__email", "participant__mailbox")
    invitation = invitations.defer(*personal, "survey__version__content").filter(token_hash=token_hash(token)).first()
    if invitation is None:
        return None
    return Respondent(
        survey=invitation.survey,
        group=invitation.participant.group,
        secret=token,
        token=token,
        invitation=invitation,
        counts=invitation.participant.counts,
    )


def _visitor(link: str, visit: str) -> Respondent | None:
    links = SharedLink.objects.select_related("survey__version", "survey__workspace", "group")
    shared = links.defer("survey__version__content").filter(token=link).first()
    if shared is None:
        return None
    return Respondent(
        survey=shared.survey, group=shared.group, secret=f"{link}.{visit}" if visit else link, token=visit
    )


def standing_of(respondent: Respondent) -> Standing:
    standing = STANDINGS.get(respondent.survey.status, Standing.CLOSED)
    return Standing.DONE if standing == Standing.OPEN and has_submitted(respondent) else standing


def has_submitted(respondent: Respondent) -> bool:
    return bool(respondent.token) and Ballot.objects.filter(**respondent.ballot).exists()
