"""The languages of a draft: how complete each is, and what consultants write in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.requests import SignedInRequest
from core.forms import OneLine, SharedForm, get_or_post, posted, settled
from core.words import Words
from diagnostics.checklists.presets import UnfitRecipe
from diagnostics.checklists.translating import missing_in, texts_in
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions import lifecycle
from diagnostics.surveys.actions.readiness import CHECK
from diagnostics.surveys.letters.placeholders import faults_of
from diagnostics.surveys.models import Survey
from diagnostics.surveys.pages.dashboard.form_page import refuse
from diagnostics.surveys.pages.drafting.step_form import text_area
from diagnostics.surveys.pages.drafting.taking import TAKE, kept_for, taking, with_taken
from diagnostics.surveys.recipes import content_to_ask
from diagnostics.surveys.statuses import sentence_of
from diagnostics.surveys.words import FIELDS, LETTERS, given_in, is_out_of_date, mark_in, missing

NAMED = 5  # texts that fall back
ORIGINAL_CHANGED = gettext_lazy(
    "The original was changed meanwhile. Look whether this still says the same, then save again."
)
LABELS: dict[str, Words] = {
    "title": gettext_lazy("Name of the survey"),
    "purpose": gettext_lazy("Why you are asking"),
    "asked_by": gettext_lazy("Who asks"),
    "contact": gettext_lazy("Whom respondents can ask"),
    "list_made_by": gettext_lazy("Who made the list"),
    "invitation_subject": gettext_lazy("Subject of the invitation"),
    "invitation_text": gettext_lazy("Text of the invitation"),
    "reminder_subject": gettext_lazy("Subject of the reminder"),
    "reminder_text": gettext_lazy("Text of the reminder"),
}


@dataclass(frozen=True)
class Spoken:
    """One language beside the first, and what is read in English there."""

    code: str
    name: Words
    statements: int  # texts of the checklist that fall back
    examples: tuple[str, ...]
    words: tuple[Words, ...]  # what consultants wrote, in English only

    @property
    def is_complete(self) -> bool:
        return not self.statements and not self.words


def spoken_in(survey: Survey) -> list[Spoken]:
    """Nothing where the survey speaks its first language alone, or what is asked is not settled yet."""
    try:
        content = content_to_ask(survey) if len(survey.spoken) > 1 else {}
    except UnfitRecipe:
        return []
    return [_spoken(survey, content, code) for code in survey.spoken[1:]]


def _spoken(survey: Survey, content: dict[str, Any], code: str) -> Spoken:
    left_out = missing_in(content, code)
    texts = texts_in(content)
    words = tuple(LABELS[field] for field in missing(survey, code))
    examples = tuple(texts[key] for key in left_out[:NAMED])
    return Spoken(code, dict(settings.LANGUAGES)[code], len(left_out), examples, words)


class WordsForm(SharedForm):
    """Each text of the survey in another language; the original stands beside it."""

    def __init__(self, data: QueryDict | None, *, survey: Survey, language: str):
        super().__init__(data)
        self.survey, self.language = survey, language
        self.names = [name for name in FIELDS if survey.is_personal or name not in LETTERS]
        for name in self.names:
            is_long = name == "purpose" or name.endswith("_text")
            made = text_area if is_long else OneLine
            size: dict[str, Any] = {"rows": 6, "missing": ""} if is_long else {"most": 150}
            self.add(name, made(label=LABELS[name], required=False, **size), given_in(survey, name, language))
            of = forms.CharField(widget=forms.HiddenInput, required=False, initial=mark_in(survey, name))
            self.fields[f"of_{name}"] = of
            if is_out_of_date(survey, name, language):
                fits = _("The original has changed since. It still says the same")
                self.fields[f"fits_{name}"] = forms.BooleanField(label=fits, required=False)

    @property
    def rows(self) -> Iterable[tuple[forms.BoundField, str, list[forms.BoundField]]]:
        """Each field with its original and what goes with it."""
        for name in self.names:
            yield (
                self[name],
                getattr(self.survey, name),
                [self[f"{of}_{name}"] for of in ("of", "fits") if f"{of}_{name}" in self.fields],
            )

    @property
    def texts(self) -> dict[str, str]:
        """What somebody wrote, or said that it still says the same."""
        given = self.cleaned_data
        return {name: given[name] for name in self.names if name in self.changed or given.get(f"fits_{name}")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in LETTERS:
            for sentence in faults_of(self.cleaned_data.get(name) or "", is_subject=name.endswith("_subject")):
                self.add_error(name, sentence)
        for name in [name for name in self.texts if self.cleaned_data[f"of_{name}"] != mark_in(self.survey, name)]:
            self.add_error(name, ORIGINAL_CHANGED)
            self.data = dict(self.data.items()) | {f"of_{name}": mark_in(self.survey, name)}
        return self.cleaned_data


@get_or_post
def words(request: SignedInRequest, public_id: str, language: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    if language not in survey.spoken[1:]:
        raise Http404
    if not survey.is_draft:
        return refuse(request, survey, sentence_of(survey) if request.method == "POST" else "")
    kept = kept_for(survey, language)
    form = WordsForm(with_taken(posted(request), request, kept), survey=survey, language=language)
    if TAKE not in request.POST and form.is_valid() and _are_saved(request, survey, form):
        messages.success(request, _("Saved."))
        return redirect("surveys:step", public_id, CHECK)
    name = dict(settings.LANGUAGES)[language]
    context = {"survey": survey, "workspace": survey.workspace, "form": form, "language": language, "name": name}
    context |= taking(request, kept)
    return render(request, "surveys/words.html", context, status=422 if form.errors else 200)


def _are_saved(request: SignedInRequest, survey: Survey, form: WordsForm) -> bool:
    change = {"survey": survey, "language": form.language, "texts": form.texts, "by": request.user}
    return settled(form, lifecycle.save_words, **change)
