"""One slice of a survey's edition as a reader sees it. The page and every file take it from here and add nothing."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import in_words, paragraph
from diagnostics.instrument.models import Condition
from diagnostics.instrument.sources import CURRENT
from diagnostics.instrument.translations import said
from diagnostics.questionnaire.questionnaire import Questionnaire, questionnaire_of
from diagnostics.surveys.models import Survey
from reports.editions.groups import told_name
from reports.editions.models import Edition, PublishedSlice
from reports.publish.cells import CellFigures
from reports.publish.content import SliceContent
from reports.publish.findings import FindingKind
from reports.publish.statements import PublishedStatement
from reports.publish.turnout import MOST, turnout_share
from reports.readings import guidance
from reports.readings.heatmap import CellView, HeatmapView, heatmap_view
from reports.readings.survey.bars import ClassView, class_key
from reports.readings.survey.findings import (
    FindingView,
    PickView,
    Priorities,
    finding_views,
    no_question_twice,
    pick_views,
    priorities,
)
from reports.readings.survey.statements import StatementView, statement_view
from reports.readings.survey.summary import summary_of
from reports.readings.survey.texts import CellTexts, texts_of_cell
from reports.readings.words import AGREEMENT_SENTENCES, SHARE_WORDS, TWO_CAMPS_SENTENCE
from reports.scoring import CellKey
from spaces.models import Space


@dataclass(frozen=True)
class CellReading:
    """What lies behind one cell."""

    cell: CellView
    text: str  # what its level says
    said: CellTexts  # what its statements say
    agreement: str
    could_not_judge: str
    rests_on: str  # on whom what needs ten people rests, where that is not everybody in the cell
    statements: tuple[StatementView, ...]
    keys: tuple[tuple[tuple[str, str], ...], ...]  # of the bars: (fill, word) of their classes
    not_shown: int = 0  # how many more statements it has

    @property
    def questions(self) -> tuple[str, ...]:
        return self.said.questions

    @property
    def in_words(self) -> str:
        """All that is said of it, as one text."""
        said = (self.text, self.agreement, self.could_not_judge, self.said.about, self.said.topics)
        return paragraph(*filter(None, [*said, *self.said.sentences, self.said.more]))

    @property
    def is_shown(self) -> bool:
        """With a score, or with a word alone."""
        return self.cell.level is not None

    @property
    def why_not_shown(self) -> str:
        """Beneath the statements that are shown. The rule alone, as the edition gives it: `publish.slices._at_best`."""
        if not (self.statements and self.not_shown):
            return ""
        return ngettext(
            "One more statement belongs to this cell. It is not shown, because too few of the answers to it come from "
            "groups in which ten or more people rated it, or because it would give single answers away.",
            "%(number)s more statements belong to this cell. They are not shown, because too few of the answers to "
            "each come from groups in which ten or more people rated it, or because they would give single answers "
            "away.",
            self.not_shown,
        ) % {"number": self.not_shown}


@dataclass(frozen=True)
class SliceReading:
    slice: PublishedSlice
    columns: tuple[tuple[str, str], ...]  # (space key, name), in model order
    rows: tuple[tuple[str, str, str], ...]  # (condition key, name, role), in model order

    @cached_property
    def name(self) -> str:
        """Of the group; no other of its edition has the same."""
        return told_name(self.slice)

    @property
    def edition(self) -> Edition:
        return self.slice.edition

    @property
    def survey(self) -> Survey:
        return self.edition.survey

    @property
    def questionnaire(self) -> Questionnaire:
        return questionnaire_of(self.survey.asked_version)

    @property
    def k(self) -> str:
        return in_words(self.edition.ledger["k"])

    @property
    def people(self) -> str:
        """'104 people (about 85% of those asked)'."""
        return people_of(self.slice)

    @property
    def turnout(self) -> str:
        """'about 85%', or nothing."""
        return turnout_text(self.slice)

    @property
    def content(self) -> SliceContent:
        return self.slice.figures

    @cached_property
    def view(self) -> HeatmapView:
        return heatmap_view(
            self.content.cells.values(),
            columns=self.columns,
            rows=self.rows,
            people=self.slice.n,
            bands=self.edition.parameters["bands"],
        )

    @cached_property
    def names(self) -> dict[str, str]:
        return {key: name for key, name, _role in self.rows}

    @cached_property
    def summary(self) -> tuple[str, ...]:
        """At most three sentences; none of an edition of method 1.0."""
        if self.is_of_first_method:
            return ()
        return summary_of(self.content.findings, self.content.cells, self.names)

    @property
    def is_of_first_method(self) -> bool:
        return self.edition.is_of_first_method

    @property
    def act_why(self) -> str:
        """What is true of each place to act on first."""
        if self.is_of_first_method:
            return _("Low, and people largely agree. In the order of the model, not ranked.")
        return _("Low, and people see it alike or not very differently. In the order of the model, not ranked.")

    @cached_property
    def act_first(self) -> Priorities:
        return self._priorities("act_first")

    @cached_property
    def talk_first(self) -> Priorities:
        return self._priorities("talk_first")

    @cached_property
    def findings(self) -> tuple[FindingView, ...]:
        return finding_views(self.content.findings, self.view, self.names)

    @cached_property
    def picks(self) -> tuple[PickView, ...]:
        return pick_views(self.content.picks, self.names)

    @cached_property
    def has_scores(self) -> bool:
        return any(cell.figures for cell in self.content.cells.values())

    def _priorities(self, kind: FindingKind) -> Priorities:
        return priorities(self.content.findings, kind, self.view, self._first_questions)

    @cached_property
    def _first_questions(self) -> dict[CellKey, str]:
        """One for each place to act on or talk about first."""
        first = [found for found in self.content.findings if found.kind in ("act_first", "talk_first")]
        return no_question_twice({key: self.texts(key).questions for found in first for key in found.cells})

    def texts(self, key: CellKey) -> CellTexts:
        """What the statements of a cell say; in an edition of method 1.0 the questions of the whole cell."""
        model = self.questionnaire.model_version
        of_cell = guidance.cells(model)[key].questions
        if self.is_of_first_method:
            return CellTexts(questions=of_cell)
        asked = [one for one in self.questionnaire.statements_of(key[0]) if one.space == key[1]]
        texts = texts_of_cell(self.content.cells[key], self.content.statements.get(key, ()), asked)
        return texts if texts.questions else replace(texts, questions=of_cell)

    def _level_text(self, view: CellView) -> str:
        """What its level says: in an edition of method 1.0 by a text of the cell's own."""
        if view.level is None or ((view.camps or view.frame) and not self.is_of_first_method):
            return ""  # where views differ the average speaks for nobody
        model = self.questionnaire.model_version if self.is_of_first_method else CURRENT
        return guidance.level_texts(model, view.condition, view.space)[view.level]

    def cell(self, condition: str, space: str) -> CellReading | None:
        """None for what was not asked."""
        return self.asked_cell(condition, space) if (condition, space) in self.content.cells else None

    def asked_cell(self, condition: str, space: str) -> CellReading:
        key = condition, space
        figures = self.content.cells[key].figures
        view = self.view.cell(condition, space)
        points = [point["label"] for point in self.questionnaire.content["scale"]["points"]]
        shown = self.shown_statements(key)
        statements = [statement_view(one, self.questionnaire.statements[one.key].text, points) for one in shown]
        bars: dict[str, list[ClassView]] = {}
        for one, view_of_it in zip(shown, statements, strict=True):
            bars.setdefault(one.state, []).extend(view_of_it.classes)
        return CellReading(
            cell=view,
            text=self._level_text(view),
            said=self.texts(key),
            agreement=_agreement(figures) if figures else "",
            could_not_judge=str(SHARE_WORDS.get(figures.could_not_judge, "")) if figures else "",
            rests_on=_rests_on(figures) if figures else "",
            statements=tuple(statements),
            keys=tuple(class_key(classes) for classes in bars.values() if classes),
            not_shown=len(self.content.statements.get(key, ())) - len(shown),
        )

    def shown_statements(self, key: CellKey) -> tuple[PublishedStatement, ...]:
        """Those of a cell of which something may be said."""
        return tuple(one for one in self.content.statements.get(key, ()) if one.state != "not_shown")


def _rests_on(figures: CellFigures) -> str:
    if not figures.not_of_tens:
        return ""
    said = ngettext(
        "The range, two camps and “could not judge” rest on %(people)s of the %(every)s people, without %(groups)s "
        "group of fewer than ten.",
        "The range, two camps and “could not judge” rest on %(people)s of the %(every)s people, without %(groups)s "
        "groups of fewer than ten.",
        figures.not_of_tens,
    )
    return said % {"people": figures.n_tens, "every": figures.n, "groups": figures.not_of_tens}


def _agreement(figures: CellFigures) -> str:
    return str(TWO_CAMPS_SENTENCE if figures.is_split else AGREEMENT_SENTENCES.get(figures.agreement, ""))


def read_slice(one: PublishedSlice) -> SliceReading:
    """`one` as `for_reading` loads it. A survey in a room is five places of one space, not twenty."""
    columns, rows = model_heads()
    survey = one.edition.survey
    asked = [column for column in columns if not survey.is_in_room or column[0] in survey.spaces_asked]
    return SliceReading(one, tuple(asked), rows)


def model_heads() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...]]:
    """The columns and the rows of every map, in model order: (space key, name); (condition key, name, role)."""
    conditions = Condition.objects.select_related("role")
    return (
        tuple((space.key, said(f"space.{space.key}.name", space.name)) for space in Space.objects.all()),
        tuple(
            (one.key, said(f"condition.{one.key}.name", one.name), said(f"role.{one.role.key}", one.role.name))
            for one in conditions
        ),
    )


def turnout_of(one: PublishedSlice) -> int | None:
    """The share of the people asked in its groups who answered, as `turnout_share` says it; None where nothing is said.

    Editions before code 3 stored how many were asked: no more is said of those.
    """
    ledger, place = one.edition.ledger, (one.kind, one.group.public_id)
    said = {(kind, node): share for kind, node, share in ledger.get("turnout", ())}
    asked = {(kind, node): people for kind, node, people in ledger.get("asked", ())}
    return turnout_share(one.n, asked[place]) if place in asked else said.get(place)


def people_of(one: PublishedSlice) -> str:
    """'104 people', where it may be said with the share of those asked."""
    people, share = ngettext("%(people)s person", "%(people)s people", one.n) % {"people": one.n}, turnout_of(one)
    if share is None:
        return people
    told = {"people": people, "share": share}
    if share >= MOST:
        return _("%(people)s (%(share)s%% or more of those asked)") % told
    return _("%(people)s (about %(share)s%% of those asked)") % told


def turnout_text(one: PublishedSlice) -> str:
    """'about 85%', '95% or more', or nothing where nothing may be said."""
    share = turnout_of(one)
    if share is None:
        return ""
    return (_("%(share)s%% or more") if share >= MOST else _("about %(share)s%%")) % {"share": share}
