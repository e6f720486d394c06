"""The Plotly figure, and that page, figure and still image say the same."""

import json
import re

import pytest
from django.template.loader import render_to_string

from reports.pages.gallery import samples
from reports.readings import palette
from reports.readings.heatmap import heatmap_view
from reports.writers.pictures.figure import HOVER_LINE, figure_json, heatmap_figure
from reports.writers.pictures.svg import heatmap_svg
from tests.pages import tight

VIEWS = [samples.heatmap(), samples.every_state()]


@pytest.fixture(params=VIEWS, ids=["heatmap", "states"])
def view(request):
    return request.param


def flat(view):
    return [cell for row in view.rows for cell in row.cells]


def figure_of(view) -> dict:
    return json.loads(figure_json(view))


def texts(layout, view) -> list[str]:
    """The words in the cells, in order, without markup."""
    inside = layout["annotations"][-len(flat(view)) :]
    return [
        re.sub(r"<br>| ?<span[^>]*>", " ", note["text"]).replace("</span>", "").replace("  ", " ") for note in inside
    ]


def test_the_same_view_gives_the_same_json(view):
    assert figure_json(view) == figure_json(view)


def test_z_is_the_level(view):
    z = [value for row in figure_of(view)["data"][0]["z"] for value in row]
    assert z == [cell.band for cell in flat(view)]
    assert len(set(z)) > 2


def test_colours_are_absolute():
    trace = figure_of(samples.every_state())["layout"]["template"]["data"]["heatmap"][0]
    assert (trace["zauto"], trace["zmin"], trace["zmax"]) == (False, 0.5, 4.5)
    assert trace["hoverongaps"] is False


def colour_at(figure: dict, z: int) -> str:
    """The fill that Plotly gives `z`, from the figure's own scale."""
    trace = figure["layout"]["template"]["data"]["heatmap"][0]
    share = (z - trace["zmin"]) / (trace["zmax"] - trace["zmin"])
    return next(colour for end, colour in reversed(trace["colorscale"]) if end <= share)


def test_hover_says_the_sentence_of_scored_cells_only(view):
    hover = [text for row in figure_of(view)["data"][0]["hovertext"] for text in row]
    assert [text and text.replace("<br>", " ") for text in hover] == [
        cell.accessible_text if cell.band else None for cell in flat(view)
    ]
    assert max(len(line) for text in filter(None, hover) for line in text.split("<br>")) <= HOVER_LINE
    assert figure_of(view)["data"][0]["hoverinfo"] == "text"


def test_the_phone_has_the_same_words_and_the_short_name():
    figure = figure_of(samples.heatmap())
    wide, narrow = figure["layout"], figure["layout"]["meta"]["narrow"]
    assert texts(wide, samples.heatmap()) == texts(narrow, samples.heatmap())
    heads = [[note["text"] for note in layout["annotations"][:4]] for layout in (wide, narrow)]
    assert heads == [["Self", "Team", "Organisation", "System"], ["Self", "Team", "Org.", "System"]]


def test_nothing_can_be_dragged_or_zoomed():
    layout = figure_of(samples.heatmap())["layout"]["template"]["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]


def test_names_are_text_not_markup():
    rows = [("task", "<b>Task</b>", '<a href="https://example.org">role</a>')]
    cells = [samples.cell("task", "self", 4.3)]
    view = heatmap_view(cells, columns=samples.SPACES, rows=rows, leader="<i>Ruth</i> & co")
    layout = heatmap_figure(view).layout
    words = [note.text for note in layout.annotations] + [
        text for row in heatmap_figure(view).data[0].hovertext for text in row if text
    ]
    assert not any(re.search(r"<(?!br>|span style=\"font-size:\d+px\">|/span>)", text) for text in words)
    assert "&lt;b&gt;Task&lt;/b&gt;" in words
    assert "<script" not in heatmap_svg(heatmap_view(cells, columns=samples.SPACES, rows=rows, leader="<script>"))


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_any_number_of_spaces_can_be_drawn(count):
    cells = [samples.cell("task", "self", 4.3)]
    view = heatmap_view(cells, columns=samples.SPACES[:count], rows=list(samples.SCORES))
    assert figure_of(view)["layout"]["xaxis"]["range"] == [-0.5, count - 0.5]
    assert heatmap_svg(view).count("translate(136 ") == len(view.rows)


def tokens() -> dict[str, str]:
    return {f"--{name}": value.upper() for name, value in samples.tokens()}


def fill_on_page(classes: str) -> str:
    """The colour that the style sheets give a cell's classes."""
    if classes in {"no-score", "too-few"}:
        return {"no-score": tokens()["--t-mist"], "too-few": palette.PAPER}[classes]
    band = re.match(r"level-([1-4])", classes)[1]
    return tokens()[f"--level-{band}"]


def test_page_figure_and_image_agree_on_words_numbers_and_fills(view):
    """Words, numbers and fills, cell by cell, as each of the three carries them."""
    html = tight(render_to_string("components/heatmap.html", {"view": view}))
    on_page = re.findall(
        r'<td class="([^"]+)" title="([^"]+)"><span class="cell-box">(.*?)<span class="visually-hidden">([^<]+)</span>',
        html,
    )
    page = [
        (re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", inside)).strip(), spoken, fill_on_page(classes))
        for classes, _title, inside, spoken in on_page
    ]

    in_image = re.findall(
        r'<g transform="translate\([^)]+\)" fill="[^"]+" text-anchor="middle" [^>]+><title>([^<]+)</title>'
        r'<rect [^>]*?fill="([^"]+)"/>.*?<text[^>]*>(.*?)</text></g>',
        tight(heatmap_svg(view)),
    )
    image = [(re.sub("<[^>]+>", "", inside), spoken, fill) for spoken, fill, inside in in_image]

    figure = figure_of(view)
    fills = [colour_at(figure, cell.band) if cell.band else cell.fill for cell in flat(view)]
    drawn = list(zip(texts(figure["layout"], view), fills, strict=True))

    expected = [
        (f"{cell.word} {cell.score_text}" if cell.score_text else cell.word, cell.accessible_text, cell.fill)
        for cell in flat(view)
    ]
    assert page == expected
    assert image == expected
    assert drawn == [(words, fill) for words, _spoken, fill in expected]
