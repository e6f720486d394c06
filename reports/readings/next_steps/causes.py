"""Five questions that tell root causes apart, and where their answers point."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.readings.improvement import RootCause, root_causes, sorting_questions

Answer = Literal["yes", "partly", "no", "dont_know"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
ANSWER_WORDS = {
    "yes": gettext_lazy("Yes"),
    "partly": gettext_lazy("Partly"),
    "no": gettext_lazy("No"),
    "dont_know": gettext_lazy("Don’t know"),
}
OF_ONESELF = {  # cause → its question where somebody asks about their own leadership of themselves
    "direction": gettext_lazy("Could you say what is wanted of you here, and would those who count on you agree?"),
    "environment": gettext_lazy("Do you have the time, tools, information and say that it needs?"),
    "capability": gettext_lazy("With all of that in place, would you know how to do it well?"),
    "accountability": gettext_lazy(
        "Would somebody notice, soon and fairly, whether it went well or badly, or would you notice yourself?"
    ),
    "motivation": gettext_lazy("Does it feel worth doing to you?"),
}


@dataclass(frozen=True)
class CauseQuestion:
    cause: RootCause
    ask: str
    if_no: str


@dataclass(frozen=True)
class Pointer:
    """Where one answer points."""

    cause: RootCause
    answer: Answer
    text: str


@dataclass(frozen=True)
class Causes:
    """What the answers say. `start_with` is None where none of them says 'no' or 'partly'."""

    start_with: RootCause | None
    sentence: str
    pointers: tuple[Pointer, ...]  # of everything that was answered, in the order asked


def cause_questions(space: str) -> tuple[CauseQuestion, ...]:
    """In the order in which they are asked; 'can' comes before 'want'."""
    causes = root_causes()
    return tuple(
        CauseQuestion(causes[key], str(OF_ONESELF[key]) if space == "self" else one.ask, one.if_no)
        for key, one in sorting_questions().items()
    )


def causes_of(answers: Mapping[str, Answer]) -> Causes:
    """Of root cause → answer, those that were given: the first 'no' says where to begin, else the first 'partly'.

    >>> causes_of({"direction": "yes", "capability": "no", "motivation": "no"}).start_with.key
    'capability'
    >>> causes_of({"direction": "partly", "motivation": "no"}).start_with.key
    'motivation'
    """
    causes, questions = root_causes(), sorting_questions()
    given = {key: answers[key] for key in questions if key in answers}
    first = next((key for wanted in ("no", "partly") for key, said in given.items() if said == wanted), None)
    return Causes(
        start_with=causes[first] if first else None,
        sentence=_start(causes[first], given[first]) if first else _no_cause(given),
        pointers=tuple(Pointer(causes[key], said, _points(causes[key], said)) for key, said in given.items()),
    )


def _start(cause: RootCause, said: Answer) -> str:
    if said == "no":
        return _("%(cause)s comes first: of the five it is the first to which you said no.") % {"cause": cause.name}
    return _("Nothing got a plain no. %(cause)s is the first of those that are only partly there.") % {
        "cause": cause.name
    }


def _no_cause(given: Mapping[str, Answer]) -> str:
    if not given:
        return _("You skipped the five questions, so what follows fits the place and not yet a cause.")
    if "dont_know" in given.values():
        return _("No answer points to a cause yet. Where you said “don’t know”, asking somebody comes first.")
    return _(
        "By your answers the cause is none of the five. Look at two recent examples before you choose, "
        "one of them where it went well."
    )


def _points(cause: RootCause, said: Answer) -> str:
    if said == "yes":
        return _("Probably not the cause.")
    if said == "dont_know":
        return _("Find out first: %(question)s") % {"question": cause.diagnostic_questions[0]}
    return _("Perhaps in part: %(meaning)s") % {"meaning": cause.meaning} if said == "partly" else cause.meaning
