"""Which groups step 2 shows where there are very many: the upper ones, those inside one, or those of a name.

What is chosen or typed elsewhere goes along hidden, so that nothing is lost by looking around.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from core.standing import STOOD
from core.words import tidy
from diagnostics.surveys.pages.drafting.figures import GroupChoice
from diagnostics.surveys.pages.drafting.people import PeopleForm, size_name
from spaces.tree import Branch

MOST_ROWS = 80  # groups at once
INSIDE, FIND, WORDS = "inside", "find", "words_of_group"  # two buttons, and what is typed beside one


@dataclass(frozen=True)
class Window:
    shown: list[str]  # keys of groups, in tree order
    is_part: bool  # of all groups
    left_out: int  # that fit, and are too many to show
    words: str = ""
    within: str = ""  # the name of the group that was opened

    def hidden(self, form: PeopleForm) -> list[tuple[str, str]]:
        """Fields of groups that are not shown: chosen ones, and sizes that somebody gave."""
        if not self.is_part:
            return []
        there = set(self.shown)
        chosen = [("audience", key) for key in form["audience"].value() or [] if key not in there]
        names = ((size_name(key), form[size_name(key)].value()) for key in form.groups if key not in there)
        return chosen + [(name, str(size)) for name, size in names if size not in (None, "")]

    def chosen_elsewhere(self, form: PeopleForm) -> list[str]:
        there = set(self.shown)
        chosen = set(form["audience"].value() or []) - there
        return [group.name for key, group in form.groups.items() if key in chosen]


def is_looking_around(request: HttpRequest) -> bool:
    """Whether a button was pressed that only shows other groups."""
    return INSIDE in request.POST or FIND in request.POST


def as_typed(form: PeopleForm, request: HttpRequest) -> PeopleForm:
    """The form as it was sent, not judged yet: nobody has said that they are done."""
    form.full_clean()
    form.errors.clear()
    form.data = request.POST.copy()
    form.data.setdefault(STOOD, "")
    return form


def window_of(tree: list[Branch], request: HttpRequest) -> Window:
    if len(tree) <= MOST_ROWS:
        return Window([branch.group.public_id for branch in tree], is_part=False, left_out=0)
    words = tidy(request.POST.get(WORDS, "")) if FIND in request.POST else ""
    if words:
        return _window([branch for branch in tree if words.casefold() in branch.path.casefold()], words=words)
    opened = next((one for one in tree if one.group.public_id == request.POST.get(INSIDE)), None)
    if opened:
        inside = [one for one in tree if one.parent == opened.group]
        return _window([*_above(tree, opened), opened, *inside], within=opened.group.name)
    return _window(_upper(tree))


def _above(tree: Iterable[Branch], opened: Branch) -> list[Branch]:
    return [one for one in tree if one.group in opened.above]


def _upper(tree: list[Branch]) -> list[Branch]:
    """As many whole levels as there is room for; the first one in any case."""
    deepest = 1
    while sum(one.level <= deepest + 1 for one in tree) <= MOST_ROWS and deepest < max(one.level for one in tree):
        deepest += 1
    return [one for one in tree if one.level <= deepest]


def _window(fitting: list[Branch], *, words: str = "", within: str = "") -> Window:
    shown = [branch.group.public_id for branch in fitting[:MOST_ROWS]]
    return Window(shown, is_part=True, left_out=len(fitting) - len(shown), words=words, within=within)


def with_insides(rows: Iterable[GroupChoice], tree: Iterable[Branch], shown: Collection[str]) -> list[tuple]:
    """Each row that is shown, with the number of groups directly in it of which none is."""
    there, open_ = set(shown), set()
    insides: Counter[str] = Counter()
    for branch in tree:
        if branch.parent:
            key = branch.parent.public_id
            insides[key] += 1
            if branch.group.public_id in there:
                open_.add(key)
    return [(row, 0 if row.key in open_ else insides[row.key]) for row in rows if row.key in there]
