"""What consultants write in another language belongs to the words that it was made of."""

import pytest
from django.urls import reverse
from django.utils import translation

from diagnostics.surveys.actions.lifecycle import save_step, save_words
from diagnostics.surveys.models import Survey
from diagnostics.surveys.words import missing, said
from tests.diagnostics.launched import draft_in, workspace_of

GERMAN = "Im Januar reden wir darüber."


@pytest.fixture
def draft(alice, instrument) -> Survey:
    draft = draft_in(workspace_of(alice), by=alice, languages="en-gb de")
    save_words(survey=draft, language="de", texts={"purpose": GERMAN}, by=alice)
    draft.refresh_from_db()
    return draft


def read_in_german(draft: Survey) -> str:
    draft.refresh_from_db()
    with translation.override("de"):
        return said(draft).purpose


def test_a_translation_is_read_until_its_original_changes(draft, alice):
    assert read_in_german(draft) == GERMAN
    assert "purpose" not in missing(draft, "de")
    save_step(survey=draft, step="purpose", by=alice, purpose="In May, and not before.")
    assert read_in_german(draft) == "In May, and not before."
    assert "purpose" in missing(draft, "de")


def test_saving_the_page_untouched_confirms_nothing_and_a_tick_does(draft, client_for, alice):
    save_step(survey=draft, step="purpose", by=alice, purpose="In May, and not before.")
    browser, address = client_for(alice), reverse("surveys:words", args=[draft.public_id, "de"])
    form = browser.get(address).context["form"]
    sent = {field.html_name: field.value() or "" for field in form if not field.html_name.startswith("fits_")}
    sent |= {form[name].html_initial_name: sent[name] for name in form.names}
    browser.post(address, sent)
    assert read_in_german(draft) == "In May, and not before."
    browser.post(address, sent | {"fits_purpose": "on"})
    assert read_in_german(draft) == GERMAN
