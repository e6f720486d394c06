"""Names of what stands in an edition: no two are the same, also where groups in different branches have one name."""

from diagnostics.surveys.models import SurveyGroup
from reports.editions.groups import Grouping, names_told_apart
from reports.editions.models import PublishedSlice

TREE = {  # number → (name, number of the group above)
    1: ("Trust", None),
    2: ("North", 1),
    3: ("South", 1),
    4: ("Wards", 2),
    5: ("Wards", 3),
    6: ("Ward A", 4),
    7: ("Ward A", 5),
    8: ("Ward B", 5),
    9: ("Ward B", 5),
}


def test_groups_with_the_same_name_are_told_apart_by_what_is_above_them():
    groups = [SurveyGroup(pk=number, name=name, parent_id=above) for number, (name, above) in TREE.items()]
    slices = [PublishedSlice(pk=10 * group.pk, group=group, kind="team") for group in groups]
    slices.append(PublishedSlice(pk=99, group=groups[1], kind="other groups"))
    assert list(names_told_apart(Grouping(groups, slices)).values()) == [
        "Trust",
        "North",
        "South",
        "Wards (North)",
        "Wards (South)",
        "Ward A (Wards, North)",
        "Ward A (Wards, South)",
        "Ward B (Wards, South, Trust)",
        "Ward B (Wards, South, Trust) 2",
        "Other groups in North",
    ]
