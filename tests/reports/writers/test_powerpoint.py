"""The slides as a file: native, editable, in the words of the reading, read aloud in order, and of nobody's machine."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn

from reports.comparisons.actions import Chosen
from reports.decks.of_comparison import comparison_deck
from reports.decks.of_slice import slice_deck
from reports.decks.shared import FINDING_MESSAGES
from reports.decks.slides import (
    CausesSlide,
    CellSlide,
    DifferencesSlide,
    FindingsSlide,
    GroupsSlide,
    MapSlide,
    PicksSlide,
    TalkSlide,
    TitleSlide,
    TopicSlide,
)
from reports.editions.models import PublishedSlice
from reports.publish.cells import CellFigures, PublishedCell
from reports.readings import guidance
from reports.readings.comparison.comparison import read_comparison
from reports.readings.heatmap import cell_view
from reports.readings.survey.findings import FindingView
from reports.readings.survey.slice import read_slice
from reports.readings.topics import Topic
from reports.writers.powerpoint import make_template
from reports.writers.powerpoint.deck import comparison_slides, slice_slides
from reports.writers.powerpoint.page import RIGHT, add_page, draw
from reports.writers.powerpoint.shapes import Box, ask
from reports.writers.powerpoint.tables import table, write_cell
from reports.writers.powerpoint.template import TEMPLATE, new_presentation, saved
from reports.writers.powerpoint.text import (
    LINE,
    clean,
    fits,
    fitted,
    keeps_words,
    lines_of,
    shortened,
    size_on_one_line,
    width_of,
)
from tests.reports.published import (
    HIGH,
    LOW,
    MANY_DONT_KNOW,
    SPLIT,
    compared,
    four_groups,
    published_survey,
    published_ward,
    slice_of,
)

needs_survey = pytest.mark.usefixtures("instrument")
FIGURES = CellFigures(9, 0, 4.5, None, "firmly", ("firmly",), 4.3, 4.7, "close", None, None)
PUBLISHED = PublishedCell("task", "team", 7, FIGURES)
HOSTILE = "Ward <b>3</b> & \x0b“night”\x1f " + "of the joint team for people who come home from hospital " * 3


@pytest.fixture
def survey(alice):
    return published_survey(alice)


@pytest.fixture
def reading(survey):
    return read_slice(slice_of(survey, "Community services"))


@pytest.fixture
def comparison(survey):
    return read_comparison(four_groups(survey))


def opened(content: bytes):
    return Presentation(io.BytesIO(content))


def drawn(deck):
    """The pages of a deck, without the detour of a file."""
    presentation = new_presentation()
    for slide in deck:
        add_page(presentation, slide, "")
    return presentation.slides


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def pages_of(presentation, deck, kind):
    """(what was to be drawn, the page it was drawn on)."""
    pages = zip(deck, presentation.slides, strict=True)
    return [(slide, page) for slide, page in pages if isinstance(slide, kind)]


def tables(page):
    return [shape.table for shape in page.shapes if shape.has_table]


def charts(page):
    return [shape.chart for shape in page.shapes if shape.has_chart]


def texts(table) -> list[list[str]]:
    return [[" ".join(cell.text_frame.text.split()) for cell in row.cells] for row in table.rows]


def said_in(cell) -> str:
    """What a cell of a map reads."""
    if cell.score_text is None:
        return cell.word
    return f"{'● ●' if cell.camps else cell.word} {cell.score_text}"


def labels(chart) -> list[str]:
    points = chart.plots[0].series[0].points
    return [points[at].data_label.text_frame.text for at in range(len(chart.plots[0].categories))]


def blank_page():
    presentation = new_presentation()
    return presentation.slides.add_slide(presentation.slide_layouts[1])


def said_on(page) -> str:
    frames = [shape.text_frame for shape in page.shapes if shape.has_text_frame]
    cells = [cell.text_frame for table in tables(page) for row in table.rows for cell in row.cells]
    return "\n".join(frame.text for frame in (*frames, *cells))


def everything_in(content: bytes) -> str:
    return " ".join(part.decode("utf-8", "ignore") for name, part in members(content).items() if name.endswith("xml"))


# --- text that fits ---


def test_text_shrinks_then_is_shortened():
    assert fitted("Short", 3, 1, (24, 12)) == ("Short", 24)
    assert fitted("a little longer", 1.2, 0.5, (24, 12)) == ("a little longer", 12)
    text, size = fitted("word " * 100, 2, 0.5, (24, 12))
    assert size == 12
    assert text.endswith("word…")
    assert fits(text, size, 2, 0.5)


def test_text_is_cut_between_words_and_inside_one_only_where_none_fits():
    words = "What might make it easier in one place than in the other?"
    for width in (1.5, 2, 3, 4):
        text = shortened(words, 12, width, 0.3)
        assert words.startswith(f"{text.removesuffix('…')} ")
        assert text.endswith("…")
    text = shortened("Donaudampfschifffahrtsgesellschaft", 12, 1, 0.3)
    assert text.startswith("Donaud")
    assert text.endswith("…")


def test_text_shrinks_before_a_word_breaks():
    assert fitted("Organisation", 1.4, 1, (24, 17, 14, 12), bold=True) == ("Organisation", 14)


def test_widths_are_those_of_arial_and_georgia_and_a_little_more():
    assert width_of("Organisation", 72) == pytest.approx(1.1 * 5.669, rel=0.001)
    assert width_of("Organisation", 72, bold=True) == pytest.approx(1.1 * 6.168, rel=0.001)
    assert width_of("é", 72) == width_of("e", 72)
    assert width_of("Organisation", 72, serif=True) > width_of("Organisation", 72)
    assert size_on_one_line("Organisation", 1.4, (24, 17, 14, 12)) == 14


@pytest.mark.parametrize("question", [question for one in guidance.cells().values() for question in one.questions])
def test_no_question_of_the_model_is_too_long_for_a_slide(question):
    page = blank_page()
    ask(page, Box(8.35, 1.75, RIGHT - 8.35, 3.4), question)
    cell = cell_view(PUBLISHED, ("task", "team"), "Task in the team", people=9)
    draw(TalkSlide(message="", topics=(Topic(cell, (question,)),) * 3), page)
    assert said_on(page).count(question) == 4


def test_the_longest_breaks_fit_on_a_slide():
    cells = tuple(cell_view(PUBLISHED, ("task", space), "", people=9) for space in ("team", "system"))
    said = "In the organisation (2.5) Capability is probably less in place than in the team (3.8) and in the system. "
    text = (
        f"{said * 4}3 more conditions differ between spaces. What might make it easier in one place than in the other?"
    )
    page = blank_page()
    title = "Less in place in one space than in another"
    question = str(FINDING_MESSAGES["break"][1])
    draw(FindingsSlide(message="", findings=(FindingView("break", title, text, cells),), question=question), page)
    assert said_on(page).split("\n").count(text) == said_on(page).split("\n").count(question) == 1


@needs_survey
def test_nothing_is_cut_on_the_slides_of_any_group(survey, comparison):
    slices = PublishedSlice.objects.for_reading().filter(edition__survey=survey)
    decks = [comparison_deck(comparison), *(slice_deck(read_slice(one)) for one in slices)]
    assert len(decks) > 8
    for deck in decks:
        for slide, page in zip(deck, drawn(deck), strict=True):
            told = said_on(page)
            assert "…" not in told, slide.message
            assert all(text in told for text in must_be_whole(slide)), slide.message


def must_be_whole(slide) -> list[str]:
    topics, findings = getattr(slide, "topics", ()), getattr(slide, "findings", ())
    texts = [getattr(slide, "question", ""), getattr(slide, "exercise", ""), *getattr(slide, "points", ())]
    return [*texts, *(topic.questions[0] for topic in topics), *(finding.text for finding in findings)]


@needs_survey
def test_tables_keep_their_size_and_words_in_a_font_a_tenth_wider(survey):
    """`width_of` counts the tenth in. A row in which a line breaks grows over what stands below."""
    readings = [read_slice(slice_of(survey, name)) for name in ("Community services", SPLIT, LOW, MANY_DONT_KNOW)]
    two, three = (
        compared(survey, *(Chosen((slice_of(survey, name),)) for name in names))
        for names in ((LOW, HIGH), (LOW, HIGH, SPLIT))
    )
    comparisons = [read_comparison(one) for one in (two, three, four_groups(survey))]
    decks = [*map(slice_deck, readings), *map(comparison_deck, comparisons)]
    every = [table for deck in decks for page in drawn(deck) for table in tables(page)]
    assert len(every) > 20
    for one in every:
        for row in one.rows:
            for cell, column in zip(row.cells, one.columns, strict=True):
                room = column.width.inches - (cell.margin_left + cell.margin_right) / 914400
                assert height_of(cell.text_frame, room) <= row.height.inches, cell.text_frame.text


@needs_survey
def test_words_for_a_level_can_be_read_across_a_room(survey):
    read = [read_slice(slice_of(survey, name)) for name in ("Community services", SPLIT, LOW, MANY_DONT_KNOW)]
    pages = [page for deck in map(slice_deck, read) for page in drawn(deck)]
    runs = [
        run
        for page in pages
        for one in tables(page)
        for cell in one.iter_cells()
        for paragraph in cell.text_frame.paragraphs
        for run in paragraph.runs
        if run.text.startswith(("Not yet", "Partly", "Mostly", "Firmly"))
    ]
    assert {" to " in run.text for run in runs} == {True, False}
    assert min(run.font.size.pt for run in runs) >= 10


def height_of(frame, room: float) -> float:
    """Inches of what stands in a cell `room` inches wide."""
    height = 0.0
    for paragraph in frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs]
        for run in paragraph.runs:
            assert keeps_words(run.text.strip(), run.font.size.pt, room, bold=bool(run.font.bold)), run.text
        wide = sum(width_of(run.text, run.font.size.pt, bold=bool(run.font.bold)) for run in paragraph.runs)
        height += (int(wide / room) + 1) * max(sizes, default=0) * LINE / 72
    return height


def test_the_template_is_what_its_script_makes():
    assert members(make_template.template()) == members(TEMPLATE.read_bytes())


def test_fonts_are_those_that_every_computer_has():
    theme = members(saved(new_presentation(), title="Fonts", at=timezone.now()))["ppt/theme/theme1.xml"].decode()
    assert re.findall(r'<a:(?:major|minor)Font><a:latin[^>]*typeface="([^"]*)"', theme) == ["Georgia", "Arial"]


def test_long_words_and_wide_letters_take_their_lines():
    assert lines_of("one two", 12, 5) == 1
    assert lines_of("W" * 160, 12, 2) > lines_of("i" * 160, 12, 2) > 1
    assert lines_of("漢字" * 20, 12, 2) == 4


def test_text_is_on_one_line_and_holds_nothing_that_xml_cannot():
    assert clean("Ward\x0b3 \n\x1f& <b>") == "Ward 3 & <b>"


@pytest.mark.parametrize(("end", "smaller"), [(None, False), ("high", True)])
def test_a_score_that_is_longer_than_others_keeps_beside_its_word(end, smaller):
    made = cell_view(
        replace(PUBLISHED, figures=replace(FIGURES, end=end)), ("task", "team"), "Task in the team", people=9
    )
    presentation = new_presentation()
    page = presentation.slides.add_slide(presentation.slide_layouts[0])
    target = table(page, Box(0, 0, 1.45, 0.6), [1.45], [0.6], "A cell").cell(0, 0)
    write_cell(target, made, 1.45, 20)
    word, _space, score = target.text_frame.paragraphs[0].runs
    assert (word.text, score.text) == (made.word, made.score_text)
    assert (score.font.size.pt < 20) is smaller


@needs_survey
def test_decks_keep_to_the_schema_of_the_format(reading, comparison, tmp_path):
    """Elements, their order and attributes, parts and what relates them, numbers of shapes."""
    for number, content in enumerate([slice_slides(reading), comparison_slides(comparison)]):
        file = tmp_path / f"{number}.pptx"
        file.write_bytes(content)
        assert not [str(error) for error in validate_pptx(file).errors]


# --- one group ---


@needs_survey
def test_every_slide_is_16_9_shown_titled_and_numbered(reading):
    deck = slice_deck(reading)
    presentation = opened(slice_slides(reading))
    assert presentation.slide_width / presentation.slide_height == pytest.approx(16 / 9, rel=0.001)
    assert [page.shapes.title.text_frame.text for page in presentation.slides] == [slide.message for slide in deck]
    assert {layout.name for layout in presentation.slide_layouts} == {"Title Slide", "Title Only"}
    for page in list(presentation.slides)[1:]:
        assert page._element.get("show") is None
        kinds = {holder._element.ph.get("type") for holder in page.placeholders}
        assert kinds == {"title", "ftr", "sldNum"}


@needs_survey
def test_the_map_is_a_table_in_the_words_and_fills_of_the_reading(reading):
    ((slide, page),) = pages_of(opened(slice_slides(reading)), slice_deck(reading), MapSlide)
    drawn = next(table for table in tables(page) if len(table.rows) == len(slide.view.rows) + 1)
    assert drawn.first_row
    assert drawn.first_col
    head, *rows = texts(drawn)
    assert head == ["Condition", *(f"{column.name} {column.note}".strip() for column in slide.view.columns)]
    for row, line, cells in zip(slide.view.rows, rows, list(drawn.rows)[1:], strict=True):
        assert line[0] == f"{row.name} {row.role}"
        for cell, text, native in zip(row.cells, line[1:], list(cells.cells)[1:], strict=True):
            word = f" {cell.agreement}" if cell.frame or cell.camps else ""
            assert text == said_in(cell) + word
            assert str(native.fill.fore_color.rgb) == cell.fill.removeprefix("#")


@needs_survey
def test_hidden_cells_say_so_and_have_no_fill_of_a_level(survey):
    reading = read_slice(slice_of(survey, MANY_DONT_KNOW))
    ((slide, page),) = pages_of(opened(slice_slides(reading)), slice_deck(reading), MapSlide)
    drawn = next(table for table in tables(page) if len(table.rows) == len(slide.view.rows) + 1)
    hidden = [
        drawn.cell(line, place)
        for line, row in enumerate(slide.view.rows, start=1)
        for place, cell in enumerate(row.cells, start=1)
        if cell.state == "too_few_people"
    ]
    assert hidden
    assert {cell.text_frame.text for cell in hidden} == {"Too few"}
    assert {cell.fill.type for cell in hidden} == {MSO_FILL.PATTERNED}


@needs_survey
def test_statements_and_picks_are_charts_that_say_what_may_be_told(survey):
    drawn, chosen = [], []
    for name in ("Community services", "Community nursing", SPLIT, LOW):
        reading = read_slice(slice_of(survey, name))
        presentation, deck = opened(slice_slides(reading)), slice_deck(reading)
        drawn += [pair for pair in pages_of(presentation, deck, CellSlide) if pair[0].statement]
        chosen += pages_of(presentation, deck, PicksSlide)
    with_classes = [(slide.statement, page) for slide, page in drawn if slide.statement.classes]
    assert with_classes
    for statement, page in with_classes:
        (chart,) = charts(page)
        names = [one.name[:1].upper() + one.name[1:] for one in statement.classes]
        assert list(chart.plots[0].categories) == names
        assert labels(chart) == [one.share_text for one in statement.classes]
        assert list(chart.plots[0].series[0].values) == [round(one.size, 1) for one in statement.classes]
    assert chosen
    for slide, page in chosen:
        (chart,) = charts(page)
        assert list(chart.plots[0].categories) == [pick.name for pick in slide.picks]
        assert labels(chart) == [pick.text for pick in slide.picks]


@needs_survey
def test_below_ten_there_is_no_chart_at_all(survey):
    content = slice_slides(read_slice(slice_of(survey, MANY_DONT_KNOW)))
    assert not [name for name in members(content) if "chart" in name or "embeddings" in name]


@needs_survey
def test_whatever_is_drawn_has_words_for_those_who_do_not_see_it(reading, comparison):
    for content in (slice_slides(reading), comparison_slides(comparison)):
        for page in opened(content).slides:
            for shape in page.shapes:
                properties = shape._element.xpath(".//p:cNvPr")[0]
                is_decorative = "decorative" in "".join(child.tag + str(child.attrib) for child in properties.iter())
                has_words = shape.has_text_frame and shape.text_frame.text.strip()
                assert properties.get("descr") or is_decorative or has_words, (page.shapes.title.text, shape.name)
                if shape.has_table or shape.has_chart:
                    assert properties.get("descr")


@needs_survey
def test_a_map_is_told_cell_by_cell_to_those_who_do_not_see_it(reading):
    ((slide, page),) = pages_of(opened(slice_slides(reading)), slice_deck(reading), MapSlide)
    told = [shape._element.xpath(".//p:cNvPr")[0].get("descr", "") for shape in page.shapes if shape.has_table]
    assert any(slide.view.description in text for text in told)


@needs_survey
def test_notes_hold_the_questions(reading, comparison):
    for deck, content in (
        (slice_deck(reading), slice_slides(reading)),
        (comparison_deck(comparison), comparison_slides(comparison)),
    ):
        for slide, page in zip(deck, opened(content).slides, strict=True):
            assert page.notes_slide.notes_text_frame.text.split("\n") == [clean(note) for note in slide.notes]


# --- groups side by side ---


@needs_survey
def test_small_maps_stand_in_tables_in_the_order_of_the_survey(comparison):
    ((slide, page),) = pages_of(opened(comparison_slides(comparison)), comparison_deck(comparison), GroupsSlide)
    drawn = [one for one in tables(page) if len(one.columns) == len(comparison.columns) + 1]
    assert len(drawn) == len(slide.groups) == len(comparison.groups)
    for group, native in zip(comparison.groups, drawn, strict=True):
        assert [line[1:] for line in texts(native)[1:]] == [
            [said_in(cell) for cell in row.cells] for row in group.view.rows
        ]


@needs_survey
def test_cells_in_which_views_differ_wear_a_dashed_frame(comparison):
    ((slide, page),) = pages_of(opened(comparison_slides(comparison)), comparison_deck(comparison), GroupsSlide)
    drawn = [one for one in tables(page) if len(one.columns) == len(comparison.columns) + 1]
    framed = 0
    for group, native in zip(slide.groups, drawn, strict=True):
        for line, row in enumerate(group.view.rows, start=1):
            for place, cell in enumerate(row.cells, start=1):
                edges = [native.cell(line, place)._tc.tcPr.find(qn(f"a:ln{side}")) for side in "LRTB"]
                is_framed = all(edge.find(qn("a:prstDash")) is not None for edge in edges)
                assert is_framed or not cell.frame
                framed += cell.frame
    assert framed


@needs_survey
def test_differences_are_told_in_words_and_figures_only_where_they_are_clear(comparison):
    found = pages_of(opened(comparison_slides(comparison)), comparison_deck(comparison), DifferencesSlide)
    assert found
    for slide, page in found:
        (drawn,) = tables(page)
        head, *rows = texts(drawn)
        assert head == [slide.space, *(group.name for group in slide.groups)]
        for (condition, differences), line in zip(slide.rows, rows, strict=True):
            assert line[0] == condition
            for one, text in zip(differences, line[1:], strict=True):
                mark = "▲" if one.is_higher else "▼"
                clear = f"{mark} {one.figure} {one.interval} {one.text}"
                assert text == (clear if one.is_clear else one.text)


@needs_survey
@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_where_all_are_in_two_camps_no_text_reaches_into_the_next_and_no_level_is_named(alice, language):
    one = published_ward(alice, lambda person, *_where: 5 if person % 2 else 1)
    with translation.override(language):
        reading = read_slice(one)
        deck, presentation = slice_deck(reading), opened(slice_slides(reading))
        two_camps = _("Two camps")
    sheets = pages_of(presentation, deck, CausesSlide)
    assert sheets
    for _slide, page in sheets:
        for shape in [shape for shape in page.shapes if shape.has_text_frame and not shape.is_placeholder]:
            sizes = [(text.text, text.runs[0].font.size.pt) for text in shape.text_frame.paragraphs if text.runs]
            high = sum(lines_of(text, size, shape.width.inches) * size * LINE / 72 for text, size in sizes)
            assert high <= shape.height.inches
    own = next(page for slide, page in pages_of(presentation, deck, CellSlide) if slide.cell.space == "self")
    bold = [run.text for shape in own.shapes if shape.has_text_frame for run in runs_in(shape) if run.font.bold]
    assert two_camps in bold
    assert not [text for text in bold if reading.view.cell("task", "self").level_label in text]


def runs_in(shape):
    return [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]


def test_a_text_is_written_in_the_direction_of_its_script():
    page = drawn([TitleSlide(message="Ward", notes=(), subtitle="שלום.", facts=())])[0]
    directions = {run.text: run._r.getparent().pPr.get("rtl") for one in page.placeholders for run in runs_in(one)}
    assert directions == {"Ward": None, "שלום.": "1"}


@needs_survey
def test_a_topic_shows_its_cell_in_every_group(comparison):
    slide, page = pages_of(opened(comparison_slides(comparison)), comparison_deck(comparison), TopicSlide)[0]
    (drawn,) = tables(page)
    told = [(name, text) for name, text in texts(drawn)]
    for (group, cell), (name, text) in zip(slide.cells, told, strict=True):
        assert name == group.name
        assert text.startswith(said_in(cell))


@needs_survey
def test_questions_for_several_groups_stand_beside_no_score_of_nobody_knows_whom(comparison):
    ((slide, page),) = pages_of(opened(comparison_slides(comparison)), comparison_deck(comparison), TalkSlide)
    shown = " ".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    assert all(topic.questions[0] in shown for topic in slide.topics)
    assert not re.search(r"\d\.\d", shown)


@needs_survey
def test_nothing_is_said_of_everybody_else_to_whoever_may_not_see_them(survey):
    told = everything_in(comparison_slides(read_comparison(four_groups(survey, is_whole=False))))
    assert "everybody else" not in told
    assert "no clear difference" not in told


# --- the file ---


@needs_survey
def test_the_same_reading_gives_the_same_bytes_with_the_times_of_the_edition(reading):
    first, second = slice_slides(reading), slice_slides(reading)
    assert first == second
    at = reading.edition.published_at
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {member.date_time for member in file.infolist()} == {at.timetuple()[:6]}
        books = [name for name in file.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(file.read(name))) as book:
                assert {member.date_time for member in book.infolist()} == {at.timetuple()[:6]}
                assert f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() in book.read("docProps/core.xml")


@needs_survey
def test_nothing_tells_who_made_it_or_where(reading):
    content = slice_slides(reading)
    about = opened(content).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert about.title == f"{reading.survey.title}: Community services"
    assert about.created == about.modified == reading.edition.published_at.replace(tzinfo=None)
    parts = members(content)
    assert not [name for name in parts if "thumbnail" in name or "printer" in name or "media" in name]
    told = everything_in(content)
    assert not re.search(r"Canny|python|Macintosh|Microsoft (Office|Excel|PowerPoint)|TargetMode=.External", told)
    assert b"<Company" not in parts["docProps/app.xml"]


@needs_survey
def test_every_word_is_in_british_english(reading):
    for page in opened(slice_slides(reading)).slides:
        for frame in (page._element, page.notes_slide.notes_text_frame._txBody):
            assert {run.rPr.get("lang") for run in frame.iter(qn("a:r"))} == {"en-GB"}


@needs_survey
def test_shapes_have_numbers_of_their_own(comparison):
    presentation = opened(comparison_slides(comparison))
    for page in [*presentation.slides, *presentation.slide_layouts, presentation.slide_masters[0]]:
        numbers = page._element.xpath(".//p:cNvPr/@id")
        assert len(set(numbers)) == len(numbers)


@needs_survey
def test_names_that_are_long_or_would_be_markup_do_no_harm(reading, comparison):
    reading.slice.group.name = reading.survey.title = HOSTILE
    page = opened(slice_slides(reading)).slides[0]
    assert page.placeholders[1].text_frame.text.startswith("Ward <b>3</b> & “night” of the joint team")
    assert re.search("…[^…]+home from hospital$", page.shapes.title.text_frame.text)
    long = replace(comparison, groups=tuple(replace(group, name=HOSTILE, note=HOSTILE) for group in comparison.groups))
    ((_slide, page),) = pages_of(opened(comparison_slides(long)), comparison_deck(long), GroupsSlide)
    shown = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    cut = [text for text in shown if text.startswith("Ward <b>3") and "…" in text]
    assert len([text for text in cut if text.endswith("…")]) == 4, "notes, at their end"
    assert len([text for text in cut if text.endswith("hospital")]) == 4, "names, before it"
    assert all(clean(HOSTILE) not in text for text in shown)
