"""Open surveys with keys and links, for tests: what the launching worker makes, and what respondents hold."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.test import Client

from core.accounts.models import User
from diagnostics.answering import drafts
from diagnostics.answering.models import Ballot
from diagnostics.answering.places import take_place
from diagnostics.answering.respondents import Respondent, respondent_of
from diagnostics.answering.submitting import submit
from diagnostics.questionnaire.form import read_post
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.sealing import boxes, tokens
from diagnostics.surveys.models import Invitation, SharedLink, Survey
from diagnostics.surveys.storage import open_storage
from tests.diagnostics.launched import NOW, launched_survey


@dataclass(frozen=True)
class Opened:
    survey: Survey
    private_key: bytes
    link_key: bytes

    @cached_property
    def tokens(self) -> list[str]:
        """Of the personal links, in the order of the list."""
        invitations = Invitation.objects.filter(survey=self.survey).order_by("pk")
        return [tokens.token(self.link_key, one.public_id, one.version) for one in invitations]

    @cached_property
    def shared(self) -> list[str]:
        return list(SharedLink.objects.filter(survey=self.survey).order_by("pk").values_list("token", flat=True))

    def ballots(self) -> list[dict]:
        return [boxes.open_ballot(one.sealed, self.private_key) for one in Ballot.objects.filter(survey=self.survey)]


def open_survey(owner: User, **changes) -> Opened:
    """As the worker leaves it: keys made, hashes stored."""
    survey = launched_survey(owner, **changes)
    private, public = boxes.new_keypair()
    made = Opened(survey, private, tokens.new_link_key())
    for invitation in survey.invitations.all():
        token = tokens.token(made.link_key, invitation.public_id, invitation.version)
        Invitation.objects.filter(pk=invitation.pk).update(token_hash=tokens.token_hash(token))
    asked = questionnaire_of(survey.version)
    survey.public_key = public
    survey.ballot_size = boxes.payload_size(len(asked.statements), len(asked.questions))
    open_storage(survey)
    survey.status = Survey.Status.OPEN
    survey.save(update_fields=["public_key", "ballot_size", "status"])
    return made


def respondent(secret: str) -> Respondent:
    found = respondent_of(secret)
    assert found
    return found


def saved(secret: str, *, now=NOW, **given: str) -> Respondent:
    """`T1_team="4"` rates a statement."""
    who = respondent(secret)
    if who.is_visit:
        take_place(who)
    data = QueryDict(mutable=True)
    data.update({key.replace("_", ".") if key[1:2].isdigit() else key: value for key, value in given.items()})
    drafts.save(respondent=who, read=read_post(data, who.questionnaire), now=now)
    return who


def submitted(secret: str, **given: str) -> Respondent:
    who = saved(secret, **({"T5_team": "4"} | given))
    submit(respondent=who)
    return who


class Browser(Client):
    """Posts with the mark of the page that a respondent would have before them, unless the test posts one itself."""

    def post(self, path, data=None, *args, **kwargs):
        place = re.match(r"/answer/[^/]+/", path)
        if place and "mark" not in (data or {}) and (mark := self.mark(place[0])):
            data = {**(data or {}), "mark": mark}
        return super().post(path, data, *args, **kwargs)

    def mark(self, place: str) -> str:
        """Of the link in use: as it stands on the first page or, once it was handed in, on the page that withdraws."""
        pages = (self.get(place), self.get(f"{place}withdraw/"))
        return next(filter(None, map(mark_in, pages)), "")


def mark_in(response) -> str:
    found = re.search(r'name="mark"\s+value="([^"]+)"', response.content.decode())
    return found[1] if found else ""
