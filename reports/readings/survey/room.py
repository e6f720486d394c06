"""What a room may make of its own result: where to begin, a question to talk about, a next step. It says 'we'.

From what is published, by words alone; the first of these rules that applies decides where to begin:

1. places to act on first, 2. places to talk about first (both take scores, so thirty people), 3. the places with the
lowest word, unless all have the same: then it is said that nothing stands out, or that all is firmly in place.

Of several places the lowest by its word, and of those that tie the first in the order of the model, which is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.words import Words, in_words, paragraph
from diagnostics.questionnaire.questionnaire import Statement
from reports.publish.findings import FindingKind
from reports.readings.guidance import indicator
from reports.readings.next_steps.actions import fitting_actions
from reports.readings.survey.slice import SliceReading
from reports.readings.survey.texts import SELF
from reports.readings.words import LEVEL_WORDS
from reports.scoring import LEVELS, CellKey, Level

LOW_ENOUGH = ("not_yet", "partly")
WITH_THE_TEAM = "team"

HEADLINES: dict[str, Words] = {
    "act_first": gettext_lazy("%(places)s came out low, and we see it much alike."),
    "talk_first": gettext_lazy("We see %(places)s very differently."),
    "lowest": gettext_lazy("%(places)s came out lowest: %(level)s."),
    "only": gettext_lazy("%(places)s is %(level)s. Nothing can be said of the others."),
    "less": gettext_lazy("%(places)s came out a little less firmly than the rest: %(level)s."),
}


@dataclass(frozen=True)
class NextStep:
    text: str
    title: str = ""  # of the action that it begins
    company: str = ""  # "With the team"
    effort: str = ""  # "An hour or two"
    notice: str = ""  # how we would notice


@dataclass(frozen=True)
class RoomReading:
    headline: str
    tie: str  # that the question is on one of several, and on which; "" where it is on all that is named
    question: str
    step: NextStep | None  # None where no action of the model belongs to what was asked


def room_reading(reading: SliceReading) -> RoomReading | None:
    """None where no place has a word, or where more than one space was asked."""
    levels = _levels(reading)
    if not levels or len(reading.survey.spaces_asked) != 1:
        return None
    for kind in ("act_first", "talk_first"):
        if found := _found(reading, kind):
            return _on(found, kind, reading, levels)
    lowest = min(levels.values(), key=LEVELS.index)
    places = [key for key, level in levels.items() if level == lowest]
    if len(levels) == 1:
        return _on(places, "only", reading, levels)
    if len(places) == len(levels):
        return _alike(lowest, len(levels))
    return _on(places, "lowest" if lowest in LOW_ENOUGH else "less", reading, levels)


def _levels(reading: SliceReading) -> dict[CellKey, Level]:
    """Of each place that has a word, in model order."""
    said = {key: cell.said for key, cell in reading.content.cells.items()}
    return {key: one.level for key, one in said.items() if one and one.level}


def _found(reading: SliceReading, kind: FindingKind) -> list[CellKey]:
    return [key for found in reading.content.findings if found.kind == kind for key in (*found.cells, *found.more)]


def _on(places: Sequence[CellKey], kind: str, reading: SliceReading, levels: dict[CellKey, Level]) -> RoomReading:
    lowest = min((levels[key] for key in places), key=LEVELS.index)
    first = next(key for key in places if levels[key] == lowest)
    told = {"places": get_text_list([reading.names[key[0]] for key in places], _("and"))}
    told["level"] = str(LEVEL_WORDS[lowest][2])
    asked = next(one for one in reading.questionnaire.statements_of(first[0]) if one.space == first[1])
    return RoomReading(
        headline=str(HEADLINES[kind]) % told,
        tie=_tie(reading.names[first[0]], len(places)),
        question=_question(asked, first, reading),
        step=_hear_first() if kind == "talk_first" else _step(asked, first),
    )


def _tie(name: str, places: int) -> str:
    if places == 1:
        return ""
    said = _(
        "The question and the step are on %(place)s, the first of them in the order of the model and no worse than the "
        "others. Take another if it matters more to us."
    )
    return said % {"place": name}


def _question(asked: Statement, key: CellKey, reading: SliceReading) -> str:
    if asked.is_of_model:
        of_indicator = indicator(asked.key.partition(".")[0])
        return (of_indicator.questions_self if key[1] == SELF else of_indicator.questions_group)[0]
    return next(iter(reading.texts(key).questions), "")


def _step(asked: Statement, key: CellKey) -> NextStep | None:
    """Something that can be done with the team; about oneself, what each can do alone."""
    if not asked.is_of_model:
        return None
    of_indicator = asked.key.partition(".")[0]
    fitting = fitting_actions(key, company=WITH_THE_TEAM, indicators=[of_indicator], most=1)
    if key[1] == SELF or not fitting or fitting[0].is_company_other:
        return NextStep(indicator(of_indicator).first_step)
    (best,) = fitting
    return NextStep(best.action.first_step, best.action.title, best.company, best.effort, best.action.measure)


def _hear_first() -> NextStep:
    return NextStep(
        _(
            "Before we change anything: each of us says in one sentence what comes to mind with this statement, and "
            "nobody replies until all have spoken. Nobody need say what they answered."
        )
    )


def _alike(level: Level, places: int) -> RoomReading:
    """`places`: two or more."""
    told = {"places": in_words(places), "level": str(LEVEL_WORDS[level][2])}
    headline = _("All %(places)s came out alike: %(level)s.") % told
    if level == "firmly":
        step = _("Each of us names one thing that we want to go on doing, and we write down three of them.")
        return RoomReading(headline, "", _("What keeps it so, and who among us looks after it?"), NextStep(step))
    return RoomReading(
        headline=paragraph(headline, _("None stands out, so it is for us to choose.")),
        tie="",
        question=_("Which of them would help us most, if it were better in place?"),
        step=NextStep(_("Each of us names one and says why. We begin where most of us point.")),
    )
