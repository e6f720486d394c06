"""What a respondent has given so far: one row, locked with a key that only their link holds."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.words import thousands
from diagnostics.answering import rows
from diagnostics.answering.carelessness import Pace, pace_of, paced
from diagnostics.answering.places import check_has_started, take_place
from diagnostics.answering.respondents import SECRET, VISIT_MARK, Respondent, Seen, has_submitted, respondent_of
from diagnostics.questionnaire.form import Problem, Read
from diagnostics.questionnaire.turns import Turns, is_overtaken, with_turn
from diagnostics.sealing.boxes import comments_room, lock_draft, packed, unlock_draft
from diagnostics.sealing.tokens import draft_key, draft_tag
from diagnostics.surveys.statuses import lock_open_survey


class AlreadySubmitted(Exception):
    """A ballot with this respondent's tag is there: the first one counts."""


class LinkEnded(Exception):
    """It opens no questions any more."""


@dataclass(frozen=True)
class Saved:
    """The payload of a draft."""

    answers: dict[str, int] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    matters_most: list[str] = field(default_factory=list)
    pace: Pace = field(default_factory=lambda: [0, 0])
    at: float | None = None  # seconds since 1970 at the last save
    language: str = ""  # that they read in when something was saved last
    links_ended: int = -1  # of the survey, when their own was found good last
    turns: Turns = field(default_factory=dict)

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
    if respondent.seen:
        return saved_of(respondent.seen.payload)
    return opened(rows.draft(*respondent.draft) if respondent.token else None, respondent)


def opened(sealed: bytes | None, respondent: Respondent) -> Saved:
    if not sealed:
        return Saved()
    return saved_of(unlock_draft(sealed, respondent.draft_key))


def saved_of(payload: Mapping[str, Any]) -> Saved:
    """What a version after this one has added is left out: both answer while a new version comes or goes."""
    known = {one.name: payload[one.name] for one in fields(Saved) if one.name in payload}
    return Saved(**known | {"pace": pace_of(payload.get("pace", {}))})


def respondent_with_draft(secret: str, survey: str) -> Respondent | None:
    """Whoever holds this secret of a personal link, has a draft in the survey of that public id, and has handed in
    nothing: in one statement, which names no link.

    A draft says which ends of links its own has outlived. Where one has ended since, the link has to be looked for.
    """
    if VISIT_MARK in secret or not SECRET.fullmatch(secret):
        return None
    found = rows.with_draft(survey, draft_tag(secret))
    if found is None:
        return None
    link, sealed = found
    seen = Seen(sealed, unlock_draft(sealed, draft_key(secret)))
    respondent = Respondent(link, secret=secret, token=secret, seen=seen)
    return respondent if saved_by(respondent).links_ended == link.links_ended else None


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


def save(*, respondent: Respondent, read: Read, now: datetime.datetime) -> Read:
    """Add what was given to what stands there, so that two devices lose nothing to each other.

    Comments for which there is no room come back as problems; everything else is stored, unless a later save of the
    same page was quicker. Raises SurveyNotOpen, AlreadySubmitted, NotStarted, LinkEnded; in a room NoPlaceLeft.
    """
    if respondent.seen and read.is_empty and saved_by(respondent).language == (get_language() or ""):
        return read
    problems: list[Problem] = []

    def added(saved: Saved) -> Saved:
        comments, left_out = _with_room(saved.comments, read.valid["comments"], room_for_comments(respondent))
        problems.extend(_no_room(key, respondent, left_out[key]) for key in left_out)
        if is_overtaken(saved.turns, read.turn):
            return saved
        given, moment = read.valid, now.timestamp()
        return Saved(
            answers=saved.answers | given["answers"],
            comments=comments,
            matters_most=saved.matters_most if given["matters_most"] is None else given["matters_most"],
            pace=paced(saved.pace, len(saved.changed_by(given["answers"])), saved.seconds_until(moment)),
            at=moment,
            language=get_language() or "",
            turns=with_turn(saved.turns, read.turn),
        )

    if not _changed_at_once(respondent, added):
        problems.clear()
        _change(_anew(respondent), added)
    return read.refusing(problems)


def _changed_at_once(respondent: Respondent, change: Callable[[Saved], Saved]) -> bool:
    """As nearly always: nobody else has saved, handed in, closed or ended a link since the draft was read."""
    before = respondent.seen.sealed if respondent.seen else rows.draft(*respondent.draft)
    if not before:
        return False
    changed = change(saved_by(respondent) if respondent.seen else opened(before, respondent))
    payload = _payload(changed, respondent)
    sealed = lock_draft(payload, respondent.draft_key, respondent.ballot_size)
    done = rows.replace_draft(*respondent.draft, sealed, before=before, links_ended=respondent.link.links_ended)
    if done and respondent.seen:
        respondent.seen.sealed, respondent.seen.payload = sealed, payload
    return done


def _anew(respondent: Respondent) -> Respondent:
    """By the link, where somebody came in by their draft. Raises LinkEnded."""
    known = respondent_of(respondent.secret) if respondent.seen else respondent
    if known is None or known.link.survey_id != respondent.link.survey_id:
        raise LinkEnded
    return known


@transaction.atomic
def _change(respondent: Respondent, change: Callable[[Saved], Saved]) -> Saved:
    """Under the locks of survey and draft. Raises SurveyNotOpen, AlreadySubmitted, NotStarted, NoPlaceLeft."""
    lock_open_survey(respondent.link.survey_id)
    before = locked(respondent)
    if before is None:
        check_may_begin(respondent)
        begun = change(Saved())
        if rows.insert_draft(*respondent.draft, _sealed(begun, respondent)):
            return begun
        before = locked(respondent)  # another tab has begun in the same moment
        if before is None:
            raise AlreadySubmitted
    changed = change(opened(before, respondent))
    rows.update_draft(*respondent.draft, _sealed(changed, respondent))
    return changed


def check_may_begin(respondent: Respondent) -> None:
    """Raises AlreadySubmitted, NotStarted; in a room NoPlaceLeft."""
    if has_submitted(respondent):
        raise AlreadySubmitted
    if respondent.link.is_in_room:
        take_place(respondent)  # the first answer is the start
    else:
        check_has_started(respondent)


def locked(respondent: Respondent) -> bytes | None:
    return rows.draft(*respondent.draft, locked=True)


def _sealed(saved: Saved, respondent: Respondent) -> bytes:
    return lock_draft(_payload(saved, respondent), respondent.draft_key, respondent.ballot_size)


def _payload(saved: Saved, respondent: Respondent) -> dict[str, Any]:
    return vars(saved) | {"links_ended": respondent.link.links_ended}


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
