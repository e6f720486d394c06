"""Where in the tree a written path leads."""

import pytest
from django.core.exceptions import ValidationError

from spaces.importing.people.paths import Atlas, Destination, names_in
from spaces.tree import branches
from tests.spaces.test_tree import grown

TREE = branches(
    grown("Northmoor", "Northmoor/Community", "Northmoor/Community/Nurses", "Northmoor/Acute", "Northmoor/Acute/Nurses")
)


def found(*cells: str) -> tuple[str | None, tuple[str, ...]]:
    place = Atlas(TREE).find(cells)
    return place.branch and place.branch.path, place.new


@pytest.mark.parametrize(
    "path",
    [
        "Northmoor / Community",
        "northmoor/COMMUNITY",
        "Northmoor › Community",
        "Northmoor > Community >",
        "/ Northmoor // Community /",
        "Community",
    ],
)
def test_a_group_is_found_by_its_path_or_by_the_end_that_only_it_has(path):
    assert found(path) == ("Northmoor › Community", ())


def test_several_columns_are_one_path_and_each_may_be_one():
    assert found("Northmoor", "Acute / Nurses") == ("Northmoor › Acute › Nurses", ())
    assert found("Northmoor / Acute", "Night team") == ("Northmoor › Acute", ("Night team",))


def test_what_is_not_here_is_new_below_the_last_that_is():
    assert found("Community / Night team / A/E") == ("Northmoor › Community", ("Night team", "A/E"))
    assert found("Southmoor/Wards") == (None, ("Southmoor", "Wards"))


def test_a_name_that_several_groups_have_asks_for_the_whole_path():
    sentence = (
        "More than one group is called Nurses. Write the whole path, Northmoor › Acute › Nurses or Northmoor › Comm"
    )
    with pytest.raises(ValidationError, match=sentence):
        found("nurses")
    assert found("Acute / Nurses")[0] == "Northmoor › Acute › Nurses"


def test_a_group_with_a_slash_in_its_name_is_found():
    tree = branches(grown("A", "B"))
    tree[0].group.name = "A/E"
    assert Atlas(tree).find(("A/E",)).branch.group == tree[0].group
    assert names_in("A/E") == ("A", "E")


@pytest.fixture
def torn() -> Atlas:
    """Groups with separators in their names, two of which may be written alike."""
    groups = grown("Org", "Org/Q", "Org/Ops", "Org/Ops/Night", "Org/XY", "Org/XY/Z", "Org/X", "Org/X/YZ")
    names = {"Q": "Q>A", "Night": "Nights / Days", "XY": "X / Y", "YZ": "Y / Z"}
    for group in groups:
        group.name = names.get(group.name, group.name)
    return Atlas(branches(groups))


@pytest.mark.parametrize(
    ("cells", "path"),
    [
        (["Org / Q>A"], "Org › Q>A"),
        (["org › q>a"], "Org › Q>A"),
        (["Org > Ops > Nights / Days"], "Org › Ops › Nights / Days"),
        (["Org / Ops / Nights / Days"], "Org › Ops › Nights / Days"),
        (["Ops/Nights / Days"], "Org › Ops › Nights / Days"),
        (["Org", "Ops / Nights / Days"], "Org › Ops › Nights / Days"),
        (["Org / X / Y"], "Org › X / Y"),
        (["Org › X › Y / Z"], "Org › X › Y / Z"),
    ],
)
def test_names_that_hold_what_stands_between_names_are_not_torn(torn, cells, path):
    place = torn.find(tuple(cells))
    assert (place.branch.path, place.new) == (path, ())


def test_groups_that_are_written_alike_are_told_apart_by_their_paths(torn):
    with pytest.raises(ValidationError, match="Write the whole path, Org › X › Y / Z or Org › X / Y › Z"):
        torn.find(("Org / X / Y / Z",))


def test_what_cannot_be_made_says_how_to_mend_it():
    with pytest.raises(ValidationError, match=r"Shorten the group name “N+…” to 120 characters; it has 300 now"):
        found("N" * 300)
    with pytest.raises(ValidationError, match="has 31 levels"):
        found(" / ".join("N" * 31))


def test_the_groups_that_must_be_made_first():
    place = Destination(TREE[0], ("Wards", "Nights"))
    assert [above.path for above in place.above()] == ["Northmoor › Wards", "Northmoor › Wards › Nights"]
    assert [above.parent_key for above in place.above()] == [(1, ()), (1, ("wards",))]
