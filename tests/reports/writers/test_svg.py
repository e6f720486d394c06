"""The still image: well formed, named, self-contained, and drawn in our own letters."""

import io
import re
from xml.etree import ElementTree

import pytest
import resvg_py
from django.conf import settings
from fontTools.ttLib import TTFont
from PIL import Image

from reports.pages.gallery import samples
from reports.readings import palette
from reports.writers.pictures.png import FONTS, heatmap_png
from reports.writers.pictures.svg import heatmap_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["heatmap", "every_state", "of_people"])
def view(request):
    return getattr(samples, request.param)()


def test_it_is_named_and_described(view):
    root = ElementTree.fromstring(heatmap_svg(view, prefix="first"))  # noqa: S314 (ours)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "first-title first-desc"
    assert root.find(f"{SVG}title").text == view.title
    assert view.description in root.find(f"{SVG}desc").text


def test_ids_are_unique_by_prefix(view):
    first, second = (set(re.findall(r' id="([^"]+)"', heatmap_svg(view, prefix=prefix))) for prefix in ("a", "b"))
    assert first
    assert not first & second


def test_it_needs_nothing_from_outside(view):
    svg = heatmap_svg(view)
    assert not re.search(r"<style|style=|<script|href|@import|var\(", svg)
    assert set(re.findall(r"url\(([^)]+)\)", svg)) <= {"#heatmap-hatch"}


def test_only_hidden_cells_are_hatched():
    assert "url(#heatmap-hatch)" in heatmap_svg(samples.every_state())
    assert "url(#heatmap-hatch)" not in heatmap_svg(samples.heatmap())
    cells_and_legend = heatmap_svg(samples.of_people()).count("url(#heatmap-hatch)")
    assert cells_and_legend == 2


def test_it_carries_legend_and_note(view):
    svg = heatmap_svg(view)
    for level in view.legend:
        assert f">{level.label}<" in svg
        assert f">{level.borders}<" in svg
    assert view.note in svg
    assert svg.count("corner cut off") + svg.count("Corner cut off") == (view.has_brief or bool(view.marks))


def drawn(view, condition: str, space: str) -> ElementTree.Element:
    """The group of one cell."""
    spoken = view.cell(condition, space).accessible_text
    groups = ElementTree.fromstring(heatmap_svg(view)).iter(f"{SVG}g")  # noqa: S314 (ours)
    return next(g for g in groups if g.findtext(f"{SVG}title") == spoken)


def words(cell: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()).strip() for text in cell.iter(f"{SVG}text")]


def test_a_cell_of_people_has_its_range_and_how_much_they_agree():
    view = samples.of_people()
    cell = drawn(view, "route", "system")
    assert words(cell) == ["Partly to mostly", "3.4", "9, without 2 groups"]
    likely = view.cell("route", "system").range
    assert f"M{likely.start} 6H{likely.end}" in [path.get("d") for path in cell.iter(f"{SVG}path")]


def test_two_camps_have_dots_for_a_word_and_views_that_differ_a_dashed_frame():
    camps, differ = (drawn(samples.of_people(), "route", space) for space in ("team", "self"))
    assert words(camps) == ["2.8", "two camps"]
    assert len(list(camps.iter(f"{SVG}circle"))) == 2
    assert [rect for rect in differ.iter(f"{SVG}rect") if rect.get("stroke-dasharray")]
    assert not [rect for rect in camps.iter(f"{SVG}rect") if rect.get("stroke-dasharray")]


def test_marks_are_explained_for_people_only():
    explained = ["Views differ", "Too few to show", "Two camps: the average hides two groups"]
    explained += ["Likely range, with the level borders", "Corner cut off: rests on one or two statements"]
    assert all(f">{mark}<" in heatmap_svg(samples.of_people()) for mark in explained)
    assert not any(f">{mark}<" in heatmap_svg(samples.every_state()) for mark in explained)


def test_it_says_whose_map_it_is_where_it_stands_alone():
    named = ElementTree.fromstring(heatmap_svg(samples.of_people(), name="Ward <3>"))  # noqa: S314 (ours)
    assert named.findtext(f"{SVG}title") == "Ward <3>: Conditions by space"
    assert "Ward <3>" in words(named)
    long = heatmap_svg(samples.of_people(), name="Ward\x0b3 " + "of the joint team " * 9)
    root = ElementTree.fromstring(long)  # noqa: S314 (ours)
    assert root.findtext(f"{SVG}title").startswith("Ward 3 of the joint team of")
    assert " ".join(words(root)[:3]) == ("Ward 3 " + "of the joint team " * 9).strip(), "all of it, on three lines"
    longer = ElementTree.fromstring(heatmap_svg(samples.of_people(), name="of the joint team " * 20 + "north"))  # noqa: S314
    assert "…" in " ".join(words(longer)[:3])
    assert words(longer)[2].endswith("north")


def test_nothing_of_a_map_of_people_leaves_the_picture():
    """No line of the caption is lost, and the lowest mark stands above the lower edge."""
    view = samples.of_people()
    root = ElementTree.fromstring(heatmap_svg(view, name="Ward 3"))  # noqa: S314 (ours)
    assert view.caption in " ".join(words(root))
    lowest = re.search(r'translate\(0 (\d+)\)" font-size="14"', heatmap_svg(view, name="Ward 3"))[1]
    assert int(lowest) + 48 <= int(root.get("height"))


def test_decimals_are_points_in_every_language(view, settings):
    with_comma = {"USE_THOUSAND_SEPARATOR": True, "LANGUAGE_CODE": "de"}
    for name, value in with_comma.items():
        setattr(settings, name, value)
    assert 'r="4.2"' in heatmap_svg(view)


def test_a_long_name_stays_in_the_picture():
    view = samples.heatmap()
    long = type(view)(**{**vars(view), "caption": "How " + "Ruth " * 40 + "sees it"})
    drawn = re.search(r'<text y="16"[^>]*>([^<]+)<', heatmap_svg(long))[1]
    assert len(drawn) <= 88
    assert drawn.endswith("…")
    assert long.caption in heatmap_svg(long)  # in full for whoever hears it


def test_the_png_has_twice_the_pixels_and_the_fills_of_the_view(view):
    picture = Image.open(io.BytesIO(heatmap_png(view))).convert("RGB")
    width, height = map(int, re.search(r'width="(\d+)"\s+height="(\d+)"', heatmap_svg(view, margin=24)).groups())
    assert picture.size == (2 * width, 2 * height)
    seen = {"#{:02X}{:02X}{:02X}".format(*colour) for _, colour in picture.getcolors(maxcolors=1 << 24)}
    assert {cell.fill for row in view.rows for cell in row.cells} <= seen
    assert picture.getpixel((0, 0)) == (255, 255, 255)


def test_the_png_is_written_in_source_sans():
    """Without our fonts the letters come out different: the writer must find them by name and weight."""
    with_ours = heatmap_png(samples.heatmap())
    for style, weight in (("Regular", 400), ("SemiBold", 600)):
        font = TTFont(FONTS / f"SourceSans3-{style}.ttf")
        assert font["name"].getDebugName(16) == "Source Sans 3"
        assert font["OS/2"].usWeightClass == weight
        assert all(ord(letter) in font.getBestCmap() for letter in "Organisation’…–≤≥ĂŁęБ0123456789")
    assert with_ours != _drawn_without_fonts()


def _drawn_without_fonts() -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=heatmap_svg(samples.heatmap(), margin=24), zoom=2))


def test_palette_has_the_measures_of_the_components():
    likely, camps = (
        (settings.BASE_DIR / f"templates/components/{name}.html").read_text() for name in ("range", "camps")
    )
    assert f"{{% firstof width {palette.RANGE_WIDTH} %}}" in likely
    assert f'height="{palette.RANGE_HEIGHT}"' in likely
    assert f'class="cell-camps" width="{palette.CAMPS_WIDTH}"' in camps


def test_palette_covers_every_space():
    assert set(palette.RING_DOTS) == {key for key, _ in samples.SPACES} == {"self", *palette.RINGS}
