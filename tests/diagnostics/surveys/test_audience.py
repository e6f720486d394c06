"""The tree that a launch copies: chosen groups with all below them, one root, people at inner groups in a leaf."""

import pytest

from diagnostics.surveys.audience.tree import EVERYONE, leaves, own_result, people_asked, tree_of
from spaces.actions.groups import add_person, create_group, name_leader
from tests.diagnostics.launched import draft_in, teams_in, workspace_of


@pytest.fixture
def workspace(alice):
    return workspace_of(alice)


@pytest.fixture
def whole(workspace, alice, instrument):
    return teams_in(workspace, by=alice)


def shape(places) -> list[tuple[str, str | None, int]]:
    """Name, name of the parent, people in it."""
    names = {place.key: place.name for place in places}
    return [(place.name, place.parent and names[place.parent], place.invited) for place in places]


def test_a_chosen_group_comes_with_all_below_it(workspace, whole, alice):
    assert shape(tree_of(draft_in(workspace, whole, by=alice))) == [
        ("Community services", None, 0),
        ("District nursing", "Community services", 8),
        ("Pharmacy", "Community services", 6),
        ("Podiatry", "Community services", 3),
    ]


def test_choosing_a_group_below_a_chosen_one_changes_nothing(workspace, whole, alice):
    child = workspace.groups.get(name="Pharmacy")
    both, one = draft_in(workspace, whole, child, by=alice), draft_in(workspace, whole, by=alice)
    assert tree_of(both) == tree_of(one)


def test_several_subtrees_stand_under_one_root(workspace, whole, alice):
    chosen = workspace.groups.filter(name__in=["Pharmacy", "Podiatry"])
    places = tree_of(draft_in(workspace, *chosen, by=alice))
    assert shape(places) == [
        ("Everyone asked", None, 0),
        ("Pharmacy", "Everyone asked", 6),
        ("Podiatry", "Everyone asked", 3),
    ]
    assert places[0].key == EVERYONE


def test_one_team_is_its_own_root(workspace, whole, alice):
    assert shape(tree_of(draft_in(workspace, workspace.groups.get(name="Pharmacy"), by=alice))) == [
        ("Pharmacy", None, 6)
    ]


def test_people_at_an_inner_group_get_a_leaf_of_their_own(workspace, whole, alice):
    add_person(workspace=workspace, name="Ruth", email="ruth@example.org", group=whole, by=alice)
    places = tree_of(draft_in(workspace, whole, by=alice))
    assert shape(places)[:2] == [
        ("Community services", None, 0),
        ("Community services (directly)", "Community services", 1),
    ]
    assert [place.is_implied for place in places[:2]] == [False, True]
    assert all(place.people == () for place in places if not place.is_leaf)


def test_groups_without_anybody_are_left_out(workspace, whole, alice):
    empty = create_group(workspace=workspace, name="Estates", kind="organisation", parent=whole, by=alice)
    create_group(workspace=workspace, name="Porters", kind="team", parent=empty, by=alice)
    assert "Estates" not in [place.name for place in tree_of(draft_in(workspace, whole, by=alice))]


def test_an_inner_group_whose_groups_are_empty_is_a_leaf(workspace, whole, alice):
    pharmacy = workspace.groups.get(name="Pharmacy")
    create_group(workspace=workspace, name="Night pharmacy", kind="team", parent=pharmacy, by=alice)
    places = {place.name: place for place in tree_of(draft_in(workspace, whole, by=alice))}
    assert places["Pharmacy"].is_leaf
    assert not places["Pharmacy"].is_implied


def test_nobody_chosen_is_no_tree(workspace, whole, alice):
    assert tree_of(draft_in(workspace, by=alice)) == []


def test_leaders_of_the_group_or_of_one_above_do_not_count(workspace, whole, alice):
    nursing, pharmacy = workspace.groups.get(name="District nursing"), workspace.groups.get(name="Pharmacy")
    name_leader(group=whole, leader=nursing.people.first(), by=alice)
    name_leader(group=pharmacy, leader=nursing.people.last(), by=alice)
    places = {place.name: place for place in tree_of(draft_in(workspace, whole, by=alice))}
    assert places["District nursing"].counted == 7
    assert places["Pharmacy"].counted == 6


def test_the_leader_of_a_group_that_is_not_asked_counts(workspace, whole, alice):
    nursing = workspace.groups.get(name="District nursing")
    name_leader(group=whole, leader=nursing.people.first(), by=alice)
    (place,) = tree_of(draft_in(workspace, nursing, by=alice))
    assert place.counted == 8


def test_sizes_of_a_survey_by_shared_link_are_said_not_listed(workspace, whole, alice):
    nursing = workspace.groups.get(name="District nursing")
    draft = draft_in(workspace, whole, by=alice, entry="shared", k=10, sizes={nursing.public_id: 40})
    places = tree_of(draft)
    assert people_asked(places) == 40 + 6 + 3
    assert all(place.people == () for place in places)


def test_joined_neighbours_stand_as_one(workspace, whole, alice):
    pair = [workspace.groups.get(name=name).public_id for name in ("Pharmacy", "Podiatry")]
    draft = draft_in(workspace, whole, by=alice, joined=[{"name": "Pharmacy and podiatry", "groups": pair}])
    assert shape(tree_of(draft))[1:] == [
        ("District nursing", "Community services", 8),
        ("Pharmacy and podiatry", "Community services", 9),
    ]
    assert leaves(tree_of(draft))[1].sources == tuple(pair)


def test_only_neighbours_can_be_joined(workspace, whole, alice):
    other = create_group(workspace=workspace, name="Hospital", kind="organisation", by=alice)
    add_person(workspace=workspace, name="Sam", email="sam@example.org", group=other, by=alice)
    apart = [workspace.groups.get(name="Pharmacy").public_id, other.public_id]
    draft = draft_in(workspace, whole, other, by=alice, joined=[{"name": "Both", "groups": apart}])
    assert "Both" not in [place.name for place in tree_of(draft)]


@pytest.mark.parametrize(
    ("counted", "expected"), [(9, "likely"), (8, "depends"), (5, "depends"), (4, "never"), (0, "never")]
)
def test_own_result_at_a_turnout_of_sixty_per_cent(counted, expected):
    assert own_result(counted, k=5) == expected
