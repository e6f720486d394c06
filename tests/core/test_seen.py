"""What is pressed is what was seen."""

import pytest
from django.core.exceptions import ValidationError

from core.seen import Fact, SeenForm, check_seen, sealed


def facts(people: list[str], date: str = "1 May") -> dict[str, Fact]:
    return {"people": Fact("people", people, f"{len(people)} people"), "date": Fact("date", date)}


def test_what_did_not_change_passes():
    check_seen(sealed(facts(["a", "b"]), of="survey 1"), facts(["a", "b"]), of="survey 1")


def test_what_changed_is_said_with_what_it_was():
    with pytest.raises(ValidationError) as refused:
        check_seen(sealed(facts(["a"]), of="x"), facts(["a", "b"], "2 May"), of="x")
    assert refused.value.messages == [
        "Nothing is done yet. Changed since you looked: people, from “1 people” to “2 people”.",
        "Nothing is done yet. Changed since you looked: date.",
    ]


def test_other_people_of_the_same_number_are_a_change():
    with pytest.raises(ValidationError, match="Changed since you looked: people"):
        check_seen(sealed(facts(["a"]), of="x"), facts(["b"]), of="x")


@pytest.mark.parametrize("seen", ["", "rubbish", sealed(facts(["a"]), of="another page")])
def test_what_was_never_seen_does_not_pass(seen):
    with pytest.raises(ValidationError, match="Look at this once more"):
        check_seen(seen, facts(["a"]), of="x")


def test_the_form_carries_what_is_shown_now_so_that_it_can_be_pressed_again():
    stale = {"seen": sealed(facts(["a"]), of="x")}
    form = SeenForm(stale, facts=facts(["b"]), of="x")
    assert not form.is_valid()
    again = SeenForm({"seen": form["seen"].value()}, facts=facts(["b"]), of="x")
    assert again.is_valid()
