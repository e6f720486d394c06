"""Style sheets, templates and scripts name the same classes, in words, and no rule is written twice."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest
import tinycss2
from django.conf import settings

from core.colours import LEAST, WHITE, contrast

ROOT = Path(settings.BASE_DIR)
SHEETS = sorted((ROOT / "static/css").rglob("*.css"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg"})
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
PRODUCT = sorted(
    path for app in ("core", "diagnostics", "reports", "spaces", "trace_site") for path in (ROOT / app).rglob("*.py")
)
VENDOR = (ROOT / "static/vendor/bootstrap-subset.css").read_text()

CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r"([\"'])((?:(?!\1).)*)\1", re.DOTALL)
SELECTOR_IN_SCRIPT = re.compile(r"\b(?:querySelector(?:All)?|closest|matches|words)\(\s*([\"'`])((?:(?!\1).)*)\1")
CLASS_IN_SCRIPT = re.compile(r"classList\.\w+\(\s*([\"'`])([\w-]+)\1")
HTMX = re.compile(r"\bhx-(?:target|select|include|indicator|disabled-elt)=\"([^\"]*)\"")

# Classes that scripts or answers look for; no sheet needs them.
HOOKS = {
    "chart-figure": "plot.js draws into it",
    "chart-table": "plot.js hides it from sight while the figure is shown",
    "file-state": "htmx puts what has become of a file into it",
    "slide-place": "present.js reads it aloud",
    "ring": "a document draws the rings in a style of its own",
}
# Classes that mark-up of others brings along.
FOREIGN = {"plotly", "cursor-pointer"}
# What ends in a number counts something.
COUNTED = re.compile(r"(level|answer|indent|items)-\d")
# The same look by chance: what is named together stands on pages that share no sheet of a component.
BY_CHANCE = [
    {"ul.plain-list", ".slide ul, .slide dl"},
    {".dashboard-detail", ".heatmap thead th small"},
]


def rules(sheet: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """(media, selector, declarations) of a sheet."""
    return list(_rules(tinycss2.parse_stylesheet(sheet.read_text(), skip_comments=True, skip_whitespace=True), ""))


def _rules(nodes, media: str):
    for node in nodes:
        if node.type == "qualified-rule":
            said = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield media, _text(node.prelude), tuple(sorted(_text([part]).rstrip(";") for part in said))
        elif node.type == "at-rule" and node.lower_at_keyword in {"media", "supports"}:
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inside, f"{media} {_text(node.prelude)}".strip())


def _text(nodes) -> str:
    return " ".join(tinycss2.serialize(nodes).split())


def defined() -> dict[str, set[str]]:
    """Each class with the sheets that style it."""
    found = defaultdict(set)
    for sheet in SHEETS:
        for _media, selector, _said in rules(sheet):
            for name in CLASS.findall(selector):
                found[name].add(sheet.name)
    return found


def of_bootstrap() -> set[str]:
    return set(CLASS.findall(re.sub(r"url\(.*?\)", "", VENDOR)))


def class_values(template: str):
    """The values of class attributes, with the template's tags in them."""
    for start in re.finditer(r"(?<![\w-])class=([\"'])", template):
        at = start.end()
        while template[at] != start[1]:
            tag = TAG.match(template, at)
            at = tag.end() if tag else at + 1
        yield template[start.end() : at]
    yield from re.findall(r"\{%\s*block main_class\s*%\}(.*?)\{%\s*endblock", template, re.DOTALL)
    yield from re.findall(r"\{%\s*include\b[^%]*\b(?:wrap|look)=\"([\w -]+)\"", template)
    yield from re.findall(r"\{%\s*crispy_field\b[^%]*?'class' '([^']*)'", template)


def in_templates() -> tuple[set[str], set[str]]:
    """Whole classes, and beginnings that a value ends: class="level-{{ level.band }}"."""
    whole, begun = set(), set()
    for path in TEMPLATES:
        template = path.read_text()
        for value in class_values(template):
            for tag in TAG.findall(value):
                if tag.startswith("{%") and "firstof" in tag:
                    whole |= {name for _mark, name in QUOTED.findall(tag)}
            for word in TAG.sub(lambda tag: "\0" if tag[0].startswith("{{") else " ", value).split():
                (begun if "\0" in word else whole).add(word.partition("\0")[0])
        for selector in HTMX.findall(template):
            whole |= set(CLASS.findall(TAG.sub("", selector)))
    return whole, begun - {""}


def in_scripts() -> set[str]:
    said = "\n".join(path.read_text() for path in SCRIPTS)
    said = re.sub(r"\$\{.*?\}", "", said)
    selected = {name for _mark, selector in SELECTOR_IN_SCRIPT.findall(said) for name in CLASS.findall(selector)}
    return selected | {name for _mark, name in CLASS_IN_SCRIPT.findall(said)}


def in_product() -> tuple[set[str], set[str]]:
    """Words in strings of our Python, and what begins a string that a value ends: f"level-{band}"."""
    whole, begun = set(), set()
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole |= set(node.value.split())
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                begun.add(str(node.values[0].value))
    return whole, {word for word in begun if re.fullmatch(r"[a-z]+-", word)}


def given_by_product() -> set[str]:
    """What our Python hands to templates as `css`, as far as it is written out."""
    calls = (node for path in PRODUCT for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    values = [word.value for call in calls for word in call.keywords if word.arg == "css"]
    parts = (part for value in values for part in ast.walk(value) if isinstance(part, ast.Constant))
    return {name for part in parts if isinstance(part.value, str) for name in part.value.split()}


def test_every_class_of_a_sheet_is_worn_somewhere():
    worn, begun = in_templates()
    said, begun_in_code = in_product()
    worn |= in_scripts() | said | FOREIGN
    beginnings = tuple(begun | begun_in_code)
    idle = {name: sheets for name, sheets in defined().items() if name not in worn and not name.startswith(beginnings)}
    assert idle == {}


def test_every_class_that_is_worn_is_in_a_sheet():
    known = defined().keys() | of_bootstrap()
    worn, begun = in_templates()
    given = given_by_product()
    worn |= in_scripts() | {name for name in given if not name.endswith("-")}
    begun |= {name for name in given if name.endswith("-")}
    assert worn - known - HOOKS.keys() == set()
    assert {word for word in begun if not any(name.startswith(word) for name in known)} == set()
    assert HOOKS.keys() - worn == set()


def test_classes_are_words():
    own = defined().keys() - of_bootstrap()
    assert {name for name in own if len(name) <= 3} == set()
    assert {name for name in own if re.search(r"\d", name) and not COUNTED.fullmatch(name)} == set()
    assert {name for name in own if re.search(r"[A-Z_]|--", name)} == set()


def test_no_rule_is_written_twice():
    """Neither one selector in two sheets, nor one look of three or more declarations under two selectors."""
    for documents in (False, True):
        looks, places = defaultdict(list), defaultdict(set)
        for sheet in SHEETS:
            if ("documents" in sheet.parts) is documents:
                for media, selector, said in rules(sheet):
                    looks[media, said].append(selector)
                    places[media, selector, said].add(sheet.name)
        assert {rule: sheets for rule, sheets in places.items() if len(sheets) > 1} == {}
        again = [set(selectors) for (_media, said), selectors in looks.items() if len(said) > 2 and len(selectors) > 1]
        assert [selectors for selectors in again if selectors not in BY_CHANCE] == []


def test_every_property_that_is_set_is_read():
    """Bootstrap reads its own; the gallery shows every colour."""
    said = "\n".join(path.read_text() for path in SHEETS)
    read = set(re.findall(r"var\(\s*(--[\w-]+)", said + VENDOR))
    assert set(re.findall(r"(--[\w-]+)\s*:", said)) - read == set()


FORCED = re.compile(r"@media \(forced-colors: active\) \{(.*?)\n\}", re.DOTALL)


@pytest.mark.parametrize(
    "key",
    [
        ".legend-levels i",
        ".legend-mark > i",
        ".answer-key i",
        ".forecast-legend i",
        ".too-few",
        ".level-1",
        ".level-4",
        ".slide-answers svg",
        ".room-dots .room-dot-filled",
    ],
)
def test_every_key_keeps_its_colour_where_a_reader_has_chosen_the_colours(key):
    rules = [rule for sheet in SHEETS for rule in re.findall(FORCED, sheet.read_text())]
    kept = [selectors for block in rules for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", block)]
    assert key in [one.strip() for selectors in kept for one in selectors.split(",")]


def test_every_tick_is_the_browsers_own_where_a_reader_has_chosen_the_colours():
    """Bootstrap's is a white picture on a ground that such colours take away: ticked and not would look the same."""
    blocks = [block for sheet in SHEETS for block in re.findall(FORCED, sheet.read_text())]
    drawn = [body for block in blocks for body in re.findall(r"\.form-check-input \{([^{}]*)\}", block)]
    assert [" ".join(body.split()) for body in drawn] == ["appearance: auto;"]


COLOUR = re.compile(r"--((?:t|level|answer|d)-?[\w-]+): (#[0-9a-f]{6});")
LIGHT = dict(COLOUR.findall((ROOT / "static/css/tokens.css").read_text()))
DARK = LIGHT | dict(COLOUR.findall((ROOT / "static/css/dark.css").read_text()))
in_both_schemes = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
WORDS = {  # ground → what is written on it
    "t-paper": "t-ink t-ink-2 t-petrol-900 t-petrol-700 t-ochre-700 t-moss-700 t-rowan-700 d2 d-2",
    "t-mist": "t-ink t-ink-2 t-petrol-900 t-petrol-700 t-ochre-700 t-moss-700 t-rowan-700",
    "t-mist-2": "t-ink t-ink-2",
    "t-petrol-50": "t-ink t-ink-2 t-petrol-900 t-petrol-700",
    "t-petrol-100": "t-ink t-petrol-900",
    "t-petrol-700": "t-on-petrol",
    "t-petrol-900": "t-on-petrol",
    "t-ochre-100": "t-ochre-700",
    "t-moss-100": "t-moss-700",
    "t-rowan-100": "t-rowan-700",
} | {name.removesuffix("-on"): name for name in LIGHT if name.endswith("-on")}
MARKS = {"t-paper": "t-line-strong t-ochre-500 t-petrol-600 t-tick d2 d-2", "t-focus": "t-focus-ring"}


@in_both_schemes
def test_every_word_can_be_read_and_every_mark_be_seen(colours):
    for least, pairs in ((LEAST, WORDS), (3, MARKS)):
        for ground, names in pairs.items():
            seen = {name: contrast(colours[name], colours[ground]) for name in names.split()}
            assert {name: value for name, value in seen.items() if value < least} == {}, ground
    assert contrast(WHITE, colours["t-tick"]) >= 3


def test_a_dark_page_swallows_no_level_and_keeps_the_colours_of_files():
    for scale in ("level", "answer"):
        fills = {name: colour for name, colour in DARK.items() if re.fullmatch(rf"{scale}-\d", name)}
        assert fills == {name: LIGHT[name] for name in fills}
        assert min(map(contrast, list(fills.values())[1:], fills.values())) > 1.25  # beside its neighbour
        for name, fill in fills.items():
            edge = DARK.get(f"{name}-edge", fill)
            assert max(contrast(fill, DARK["t-paper"]), contrast(edge, DARK["t-paper"])) >= 3, name
    assert min(contrast(DARK[one], DARK["t-paper"]) for one in ("t-focus", "t-hatch")) >= 3


def test_the_dark_scheme_is_of_screens_and_changes_only_what_there_is():
    base = (ROOT / "templates/base.html").read_text()
    assert f'name="theme-color" content="{LIGHT["t-paper"]}"' in base
    assert f'content="{DARK["t-paper"]}" media="(prefers-color-scheme: dark)"' in base
    assert 'media="screen and (prefers-color-scheme: dark){% block dark_only %}' in base
    set_where = [
        set(re.findall(r"(--[\w-]+)\s*:", (ROOT / f"static/css/{name}.css").read_text())) for name in ("dark", "tokens")
    ]
    assert set_where[0] - set_where[1] == {"--bs-form-select-bg-img"}


def test_pages_take_their_colours_from_tokens():
    """Else one would stay as it is in a dark scheme; paper is no page, and a blank screen is black in each."""
    own = [sheet for sheet in SHEETS if "documents" not in sheet.parts and sheet.name not in {"tokens.css", "dark.css"}]
    pages = [path for path in TEMPLATES if not {"documents", "email"} & set(path.parts) and path.name != "base.html"]
    found = {
        (path.name, colour)
        for path in [*own, *pages]
        for colour in re.findall(r"(?<![\w&])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?=[;\s\"'])", path.read_text())
    }
    assert found == {("present.css", "#000")}
