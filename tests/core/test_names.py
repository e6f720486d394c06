"""Names that stand together stay different, however little room there is."""

import pytest

from core.names import apart, fitting, letters, short

LONG = "Community mental health services for older adults in the "
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
RTL = "فريق التمريض المجتمعي لكبار السن في المنطقة "


def within(most: int):
    return lambda text: len(text) <= most


@pytest.mark.parametrize("most", [40, 20, 12, 8])
@pytest.mark.parametrize(
    "names",
    [
        [f"{LONG}north", f"{LONG}south"],
        [f"North {LONG}area", f"South {LONG}area"],
        [f"{LONG}{number} {LONG}" for number in range(40)],
        ["x" * length for length in range(50, 60)],
        [f"{LONG}a{'.' * 30}a", f"{LONG}a{'.' * 30}b", f"{LONG}b{'.' * 30}a"],
        [f"{RTL}الأولى", f"{RTL}الثانية"],
        [FAMILY * 20 + "a", FAMILY * 20 + "b"],
        [f"{LONG}A", f"{LONG}a", "short"],
        [LONG + "\U0001f1e9\U0001f1ea", LONG + "\U0001f1eb\U0001f1f7"],
    ],
    ids=["end", "start", "many", "length", "two places", "right to left", "joined emoji", "case", "flags"],
)
def test_different_names_stay_different_and_fit(names, most):
    shown = apart(names, within(most))
    assert len(set(shown)) == len(names)
    assert max(map(len, shown)) <= most


def test_what_tells_them_apart_is_what_is_shown():
    assert apart([f"{LONG}north", f"{LONG}south"], within(24)) == [
        "Community me…n the north",
        "Community me…n the south",
    ]
    assert apart(["Ward 12 of the north", "Ward 13 of the north", "Ward 7"], within(14)) == [
        "Ward 12… north",
        "Ward 13… north",
        "Ward 7",
    ]


def test_what_fits_is_left_as_it_is_and_the_same_name_is_the_same():
    assert apart(["Ward 3", "Ward 3", "ward 3"], within(6)) == ["Ward 3", "Ward 3", "ward 3"]
    assert short("Ward 3", 6) == "Ward 3"


def test_names_of_which_the_same_may_be_written_are_numbered():
    written = apart(["A/B", "A:B", "A B"], within(10), lambda name: name.replace("/", " ").replace(":", " "))
    assert written == ["A B", "A B (2)", "A B (3)"]


def test_nothing_is_cut_inside_what_a_reader_takes_for_one_letter():
    assert len(letters("e\u0301" * 3 + FAMILY + "\U0001f44d\U0001f3fd")) == 5
    assert short("e\u0301" * 20, 9) == "e\u0301e\u0301…e\u0301e\u0301"
    assert fitting(FAMILY * 9, within(11)) in {f"{FAMILY}…{FAMILY}", f"{FAMILY}…"}


def test_where_nothing_fits_a_gap_is_left():
    assert apart(["abc", "abd"], within(1)) == ["…", "… (2)"]
