"""Several cells named together: a whole row, a whole column, or place by place. Nothing is ranked."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reports.readings.words import IN_SPACES, SPACE_WORDS
from reports.scoring import CellKey

SPACES = 4
COLUMN = 4  # conditions from which a space is named as a whole


def places_together(keys: Collection[CellKey], among: Sequence[CellKey], names: Mapping[str, str]) -> str:
    """'each condition in the system, Route and Task in the team and Energy (team and organisation)', as words inside a
    sentence.

    `among`: the cells that could have been named, in model order; `names`: condition → its name.
    """
    left = [key for key in among if key in keys]
    whole = [space for space in dict.fromkeys(space for _one, space in left) if _is_whole(space, left, among)]
    spaces_of: dict[str, tuple[str, ...]] = {}
    for condition, space in left:
        if space not in whole:
            spaces_of[condition] = (*spaces_of.get(condition, ()), space)
    parts = (
        [_("each condition %(where)s") % {"where": _listed([str(IN_SPACES[space]) for space in whole])}]
        if whole
        else []
    )
    for spaces in dict.fromkeys(spaces_of.values()):
        parts.append(_row([names[condition] for condition, own in spaces_of.items() if own == spaces], spaces))
    return _listed(parts)


def _is_whole(space: str, keys: Sequence[CellKey], among: Sequence[CellKey]) -> bool:
    column = [key for key in among if key[1] == space]
    return len(column) >= COLUMN and set(column) <= set(keys)


def _row(conditions: Sequence[str], spaces: Sequence[str]) -> str:
    told = {"conditions": _listed(conditions)}
    if len(spaces) == SPACES:
        return _("%(conditions)s in all four spaces") % told
    if len(spaces) == 1:
        return f"{told['conditions']} {IN_SPACES[spaces[0]]}"
    return _("%(conditions)s (%(spaces)s)") % (
        told | {"spaces": _listed([str(SPACE_WORDS[space]) for space in spaces])}
    )


def _listed(parts: Sequence[str]) -> str:
    return get_text_list(list(parts), _("and"))
