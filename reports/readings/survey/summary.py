"""A group's map in three sentences that only this group could have: its findings put together over rows and columns.

Every sentence follows from published findings, which stand beside it. Where nothing stands out that is said, with what
is there instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import decimal
from reports.publish.cells import PublishedCell
from reports.publish.findings import SELF, Finding, FindingKind
from reports.readings.heatmap import level_names
from reports.readings.survey.places import places_together
from reports.readings.words import IN_SPACES, LEVEL_WORDS, NOT_JUDGED, SPACE_WORDS
from reports.scoring import LEVELS, CellKey, level

MOST = 3  # sentences
Names = Mapping[str, str]  # condition → its name
Cells = Mapping[CellKey, PublishedCell]


def summary_of(findings: Sequence[Finding], cells: Cells, names: Names) -> tuple[str, ...]:
    """At most three sentences. `cells`: as published, in model order."""
    of = _Map(findings, cells, names)
    said = list(of.sentences())[:MOST]
    return (*said, *of.rest())[:MOST]


class _Map:
    def __init__(self, findings: Sequence[Finding], cells: Cells, names: Names) -> None:
        self.findings, self.cells, self.names = findings, cells, names
        self.scores = {key: cell.figures.score for key, cell in cells.items() if cell.figures}

    def sentences(self) -> Iterator[str]:
        yield from map(self._act, self._of_kind("act_first"))
        yield from map(self._talk, self._of_kind("talk_first"))
        yield from self._breaks(self._of_kind("break"))
        yield from self._could_not_judge()
        yield from map(self._stands_out, self._of_kind("stands_out"))
        yield from map(self._in_place, self._of_kind("firmly_in_place"))

    def rest(self) -> Iterator[str]:
        """Where the places lie of which nothing was said; of a map of words, what these are."""
        named = {key for found in self.findings for key in (*found.cells, *found.more)}
        left = [score for key, score in self.scores.items() if key not in named and not self._is_apart(key)]
        told = {"places": len(left), "between": _between(left) if left else ""}
        if not self.scores:
            yield from self._in_words()
        elif not self.findings:
            yield self._nothing(left)
        elif len(left) > 1 and self._has_self_apart:
            yield _("The other %(places)s places, Self apart, lie %(between)s.") % told
        elif len(left) > 1:
            yield _("The other %(places)s places lie %(between)s.") % told
        hidden = sum(cell.said is None for cell in self.cells.values())
        if hidden and self.scores:
            said = ngettext(
                "%(hidden)s place has answers from too few people to be shown.",
                "%(hidden)s places have answers from too few people to be shown.",
                hidden,
            )
            yield said % {"hidden": hidden}

    @cached_property
    def _has_self_apart(self) -> bool:
        """Self is a view of oneself: it is not set beside the others, where there are others."""
        spaces = {space for _condition, space in self.scores}
        return SELF in spaces and len(spaces) > 1

    def _is_apart(self, key: CellKey) -> bool:
        return self._has_self_apart and key[1] == SELF

    def _nothing(self, scores: Sequence[float]) -> str:
        if len(scores) == 1:
            return _("One place has a score: %(score)s, %(levels)s.") % {
                "score": _span(scores),
                "levels": _levels(scores),
            }
        told = {"places": len(scores), "between": _between(scores)}
        if self._has_self_apart:
            return _("Nothing stands out: all %(places)s places, Self apart, lie %(between)s.") % told
        return _("Nothing stands out: all %(places)s places lie %(between)s.") % told

    def _of_kind(self, kind: FindingKind) -> list[Finding]:
        return [found for found in self.findings if found.kind == kind]

    def _together(self, keys: Sequence[CellKey]) -> str:
        return places_together(keys, list(self.scores), self.names)

    def _act(self, found: Finding) -> str:
        keys = [*found.cells, *found.more]
        told = {"places": self._together(keys), "scores": self._scores(keys)}
        return capfirst(_("%(places)s came out low (%(scores)s), and people do not differ very widely there.") % told)

    def _talk(self, found: Finding) -> str:
        keys = [*found.cells, *found.more]
        camps = [key for key in keys if (figures := self.cells[key].figures) and figures.is_split]
        wide = [key for key in keys if key not in camps]
        told = {"camps": self._together(camps), "places": self._together(wide)}
        if not camps:
            return _("People see %(places)s very differently.") % told
        if not wide:
            return _("There are two camps on %(camps)s.") % told
        return _("There are two camps on %(camps)s, and people see %(places)s very differently.") % told

    def _breaks(self, broken: Sequence[Finding]) -> Iterator[str]:
        """The conditions that are weaker between the same two spaces together, the most of them first; one sentence."""
        sides: dict[tuple[str, str], list[Finding]] = {}
        for found in broken:
            sides.setdefault((found.cells[0][1], found.cells[1][1]), []).append(found)
        if not sides:
            return
        most = max(sides.values(), key=lambda found: (len(found), max(map(_width, found))))
        if len(most) == 1:
            yield self._break(most[0])
            return
        weak, strong = most[0].cells[0][1], most[0].cells[1][1]
        conditions = get_text_list([self.names[found.cells[0][0]] for found in most], _("and"))
        told = {"conditions": conditions, "weak": IN_SPACES[weak], "strong": IN_SPACES[strong]}
        yield _("%(conditions)s are less in place %(weak)s than %(strong)s, on the statements asked in both.") % told

    def _break(self, found: Finding) -> str:
        (condition, weak), (_same, strong) = found.cells
        told = {"condition": self.names[condition], "weak": IN_SPACES[weak], "strong": IN_SPACES[strong]}
        told |= {"from": SPACE_WORDS[strong], "to": SPACE_WORDS[weak]}
        if found.scores:
            told |= {"weaker": decimal(found.scores[0]), "stronger": decimal(found.scores[1])}
        if self._thins_out(condition, strong, weak):
            said = _(
                "%(condition)s thins out from %(from)s to %(to)s: from %(stronger)s to %(weaker)s, on the statements "
                "asked in both."
            )
            return said % told
        said = _(
            "%(condition)s is less in place %(weak)s (%(weaker)s) than %(strong)s (%(stronger)s), on the statements "
            "asked in both."
        )
        return said % told

    def _thins_out(self, condition: str, strong: str, weak: str) -> bool:
        """Step by step over a space between them, in the order of the model."""
        spaces = [space for one, space in self.scores if one == condition]
        first, last = spaces.index(strong), spaces.index(weak)
        steps = [self.scores[condition, space] for space in spaces[first : last + 1]]
        return len(steps) > 2 and all(before > after for before, after in pairwise(steps))

    def _could_not_judge(self) -> Iterator[str]:
        """Of the largest share alone."""
        found = self._of_kind("could_not_judge")
        for share, words in NOT_JUDGED.items():
            keys = [key for one in found if one.share == share for key in one.cells]
            if keys:
                yield _("%(sentence)s.") % {"sentence": capfirst(str(words) % {"places": self._together(keys)})}
                return

    def _stands_out(self, found: Finding) -> str:
        words = ngettext(
            "%(places)s stands out: clearly higher (%(scores)s) than the average of %(others)s.",
            "%(places)s stand out: clearly higher (%(scores)s) than the average of %(others)s.",
            len(found.cells),
        )
        others = _("the other places, Self apart") if self._has_self_apart else _("the other places")
        told = {"places": self._together(found.cells), "scores": self._scores(found.cells), "others": others}
        return capfirst(words % told)

    def _in_place(self, found: Finding) -> str:
        return _("Firmly in place: %(places)s.") % {"places": self._together([*found.cells, *found.more])}

    def _in_words(self) -> Iterator[str]:
        levels = [cell.word.level for cell in self.cells.values() if cell.word and cell.word.level]
        if not levels:
            yield _("No place has answers from enough people to be shown.")
            return
        counted = [(LEVEL_WORDS[one][2], levels.count(one)) for one in LEVELS if one in levels]
        said = [_("%(number)s %(level)s") % {"number": number, "level": word} for word, number in counted]
        told = {"places": len(levels), "levels": get_text_list(said, _("and"))}
        yield (
            ngettext(
                "%(places)s place has a word and no score: %(levels)s.",
                "%(places)s places have words and no scores: %(levels)s.",
                len(levels),
            )
            % told
        )

    def _scores(self, keys: Sequence[CellKey]) -> str:
        return _span([self.scores[key] for key in keys])


def _between(scores: Sequence[float]) -> str:
    """'between 3.6 and 4.1, mostly in place'."""
    told = {"low": decimal(min(scores)), "high": decimal(max(scores)), "levels": _levels(scores)}
    if min(scores) == max(scores):
        return _("at %(low)s, %(levels)s") % told
    return _("between %(low)s and %(high)s, %(levels)s") % told


def _levels(scores: Sequence[float]) -> str:
    return level_names([level(min(scores)), level(max(scores))]).said


def _span(scores: Sequence[float]) -> str:
    low, high = decimal(min(scores)), decimal(max(scores))
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _width(found: Finding) -> float:
    return found.scores[1] - found.scores[0] if found.scores else 0.0
