"""Excel workbooks as Excel writes them, and as nobody should."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(*sheets: Iterable[Sequence[str]], states: dict[int, str] | None = None, **parts: str | bytes) -> bytes:
    """A workbook with shared texts; `parts` replace what would be written, by the last word of their path."""
    texts: list[str] = []
    written = {"_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")])}
    names = [f"worksheets/sheet{number}.xml" for number, _ in enumerate(sheets, 1)]
    relations = [(f"rId{number}", "worksheet", name) for number, name in enumerate(names, 1)]
    written["xl/_rels/workbook.xml.rels"] = _relations([*relations, ("rIdT", "sharedStrings", "/xl/sharedStrings.xml")])
    written["xl/workbook.xml"] = _book(len(sheets), states or {})
    written |= {f"xl/{name}": _sheet(rows, texts) for name, rows in zip(names, sheets, strict=True)}
    written["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(map(_text, texts))}</sst>'
    return archive({path: parts.get(path.split("/")[-1].partition(".")[0], xml) for path, xml in written.items()})


def archive(parts: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()


def sheet(body: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _sheet(rows: Iterable[Sequence[str]], texts: list[str]) -> str:
    return sheet("".join(_row(number, row, texts) for number, row in enumerate(rows, 1) if row))


def _row(number: int, cells: Sequence[str], texts: list[str]) -> str:
    written = []
    for column, cell in zip("ABCDEFGHIJ", cells, strict=False):
        if cell:
            texts.append(cell)
            written.append(f'<c r="{column}{number}" s="1" t="s"><v>{len(texts) - 1}</v></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def _text(text: str) -> str:
    return f"<si><t>{escape(text)}</t></si>"


def _book(count: int, states: dict[int, str]) -> str:
    sheets = "".join(
        f'<sheet name="Sheet {number}" sheetId="{number}" state="{states.get(number, "visible")}" r:id="rId{number}"/>'
        for number in range(1, count + 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in relations
    )
    return f'<Relationships xmlns="{PACKAGE}">{written}</Relationships>'
