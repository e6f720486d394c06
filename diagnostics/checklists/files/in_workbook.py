"""A checklist as a workbook: a row for each statement, edited in Excel and brought back.

The sheets and their columns are known by their English names, whatever language the site is read in, so that a workbook
can go from one office to another. What is read becomes the plain form of `schema`, and every part keeps its cell.
"""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from diagnostics.checklists.files.faults import Fault, Unreadable
from diagnostics.checklists.schema import POINTS, Path, plain
from diagnostics.checklists.source import ABOUT_A_LEADER, ALL, SPACES, WORDINGS, Source
from spaces.importing.table.grids import Grid
from spaces.importing.table.reading import grids_in

CHECKLIST, STATEMENTS, INDICATORS = "Checklist", "Statements", "Indicators"
SPACES_SHEET, CONDITIONS, SCALE, QUESTIONS, TRANSLATIONS = "Spaces", "Conditions", "Scale", "Questions", "Translations"
COLUMNS = {
    STATEMENTS: ("Indicator", "Wording", "Asked", "Statement", "Help", "Asks"),
    INDICATORS: ("Key", "Condition", "Title", "Topic", "Meaning", "Help"),
    CHECKLIST: ("Field", "Value"),
    SPACES_SHEET: ("Key", "Name", "Frame", "Help"),
    CONDITIONS: ("Key", "Name", "Definition"),
    SCALE: ("Field", "Value"),
    QUESTIONS: ("Key", "Condition", "Text"),
    TRANSLATIONS: ("Language", "Key", "Text", "Of"),
}
WIDTHS = {
    "Statement": 80,
    "Meaning": 70,
    "Frame": 80,
    "Definition": 70,
    "Text": 70,
    "Value": 60,
    "Help": 40,
    "Title": 32,
    "Topic": 32,
}
YES, NO = "yes", "no"
POINT_NAMES = tuple(map(str, POINTS))
SCALE_FIELDS = ("key", "prompt", *POINT_NAMES, "not scored", "asks")
MATTERS_MOST, IN_WORDS = "matters_most", "matters_most_in_words"
NO_DATE = datetime.datetime(2000, 1, 1)
STRINGS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Rows = Iterable[tuple[str, ...]]


# --- Source → workbook ---------------------------------------------------------------------------------


def as_workbook(source: Source) -> bytes:
    """The same bytes for the same source."""
    form, file = plain(source), io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **STRINGS_ONLY}) as book:
        book.set_properties({"title": source.name, "created": NO_DATE})
        head = book.add_format({"bold": True, "bottom": 2, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in _sheets(form):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(COLUMNS[name]):
                sheet.write_string(0, at, column, head)
                sheet.set_column(at, at, WIDTHS.get(column, 14))
            for number, row in enumerate(rows, start=1):
                for at, value in enumerate(row):
                    sheet.write_string(number, at, value, body)
            if name == STATEMENTS:
                sheet.data_validation(1, 2, 5_000, 2, {"validate": "list", "source": [YES, NO]})
    return file.getvalue()


def _sheets(form: Mapping[str, Any]) -> Iterator[tuple[str, Rows]]:
    yield STATEMENTS, (row for one in form.get("indicators", []) for row in _statement_rows(one))
    yield (
        INDICATORS,
        (_cells(one, INDICATORS, help=one.get("help", {}).get(ALL, "")) for one in form.get("indicators", [])),
    )
    yield CHECKLIST, (_head_row(field, value) for field, value in form["checklist"].items())
    yield SPACES_SHEET, (_cells(one, SPACES_SHEET) for one in form["spaces"])
    yield CONDITIONS, (_cells(one, CONDITIONS) for one in form["conditions"])
    yield SCALE, (row for scale in form["scales"].values() for row in _scale_rows(scale))
    yield QUESTIONS, (_cells(one, QUESTIONS) for one in form.get("open_questions", []))
    texts = form.get("translations", {}).items()
    yield TRANSLATIONS, ((code, key, row["text"], row["of"]) for code, rows in texts for key, row in rows.items())


def _statement_rows(one: Mapping[str, Any]) -> Rows:
    texts = one.get("statements", {}) | {wording: one[wording] for wording in ABOUT_A_LEADER if wording in one}
    asked, help_, asks = one.get("asked", list(one.get("statements", {}))), one.get("help", {}), one.get("asks", {})
    for wording in (one for one in WORDINGS if one in texts or one in help_):
        said = "" if wording in ABOUT_A_LEADER else YES if wording in asked else NO
        yield one["key"], wording, said, texts.get(wording, ""), help_.get(wording, ""), asks.get(wording, "")


def _cells(row: Mapping[str, Any], sheet: str, **others: str) -> tuple[str, ...]:
    return tuple(str(others.get(name.lower(), row.get(name.lower(), ""))) for name in COLUMNS[sheet])


def _head_row(field: str, value: str | bool) -> tuple[str, str]:
    """What matters most is asked in own words, or it says 'no': each has a field, since a question may be 'no'."""
    if field != MATTERS_MOST:
        return field, str(value)
    return (IN_WORDS, value) if isinstance(value, str) else (MATTERS_MOST, YES if value else NO)


def _scale_rows(scale: Mapping[str, Any]) -> Rows:
    yield "key", scale["key"]
    yield "prompt", scale["prompt"]
    for point in scale["points"]:
        yield str(point["value"]), point["label"]
    yield "not scored", scale["not_scored"]["label"]
    if "asks" in scale:
        yield "asks", scale["asks"]


# --- workbook → plain form -------------------------------------------------------------------------------


def form_in_workbook(content: bytes) -> tuple[dict[str, Any], dict[Path, str]]:
    """(the plain form, where each part of it stands). Raises Unreadable."""
    try:
        shown = [grid for grid in grids_in(content) if not grid.is_hidden]
    except ValidationError as broken:
        raise Unreadable([Fault("", broken.messages[0])]) from None
    reading = _Reading({grid.name.strip().casefold(): (grid.name, _rows(grid)) for grid in shown})
    form = reading.form()
    if reading.faults:
        raise Unreadable(reading.faults)
    return form, reading.places


def _rows(grid: Grid) -> list[tuple[int, list[str]]]:
    return [(line.number, line.cells) for line in grid.lines]


class _Reading:
    def __init__(self, sheets: Mapping[str, tuple[str, list[tuple[int, list[str]]]]]) -> None:
        self.sheets = sheets
        self.places: dict[Path, str] = {}
        self.faults: list[Fault] = []

    def form(self) -> dict[str, Any]:
        return {
            "checklist": self.head(),
            "spaces": self.list_of(SPACES_SHEET, "spaces"),
            "conditions": self.list_of(CONDITIONS, "conditions"),
            "indicators": self.indicators(),
            "scales": self.scale(),
            "open_questions": self.list_of(QUESTIONS, "open_questions"),
            "translations": self.translations(),
        }

    def head(self) -> dict[str, Any]:
        head: dict[str, Any] = {}
        for place, row in self.rows(CHECKLIST):
            name, value = row["Field"], row["Value"]
            if name == MATTERS_MOST and value.casefold() not in (YES, NO):
                self.faults.append(Fault(place("Value"), _("Write yes or no.")))
            key = MATTERS_MOST if name == IN_WORDS else name
            if key in head:
                self.faults.append(Fault(place("Field"), _twice(name)))
            self.places["checklist", key] = place("Value")
            head[key] = value.casefold() == YES if name == MATTERS_MOST else value
        return head

    def list_of(self, sheet: str, part: str) -> list[dict[str, str]]:
        found = []
        for number, (place, row) in enumerate(self.rows(sheet)):
            found.append({name.lower(): value for name, value in row.items() if value})
            self.places[part, number] = place(COLUMNS[sheet][0])
            self.places |= {(part, number, name.lower()): place(name) for name in row}
        return found

    def indicators(self) -> list[dict[str, Any]]:
        found = self.list_of(INDICATORS, "indicators")
        numbers = {row.get("key", ""): number for number, row in enumerate(found)}
        indicators: list[dict[str, Any]] = [
            {**row, "help": {ALL: row["help"]} if "help" in row else {}, "statements": {}, "asked": [], "asks": {}}
            for row in found
        ]
        for number in range(len(found)):
            self.places["indicators", number, "help", ALL] = self.places["indicators", number, "help"]
        for place, row in self.rows(STATEMENTS):
            key, wording = row["Indicator"], row["Wording"].casefold()
            if key not in numbers:
                sentence = _("“%(key)s” is not on the sheet “Indicators”. Add it there, or correct the key here.")
                self.faults.append(Fault(place("Indicator"), sentence % {"key": key}))
            elif wording not in WORDINGS:
                sentence = _("“%(wording)s” is no wording. Choose one of: %(among)s.")
                words = {"wording": row["Wording"], "among": ", ".join(WORDINGS)}
                self.faults.append(Fault(place("Wording"), sentence % words))
            else:
                self.statement(indicators[numbers[key]], ("indicators", numbers[key]), wording, row, place)
        return indicators

    def statement(self, one: dict[str, Any], at: Path, wording: str, row: Mapping[str, str], place: Any) -> None:
        is_space = wording in SPACES
        texts = one["statements"] if is_space else one
        if wording in texts:
            sentence = _("%(key)s has two statements for “%(wording)s”. Keep one of them.")
            self.faults.append(Fault(place("Wording"), sentence % {"key": row["Indicator"], "wording": wording}))
            return
        asked = row["Asked"].casefold()
        if row["Statement"] or (is_space and asked != NO):
            texts[wording] = row["Statement"] or None
        self.places[(*at, "statements", wording) if is_space else (*at, wording)] = place("Statement")
        if asked not in (YES, NO, ""):
            self.faults.append(Fault(place("Asked"), _("Write yes or no.")))
        if is_space and asked != NO:
            self.places[(*at, "asked", len(one["asked"]))] = place("Asked")
            one["asked"].append(wording)
        for column, part in (("Help", "help"), ("Asks", "asks")):
            self.places[(*at, part, wording)] = place(column)
            if row[column]:
                one[part][wording] = row[column]

    def scale(self) -> dict[str, Any]:
        fields: dict[str, str] = {}
        places: dict[str, str] = {}
        for place, row in self.rows(SCALE):
            name = row["Field"].casefold()
            if name in SCALE_FIELDS and name in fields:
                self.faults.append(Fault(place("Field"), _twice(row["Field"])))
            fields[name], places[name] = row["Value"], place("Value")
        key = fields.get("key", "")
        points = [{"value": int(name), "label": text} for name, text in fields.items() if name in POINT_NAMES]
        self.places |= {
            ("scales", key, "points", number, "label"): places[str(point["value"])]
            for number, point in enumerate(points)
        }
        self.places |= {("scales", key, name): places[name] for name in ("key", "prompt", "asks") if name in places}
        self.places["scales",] = places.get("key", SCALE)
        scale = {
            "key": key,
            "default": True,
            "prompt": fields.get("prompt"),
            "points": points,
            "not_scored": {"value": None, "label": fields.get("not scored")},
        }
        return {key: scale | ({"asks": fields["asks"]} if "asks" in fields else {})}

    def translations(self) -> dict[str, dict[str, dict[str, str]]]:
        found: dict[str, dict[str, dict[str, str]]] = {}
        for place, row in self.rows(TRANSLATIONS, is_needed=False):
            found.setdefault(row["Language"], {})[row["Key"]] = {"text": row["Text"], "of": row["Of"]}
            self.places["translations", row["Language"], row["Key"]] = place("Text")
        return found

    def rows(self, name: str, *, is_needed: bool = True) -> Iterator[tuple[Any, dict[str, str]]]:
        """(column → place, column → text) of each row that holds something."""
        if name.casefold() not in self.sheets:
            if is_needed:
                words = {"name": name}
                self.faults.append(
                    Fault(
                        "",
                        _("The workbook has no sheet “%(name)s”. Put it back, from a fresh download if need be.")
                        % words,
                    )
                )
            return
        title, rows = self.sheets[name.casefold()]
        rows = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
        heading = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
        columns = {column: heading.index(column.casefold()) for column in COLUMNS[name] if column.casefold() in heading}
        if missing := [column for column in COLUMNS[name] if column not in columns]:
            words = {"missing": ", ".join(missing)}
            self.faults.append(
                Fault(_("sheet %(title)s, row 1") % {"title": title}, _("Missing columns: %(missing)s.") % words)
            )
            return
        for number, cells in rows[1:]:
            row = {column: cells[at].strip() if at < len(cells) else "" for column, at in columns.items()}
            yield _placed(title, number, columns), row


def _twice(name: str) -> str:
    return _("“%(name)s” stands here twice. Keep one of them.") % {"name": name}


def _placed(sheet: str, row: int, columns: Mapping[str, int]) -> Any:
    def place(column: str) -> str:
        cell = f"{xl_col_to_name(columns[column])}{row}"
        return _("sheet %(sheet)s, cell %(cell)s") % {"sheet": sheet, "cell": cell}

    return place
