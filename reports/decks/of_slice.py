"""The slides of one group: its map, the places to begin with, what else stands out, and what happens next."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from reports.decks import shared
from reports.decks.slides import (
    CausesSlide,
    CellSlide,
    CommentsSlide,
    FindingsSlide,
    HelpSlide,
    MapSlide,
    PicksSlide,
    PointsSlide,
    ReadingSlide,
    ShownAction,
    Slide,
    TitleSlide,
)
from reports.readings.next_steps.actions import ActionView
from reports.readings.next_steps.of_slice import PlaceSteps, question_sheets, resembles, warnings_of
from reports.readings.survey.comments import Answered
from reports.readings.survey.findings import FindingView
from reports.readings.survey.places import places_together
from reports.readings.survey.slice import CellReading, SliceReading
from reports.readings.survey.statements import StatementView
from reports.readings.topics import Topic, topics_of_slice

FINDINGS_A_SLIDE = 4
COMMENTS_A_SLIDE = 3
BREAKS_A_SLIDE = 3  # they take more words
FULL_SLIDE = 3  # actions, of which each is told in short


def slice_deck(reading: SliceReading, answered: Iterable[Answered] = ()) -> tuple[Slide, ...]:
    """`answered`: what people wrote, for a file that carries it."""
    topics = topics_of_slice(reading)
    return (
        title_slide(reading),
        reading_slide(reading),
        map_slide(reading),
        *summary_slides(reading),
        *(cell_slide(reading, topic, turn) for turn, topic in enumerate(topics)),
        *picks_slides(reading),
        *findings_slides(reading.findings),
        *comments_slides(answered),
        *([shared.talk_slide(_("Which of these questions shall we go on with?"), topics)] if topics else []),
        *next_steps_slides(reading),
        shared.closing_slide(shared.only_views(reading.slice.n)),
    )


def foot(reading: SliceReading) -> str:
    return shared.foot(reading.name, shared.number_of_people(reading.slice.n), reading.edition)


def title_slide(reading: SliceReading) -> TitleSlide:
    survey = reading.survey
    return TitleSlide(
        message=survey.title,
        notes=(
            _("What were you curious about when you answered?"),
            survey.purpose,
            f"{shared.only_views(reading.slice.n)} {shared.smallest_group(reading.edition)}",
        ),
        subtitle=reading.name,
        facts=shared.survey_facts(survey, reading.people),
    )


def reading_slide(reading: SliceReading) -> ReadingSlide:
    return ReadingSlide(
        message=_("A word and a number say how far something is in place")
        if reading.has_scores
        else _("A word says how far something is in place"),
        notes=(_("Which of these marks would you like explained once more?"), *shared.how_to_read()),
        lead=" ".join(filter(None, [reading.view.caption, reading.view.note])),
        legend=reading.view.legend,
        marks=shared.marks(reading.edition),
    )


def map_slide(reading: SliceReading) -> MapSlide:
    return MapSlide(
        message=_map_message(bool(reading.act_first), bool(reading.talk_first)),
        notes=(
            _("What surprises you? What did you expect?"),
            *(one.question for one in (*reading.act_first, *reading.talk_first)),
            _("Act first: low, and seen alike or not very differently. Talk first: people see these differently."),
            *shared.how_to_read(),
        ),
        name=reading.name,
        people=reading.slice.n,
        view=reading.view,
        act_first=reading.act_first,
        talk_first=reading.talk_first,
        note=shared.only_views(reading.slice.n),
    )


def summary_slides(reading: SliceReading) -> Iterator[PointsSlide]:
    if reading.summary:
        question = _("Which of these did you expect, and which surprises you?")
        yield PointsSlide(
            message=_("The map in a few sentences"),
            notes=(
                question,
                *reading.summary,
                _("By stated rules; a place to begin, not a verdict."),
            ),
            points=reading.summary,
            question=question,
            view=reading.view,
        )


def _map_message(has_act: bool, has_talk: bool) -> str:
    if has_act and has_talk:
        return _("What to act on first, and what to talk about first")
    if has_act:
        return _("What to act on first")
    return _("What to talk about first") if has_talk else _("How far each condition is in place")


def cell_slide(reading: SliceReading, topic: Topic, turn: int) -> CellSlide:
    behind = reading.asked_cell(topic.cell.condition, topic.cell.space)
    first, *others = topic.questions
    statement = telling_statement(behind)
    return CellSlide(
        message=shared.cell_message(topic.cell),
        notes=(first, *others, behind.in_words, *shared.how_to_read_cell(topic.cell, statement)),
        cell=topic.cell,
        agreement=behind.agreement,
        meaning=behind.in_words,
        statement=statement,
        question=first,
        exercise=shared.exercise(topic.cell, turn),
    )


def telling_statement(behind: CellReading) -> StatementView | None:
    """The first in model order of which classes are shown, else the first with a level; never by its score."""
    with_classes = (one for one in behind.statements if one.classes)
    with_level = (one for one in behind.statements if one.word)
    return next(with_classes, None) or next(with_level, None)


def picks_slides(reading: SliceReading) -> Iterator[PicksSlide]:
    published = reading.content.picks
    if reading.picks and published:
        note = _("Shares of the %(people)s people who chose two, each rounded by itself.")
        question = _("Does this match what takes most of our time?")
        yield PicksSlide(
            message=_("What people say matters most right now"),
            notes=(
                question,
                _("What made you choose as you did, if you would like to say?"),
                _("How to read: each person chose two, so the shares add up to about 200%."),
                _("Better left unsaid: that what few chose does not matter."),
            ),
            picks=reading.picks,
            note=note % {"people": published.n},
            question=question,
        )


def comments_slides(answered: Iterable[Answered]) -> Iterator[CommentsSlide]:
    for one in answered:
        written = [comment.text for comment in one.every if not comment.is_redacted]
        parts = shared.parts(written, COMMENTS_A_SLIDE)
        for number, part in enumerate(parts, start=1):
            message = _("What people wrote on %(condition)s") % {"condition": one.condition}
            yield CommentsSlide(
                message=shared.numbered(message, number, len(parts)),
                notes=(
                    _("What do several of these have in common?"),
                    *part,
                    _("Word for word, in random order. Better left unsaid: who may have written what."),
                ),
                question=one.question,
                comments=tuple(part),
            )


def findings_slides(findings: Sequence[FindingView]) -> Iterator[FindingsSlide]:
    """Those of one kind together, as many on a slide as can be read from afar; all of them where they are few."""
    kinds = [kind for kind in shared.FINDING_MESSAGES if any(one.kind == kind for one in findings)]
    if len(kinds) > 1 and len(findings) <= BREAKS_A_SLIDE:
        ordered = [one for kind in kinds for one in findings if one.kind == kind]
        questions = [str(shared.FINDING_MESSAGES[kind][1]) for kind in kinds]
        yield _findings_slide(_("What else stands out"), questions, ordered)
        return
    for kind in kinds:
        alike = [one for one in findings if one.kind == kind]
        message, question = shared.FINDING_MESSAGES[kind]
        parts = shared.parts(alike, BREAKS_A_SLIDE if kind == "break" else FINDINGS_A_SLIDE)
        for number, part in enumerate(parts, start=1):
            yield _findings_slide(shared.numbered(str(message), number, len(parts)), [str(question)], part)


def _findings_slide(message: str, questions: Sequence[str], part: Sequence[FindingView]) -> FindingsSlide:
    """The first question stands on the slide as well."""
    return FindingsSlide(
        message=message,
        notes=(
            *questions,
            *(f"{one.title}. {one.text}" for one in part),
            _("By stated rules; a place to begin, not a verdict."),
        ),
        findings=tuple(part),
        question=questions[0],
    )


def next_steps_slides(reading: SliceReading) -> Iterator[Slide]:
    """One for each place with actions, as they were chosen; those with the questions alone share theirs."""
    for one in reading.next_steps:
        if one.chosen:
            yield help_slide(one)
    for questions, of in question_sheets(one for one in reading.next_steps if not one.chosen):
        places = places_together([one.place for one in of], list(reading.content.cells), reading.names)
        yield CausesSlide(
            message=_("What may lie behind %(places)s") % {"places": places},
            notes=(
                _("Which of these would you answer with no, and what example comes to mind?"),
                *(f"{one.cause.name}: {one.cause.how_to_tell_it_apart}" for one in questions),
                *warnings_of(of),
                _("Better left unsaid: what should be done, before they have said what lies behind it."),
            ),
            questions=questions,
        )


def help_slide(steps: PlaceSteps) -> HelpSlide:
    questions = tuple(one.question for one in steps.causes) if steps.with_questions else ()
    first = (
        _("Which of these would you answer with no, and what example comes to mind?")
        if questions
        else _("Which of these could we begin within a week, and what would speak against it?")
    )
    return HelpSlide(
        message=_("What could help: %(place)s") % {"place": steps.cell.place},
        notes=(
            first,
            *(view.in_words for view in steps.chosen),
            *map(resembles, steps.problems),
            *steps.warnings,
            _("Better left unsaid: which of these you favour, before they have said what lies behind it."),
        ),
        cell=steps.cell,
        questions=questions,
        actions=tuple(ShownAction(view, _lines(view, len(steps.chosen))) for view in steps.chosen),
    )


def _lines(view: ActionView, actions: int) -> tuple[tuple[str, str], ...]:
    """As much of one of so many as can be read from afar."""
    step, notice = view.action.first_step, view.action.measure
    return (
        *([("", view.action.description)] if actions == 1 else []),
        (_("First step:"), step),
        *([(_("How you would notice:"), notice)] if actions < FULL_SLIDE else []),
    )
