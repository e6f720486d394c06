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
