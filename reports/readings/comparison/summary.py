"""What a comparison comes to, in words: who differs clearly and where, and what it leaves out.

No model, no request: of Django only gettext.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.words import Words
from reports.comparisons.differences import Word
from reports.publish.cells import Why
from reports.readings.comparison.difference_words import ComparedGroup, DifferenceView
from reports.readings.survey.places import places_together
from reports.scoring import CellKey

NO_SCORE: Mapping[Why, Words] = {  # why cells are not compared, with their number
    "one_statement": gettext_lazy("%(cells)s of one statement"),
    "open_link": gettext_lazy("%(cells)s where people came in by an open link"),
    "same_people": gettext_lazy("%(cells)s where nearly the same people were asked shortly before"),
}
OTHERS_WITHOUT_SCORE = gettext_lazy("%(cells)s where everybody else has no score")
NOT_COMPARED_HERE: Mapping[Word, Words] = {
    "too_few": gettext_lazy("%(cells)s with too few people on a side"),
    "no_score": gettext_lazy("%(cells)s where a side has no score"),
    "alike": gettext_lazy("%(cells)s where groups cannot be told apart"),
}
NAMED_PLACES = 2  # clear differences of a group that are named one by one
NAMED_GROUPS = 2  # in a headline
SAID_GROUPS = 8  # in sentences


@dataclass(frozen=True)
class ClearGroup:
    """A group with its clear differences, none of which is said of another group as well."""

    group: ComparedGroup
    found: tuple[DifferenceView, ...]  # in model order


@dataclass(frozen=True)
class Summary:
    headline: str  # the message, without a full stop
    sentences: tuple[str, ...]
    rest: str  # what the list of clear differences leaves out
    chance: str  # how many such words chance alone would give


def clear_groups(groups: Sequence[ComparedGroup]) -> tuple[ClearGroup, ...]:
    """In the order of the survey. What is said of the same people under two names, or of two groups that are each
    other's everybody else, is said of the smaller one."""
    owner: dict[object, str] = {}
    for group in sorted(groups, key=lambda group: group.people):
        for one in group.clear:
            owner.setdefault(_what(one, group), group.key)
    own = (
        ClearGroup(group, tuple(one for one in group.clear if owner[_what(one, group)] == group.key))
        for group in groups
    )
    return tuple(one for one in own if one.found)


def _what(one: DifferenceView, group: ComparedGroup) -> object:
    """What a difference is between; of editions of method 1.0 only whose it is."""
    found = one.found
    if found.judged is None or found.others is None:
        return one.key, group.key
    every = frozenset(at for at, judged in enumerate(found.judged.groups) if judged)
    rest = frozenset() if found.others.without else every - found.atoms
    return one.key, frozenset([frozenset(found.atoms), rest])


def summary_of(groups: Sequence[ComparedGroup], clear: Sequence[ClearGroup], *, is_first_method: bool) -> Summary:
    """`clear`: see `clear_groups`. `is_first_method`: the edition is of method 1.0."""
    return Summary(
        headline=_headline(groups, clear),
        sentences=tuple(_sentences(groups, clear)),
        rest=_rest(groups, clear),
        chance=_chance(groups, is_first_method=is_first_method),
    )


def said_of(one: ClearGroup) -> str:
    """'District nursing is clearly lower in 13 of 20 cells', without a full stop."""
    return _("%(group)s is clearly %(differs)s") % {"group": one.group.name, "differs": _differs(one)}


def said_in_space(one: ClearGroup, space: str, where: str) -> str:
    """'In the team, District nursing is lower in 4 of 5 conditions', of a group that differs clearly in the space."""
    found = [view for view in one.found if view.cell.space == space]
    compared = sum(view.cell.space == space for view in one.group.compared)
    sides = Counter(view.is_higher for view in found)
    if len(found) == 1:
        place = {"where": where, "group": one.group.name, "place": found[0].condition}
        higher, lower = (
            _("%(where)s, %(group)s is higher in %(place)s"),
            _("%(where)s, %(group)s is lower in %(place)s"),
        )
        return (higher if found[0].is_higher else lower) % place
    numbers = {"where": where, "group": one.group.name, "of": compared, "up": sides[True], "down": sides[False]}
    if not sides[False]:
        return _("%(where)s, %(group)s is higher in %(up)s of %(of)s conditions") % numbers
    if not sides[True]:
        return _("%(where)s, %(group)s is lower in %(down)s of %(of)s conditions") % numbers
    return _("%(where)s, %(group)s is higher in %(up)s and lower in %(down)s of %(of)s conditions") % numbers


def _headline(groups: Sequence[ComparedGroup], clear: Sequence[ClearGroup]) -> str:
    if not any(group.compared for group in groups):
        return _("Nothing can be compared here")
    if not clear:
        return _("No group differs clearly from everybody else")
    if len(clear) == 1:
        return said_of(clear[0])
    if len(clear) <= NAMED_GROUPS:
        names = get_text_list([one.group.name for one in clear], _("and"))
        return _("%(groups)s differ clearly from everybody else") % {"groups": names}
    numbers = {"clear": len(clear), "groups": len(groups)}
    return _("%(clear)s of %(groups)s groups differ clearly from everybody else") % numbers


def _sentences(groups: Sequence[ComparedGroup], clear: Sequence[ClearGroup]) -> Iterator[str]:
    """None says again what the headline says."""
    compared = sum(len(group.compared) for group in groups)
    if len(clear) > 1:
        yield from (_("%(said)s.") % {"said": _with_self_views(one)} for one in clear[:SAID_GROUPS])
    if len(clear) > SAID_GROUPS:
        more = len(clear) - SAID_GROUPS
        yield ngettext(
            "%(more)s more group differs clearly: see the list.",
            "%(more)s more groups differ clearly: see the list.",
            more,
        ) % {"more": more}
    yield from _of_self(clear)
    if clear and sum(len(one.found) for one in clear) < compared:
        yield _("Nothing else differs clearly.")
    if compared and not clear:
        yield ngettext(
            "The only cell that is compared shows no clear difference.",
            "None of the %(compared)s cells that are compared shows a clear difference.",
            compared,
        ) % {"compared": compared}
        yield _("That is the usual outcome. It does not mean that all see the same: talk about what each group sees.")
    for group in groups:
        if group.differences and all(one.word == "nobody_else" for one in group.differences.values()):
            yield _("%(group)s is everybody in the report, so there is nobody to compare it with.") % {
                "group": group.name
            }


def _with_self_views(one: ClearGroup) -> str:
    own = sum(view.is_self_view for view in one.found)
    if own in (0, len(one.found)):
        return said_of(one)
    return ngettext("%(said)s, %(own)s of them a self-view", "%(said)s, %(own)s of them self-views", own) % {
        "said": said_of(one),
        "own": own,
    }


def _of_self(clear: Sequence[ClearGroup]) -> Iterator[str]:
    """What people say of themselves is no view of the group."""
    own = [sum(view.is_self_view for view in one.found) for one in clear]
    if not any(own):
        return
    if len(clear) == 1 and own[0] < len(clear[0].found):
        yield ngettext(
            "%(own)s of these is a self-view: how people see their own leadership, not how others see it.",
            "%(own)s of these are self-views: how people see their own leadership, not how others see it.",
            own[0],
        ) % {"own": own[0]}
    else:
        yield _("A self-view is how people see their own leadership, not how others see it.")


def _differs(one: ClearGroup) -> str:
    """'lower in 13 of 20 cells'."""
    higher, lower = ([view for view in one.found if view.is_higher is side] for side in (True, False))
    if not (higher and lower):
        where = _where(one)
        return (_("higher in %(where)s") if higher else _("lower in %(where)s")) % {"where": where}
    if len(one.found) == NAMED_PLACES:
        places = {"up": higher[0].cell.place, "down": lower[0].cell.place}
        return _("higher in %(up)s and clearly lower in %(down)s") % places
    numbers = {"up": len(higher), "down": len(lower), "cells": _cells(one.group)}
    return _("higher in %(up)s and clearly lower in %(down)s of %(cells)s") % numbers


def _where(one: ClearGroup) -> str:
    """Two by name, a whole column or row of the map as such, else how many."""
    found, among = [view.key for view in one.found], [view.key for view in one.group.compared]
    if len(found) == len(among) > NAMED_PLACES:
        return _("all %(cells)s") % {"cells": _cells(one.group)}
    if len(found) <= NAMED_PLACES or _is_a_line(found, among):
        return places_together(found, among, {view.key[0]: view.condition for view in one.found})
    return _("%(found)s of %(cells)s") % {"found": len(found), "cells": _cells(one.group)}


def _is_a_line(found: Sequence[CellKey], among: Sequence[CellKey]) -> bool:
    """A whole row or column of the map, all of it compared."""
    return any(
        len({key[by] for key in found}) == 1 and sum(key[by] == found[0][by] for key in among) == len(found)
        for by in (0, 1)
    )


def _cells(group: ComparedGroup) -> str:
    """Among how many a group could differ."""
    compared = len(group.compared)
    if compared == len(group.differences):
        return _number(compared)
    return ngettext("the %(cells)s cell that is compared", "the %(cells)s cells that are compared", compared) % {
        "cells": compared
    }


def _rest(groups: Sequence[ComparedGroup], clear: Sequence[ClearGroup]) -> str:
    """What the list of clear differences leaves out, and why some cells are not compared."""
    every = [one for group in groups for one in group.differences.values()]
    plain = sum(one.word == "not_clear" for one in every) if clear else 0  # else a sentence says so
    again = sum(one.is_clear for one in every) - sum(len(one.found) for one in clear)
    said = []
    if plain:
        said.append(
            ngettext("%(cells)s cell shows no clear difference.", "%(cells)s cells show no clear difference.", plain)
            % {"cells": plain}
        )
    if again:
        same = ngettext(
            "%(cells)s more says the same of the same people, under another name or from the other side.",
            "%(cells)s more say the same of the same people, under another name or from the other side.",
            again,
        )
        said.append(same % {"cells": again})
    reasons = Counter(_why_not(one) for one in every if not one.is_compared and one.word != "nobody_else")
    if reasons:
        listed = get_text_list([str(why) % {"cells": _number(cells)} for why, cells in reasons.items()], _("and"))
        said.append(_("Not compared: %(listed)s.") % {"listed": listed})
    return " ".join(said)


def _number(cells: int) -> str:
    return ngettext("%(cells)s cell", "%(cells)s cells", cells) % {"cells": cells}


def _why_not(one: DifferenceView) -> Words:
    if one.word == "no_score" and one.found.why:
        return NO_SCORE[one.found.why] if one.found.is_mine else OTHERS_WITHOUT_SCORE
    return NOT_COMPARED_HERE[one.word]


def _chance(groups: Sequence[ComparedGroup], *, is_first_method: bool) -> str:
    if not any(group.compared for group in groups):
        return ""
    if is_first_method:
        return _("About one in ten of such words may be chance.")
    return _(
        "If no group differed at all, chance alone would still give 0.1 to 0.3 such words in a whole report. Words are "
        "given once for the whole report; they do not depend on which groups are chosen here."
    )
