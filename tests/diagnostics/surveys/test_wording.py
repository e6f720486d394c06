"""Invitations and reminders: what is filled in, and what always stands in them."""

import doctest

import pytest

from core.post.letter import html_to_look_at
from core.post.registry import Writer
from diagnostics.surveys.letters import placeholders
from diagnostics.surveys.letters.placeholders import faults_of, filled
from diagnostics.surveys.letters.wording import INVITATION, LETTERS, REMINDER, letter, misspelt
from diagnostics.surveys.models import Survey
from diagnostics.surveys.usual import FORMER, usual_texts
from diagnostics.surveys.words import is_usual
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


def test_names_carry_no_links_into_letters(draft):
    """Whoever names a person, group or survey writes strangers nothing else."""
    draft.asked_by = draft.title = draft.workspace.name = "Win at https://evil.example/now"
    draft.invitation_text = "{name} {asked_by} {organisation} {group} {survey} {link}"
    sent = letter(draft, INVITATION, name=draft.title, link=LINK, group=draft.title)
    assert "evil.example/" not in sent.text
    assert "https://" not in sent.text.replace(LINK, "")


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


def test_near_misses_are_understood():
    assert doctest.testmod(placeholders).attempted
    assert doctest.testmod(placeholders).failed == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Dear {Name}, {link}",
            ["Nothing is filled in for {Name}. Did you mean {name}? These are filled in: {name}, "],
        ),
        ("{{name}} {zzz} {link}", ["for {{name}}. Did you mean {name}? Nothing is filled in for {zzz}. These are"]),
        ("{link} by {closes", ["Nothing is filled in for {. These are"]),
        ("Come on.", ["Write {link} where the button"]),
        ("{asked_by} {organisation} {group} {survey} {purpose} {closes} {minutes} {name} {link}", []),
    ],
)
def test_what_cannot_be_filled_in_is_said(text, said):
    found = list(faults_of(text, is_subject=False))
    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{minutes}.", "1 minute."),
        ("{minutes} minutes.", "1 minute."),
        ("{minutes} Minuten.", "1 minute."),
        ("{minutes} minutely", "1 minute minutely"),
        ("{hours} minutes", "{hours} minutes"),
    ],
)
def test_minutes_are_said_once(written, read):
    assert filled(written, {"minutes": "1 minute"}) == read


def test_everything_that_can_be_named_is_filled_in(draft):
    Survey.objects.update(invitation_text="{asked_by}|{organisation}|{group}|{purpose}|{minutes}|{link}")
    draft.refresh_from_db()
    sent = letter(draft, INVITATION, name="Sam", link=LINK, group="Pharmacy")
    assert sent.text.startswith(
        "Ruth Adeyemi, Director of Community Services|Northmoor|Pharmacy|In January the teams will look at the results "
        f"together and agree what to change.|3 minutes|{LINK}\n\nTaking part"
    )


def test_what_is_filled_in_is_no_mark_up(draft):
    Survey.objects.update(purpose="<img src=x> & more", invitation_text="{name}: {purpose} {link}")
    draft.refresh_from_db()
    html = html_to_look_at(letter(draft, INVITATION, name="<script>", link=LINK))
    assert "&lt;script&gt;: &lt;img src=x&gt; &amp; more" in html


def test_the_default_says_who_asks_why_how_long_until_when_and_that_it_is_confidential(draft):
    for kind in LETTERS:
        text = letter(draft, kind, name="Sam", link=LINK).text
        for said in (draft.asked_by, draft.purpose, "3 minutes", "Friday 4 December, 18:00 CET", "are confidential"):
            assert said in text + letter(draft, kind, name="Sam", link=LINK).subject
        assert f"\n\n{LINK}\n\n" in text
        assert text.count(LINK) == 1


def test_replies_to_an_invitation_reach_whoever_asks_and_to_a_reminder_nobody(draft, alice):
    """An automatic answer to a reminder would tell who has not handed in."""
    draft.writer = alice
    invited, reminded = (letter(draft, kind, name="Sam", link=LINK) for kind in LETTERS)
    assert invited.writer == Writer("Alice", reply_to="alice@example.org")
    assert reminded.writer == Writer("Alice")
    assert "A reply to this reminder does not reach" in reminded.text
    draft.is_from_nobody = True
    assert letter(draft, INVITATION, name="Sam", link=LINK).writer == Writer("Northmoor")


def test_texts_of_earlier_drafts_are_still_the_usual_ones_and_read_well(draft):
    Survey.objects.update(**FORMER)
    draft.refresh_from_db()
    assert all(is_usual(draft, field) for field in FORMER)
    text = letter(draft, INVITATION, name="Sam", link=LINK).text
    assert "It takes about 3 minutes and is open until" in text
    assert f"Your personal link (please do not pass it on):\n{LINK}\n" in text


def test_braces_of_other_kinds_are_left_alone():
    assert filled("a { b } {} {\n}", {"name": "Sam"}) == "a { b } {} {\n}"


def test_defaults_fit_their_fields():
    for field, text in usual_texts().items():
        assert len(text) <= (Survey._meta.get_field(field).max_length or 3_000)
