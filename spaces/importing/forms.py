"""What is typed, pasted and uploaded on the two pages of an import."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.forms import ChoiceRows, set_choices
from core.words import Words, thousands
from spaces.importing.kept import HowRead
from spaces.importing.people.columns import Columns, columns_of
from spaces.importing.people.plan import Choices, Plan
from spaces.importing.table.cells import shortened
from spaces.importing.table.decoding import CODE_PAGES
from spaces.importing.table.reading import EVERY_SHEET, MOST_BYTES, Choice, read
from spaces.importing.table.rows import Row

UPDATE, LEAVE, REMOVE = "update", "leave", "remove"
HEADINGS_OFFERED, SAMPLES = 10, 3
FIELDS: list[tuple[str, Words]] = [
    ("", gettext_lazy("Not read")),
    ("email", gettext_lazy("E-mail address")),
    ("name", gettext_lazy("Name")),
    ("first", gettext_lazy("First name")),
    ("last", gettext_lazy("Last name")),
    ("path", gettext_lazy("Group, or the path to it")),
    ("outer", gettext_lazy("Outermost group")),
    ("middle", gettext_lazy("Group in between")),
    ("inner", gettext_lazy("Innermost group")),
    ("language", gettext_lazy("Language")),
    ("leader", gettext_lazy("Who leads the group")),
    ("leader_email", gettext_lazy("E-mail of who leads the group")),
]


def pasted_field(**kwargs: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off", "wrap": "off"})
    return forms.CharField(strip=False, widget=area, **kwargs)


def check_holds_people(rows: Sequence[Row]) -> None:
    if not columns_of(rows).below(rows):
        raise ValidationError(_("This list has a heading and nobody below it. Add a row for each person."))


class ListForm(forms.Form):
    """A list of people, pasted or as a file; what was read of it is in `cleaned_data`."""

    pasted = pasted_field(
        label=gettext_lazy("Paste the list"),
        help_text=gettext_lazy(
            "Copy the rows from a spreadsheet, one person in each, with or without their heading; or the recipients "
            "of a message."
        ),
        error_messages={"required": gettext_lazy("Paste a list or choose a file")},
    )
    upload = forms.FileField(
        label=gettext_lazy("Or bring it as a file"),
        help_text=gettext_lazy("CSV, Excel (.xlsx, .xls) or LibreOffice (.ods), up to 5 MB and 20,000 rows."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
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
            self._read("upload", upload.read(MOST_BYTES + 1), upload.name or "")
        elif pasted:
            self._read("pasted", self.cleaned_data["pasted"].encode(), "")
        elif "pasted" in self.cleaned_data:  # nothing but space
            self.add_error("pasted", self.fields["pasted"].error_messages["required"])
        return self.cleaned_data

    def _read(self, field: str, content: bytes, source: str) -> None:
        try:
            reading = read(content)
            check_holds_people(reading.rows)
        except ValidationError as refusal:
            self.add_error(field, refusal)
        else:
            sheet = reading.choice.sheet if not reading.sheets else ""
            source = ", ".join(filter(None, (source, sheet)))
            self.cleaned_data |= {"content": content, "reading": reading, "source": source}


class WayForm(forms.Form):
    """How the file is read: only what leaves a choice."""

    encoding = forms.ChoiceField(label=gettext_lazy("The letters of this file"))
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    with_hidden = forms.ChoiceField(label=gettext_lazy("Rows that the file hides"))

    def __init__(self, *args: Any, how: HowRead, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.how = how
        encodings = [(code, f"{CODE_PAGES[code]}: {sample}") for code, sample in how.encodings.items()]
        sheets = [(name, _rows_of_sheet(name, rows)) for name, rows in how.sheets.items()]
        if len(sheets) > 1:
            sheets.insert(0, (EVERY_SHEET, _("All sheets together, each row with the name of its sheet")))
        hidden = [("", _left_out(how.hidden)), ("on", _("Read them, too"))] if how.hidden else []
        for name, choices in (("encoding", encodings), ("sheet", sheets), ("with_hidden", hidden)):
            if choices:
                set_choices(self, choices, name)
                self.fields[name].initial = getattr(how.choice, name) or ""
            else:
                del self.fields[name]
        if "with_hidden" in self.fields:
            self.fields["with_hidden"].required = False
            self.fields["with_hidden"].initial = "on" if how.choice.with_hidden else ""

    @property
    def choice(self) -> Choice:
        given = {name: self.cleaned_data[name] for name in ("encoding", "sheet") if name in self.fields}
        return replace(self.how.choice, **given, with_hidden=self.cleaned_data.get("with_hidden") == "on")


def _rows_of_sheet(name: str, rows: int) -> str:
    said = ngettext("%(name)s: %(rows)s row", "%(name)s: %(rows)s rows", rows)
    return said % {"name": shortened(name), "rows": thousands(rows)}


def _left_out(rows: int) -> str:
    said = ngettext("Leave out: %(rows)s row is hidden", "Leave out: %(rows)s rows are hidden", rows)
    return said % {"rows": thousands(rows)}


class ColumnsForm(forms.Form):
    """Which row is the heading, and what each column is taken for."""

    heading = forms.TypedChoiceField(label=gettext_lazy("Heading"), coerce=int)
    by_managers = forms.BooleanField(
        label=gettext_lazy("Make groups of who reports to whom: one for each manager, inside that of theirs"),
        required=False,
    )

    def __init__(self, *args: Any, rows: Sequence[Row], columns: Columns, by_managers: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rows, self.columns = rows, columns
        self.fields["by_managers"].initial = by_managers
        if not columns.may_go_by_managers:
            del self.fields["by_managers"]
        places = sorted({*range(min(HEADINGS_OFFERED, len(rows) - 1)), max(columns.heading_at, 0)})
        headings = [(place, _as_heading(rows[place])) for place in places]
        set_choices(self, [(-1, _("None: the first row is a person")), *headings], "heading")
        self.fields["heading"].initial = columns.heading_at
        for column in range(columns.width):
            said = columns.fields.get(column, "")
            self.fields[_name(column)] = forms.ChoiceField(
                label=columns.name_of(column),
                choices=FIELDS,
                required=False,
                initial=said if said in dict(FIELDS) else "",
            )

    @property
    def table(self) -> Iterator[dict[str, Any]]:
        """Of each column its heading, what it holds in the first rows, and the choice."""
        heading, below = self.columns.heading, self.columns.below(self.rows)
        for column in range(self.columns.width):
            samples = islice((cell for row in below if (cell := row.cell(column))), SAMPLES)
            yield {
                "heading": heading.cell(column) if heading else "",
                "number": column + 1,
                "samples": [shortened(cell, 40) for cell in samples],
                "field": self[_name(column)],
            }

    @property
    def said(self) -> dict[str, Any]:
        """As `take_columns` takes it."""
        given = self.cleaned_data
        return {
            "fields": {column: given[_name(column)] or None for column in range(self.columns.width)},
            "heading": given["heading"],
            "by_managers": given.get("by_managers", False),
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = [self.cleaned_data.get(_name(column)) for column in range(self.columns.width)]
        for field in ("email", "language", "name"):
            if given.count(field) > 1:
                self.add_error(
                    None,
                    _("Two columns are taken for the same: %(field)s. Choose one of them.")
                    % {"field": dict(FIELDS)[field]},
                )
        return self.cleaned_data


def _name(column: int) -> str:
    return f"column_{column}"


def _as_heading(row: Row) -> str:
    cells = " · ".join(shortened(cell, 20) for cell in row.cells if cell)
    return _("Row %(number)s: %(cells)s") % {"number": row.place, "cells": shortened(cells, 80)}


class CorrectionForm(forms.Form):
    pasted = pasted_field(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("Mend, add or remove rows here, then check again. What you change stays in this list."),
        error_messages={"required": gettext_lazy("Paste a list of people")},
    )

    def clean_pasted(self) -> str:
        self.rows = read(self.cleaned_data["pasted"].encode()).rows
        check_holds_people(self.rows)
        return self.cleaned_data["pasted"]


class ImportForm(forms.Form):
    """The choices that a plan leaves open."""

    create_groups = forms.BooleanField(required=False, initial=True)
    known = forms.ChoiceField(
        choices=[(UPDATE, gettext_lazy("Change them")), (LEAVE, gettext_lazy("Leave them as they are"))],
        initial=UPDATE,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose what happens to people who are here already")
        ),
        widget=ChoiceRows(
            explained={
                UPDATE: gettext_lazy(
                    "Name, group and language become what the list says. An empty cell changes nothing."
                ),
                LEAVE: gettext_lazy("Only people who are not here yet are imported."),
            }
        ),
    )
    same_people = forms.BooleanField(required=False, initial=True)
    name_leaders = forms.BooleanField(required=False, initial=True)
    gone = forms.ChoiceField(
        choices=[(LEAVE, gettext_lazy("Leave them")), (REMOVE, gettext_lazy("Remove them"))],
        initial=LEAVE,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose what happens to people who are not in the list")
        ),
        widget=ChoiceRows(
            explained={
                LEAVE: gettext_lazy("They stay in their groups, as far as they are not those with a new address."),
                REMOVE: gettext_lazy("They leave this workspace with the import, and come back if it is taken back."),
            }
        ),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, label, count in _open_choices(plan):
            if count:
                self.fields[name].label = label % {"count": count}
            else:
                del self.fields[name]

    @property
    def choices(self) -> Choices:
        """Where there was nothing to choose, nothing depends on it."""
        given = self.cleaned_data
        return Choices(
            create_groups=given.get("create_groups", False),
            update=given.get("known") == UPDATE,
            same_people=given.get("same_people", False),
            name_leaders=given.get("name_leaders", False),
            remove_gone=given.get("gone") == REMOVE,
        )


def _open_choices(plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Field, label and how many it is about."""
    groups, known, gone = len(plan.new_groups), len(plan.changes), len(plan.gone)
    readdressed, leads = len(plan.readdressed), len(plan.leads)
    yield (
        "create_groups",
        ngettext("Make the group that is not here yet", "Make the %(count)d groups that are not here yet", groups),
        groups,
    )
    yield (
        "known",
        ngettext(
            "One person is here already, with other details",
            "%(count)d people are here already, with other details",
            known,
        ),
        known,
    )
    yield (
        "same_people",
        ngettext(
            "It is the same person with a new address: change the address",
            "They are the same %(count)d people with new addresses: change the addresses",
            readdressed,
        ),
        readdressed,
    )
    yield (
        "name_leaders",
        ngettext("Name the leader of this group", "Name the leaders of these %(count)d groups", leads),
        leads,
    )
    yield (
        "gone",
        ngettext(
            "One person of these groups is not in the list",
            "%(count)d people of these groups are not in the list",
            gone,
        ),
        gone,
    )
