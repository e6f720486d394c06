"""One self-assessment small enough to compute by hand, followed from its answers to page, figure, SVG, PNG and PDF."""

import html
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
# Self is 4.5, 3.5, 2.0, 4.5 and 5.0. Alignment lies 2.5 below the median of the others, 4.5. One rating may be off by
# √((8·0.80² + 2) / (8 + 7)) = 0.69, a cell of two, held against four others, by √(1.30·(0.15² + 0.69²/2)) = 0.58. So
# 2.5 / 0.58 = 4.3, more than 3.3. Energy in the team is 2.0 below the median there and rests on one rating, held
# against three: 2.0 / √(1.45·(0.15² + 0.69²)) = 2.4, less than 2.8.
#
# Task is 4.5 and 4.0; the others that have both are on average 3.5 in self, 2.2 in the team: 1.4 higher. Two ratings
# vary by 0.26, one by 0.50, so this by √((0.26 + 3·0.26/9 + 0.26 + (0.26 + 2·0.50)/9) / 4) = 0.43, and 1.4 / 0.43 = 3.3
# is more than 3.2. Capability, which has a score in self alone, is as high there.
OBSERVED = [
    ("Alignment, yourself", "Lower than the other conditions in the same space."),
    ("Task", "Higher than most of the other conditions, over the spaces together."),
]
SENTENCES = [
    (
        "Knowing what is expected",
        "You may be guessing at what others expect of you, and asking a great deal of yourself",
    ),
    ("Smooth handovers of work", "Your work and other people's may meet late, with pieces falling between you"),
    ("A clear picture of success, yourself", "You may find it fairly easy to stop at the right moment, since you know"),
    ("A clear picture of success in the team", "At the end of a piece of work, there may be little argument about"),
]
QUESTIONS = [  # of the lowest of Alignment, of the highest of Task, and of the lowest of what matters most
    ("Alignment, yourself", "What might people expect of you that nobody has said aloud?"),
    ("Task, yourself", "How will you know that your present piece of work has succeeded?"),
    ("Route in the team", "What has changed since we made our plan, and where does the plan show it?"),
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
        r'<td class="([\w-]+)[^"]*" title="[^"]+"><\w+ class="cell-box"[^>]*>(.*?)<span class="visually-hidden">',
        page,
    )
    assert [(*_word_and_score(inside), _fill_of_class(css)) for css, inside in cells] == CELLS
    said = html.unescape(page)
    assert re.findall(r'</span><div><h3 class="h4">([^<]+)</h3><p>([^<]+)</p>', said) == OBSERVED
    told = re.findall(r'<p><span class="muted">([^<]+):</span> ([^<]+)</p>', said)
    assert [
        (heading, text[: len(begun)]) for (heading, text), (_h, begun) in zip(told, SENTENCES, strict=True)
    ] == SENTENCES
    assert said.count("And two more that were rated 4 or 5.") == 1
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
    fills = [dict(map(tuple, scale))[(z - 1) / 4] if z else NOTHING for z in levels]
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
    for place, stands in OBSERVED:
        assert re.search(rf"{place} (Not yet 2.0 )?{stands}", text)
    for heading, sentence in SENTENCES:
        assert f"{heading}: {sentence}" in text
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
