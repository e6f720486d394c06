"""The five questions that tell causes apart, and in whose company somebody would act. Nothing of it is kept."""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.readings.improvement import companies
from reports.readings.next_steps.causes import ANSWER_WORDS, Answer, CauseQuestion

COMPANIES = ("alone", "one_other", "team")


class CausesForm(forms.Form):
    def __init__(self, data: QueryDict | None, *, questions: Sequence[CauseQuestion]) -> None:
        super().__init__(data)
        self.questions = questions
        for question in questions:
            self.fields[question.cause.key] = _choice(
                question.ask, [(key, str(said)) for key, said in ANSWER_WORDS.items()]
            )
        labels = companies()
        offered = [("", _("Any of these")), *((key, labels[key]) for key in COMPANIES)]
        self.fields["company"] = _choice(_("How would you rather act?"), offered)

    def asked(self) -> Iterator[BoundField]:
        return (self[question.cause.key] for question in self.questions)

    def answers(self) -> Mapping[str, Answer]:
        """Root cause → answer; what is no answer counts as skipped."""
        given = self.cleaned_data if self.is_valid() else {}
        return {one.cause.key: given[one.cause.key] for one in self.questions if given.get(one.cause.key)}

    def company(self) -> str:
        return self.cleaned_data.get("company", "") if self.is_valid() else ""


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    radios = forms.RadioSelect(attrs={"class": "form-check-input"})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=radios)
