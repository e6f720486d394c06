"""What a respondent has given so far: one row, locked with a key that only their link holds."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.words import thousands
from diagnostics.answering import rows
from diagnostics.answering.carelessness import Pace, pace_of, paced
from diagnostics.answering.places import check_has_started, take_place
from diagnostics.answering.respondents import Respondent, has_submitted
from diagnostics.questionnaire.form import Problem, Read
from diagnostics.sealing.boxes import comments_room, lock_draft, packed, unlock_draft
from diagnostics.surveys.statuses import lock_open_survey


class AlreadySubmitted(Exception):
    """A ballot with this respondent's tag is there: the first one counts."""


@dataclass(frozen=True)
class Saved:
    """The payload of a draft."""

    answers: dict[str, int] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    matters_most: list[str] = field(default_factory=list)
    pace: Pace = field(default_factory=lambda: [0, 0])
    at: float | None = None  # seconds since 1970 at the last save
    language: str = ""  # that they read in when something was saved last

    @property
    def saved_at(self) -> datetime.datetime | None:
        has_something = self.answers or self.comments or self.matters_most
        return datetime.datetime.fromtimestamp(self.at, datetime.UTC) if self.at and has_something else None

    def changed_by(self, answers: Mapping[str, int]) -> list[str]:
        """The statements that `answers` answer anew."""
        return [key for key, value in answers.items() if self.answers.get(key) != value]

    def seconds_until(self, moment: float) -> float | None:
        return None if self.at is None else moment - self.at


def saved_by(respondent: Respondent) -> Saved:
    """Reads; no lock."""
    return opened(rows.draft(*respondent.draft) if respondent.token else None, respondent)


def opened(sealed: bytes | None, respondent: Respondent) -> Saved:
    if not sealed:
        return Saved()
    payload = unlock_draft(sealed, respondent.draft_key)
    return Saved(**payload | {"pace": pace_of(payload.get("pace", {}))})


@transaction.atomic
def begin(*, respondent: Respondent, now: datetime.datetime) -> Saved:
    """From here the time that answers take is measured; what was saved stays as it is, and is returned."""
    return _change(respondent, lambda saved: replace(saved, at=now.timestamp(), language=get_language() or ""))


@transaction.atomic
def begin_visit(*, respondent: Respondent, token: str, now: datetime.datetime) -> tuple[Respondent, Saved]:
    """Start afresh by a shared link, with the `token` that the welcome page brought along.

    So a button pressed twice starts once. A page that comes back later must not lead to answers that were given
    meanwhile: then the visit gets a token of its own. Raises NoPlaceLeft, SurveyNotOpen.
    """
    lock_open_survey(respondent.link.survey_id)
    shared = respondent.without_visit()
    visit = shared.started(token)
    if has_submitted(visit) or saved_by(visit).saved_at:
        visit = shared.started()
    take_place(visit)
    return visit, begin(respondent=visit, now=now)


@transaction.atomic
def save(*, respondent: Respondent, read: Read, now: datetime.datetime) -> Read:
    """Add what was given to what stands there, so that two devices lose nothing to each other.

    Comments for which there is no room come back as problems; everything else is stored. Raises SurveyNotOpen,
    AlreadySubmitted, NotStarted; in a room NoPlaceLeft.
    """
    problems: list[Problem] = []

    def added(saved: Saved) -> Saved:
        comments, left_out = _with_room(saved.comments, read.valid["comments"], room_for_comments(respondent))
        problems.extend(_no_room(key, respondent, left_out[key]) for key in left_out)
        given, moment = read.valid, now.timestamp()
        return Saved(
            answers=saved.answers | given["answers"],
            comments=comments,
            matters_most=saved.matters_most if given["matters_most"] is None else given["matters_most"],
            pace=paced(saved.pace, len(saved.changed_by(given["answers"])), saved.seconds_until(moment)),
            at=moment,
            language=get_language() or "",
        )

    _change(respondent, added)
    return read.refusing(problems)


def _change(respondent: Respondent, change: Callable[[Saved], Saved]) -> Saved:
    lock_open_survey(respondent.link.survey_id)
    sealed = locked(respondent)
    changed = change(opened(_begun(respondent) if sealed is None else sealed, respondent))
    rows.update_draft(*respondent.draft, lock_draft(vars(changed), respondent.draft_key, respondent.ballot_size))
    return changed


def locked(respondent: Respondent) -> bytes | None:
    return rows.draft(*respondent.draft, locked=True)


def _begun(respondent: Respondent) -> bytes:
    """An empty row, or the one that another tab has made in the same moment."""
    if not has_submitted(respondent):
        if respondent.link.is_in_room:
            take_place(respondent)  # the first answer is the start
        else:
            check_has_started(respondent)
        rows.insert_empty_draft(*respondent.draft)
        if (sealed := locked(respondent)) is not None:
            return sealed
    raise AlreadySubmitted


# --- Room for comments: every ballot of a survey has one size ---


def room_for_comments(respondent: Respondent) -> int:
    return comments_room(respondent.ballot_size, len(respondent.questionnaire.statements))


def _with_room(
    stored: Mapping[str, str], posted: Mapping[str, str], room: int
) -> tuple[dict[str, str], dict[str, int]]:
    """All comments that fit, and by how many bytes each other one is too long. What takes less room comes first."""
    comments, left_out = dict(stored), {}
    for key, text in sorted(posted.items(), key=lambda item: len(item[1].encode())):
        wanted = {name: words for name, words in {**comments, key: text}.items() if words}
        excess = len(packed(wanted)) - room
        if excess > 0 and text != comments.get(key):
            left_out[key] = excess
        else:
            comments = wanted
    return comments, left_out


def _no_room(key: str, respondent: Respondent, excess: int) -> Problem:
    sentence = _(
        "Shorten your comment on “%(question)s” by about %(excess)s characters, or another one: all your comments "
        "together have room for about %(room)s. It is not saved yet."
    )
    question, room = respondent.questionnaire.questions[key].text, room_for_comments(respondent)
    return Problem(key, sentence % {"question": question, "excess": thousands(excess), "room": thousands(room)})
