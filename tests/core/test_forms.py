"""The one form layout: label, help, error, control; an error summary first that links to the fields."""

import datetime
import re

import pytest
from django import forms
from django.template.loader import render_to_string

from core.forms import ChoiceRows, DatePartsField, OneLine
from tests.pages import tight


class Sample(forms.Form):
    name = forms.CharField(label="Name of the group", help_text="As people call it.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("team", "Team"), ("system", "System")],
        widget=ChoiceRows(explained={"team": "People who work together most closely."}),
    )


def rendered(form, **arguments) -> str:
    return tight(render_to_string("components/form.html", {"form": form, "submit": "Save the group", **arguments}))


@pytest.fixture
def faulty() -> str:
    return rendered(Sample({"name": "", "agreed": "on", "kind": "nothing"}))


def test_field_order_is_label_help_error_control(faulty):
    marks = ['for="id_name"', 'id="id_name_helptext"', 'id="id_name_error"', 'name="name"']
    places = [faulty.index(mark) for mark in marks]
    assert places == sorted(places)


def test_control_is_described_by_help_and_error(faulty):
    control = re.search(r'<input[^>]*name="name"[^>]*>', faulty).group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert "form-control is-invalid" in control


def test_error_summary_comes_first_and_links_to_fields(faulty):
    assert faulty.index("error-summary") < faulty.index('for="id_name"')
    assert 'role="alert" tabindex="-1" autofocus' in faulty
    assert '<a href="#id_name">' in faulty
    assert '<a href="#id_kind">' in faulty
    assert "Three things need your attention" in faulty


def test_error_in_a_hidden_field_is_said_without_a_link(faulty):
    assert "<li>This field is required.</li>" in faulty
    assert 'href="#id_secret"' not in faulty


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in rendered(Sample())


def test_only_optional_fields_are_marked():
    page = rendered(Sample())
    assert page.count("(optional)") == 1
    assert page.index('for="id_note"') < page.index("(optional)") < page.index('name="note"')


def test_choice_rows_explain_themselves():
    page = rendered(Sample())
    assert page.count('class="choice"') == 2
    assert (
        '<span class="choice-title">Team</span><span class="choice-text">People who work together most closely.</span>'
        in page
    )
    assert "<fieldset" in page
    assert "<legend" in page


def test_button_says_what_it_does_and_the_way_out_is_a_link():
    page = rendered(Sample(), back="/workspaces/", danger=True, next="/reports/")
    assert '<button class="btn btn-outline-danger" type="submit">Save the group</button>' in page
    assert '<a class="btn btn-link" href="/workspaces/">' in page
    assert '<input type="hidden" name="next" value="/reports/">' in page


class Dated(forms.Form):
    on = DatePartsField(label="Closing date", missing="Enter a closing date", help_text="For example 4 12 2026")
    also = DatePartsField(label="Another date", missing="", required=False)


def dated(day: str, month: str, year: str) -> Dated:
    return Dated({"on_day": day, "on_month": month, "on_year": year})


@pytest.mark.parametrize("typed", [("4", "12", "2026"), (" 04 ", "12", "2026")])
def test_a_date_is_typed_in_three_boxes(typed):
    form = dated(*typed)
    assert form.is_valid()
    assert form.cleaned_data == {"on": datetime.date(2026, 12, 4), "also": None}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("", "", ""), "Enter a closing date"),
        (("4", "", "2026"), "Enter a date that exists, such as 4 12 2026"),
        (("30", "2", "2026"), "Enter a date that exists, such as 4 12 2026"),
        (("4", "December", "2026"), "Enter a date that exists, such as 4 12 2026"),
        (("0", "0", "0"), "Enter a date that exists, such as 4 12 2026"),
        (("4", "12", "9" * 30), "Enter a date that exists, such as 4 12 2026"),
    ],
)
def test_what_is_no_date_is_said_once_and_stays_as_typed(typed, sentence):
    form = dated(*typed)
    assert form.errors["on"] == [sentence]
    page = rendered(form)
    assert page.count(sentence) == 2
    for part in typed:
        assert not part or f'value="{part}"' in page


def test_the_boxes_of_a_date_are_one_group_with_labels():
    page = rendered(Dated(initial={"on": datetime.date(2026, 12, 4)}))
    assert '<fieldset class="mb-4" id="id_on" aria-describedby="id_on_helptext">' in page
    for number, (label, value) in enumerate([("Day", 4), ("Month", 12), ("Year", 2026)]):
        assert f'<label class="micro" for="id_on_{number}">{label}</label>' in page
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ruth\r\n  Adeyemi ", "Ruth Adeyemi"),
        ("Ruth \u202eimeyedA\u202c", "Ruth imeyedA"),
        ("مریم\u200cسادات", "مریم\u200cسادات"),
    ],
    ids=["one line", "nothing turns the words around it", "a joiner is part of the name"],
)
def test_a_name_is_one_line_that_shows_what_it_is(typed, kept):
    assert OneLine(most=150).clean(typed) == kept


@pytest.mark.parametrize("typed", ["  ", "\u200b", "\u202e \ufeff"])
def test_a_name_that_nobody_can_see_is_missing(typed):
    with pytest.raises(forms.ValidationError) as refused:
        OneLine(most=150, missing="Enter a name").clean(typed)
    assert refused.value.messages == ["Enter a name"]
