"""Step 2 in figures: every group with its people, and what the choices so far add up to."""

from collections import Counter
from collections.abc import Collection
from copy import copy
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _

from diagnostics.surveys.audience.tree import Audience, Node, audience_of, leaves, own_result, people_asked, plan
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.drafting.people import PeopleForm, size_name
from diagnostics.surveys.recipes import Asked, asked_of
from spaces.tree import Branch


@dataclass(frozen=True)
class GroupChoice:
    """A group that may be chosen."""

    branch: Branch
    is_chosen: bool
    people: int  # in it and in all groups inside it
    own: int  # in it, not in a group inside it
    outlook: str  # whether it will have a result of its own, in words
    is_uncertain: bool
    size: BoundField

    @property
    def key(self) -> str:
        return self.branch.group.public_id

    @property
    def typed_size(self) -> str:
        """What stands in the box: what was given, else the people of the group itself."""
        given = self.size.value()
        return str(self.own or "") if given is None else str(given)


def rows(
    form: PeopleForm, tree: list[Branch], survey: Survey, audience: Audience, shown: Collection[str]
) -> list[GroupChoice]:
    """Each of the groups (keys) as it would be if the whole workspace were asked."""
    everybody = plan(tree, audience, {branch.group.pk for branch in tree})
    nodes = {node.key: node for node in everybody}
    within = _people_within(tree, audience)
    chosen = set(form["audience"].value() or [])
    return [
        GroupChoice(
            branch=branch,
            is_chosen=branch.group.public_id in chosen,
            people=within[branch.group.pk],
            own=len(audience.people.get(branch.group.pk, ())),
            size=form[size_name(branch.group.public_id)],
            **_outlook(nodes.get(branch.group.public_id), survey.k),
        )
        for branch in tree
        if branch.group.public_id in shown
    ]


def _people_within(tree: list[Branch], audience: Audience) -> Counter[int]:
    """How many stand in each group and in all groups inside it, by its id."""
    within: Counter[int] = Counter()
    for branch in tree:
        own = len(audience.people.get(branch.group.pk, ()))
        within.update(dict.fromkeys((group.pk for group in (*branch.above, branch.group)), own))
    return within


def _outlook(node: Node | None, k: int) -> dict:
    if node is None:
        return {"outlook": _("Nobody is placed here"), "is_uncertain": False}
    if not node.is_leaf:
        return {"outlook": "", "is_uncertain": False}
    outlook = own_result(node.counted, k)
    sentences = {
        "likely": _("Own result from %(k)s answers"),
        "depends": _("Own result only if %(k)s of %(n)s answer"),
        "never": _("Too few for a result of its own"),
    }
    if node.uncounted:
        sentences["depends"] = _("Own result only if %(k)s of %(n)s answer besides the leader")
    return {
        "outlook": sentences[outlook] % {"k": k, "n": node.counted},
        "is_uncertain": outlook == "depends",
    }


@dataclass(frozen=True)
class Sums:
    """What each person gets, and how many groups can be reported."""

    asked: Asked | None
    people: int
    groups: int
    likely: int
    depends: int
    too_few: int  # whether they are counted together with others tells the forecast


def as_chosen(survey: Survey, values: dict) -> Survey:
    """The survey as it would be with these values; not for saving."""
    proposed = copy(survey)
    for field in values.keys() - {"audience"}:
        setattr(proposed, field, values[field])
    proposed.k = max(survey.k, proposed.least_k) if proposed.entry == survey.entry else proposed.least_k
    return proposed


def nodes_of(survey: Survey, tree: list[Branch], chosen: set[int], audience: Audience | None = None) -> list[Node]:
    return plan(tree, audience or audience_of(survey), chosen, joined=survey.joined)


def sums(survey: Survey, nodes: list[Node]) -> Sums:
    outlooks = [own_result(node.counted, survey.k) for node in leaves(nodes)]
    return Sums(
        asked=asked_of(survey),
        people=people_asked(nodes),
        groups=len(outlooks),
        likely=outlooks.count("likely"),
        depends=outlooks.count("depends"),
        too_few=outlooks.count("never"),
    )
