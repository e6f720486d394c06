"""What a new draft begins with."""

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import ChoiceRows, OneLine, set_choices
from diagnostics.checklists.compiling import source_from
from diagnostics.checklists.files.bringing import source_in
from diagnostics.checklists.files.faults import FAULTS_SHOWN, Unreadable
from diagnostics.checklists.model_words import completed, model_source, source_of_recipe
from diagnostics.checklists.models import ChecklistVersion
from diagnostics.checklists.presets import PRESETS, Recipe
from diagnostics.checklists.schema import LONGEST
from diagnostics.checklists.source import SPACES, Source
from spaces.models import Workspace

NOTHING, FILE = "nothing", "file"
PRESET, VERSION = "preset:", "version:"


class StartForm(forms.Form):
    name = OneLine(
        label=gettext_lazy("What is it called?"),
        help_text=gettext_lazy(
            "You, your colleagues and readers of reports see the name; respondents do not. It may change until you "
            "publish."
        ),
        most=LONGEST["name"],
        missing=gettext_lazy("Give the checklist a name"),
    )
    begin = forms.ChoiceField(
        label=gettext_lazy("What do you want to start from?"),
        error_messages={
            "required": gettext_lazy("Choose what to start from"),
            "invalid_choice": gettext_lazy("Choose one of those offered"),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Only if you start from a file: a YAML file or a workbook (.xlsx) as TRACE writes them."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any):
        super().__init__(*args, **kwargs)
        found = ChecklistVersion.objects.filter(checklist__workspace=workspace).select_related("checklist")
        self.versions = {f"{VERSION}{one.pk}": one for one in found.order_by("checklist__name", "-number")}
        presets = {f"{PRESET}{key}": one for key, one in PRESETS.items() if not one.is_about_named_leader}
        explained: dict[str, Any] = {key: one.description for key, one in presets.items()}
        explained |= {
            FILE: gettext_lazy("One that was downloaded from TRACE, here or elsewhere, and perhaps edited."),
            NOTHING: gettext_lazy("All 35 indicators of the model to choose from, none of them chosen."),
        }
        field = self.fields["begin"]
        field.widget = ChoiceRows(explained)
        choices = [
            *((key, one.name) for key, one in presets.items()),
            *(
                (key, _("%(name)s, version %(number)s") % {"name": one.checklist.name, "number": one.number})
                for key, one in self.versions.items()
            ),
            (FILE, _("A file")),
            (NOTHING, _("Nothing")),
        ]
        set_choices(self, choices, "begin")
        self.source: Source | None = None
        self.started_from: ChecklistVersion | None = None

    def clean(self) -> dict[str, Any]:
        super().clean()
        begin = self.cleaned_data.get("begin", "")
        if begin:
            source = self._begun(begin)
            self.source = source and replace(source, name=self.cleaned_data.get("name") or source.name)
        return self.cleaned_data

    def _begun(self, begin: str) -> Source | None:
        if begin == FILE:
            return self._brought(self.cleaned_data.get("file"))
        if begin == NOTHING:
            return model_source()
        if begin.startswith(PRESET):
            return source_of_recipe(Recipe(begin.removeprefix(PRESET), "team", SPACES))
        self.started_from = self.versions[begin]
        return completed(source_from(self.started_from.content))

    def _brought(self, file: UploadedFile | None) -> Source | None:
        if file is None:
            self.add_error("file", ValidationError(_("Choose the file to start from"), code="required"))
            return None
        try:
            return completed(source_in(file.read()))
        except Unreadable as unreadable:
            self.add_error("file", [str(fault) for fault in unreadable.faults[:FAULTS_SHOWN]])
            return None
