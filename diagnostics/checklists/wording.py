"""What makes a statement hard to answer or unsafe to ask: remarks on English wording, with a suggestion each.

They are the model's own rules for writing statements, seen by a machine: it notices words, not meaning. So nothing is
ever refused because of one, and the model's own statements hold them but for a few that a person has judged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy

from core.words import Words
from diagnostics.checklists.source import ABOUT_A_LEADER

Kind = Literal[
    "two_ideas",
    "too_long",
    "too_short",
    "negated",
    "absolute",
    "jargon",
    "name",
    "leading",
    "about_others",
    "no_statement",
    "identifies",
    "special",
    "alike",
]
LONGEST, SHORTEST = 18, 5  # words
ALIKE = 0.6  # of the words of two statements; of the model's own at most .41 of a condition
STRONG: frozenset[Kind] = frozenset(("identifies", "special", "alike"))


@dataclass(frozen=True)
class Remark:
    kind: Kind
    sentence: str  # what it is, and what might be done

    @property
    def is_strong(self) -> bool:
        return self.kind in STRONG


SENTENCES: dict[Kind, Words] = {
    "two_ideas": gettext_lazy(
        "This may ask two things at once, and people who agree with only one cannot answer. Make two statements of it, "
        "or keep the one that matters more."
    ),
    "too_long": gettext_lazy("It has %(count)s words. Up to %(most)s are read at one go: shorten it."),
    "too_short": gettext_lazy("It is very short. Say who does what, so that everybody thinks of the same thing."),
    "negated": gettext_lazy(
        "“%(word)s”: who disagrees has to think twice. Say what is there, rather than what is not."
    ),
    "absolute": gettext_lazy("“%(word)s”: one exception and nobody can agree. Leave the word out."),
    "jargon": gettext_lazy("“%(word)s”: not everybody will know it, or mean the same by it. Use an everyday word."),
    "name": gettext_lazy(
        "“%(word)s” looks like a name. Ratings of a named person belong in a 360, and not everybody knows the names of "
        "places and programmes."
    ),
    "leading": gettext_lazy("“%(word)s” tells people what to answer. Say plainly what can be noticed."),
    "about_others": gettext_lazy(
        "Self asks how people lead themselves. Begin with “I”, and say what they do rather than what others do."
    ),
    "no_statement": gettext_lazy("People are asked how far they agree, so it must be a statement, not a question."),
    "identifies": gettext_lazy(
        "“%(word)s”: the answers may tell who gave them, and respondents are promised that nobody can. Leave it out, "
        "unless you are sure that they cannot."
    ),
    "alike": gettext_lazy(
        "“%(title)s” asks nearly the same. People answer both alike, and what asks one thing again and again may tell "
        "too much about the answers of a few. Ask something else, or leave one out."
    ),
    "special": gettext_lazy(
        "“%(word)s”: this may ask about health, belief, origin, sexual life, politics or the like, which the law "
        "protects most. Ask it only if you must, after your data protection officer has said yes."
    ),
}


def _remark(kind: Kind, **words: object) -> Remark:
    return Remark(kind, str(SENTENCES[kind]) % words if words else str(SENTENCES[kind]))


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])", re.IGNORECASE)


NEGATED = _words("not", "never", "no", "none", "nobody", "nothing", "neither", "nor", "without", "cannot", r"\w+n['’]t")
ABSOLUTE = _words("always", "never", "completely", "totally", "every time", "at all times", "under all circumstances")
LEADING = _words(
    *("of course", "obviously", "clearly", "surely", "naturally", "as you know", "everybody knows", "excellent"),
    *("outstanding", "amazing", "fantastic", "terrible", "should", "ought to", "must", "good leaders?"),
)
JARGON = _words(
    *(
        "synerg(?:y|ies)",
        "leverag(?:e|es|ing)",
        "stakeholders?",
        "deliverables?",
        "paradigms?",
        "bandwidth",
        "holistic",
    ),
    *("going forward", "touch base", "deep dives?", "empower(?:s|ed|ing|ment)?", "agile", "lean", "kpis?", "okrs?"),
    *("roadmaps?", "buy-in", "proactive(?:ly)?", "best practices?", "value[- ]add(?:ed)?", "low-hanging fruit"),
    *("blue[- ]sky", "move the needle", "pain points?", "learnings", "onboard(?:ing|ed)?", "upskill(?:ing|ed)?"),
    *(
        "cascade[sd]?",
        "strateg(?:ise|ize)",
        "incentivi[sz]e[sd]?",
        "actionable",
        "mission-critical",
        "rightsiz(?:e|ing)",
    ),
)
TWO_IDEAS = re.compile(r";|(?<![\w-])(?:as well as|and also|both \w+ and|while|whereas)(?![\w-])", re.IGNORECASE)
TWO_VERBS = re.compile(r" \w+,? and (?:I|we|they|people|leaders|\{leader\}) (?!who)\w+", re.IGNORECASE)
IDENTIFIES = _words(
    *(
        "names?",
        "e-?mails?",
        "phone numbers?",
        "job titles?",
        "job grade",
        "pay grade",
        "salary",
        "how old",
        "date of birth",
    ),
    *("how long have you worked", "years of service", "which (?:team|ward|office|department)", "who is", "who are you"),
    *("your (?:role|position|manager|supervisor|boss|office|ward|department)", "initials", "staff number", "postcode"),
)
SPECIAL = _words(
    *(
        "health (?:condition|problem)s?",
        "(?:my|your|their|our|mental) health",
        "ill(?:ness(?:es)?)?",
        "sick(?:ness)?",
        "disab(?:led|ility|ilities)",
    ),
    *("pregnan(?:t|cy)", "menopaus(?:e|al)", "religio(?:n|us)", "faith", "pray(?:er|ers)?", "church", "mosque"),
    *("ethnic(?:ity)?", "rac(?:e|ial)", "skin colour", "nationality", "immigra(?:nt|tion)s?", "gay", "lesbian"),
    *(
        "sexual(?:ity| orientation)",
        "trans(?:gender)?",
        "trade unions?",
        "union members?",
        "political (?:party|views?)",
    ),
    *("vote[sd]?", "criminal", "convictions?", "gender", "marital status", "medication", "diagnos(?:is|ed)", "genetic"),
)
_FIRST_PERSON = re.compile(r"(?<!\w)(?:I|I['’]\w+|me|my|mine|myself)(?!\w)")
_OTHERS_FIRST = re.compile(
    r"^(?:(?:in|across|with) )?(?:we|our|my (?:team|manager|colleagues?)|people|they|leaders)\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<=[a-z,] )(?!I\b)(?:[A-Z][a-z]+)(?: [A-Z][a-z]+)*")
KNOWN_NAMES = frozenset(
    (
        "Don",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "English",
        "Welsh",
        "German",
    )
)


def remarks_on_statement(text: str, wording: str) -> tuple[Remark, ...]:
    """What stands out in one English statement; nothing of an empty one.

    >>> [one.kind for one in remarks_on_statement("We never leverage Dave Smith.", "team")]
    ['too_short', 'negated', 'absolute', 'jargon', 'name']
    >>> remarks_on_statement("In our team, we know what our task is.", "team")
    ()
    """
    return tuple(_of_statement(text, wording)) if text else ()


def remarks_on_question(text: str) -> tuple[Remark, ...]:
    """Of an open question: whether its answers may tell who gave them."""
    return tuple(_unsafe(text))


def _of_statement(text: str, wording: str) -> Iterator[Remark]:
    yield from _unsafe(text)
    yield from _of_form(text)
    yield from _found(text, {"negated": NEGATED, "absolute": ABSOLUTE, "jargon": JARGON})
    if (name := _NAME.search(text)) and name[0] not in KNOWN_NAMES:
        yield _remark("name", word=name[0])
    yield from _found(text, {"leading": LEADING})
    if wording == "self" and (_OTHERS_FIRST.search(text) or not _FIRST_PERSON.search(text)):
        yield _remark("about_others")


def _of_form(text: str) -> Iterator[Remark]:
    count = len(text.split())
    if TWO_IDEAS.search(text) or TWO_VERBS.search(text):
        yield _remark("two_ideas")
    if count > LONGEST:
        yield _remark("too_long", count=count, most=LONGEST)
    if count < SHORTEST:
        yield _remark("too_short", count=count)
    if text.endswith("?"):
        yield _remark("no_statement")


def _unsafe(text: str) -> Iterator[Remark]:
    yield from _found(text, {"identifies": IDENTIFIES, "special": SPECIAL})


def _found(text: str, patterns: Mapping[Kind, re.Pattern[str]]) -> Iterator[Remark]:
    for kind, pattern in patterns.items():
        if found := pattern.search(text):
            yield _remark(kind, word=found[0])


def remark_on_likeness(text: str, other: str, title: str) -> Remark | None:
    """Where a statement has most words of another, whose indicator has that title.

    >>> remark_on_likeness("We plan our work together.", "We plan our week together.", "Planning").kind
    'alike'
    >>> remark_on_likeness("We plan our work together.", "We learn from our work.", "Learning")
    """
    here, there = (set(re.findall(r"\w+", one.casefold())) for one in (text, other))
    return _remark("alike", title=title) if len(here & there) > ALIKE * len(here | there) else None


def remarks_on(text: str, wording: str, language: str = "en-GB") -> tuple[Remark, ...]:
    """The rules are those of English: of other languages only what can be counted."""
    if language.startswith("en"):
        return remarks_on_statement(text, wording if wording not in ABOUT_A_LEADER else "leader")
    return tuple(one for one in _of_form(text) if one.kind in ("too_long", "no_statement"))
