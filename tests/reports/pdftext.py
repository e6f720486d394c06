"""The words and tags of a PDF, read back with nothing but its own tables."""

import io
import re
from collections.abc import Iterator

import pikepdf


def text_of(pdf: bytes) -> str:
    """Everything that is drawn, page by page in drawing order, one space between runs."""
    return " ".join(pages_of(pdf))


def pages_of(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [re.sub(r"\s+", " ", " ".join(_runs(page))).strip() for page in opened.pages]


def _runs(owner: pikepdf.Page | pikepdf.Object) -> Iterator[str]:
    resources = owner.Resources if isinstance(owner, pikepdf.Object) else owner.obj.Resources
    table: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(owner):
        match str(operator):
            case "Tf":
                table = _unicode_table(resources.Font[str(operands[0])])
            case "Tj":
                yield _decoded(operands[0], table)
            case "TJ":
                yield "".join(_decoded(part, table) for part in operands[0] if isinstance(part, pikepdf.String))
            case "Do":
                drawn = resources.XObject[str(operands[0])]
                if drawn.Subtype == "/Form":
                    yield from _runs(drawn)


def _decoded(string: pikepdf.String, table: dict[int, str]) -> str:
    codes = bytes(string)
    return "".join(table.get(int.from_bytes(codes[at : at + 2]), "�") for at in range(0, len(codes), 2))


def _unicode_table(font: pikepdf.Object) -> dict[int, str]:
    lines = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>\s*(?:\n|$)", lines)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def depths_of(pdf: bytes) -> list[float]:
    """How far down each page of a report is written, as a share of what lies between its head and its foot."""
    top, bottom = 103, 1047  # px on A4
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = [list(pikepdf.parse_content_stream(page)) for page in opened.pages]
    lines = [[float(given[5]) for given, operator in page if str(operator) == "Tm"] for page in pages]
    return [max((y - top) / (bottom - top) for y in [top, *found] if y <= bottom) for found in lines]


def scopes_of(pdf: bytes) -> list[str]:
    """Of every head of a table: which cells it is of; '' where that is not said."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(node.get("/A", {}).get("/Scope", "")) for node in _nodes(opened) if node.S == "/TH"]


def strays_of(pdf: bytes) -> list[str]:
    """What stands in lists and tables and is no part of them."""
    allowed = {
        "/L": {"/L", "/LI", "/Caption"},
        "/Table": {"/THead", "/TBody", "/TFoot", "/TR", "/Caption"},
        "/TR": {"/TH", "/TD"},
    }
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [
            f"{node.S} > {kid.S}"
            for node in _nodes(opened)
            for kid in _kids(node)
            if node.S in allowed and str(kid.S) not in allowed[str(node.S)]
        ]


def _nodes(opened: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element."""
    waiting = _kids(opened.Root.StructTreeRoot)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _kids(node)


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def tags_of(pdf: bytes) -> list[tuple[str, str]]:
    """(tag, its text for those who do not see it) of every structure element, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(_tags(opened.Root.StructTreeRoot))


def _tags(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S).removeprefix("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _tags(node.K)
