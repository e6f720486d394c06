"""The words of the forecast, written once: its table, its legend and what joining changes say the same."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import in_words
from diagnostics.surveys.audience.tree import Node
from diagnostics.surveys.models import Survey
from diagnostics.surveys.promises import comments_from
from reports.disclosure import GROUP, OTHER_GROUPS, TEAM, TEN, THIRTY
from reports.disclosure.forecast import (
    AVERAGES,
    FIVE_CLASSES,
    FURTHER,
    NOT_NEEDED,
    NOWHERE,
    OWN,
    THREE_CLASSES,
    TOGETHER,
    Outcome,
)

WORDS_ONLY = "words only"
NO_RESULT = "forecast-none"  # the class of its hatching

DETAIL_WORDS = {
    WORDS_ONLY: gettext_lazy("words only"),
    AVERAGES: gettext_lazy("averages"),
    THREE_CLASSES: gettext_lazy("three classes"),
    FIVE_CLASSES: gettext_lazy("five classes"),
}
FILLS = {
    WORDS_ONLY: "forecast-words-only",
    AVERAGES: "forecast-averages",
    THREE_CLASSES: "forecast-three-classes",
    FIVE_CLASSES: "forecast-five-classes",
}


@dataclass(frozen=True)
class Key:
    """A line of the legend."""

    words: str  # as in the table
    meaning: str
    fill: str = ""


class Wording:
    """How one survey's outcomes are said."""

    def __init__(self, survey: Survey, places: list[Node], k: int, words_only: Collection[str]) -> None:
        self.survey, self.k = survey, k
        self.words_only = words_only  # leaves that say less below 30, by key
        self.is_in_words = not survey.is_personal  # so says every group of a survey by shared link
        self.names = {place.key: place.name for place in places}
        self.paths = paths_of(places)

    # --- Names ----------------------------------------------------------------------------------

    def name(self, kind: str, node: str) -> str:
        return _whole(kind, self.names[node])

    def path(self, kind: str, node: str) -> str:
        """With the groups above it, so that two of one name are told apart."""
        return _whole(kind, self.paths[node])

    # --- Outcomes -------------------------------------------------------------------------------

    def detail(self, kind: str, node: str, outcome: Outcome) -> str:
        """How much is said of it, as one of `DETAIL_WORDS`; "" where it has no result."""
        if outcome.kind != OWN:
            return ""
        is_less = self.is_in_words or (kind == TEAM and node in self.words_only)
        return WORDS_ONLY if is_less and outcome.detail != FIVE_CLASSES else outcome.detail

    def said(self, kind: str, node: str, outcome: Outcome) -> str:
        """'three classes, comments', or why there is no result."""
        if outcome.kind != OWN:
            return self._no_result(kind, outcome)
        detail = str(DETAIL_WORDS[self.detail(kind, node, outcome)])
        return _("%(detail)s, comments") % {"detail": detail} if outcome.has_comments else detail

    def report(self, kind: str, node: str, outcome: Outcome) -> str:
        """'12 answers, three classes, comments'; "" where there is no report."""
        if outcome.kind != OWN:
            return ""
        answers = ngettext("%(n)s answer", "%(n)s answers", outcome.answers) % {"n": outcome.answers}
        return _("%(answers)s, %(detail)s") % {"answers": answers, "detail": self.said(kind, node, outcome)}

    def _no_result(self, kind: str, outcome: Outcome) -> str:
        if kind == OTHER_GROUPS and outcome.kind == NOWHERE:
            return self._under_k()
        return {
            TOGETHER: _("In “%(name)s”") % {"name": self.path(OTHER_GROUPS, outcome.at)} if outcome.at else "",
            NOWHERE: _("In no figure"),
            FURTHER: _("counted further up"),
            NOT_NEEDED: _("not needed"),
        }[outcome.kind]

    def _under_k(self) -> str:
        return _("under %(k)s") % {"k": in_words(self.k)}

    # --- The legend -----------------------------------------------------------------------------

    def details_explained(self) -> list[Key]:
        meanings = {
            WORDS_ONLY: _("levels in words, without numbers, below thirty answers"),
            AVERAGES: _("averages and levels"),
            THREE_CLASSES: _("also shares in three classes; needs %(least)s answers or more")
            % {"least": in_words(max(self.k, TEN))},
            FIVE_CLASSES: _("also shares in five classes; needs %(least)s answers or more")
            % {"least": max(self.k, THIRTY)},
        }
        told = meanings.keys() - ({AVERAGES, THREE_CLASSES} if self.is_in_words else self._none_less())
        return [Key(str(DETAIL_WORDS[one]), meanings[one], FILLS[one]) for one in meanings if one in told]

    def _none_less(self) -> set[str]:
        return set() if self.words_only else {WORDS_ONLY}

    def others_explained(self) -> list[Key]:
        words = {"k": in_words(self.k)}
        return [
            Key(_("comments"), self._where_comments()),
            Key(
                _("In “Other groups …”"),
                _("has no report of its own: fewer than %(k)s answers, counted together with others") % words,
                NO_RESULT,
            ),
            Key(
                _("In no figure"),
                _("fewer than %(k)s even together, so that nobody can work them out") % words,
                NO_RESULT,
            ),
            Key(self._under_k(), _("the small groups here stay too few together, and are in no figure")),
            Key(_("counted further up"), _("too few here; they stand in “Other groups” of a larger group")),
            Key(_("not needed"), _("every group here has a report of its own")),
        ]

    def _where_comments(self) -> str:
        least = {"least": in_words(max(self.k, comments_from(self.survey)))}
        if self.survey.comments_at == Survey.CommentsAt.WHOLE:
            return _("what people wrote, for the whole survey only; needs %(least)s answers or more") % least
        return _("what people wrote can be read there; needs %(least)s answers or more") % least


def _whole(kind: str, name: str) -> str:
    words = {"name": name}
    if kind == OTHER_GROUPS:
        return _("Other groups in %(name)s") % words
    return _("All of %(name)s") % words if kind == GROUP else name


def paths_of(places: list[Node]) -> dict[str, str]:
    """'Care › North › Ward 3' for every key; the root is above all of them and stands in no other path."""
    paths: dict[str, str] = {}
    roots = {place.key for place in places if place.parent is None}
    for place in places:
        above = place.parent
        is_alone = above is None or above in roots
        paths[place.key] = place.name if is_alone or above is None else f"{paths[above]} › {place.name}"
    return paths
