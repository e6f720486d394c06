from spaces.models import Group
from spaces.tree import branches


def grown(*paths: str) -> list[Group]:
    """Unsaved groups from paths such as 'A/B/C', whose last part is the name."""
    groups = {}
    for number, path in enumerate(paths, 1):
        above, _, name = path.rpartition("/")
        groups[path] = Group(pk=number, name=name, parent=groups.get(above))
    return list(groups.values())


def test_a_group_stands_before_what_is_inside_it_and_neighbours_by_name():
    tree = branches(grown("b", "A", "A/z", "A/c", "A/c/x", "b/y"))
    assert [branch.path for branch in tree] == ["A", "A › c", "A › c › x", "A › z", "b", "b › y"]
    assert [branch.level for branch in tree] == [1, 2, 3, 2, 1, 2]


def test_numbers_in_names_count():
    tree = branches(grown("Team 10", "team 2", "Team 1", "Team 1 night", "Ward 3b", "Ward 12a"))
    assert [branch.path for branch in tree] == ["Team 1", "Team 1 night", "team 2", "Team 10", "Ward 3b", "Ward 12a"]


def test_no_groups_make_no_branches():
    assert branches([]) == []


def test_a_tree_may_be_deeper_than_any_recursion():
    path = "/".join(["g"] * 2000)
    tree = branches(grown(*(path[: 2 * depth - 1] for depth in range(1, 2001))))
    assert tree[-1].level == 2000
    assert tree[-1].indent == 6
    assert tree[-1].parent == tree[-2].group
