"""Several cells named together: a whole row, a whole column, or place by place. Nothing is ranked."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reports.readings.words import IN_SPACES, SPACE_WORDS
from reports.scoring import CellKey

SPACES = 4
COLUMN = 4  # conditions from which a space is named as a whole


def places_together(keys: Collection[CellKey], among: Sequence[CellKey], names: Mapping[str, str]) -> str:
    """'every condition in the system, Task in the team and Energy (team and organisation)': words inside a sentence.

    `among`: the cells that could have been named, in model order; `names`: condition → its name.
    """
    left = [key for key in among if key in keys]
    parts = []
    for space in dict.fromkeys(space for _condition, space in among):
        column = [key for key in among if key[1] == space]
        if len(column) >= COLUMN and set(column) <= set(left):
            parts.append(_("every condition %(where)s") % {"where": IN_SPACES[space]})
            left = [key for key in left if key[1] != space]
    for condition in dict.fromkeys(condition for condition, _space in left):
        spaces = [space for one, space in left if one == condition]
        parts.append(_row(names[condition], spaces))
    return get_text_list(parts, _("and"))


def _row(name: str, spaces: Sequence[str]) -> str:
    if len(spaces) == SPACES:
        return _("%(condition)s in all four spaces") % {"condition": name}
    if len(spaces) == 1:
        return f"{name} {IN_SPACES[spaces[0]]}"
    listed = get_text_list([str(SPACE_WORDS[space]) for space in spaces], _("and"))
    return _("%(condition)s (%(spaces)s)") % {"condition": name, "spaces": listed}
