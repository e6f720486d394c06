"""One self-assessment small enough to compute by hand, followed from its answers to page, figure, SVG, PNG and PDF."""

import io
import json
import re
from xml.etree import ElementTree

import pikepdf
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from PIL import Image

from reports.files.asking import ask_for_file
from reports.files.models import Document
from tests.pages import tight
from tests.reports.pdftext import text_of
from tests.reports.stories import made, submitted

# Two statements to a cell; 0 is "don't know", None was left open. Ruth's work is in the team now.
ANSWERS = {
    ("T5", "T7"): {"self": (5, 4), "team": (4, 4)},
    ("R6", "R7"): {"self": (3, 4), "team": (2, 3)},
    ("A2", "A3"): {"self": (2, 2), "team": (3, 0)},
    ("C2", "C3"): {"self": (4, 5), "team": (0, 0)},
    ("E1", "E2"): {"self": (5, 5), "team": (1, None)},
}
FIRMLY, MOSTLY, PARTLY, NOT_YET, NOTHING = "#0A4150", "#589EA8", "#B8CDB7", "#FBE29B", "#F2F5F4"
NOT_ASKED = ("Not asked", "", NOTHING)
BY_HAND = {
    "Task": [("Firmly", "4.5", FIRMLY), ("Mostly", "4.0", MOSTLY), NOT_ASKED, NOT_ASKED],
    "Route": [("Mostly", "3.5", MOSTLY), ("Partly", "2.5", PARTLY), NOT_ASKED, NOT_ASKED],
    "Alignment": [("Not yet", "2.0", NOT_YET), ("Partly", "3.0", PARTLY), NOT_ASKED, NOT_ASKED],
    "Capability": [("Firmly", "4.5", FIRMLY), ("Don’t know", "", NOTHING), NOT_ASKED, NOT_ASKED],
    "Energy": [("Firmly", "5.0", FIRMLY), ("Not yet", "1.0", NOT_YET), NOT_ASKED, NOT_ASKED],
}
CELLS = [cell for row in BY_HAND.values() for cell in row]
OBSERVED = [("Energy, yourself", "5.0"), ("Alignment, yourself", "2.0"), ("Energy in the team", "1.0")]
QUESTIONS = [  # the first ones of the two lowest cells, then of the lowest cell of what matters most
    ("Alignment, yourself", "Whose work touches yours most, and when did you last compare goals?"),
    ("Energy in the team", "Which of the five kinds of energy is strongest in our team now"),
    ("Route in the team", "What is our plan for the next three months, and who could explain it?"),
]


@pytest.fixture
def result(instrument, ruth, now):
    answers = {
        f"{indicator}.{space}": rating
        for indicators, spaces in ANSWERS.items()
        for space, ratings in spaces.items()
        for indicator, rating in zip(indicators, ratings, strict=True)
        if rating is not None
    }
    return submitted(ruth, now=now, answers=answers, matters_most=["route"]).result


@pytest.fixture
def file_of(result, ruth):
    def content(kind: str) -> bytes:
        job = made(ask_for_file(of=result.self_assessment, kind=kind, by=ruth))
        assert job.status == "done", job.error
        with default_storage.open(Document.objects.get(kind=kind).file.name) as file:
            return file.read()

    return content


def test_by_hand_result(result):
    stored = [(cell["score"], cell["answered"], cell["asked"], cell["dont_know"]) for cell in result.cells]
    assert stored == [
        (4.5, 2, 2, 0), (4.0, 2, 2, 0),
        (3.5, 2, 2, 0), (2.5, 2, 2, 0),
        (2.0, 2, 2, 0), (3.0, 1, 2, 1),
        (4.5, 2, 2, 0), (None, 0, 2, 2),
        (5.0, 2, 2, 0), (1.0, 1, 2, 0),
    ]  # fmt: skip


def test_by_hand_page(result, ruth, client_for):
    page = tight(client_for(ruth).get(f"/reports/self-assessments/{result.self_assessment.public_id}/"))
    cells = re.findall(
        r'<td class="([\w-]+)" title="[^"]+"><span class="cell-box">(.*?)<span class="visually-hidden">', page
    )
    assert [(*_word_and_score(inside), _fill_of_class(css)) for css, inside in cells] == CELLS
    swatches = re.findall(
        r'class="cell-swatch ([\w-]+)".*?<b>([\d.]+)</b></span><div><h3 class="h4">([^<]+)</h3>', page
    )
    assert [(place, score) for _css, score, place in swatches] == OBSERVED
    asked = re.findall(r"<li><span>([^<]+)</span><p>([^<]+)</p></li>", page)
    assert [
        (place, text[: len(wanted)]) for (place, text), (_p, wanted) in zip(asked, QUESTIONS, strict=True)
    ] == QUESTIONS


def _word_and_score(inside: str) -> tuple[str, str]:
    words = re.sub(r"<[^>]+>", "|", inside).strip("|").split("|")
    shown = [word.strip() for word in words if word.strip()]
    return (shown[0], shown[1] if len(shown) > 1 else "")


def _fill_of_class(css: str) -> str:
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    name = "t-mist" if css == "no-score" else css
    return re.search(rf"--{name}: (#\w+);", tokens)[1].upper()


@pytest.mark.parametrize("kind", ["figure", "readers_figure"])
def test_by_hand_figure(file_of, kind):
    figure = json.loads(file_of(kind))
    texts = [annotation["text"] for annotation in figure["layout"]["annotations"][-len(CELLS) :]]
    assert [_word_and_score(text) for text in texts] == [(word, score) for word, score, _fill in CELLS]
    levels = [z for row in figure["data"][0]["z"] for z in row]
    scale = figure["layout"]["template"]["data"]["heatmap"][0]["colorscale"]
    fills = [dict(map(tuple, scale))[(z - 1) / 8] if z else NOTHING for z in levels]
    assert fills == [fill for _word, _score, fill in CELLS]


def test_by_hand_svg(file_of):
    svg = ElementTree.fromstring(file_of("svg"))  # noqa: S314 (our own file)
    name = "{http://www.w3.org/2000/svg}"
    drawn = [group for group in svg.iter(f"{name}g") if group.find(f"{name}title") is not None]
    assert [_svg_cell(group, name) for group in drawn] == CELLS


def _svg_cell(group, name: str) -> tuple[str, str, str]:
    text = group.find(f"{name}text")
    score = text.find(f"{name}tspan")
    return text.text.strip(), "" if score is None else score.text, group.find(f"{name}rect").get("fill")


def test_by_hand_png(file_of):
    image = Image.open(io.BytesIO(file_of("png"))).convert("RGB")
    colours = {f"#{r:02X}{g:02X}{b:02X}" for _count, (r, g, b) in image.getcolors(maxcolors=1 << 20)}
    assert {fill for _word, _score, fill in CELLS} <= colours


def test_by_hand_pdf(file_of):
    pdf = file_of("pdf")
    text = text_of(pdf)
    for row, cells in BY_HAND.items():
        rated = {"Alignment": ["2 of 2", "1 of 2"], "Capability": ["2 of 2", "0 of 2"], "Energy": ["2 of 2", "1 of 2"]}
        counts = [*rated.get(row, ["2 of 2", "2 of 2"]), "", ""]
        shown = [f"{word} {score} {count}" for (word, score, _fill), count in zip(cells, counts, strict=True)]
        assert " ".join(f"{row} {' '.join(shown)}".split()) in text
    for place, score in OBSERVED:
        assert re.search(rf"{place} (Firmly|Not yet) {score}", text)
    for place, question in QUESTIONS:
        assert f"{place} {question}" in text
    letters = text.replace(" ", "")  # the picture places each by itself
    for row, role in (("Task", "Architect"), ("Alignment", "Composer"), ("Capability", "Coach")):
        assert "".join([row, role, *(word + score for word, score, _fill in BY_HAND[row])]).replace(" ", "") in letters


def test_by_hand_pdf_fills(file_of):
    """Every cell of the picture, and one key of the legend per level, in exactly the fills of the page."""
    drawn = _fills(file_of("pdf"))
    for fill in (FIRMLY, MOSTLY, PARTLY, NOT_YET):
        assert drawn.count(fill) >= [cell[2] for cell in CELLS].count(fill) + 1
    assert drawn.count(NOTHING) == [cell[2] for cell in CELLS].count(NOTHING)


def _fills(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [fill for page in opened.pages for fill in _fills_of(page)]


def _fills_of(owner) -> list[str]:
    resources = owner.Resources if isinstance(owner, pikepdf.Object) else owner.obj.Resources
    fills = []
    for operands, operator in pikepdf.parse_content_stream(owner):
        if str(operator) == "rg":
            fills.append("#" + "".join(f"{round(float(part) * 255):02X}" for part in operands))
        if str(operator) == "Do" and resources.XObject[str(operands[0])].Subtype == "/Form":
            fills += _fills_of(resources.XObject[str(operands[0])])
    return fills
