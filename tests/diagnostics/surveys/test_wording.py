"""Invitations and reminders: what is filled in, and what always stands in them."""

import pytest

from diagnostics.surveys.letters.wording import INVITATION, LETTERS, REMINDER, filled, letter, misspelt
from diagnostics.surveys.models import Survey
from diagnostics.surveys.usual import usual_texts
from tests.diagnostics.launched import draft_in, workspace_of

LINK = "https://example.org/s/secret/"


@pytest.fixture
def draft(alice, instrument) -> Survey:
    return draft_in(workspace_of(alice), by=alice, time_zone="Europe/Berlin")


def test_the_defaults_can_be_sent_as_they_are(draft):
    assert list(misspelt(draft)) == []
    for kind in LETTERS:
        sent = letter(draft, kind, name="Sam", link=LINK)
        assert "{" not in sent.subject + sent.text
        assert sent.text.startswith("Dear Sam,\n\n")


def test_an_invitation_names_the_closing_date_in_the_survey_s_own_time_zone(draft):
    assert "until Friday 4 December, 18:00 CET." in letter(draft, INVITATION, name="Sam", link=LINK).text


@pytest.mark.parametrize("kind", LETTERS)
def test_link_choice_and_contact_stand_in_whatever_was_written(draft, kind):
    Survey.objects.update(invitation_text="Come on.", reminder_text="Come on.")
    draft.refresh_from_db()
    text = letter(draft, kind, name="Sam", link=LINK).text
    assert f"\n{LINK}\n" in text
    assert "Taking part is your choice." in text
    assert "Helen Marsh, helen@example.org" in text


def test_a_reminder_says_why_it_came(draft):
    text = letter(draft, REMINDER, name="Sam", link=LINK).text
    assert "sent by the system" in text
    assert "Nobody here knows who has answered." in text


def test_what_is_filled_in_is_not_filled_in_again():
    assert filled("{name} and {survey}", {"name": "{survey}", "survey": "S"}) == "{survey} and S"


def test_unknown_names_stay_and_are_told(draft):
    Survey.objects.update(invitation_text="{nmae} {name} {nmae} {x y}", reminder_subject="{closing}")
    draft.refresh_from_db()
    assert list(misspelt(draft)) == ["{nmae}", "{x y}", "{closing}"]
    assert filled("{nmae}", {"name": "Sam"}) == "{nmae}"


def test_braces_of_other_kinds_are_left_alone():
    assert filled("a { b } {} {\n}", {"name": "Sam"}) == "a { b } {} {\n}"


def test_defaults_fit_their_fields():
    for field, text in usual_texts().items():
        assert len(text) <= (Survey._meta.get_field(field).max_length or 3_000)
