"""What is typed, pasted and uploaded on the two pages of an import."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.forms import ChoiceRows
from spaces.importing.people.columns import columns_of
from spaces.importing.people.plan import Plan
from spaces.importing.table.reading import read_pasted, read_upload
from spaces.importing.table.rows import Row

UPDATE, LEAVE = "update", "leave"


def pasted_field(**kwargs: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off", "wrap": "off"})
    return forms.CharField(strip=False, widget=area, **kwargs)


def check_holds_people(rows: Sequence[Row]) -> None:
    heading = columns_of(rows).heading
    if heading and rows[-1].number == heading.number:
        raise ValidationError(_("This list has a heading and nobody below it. Add a row for each person."))


class ListForm(forms.Form):
    """A list of people, pasted or as a file; its rows are in `cleaned_data`."""

    pasted = pasted_field(
        label=_("Paste the list"),
        help_text=_("Copy the rows from a spreadsheet, with or without their heading. One person in each row."),
        error_messages={"required": _("Paste a list or choose a file")},
    )
    upload = forms.FileField(
        label=_("Or bring it as a file"),
        help_text=_("CSV or Excel (.xlsx), up to 2 MB and 5,000 rows."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    use_required_attribute = False  # either of the two will do

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["pasted"].required = not files

    def clean(self) -> dict:
        pasted, upload = self.cleaned_data.get("pasted", "").strip(), self.cleaned_data.get("upload")
        if pasted and upload:
            self.add_error(
                "upload", _("You pasted a list and chose a file. Use one of them and leave the other empty.")
            )
        elif upload:
            self._read("upload", lambda: read_upload(upload))
        elif pasted:
            self._read("pasted", lambda: (read_pasted(self.cleaned_data["pasted"]), ""))
        elif "pasted" in self.cleaned_data:  # nothing but space
            self.add_error("pasted", self.fields["pasted"].error_messages["required"])
        return self.cleaned_data

    def _read(self, field: str, read: Callable[[], tuple[list[Row], str]]) -> None:
        try:
            rows, source = read()
            check_holds_people(rows)
        except ValidationError as refusal:
            self.add_error(field, refusal)
        else:
            self.cleaned_data |= {"rows": rows, "source": source}


class CorrectionForm(forms.Form):
    pasted = pasted_field(
        label=_("The list"),
        help_text=_("Mend, add or remove rows here, then check again. What you change stays in this list."),
        error_messages={"required": _("Paste a list of people")},
    )

    def clean_pasted(self) -> str:
        self.rows = read_pasted(self.cleaned_data["pasted"])
        check_holds_people(self.rows)
        return self.cleaned_data["pasted"]


class ImportForm(forms.Form):
    """The choices that a plan leaves open."""

    create_groups = forms.BooleanField(required=False, initial=True)
    known = forms.ChoiceField(
        choices=[(UPDATE, _("Change them")), (LEAVE, _("Leave them as they are"))],
        initial=UPDATE,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose what happens to people who are here already")
        ),
        widget=ChoiceRows(
            explained={
                UPDATE: _("Name, group and language become what the list says. An empty cell changes nothing."),
                LEAVE: _("Only people who are not here yet are imported."),
            }
        ),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        count = len(plan.new_groups)
        self.fields["create_groups"].label = ngettext(
            "Make the group that is not here yet", "Make the %(count)d groups that are not here yet", count
        ) % {"count": count}
        self.fields["known"].label = ngettext(
            "One person is here already, with other details",
            "%(count)d people are here already, with other details",
            len(plan.changes),
        ) % {"count": len(plan.changes)}
        for name, is_open in (("create_groups", plan.new_groups), ("known", plan.changes)):
            if not is_open:
                del self.fields[name]

    @property
    def choice(self) -> dict[str, bool]:
        """As `import_list` takes it; where there was nothing to choose, nothing depends on it."""
        return {
            "create_groups": self.cleaned_data.get("create_groups", False),
            "update": self.cleaned_data.get("known") == UPDATE,
        }
