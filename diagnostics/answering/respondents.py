"""Who answers: whoever holds a link. Nothing here knows a name or an address.

The secret of a personal link is its token. A shared link admits by its own token; behind it, after a point, stands the
random token of one visit once that visitor has pressed 'Start'.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from diagnostics.answering.rows import (
    GroupFacts,
    Link,
    earlier_link,
    group_facts,
    has_ballot,
    personal_link,
    placement_of,
    shared_link,
)
from diagnostics.questionnaire.questionnaire import Questionnaire, known_questionnaire, questionnaire_of
from diagnostics.sealing.tokens import ballot_mark, draft_key, draft_tag, page_mark, token_hash, visitor_token
from diagnostics.surveys.links import address_of
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.statuses import SurveyNotOpen
from diagnostics.surveys.words import said

VISIT_MARK = "."  # between the token of a shared link and that of a visit
SECRET = re.compile(r"([A-Za-z0-9_-]{16,64})(?:\.([A-Za-z0-9_-]{27}))?")


class Standing(StrEnum):
    """What a link is good for now."""

    OPEN = "open"
    DONE = "done"
    NOT_YET = "not yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STANDINGS: dict[str, Standing] = {
    Survey.Status.DRAFT: Standing.NOT_YET,
    Survey.Status.PLANNED: Standing.NOT_YET,
    Survey.Status.LAUNCHING: Standing.NOT_YET,
    Survey.Status.OPEN: Standing.OPEN,
    Survey.Status.CANCELLED: Standing.CANCELLED,
}


@dataclass
class Seen:
    """The draft as this request has read or written it last."""

    sealed: bytes
    payload: Mapping[str, Any]  # what it says


@dataclass(frozen=True)
class Respondent:
    """What most requests need stands in `link`; survey and group are read where a page shows them."""

    link: Link
    secret: str  # what the link and the cookie hold
    token: str  # what drafts and ballots derive from; "" on a shared link before 'Start'
    seen: Seen | None = field(default=None, compare=False)  # where this request came in by its draft

    @cached_property
    def survey(self) -> Survey:
        """With its workspace, in the language of the moment: to be read, never to be saved."""
        return said(Survey.objects.select_related("workspace").get(pk=self.link.survey_id))

    @cached_property
    def group(self) -> SurveyGroup:
        group = SurveyGroup.objects.get(pk=placement_of(self.link).group_id)
        group.survey = self.survey
        return group

    @property
    def group_facts(self) -> GroupFacts:
        if self.link.invitation_id is not None:
            return group_facts(self.link.invitation_id)
        return GroupFacts(self.group.name, self.group.counted, self.group.uncounted)

    @property
    def is_in_room(self) -> bool:
        return self.link.is_in_room

    @property
    def sent_anew_on(self) -> datetime.date | None:
        """None of a first link, and of a shared one."""
        return datetime.date.fromisoformat(str(self.link.sent_anew)) if self.link.sent_anew else None

    @property
    def questionnaire(self) -> Questionnaire:
        known = known_questionnaire(self.link.content_hash)
        return known or questionnaire_of(self.survey.asked_version)

    @property
    def is_visitor(self) -> bool:
        return self.link.group_id is not None

    @property
    def own_link(self) -> str:
        """The address that comes back to these answers from any device."""
        is_multilingual = " " in self.link.languages
        return address_of(self.secret, language=get_language() if is_multilingual else None)

    @property
    def draft(self) -> tuple[int, str]:
        """(survey, tag) of its row."""
        return self.link.survey_id, draft_tag(self.token)

    @property
    def ballot(self) -> tuple[int, str]:
        """(survey, mark) of what this very link has handed in."""
        return self.link.survey_id, ballot_mark(self.token)

    @property
    def draft_key(self) -> bytes:
        return draft_key(self.token)

    @property
    def public_key(self) -> bytes:
        """Of the survey. Raises SurveyNotOpen where it has none yet, as `ballot_size` does."""
        if self.link.public_key is None:
            raise SurveyNotOpen
        return self.link.public_key

    @property
    def ballot_size(self) -> int:
        if self.link.ballot_size is None:
            raise SurveyNotOpen
        return self.link.ballot_size

    @property
    def page_mark(self) -> str:
        """What every page of theirs carries, so that it is never saved under another link."""
        return page_mark(self.secret)

    @property
    def is_visit(self) -> bool:
        """By a shared link, once 'Start' was pressed."""
        return self.is_visitor and bool(self.token)

    def started(self, token: str = "") -> "Respondent":
        """With a token of their own: `token`, or a new one.

        It is made at 'Start', which is a POST and so nothing that a mail scanner does, and not with the first answer:
        the first two answers of a page are saved at the same moment, and would make two visits.
        """
        if self.token:
            return self
        token = token or visitor_token()
        return replace(self, token=token, secret=f"{self.secret}.{token}")

    def without_visit(self) -> "Respondent":
        """As before 'Start'; a personal link is always somebody's own."""
        return replace(self, token="", secret=self.secret.partition(".")[0]) if self.is_visitor else self


def respondent_of(secret: str) -> Respondent | None:
    """Whoever holds this secret; the personal links first, and last those of which only a ballot is left."""
    match = SECRET.fullmatch(secret)
    if not match:
        return None
    link, visit = match.groups()
    if visit:
        return _visitor(link, visit)
    return _invited(personal_link(token_hash(link)), link) or _visitor(link, "") or _earlier(link)


def _invited(link: Link | None, token: str) -> Respondent | None:
    return Respondent(link, secret=token, token=token) if link else None


def _earlier(token: str) -> Respondent | None:
    return _invited(earlier_link(ballot_mark(token)), token)


def _visitor(token: str, visit: str) -> Respondent | None:
    link = shared_link(token)
    return Respondent(link, secret=f"{token}.{visit}" if visit else token, token=visit) if link else None


def standing_of(respondent: Respondent) -> Standing:
    standing = standing_of_survey(respondent)
    return Standing.DONE if standing == Standing.OPEN and has_submitted(respondent) else standing


def standing_of_survey(respondent: Respondent) -> Standing:
    """Whoever has submitted stands as they did before."""
    return STANDINGS.get(respondent.link.status, Standing.CLOSED)


def has_submitted(respondent: Respondent) -> bool:
    return bool(respondent.token) and has_ballot(*respondent.ballot)
