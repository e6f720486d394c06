"""The fields of a questionnaire: what each is called on a page, and how a POST is read back.

No Django Form: 35 choice fields would cost more than storing the answers does.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import paragraph, thousands
from diagnostics.questionnaire import loaded
from diagnostics.questionnaire.loaded import LOADED, MATTERS_MOST
from diagnostics.questionnaire.questionnaire import AT_MOST, Questionnaire
from diagnostics.questionnaire.turns import TURN, Turn, turn_in

DONT_KNOW = 0
RATINGS = {"0": DONT_KNOW, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
COMMENT_LIMIT = 4_000  # characters
SHOWN_AGAIN = 20_000  # characters of a comment that is too long
QUOTED = 40  # characters of a posted name or value, in a sentence about it
NAMED = 3  # unknown names listed in one sentence

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # PostgreSQL refuses NUL, XML documents the others


def field_name(key: str) -> str:
    """What the field of a statement or an open question is called in a form."""
    return key


def field_id(key: str) -> str:
    """Its anchor in the page."""
    return key.replace(".", "-")


@dataclass(frozen=True)
class Problem:
    """One sentence about one posted field; `key` is None when no field of the page is meant."""

    key: str | None
    sentence: str

    @property
    def anchor(self) -> str | None:
        return self.key and field_id(self.key)


@dataclass(frozen=True)
class Parsed:
    """What a POST says: all that is valid, what is wrong, and the comments to show again as they were typed."""

    answers: dict[str, int]  # 1…5, or DONT_KNOW
    comments: dict[str, str]  # "" takes a comment back
    problems: tuple[Problem, ...]
    typed: dict[str, str]


def parse(data: QueryDict, questionnaire: Questionnaire, *, beside: Iterable[str] = ()) -> Parsed:
    """Read a POST against a version's statements; `beside` are the form's own fields (tokens, buttons)."""
    posted = {name: str(value) for name, value in data.items() if name not in beside}
    ratings = {name: value for name, value in posted.items() if name in questionnaire.statements}
    comments = {name: _clean(value) for name, value in posted.items() if name in questionnaire.questions}
    unknown = [name for name in posted if name not in ratings and name not in comments]
    problems = [
        *(
            Problem(key, _out_of_range(questionnaire, key, value))
            for key, value in ratings.items()
            if value not in RATINGS
        ),
        *_comment_problems(posted, comments, questionnaire),
        *([Problem(None, _not_asked(unknown))] if unknown else []),
    ]
    return Parsed(
        answers={key: RATINGS[value] for key, value in ratings.items() if value in RATINGS},
        comments={key: comment for key, comment in comments.items() if len(comment) <= COMMENT_LIMIT},
        problems=tuple(problems),
        typed={key: comment[:SHOWN_AGAIN] for key, comment in comments.items() if len(comment) > COMMENT_LIMIT},
    )


def _clean(comment: str) -> str:
    return _UNSTORABLE.sub("", comment.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _comment_problems(posted: dict[str, str], comments: dict[str, str], questionnaire: Questionnaire) -> list[Problem]:
    problems = []
    for key, comment in comments.items():
        question = questionnaire.questions[key].text
        if len(comment) > COMMENT_LIMIT:
            problems.append(Problem(key, _too_long(len(comment), question)))
        elif _UNSTORABLE.search(posted[key]):
            problems.append(Problem(key, _unstorable(question)))
    return problems


def _unstorable(question: str) -> str:
    return _(
        "Your comment on “%(question)s” held characters that cannot be stored. It was saved without them: "
        "check that it still says what you mean."
    ) % {"question": question}


def _too_long(length: int, question: str) -> str:
    sentence = _(
        "Shorten your comment on “%(question)s”: it has %(length)s characters, and there is room for %(limit)s. "
        "It is not saved yet."
    ) % {"question": question, "length": thousands(length), "limit": thousands(COMMENT_LIMIT)}
    if length <= SHOWN_AGAIN:
        return sentence
    shown = _("Only its first %(shown)s characters are shown here.") % {"shown": thousands(SHOWN_AGAIN)}
    return paragraph(sentence, shown)


def _out_of_range(questionnaire: Questionnaire, key: str, value: str) -> str:
    return _("Choose 1 to 5 or “%(dont_know)s” for “%(statement)s” “%(value)s” is none of these and was not saved.") % {
        "dont_know": questionnaire.content["scale"]["not_scored_label"],
        "statement": questionnaire.statements[key].text,
        "value": _quoted(value),
    }


def _not_asked(names: list[str]) -> str:
    listed = ", ".join(f"“{_quoted(name)}”" for name in names[:NAMED])
    more = len(names) - NAMED
    if more > 0:
        and_more = ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more)
        listed = and_more % {"names": listed, "more": more}
    return ngettext(
        "%(names)s is not a statement or question that you are asked here. It was left out.",
        "%(names)s are not statements or questions that you are asked here. They were left out.",
        len(names),
    ) % {"names": listed}


def _quoted(text: str) -> str:
    clean = _UNSTORABLE.sub("�", text)
    return clean if len(clean) <= QUOTED else clean[:QUOTED] + "…"


MARK = "mark"  # of the link that a page belongs to

LINK = "link"  # one that is pasted

VISIT = "visit"  # the token of a visit by a shared link that begins with what is posted

OWN_FIELDS = ("csrfmiddlewaretoken", "to", LINK, MARK, VISIT, LOADED, TURN, MATTERS_MOST)  # beside the questionnaire's


@dataclass(frozen=True)
class Read:
    valid: dict  # answers, comments, matters_most: what the save action takes
    problems: tuple[Problem, ...]
    typed: dict[str, str]  # comments to show again as they were typed
    ticked: list[str] | None  # conditions, however many; None when they were not asked
    turn: Turn | None = None  # among the saves of a page

    @property
    def unsaved(self) -> list[str]:
        """The fields whose new value could not be taken."""
        too_many = self.ticked is not None and self.valid["matters_most"] is None
        return [*self.typed, *([MATTERS_MOST] if too_many else [])]

    @property
    def is_empty(self) -> bool:
        """As a page is posted of which the script has saved everything."""
        return self.is_choice_alone and self.valid["matters_most"] is None

    @property
    def is_choice_alone(self) -> bool:
        """As the review posts it: nothing else to save, nothing to correct."""
        return not (self.problems or self.valid["answers"] or self.valid["comments"])

    def refusing(self, problems: list[Problem]) -> "Read":
        """The same with comments that could not be stored, to be shown again as they were typed."""
        typed = {problem.key: self.valid["comments"][problem.key] for problem in problems if problem.key}
        return replace(self, problems=(*self.problems, *problems), typed=self.typed | typed)


def read_post(data: QueryDict, questionnaire: Questionnaire, *, anew: bool = False) -> Read:
    """What was changed on a page: a field that stands as the page was loaded with it was not touched, and says nothing.

    `anew`: all of it counts, for a page that was loaded under another link.
    """
    parsed = parse(data, questionnaire, beside=OWN_FIELDS)
    stood = {} if anew else loaded.fields(data.get(LOADED, ""), questionnaire)
    ticked = _ticked(data, questionnaire)
    if ticked is not None and stood.get(MATTERS_MOST) == loaded.picks(ticked):
        ticked = None
    fits = ticked is not None and len(ticked) <= AT_MOST
    too_many = [] if ticked is None or fits else [Problem(MATTERS_MOST, _too_many(len(ticked)))]
    return Read(
        valid={
            "answers": {key: value for key, value in parsed.answers.items() if stood.get(key) != str(value)},
            "comments": {key: text for key, text in parsed.comments.items() if stood.get(key) != loaded.digest(text)},
            "matters_most": ticked if fits else None,
        },
        problems=(*parsed.problems, *too_many),
        typed=parsed.typed,
        ticked=ticked,
        turn=turn_in(data),
    )


def _ticked(data: QueryDict, questionnaire: Questionnaire) -> list[str] | None:
    """In the order of the pages. The form posts an empty value too, so that unticking everything is heard."""
    if MATTERS_MOST not in data:
        return None
    return [condition for condition in questionnaire.pages if condition in data.getlist(MATTERS_MOST)]


def _too_many(count: int) -> str:
    return _("Choose at most two conditions: you have chosen %(count)s. Your choice is not saved yet.") % {
        "count": apnumber(count)
    }


def destination(to: str, questionnaire: Questionnaire, *, page: Callable[[str], str], **others: str) -> str | None:
    """The address that the pressed button names: a condition, a statement or open question, or one of the others."""
    if to in questionnaire.pages:
        return page(to)
    if asked := questionnaire.statements.get(to) or questionnaire.questions.get(to):
        return page(asked.condition) + f"#{field_id(to)}"
    return others.get(to)
