"""One group and one comparison, read back from the page and from every file: the same facts everywhere.

Each reader below knows only its own format. A fact of a cell is (place, level or camps, score, likely range, agreement,
people, groups left out); of a difference (group, place, word, figure, interval, score, everybody else's score).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

import openpyxl
import pytest
from django.urls import reverse
from lxml import html
from pptx import Presentation

from reports.comparisons.actions import Chosen
from reports.readings.comparison.comparison import read_comparison
from reports.readings.survey.slice import read_slice
from reports.writers.pdf.survey import comparison_pdf, slice_pdf
from reports.writers.pictures.heatmap_files import slice_svg
from reports.writers.powerpoint.deck import comparison_slides, slice_slides
from reports.writers.tables.tidy import comparison_csv, slice_csv
from reports.writers.tables.workbook import comparison_workbook, slice_workbook
from tests.reports.pdftext import tags_of, text_of
from tests.reports.published import (
    HIGH,
    HIGHEST,
    LOW,
    LOWEST,
    MANY_DONT_KNOW,
    SPLIT,
    TEAMS,
    compared,
    four_groups,
    published_survey,
    slice_of,
)

pytestmark = pytest.mark.usefixtures("instrument")
Fact = tuple
SPACES = {
    "Self": "in people’s own leadership",
    "Team": "in the team",
    "Organisation": "in the organisation",
    "System": "in the system",
}
PLACES = [
    f"{name} {space}" for name in ("Task", "Route", "Alignment", "Capability", "Energy") for space in SPACES.values()
]
PLACE = "|".join(PLACES)
AGREEMENT = "close|as usual in groups|views differ|two camps"
DRAWN = "close|views differ|two camps"  # what is usual takes no room in a map
LEVELS = "(?:not yet|partly|mostly|firmly)(?: to (?:partly|mostly|firmly))?"
DRAWN_LEVELS = "(?:Not yet|Partly|Mostly|Firmly)(?: to (?:partly|mostly|firmly))?"
HIDDEN = "too few"
SENTENCE = re.compile(
    rf"({PLACE}): (?:(\d\.\d)( or less| or more)? out of 5, ({LEVELS}) in place, "
    rf"likely range (\d\.\d to \d\.\d)(?:, ({AGREEMENT}))?(?:, rests on \d statements?)?"
    r"(?:, (\d+) (?:people|person))?(?:, without (\d+) groups?)?"
    r"|(too few) people to show)"
)
IN_MAP = re.compile(
    rf"(?:({DRAWN_LEVELS}) )?((?:[≤≥] )?\d\.\d)(?: ({DRAWN}))?"
    r"(?: (\d+) (?:people|person)| (\d+), without (\d+) groups?)?|(Too few)"
)
IN_SMALL_MAP = re.compile(rf"(?:({DRAWN_LEVELS}) )?((?:[≤≥] )?\d\.\d)|(Too few)")
FIGURE = r"(?:[≥≤] )?[+−]?\d\.\d"
INTERVAL = r"[+−]?\d\.\d (?:to [+−]?\d\.\d|or more|or less)"
NOT_COMPARED = "too few to compare|nobody else to compare with"
ENDS = {"or less": "≤ ", "or more": "≥ "}


@pytest.fixture
def survey(alice):
    return published_survey(alice)


@pytest.fixture
def client(alice, client_for):
    return client_for(alice)


# --- What each format says of cells -------------------------------------------------------------------


def in_sentences(text: str, people: int) -> list[Fact]:
    """`people` are in the whole group: that is told only where it is not so."""
    return [_of_sentence(found.groups(), people) for found in SENTENCE.finditer(text)]


def _of_sentence(found: tuple, people: int) -> Fact:
    place, score, end, level, likely, agreement, n, without, hidden = found
    if hidden:
        return place, HIDDEN
    said = agreement if agreement == "two camps" else level
    score = ENDS[end.strip()] + score if end else score
    return place, said, score, likely, agreement or "", int(n or people), int(without or 0)


def in_rows(rows: Iterable[dict], heads: tuple[str, ...]) -> list[Fact]:
    return [_of_row([row[head] for head in heads]) for row in rows]


def _of_row(values: list) -> Fact:
    condition, space, word, score, end, low, high, agreement, n, without = (value or "" for value in values)
    place = f"{condition} {SPACES[space]}"
    if score == "":
        assert word == "Too few"
        return place, HIDDEN
    said = agreement if agreement == "two camps" else word.lower()
    likely = f"{float(low):.1f} to {float(high):.1f}"
    return place, said, f"{ENDS.get(end, '')}{float(score):.1f}", likely, agreement, int(n), int(without or 0)


SHEET = (
    "Condition", "Space", "Level, or why there is none", "Score (1–5)", "Score is at an end", "Likely range from",
    "Likely range to", "Agreement", "People in the cell", "Groups left out",
)  # fmt: skip
TIDY = (
    "condition", "space", "word", "score", "end", "range_low", "range_high", "agreement", "people", "groups_left_out"
)  # fmt: skip


def in_sheet(content: bytes, sheet: str) -> list[dict]:
    head, *lines = openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


def in_csv(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def on_page(content: bytes) -> html.HtmlElement:
    return html.fromstring(content.decode())


def in_svg(content: bytes, people: int) -> list[Fact]:
    titles = ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}title")  # noqa: S314 (ours)
    return in_sentences(". ".join(title.text or "" for title in titles), people)


def tables_in_slides(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Every native table: its words for those who do not see it, and the text of its cells."""
    for page in Presentation(io.BytesIO(content)).slides:
        for shape in page.shapes:
            if shape.has_table:
                told = shape._element.xpath(".//p:cNvPr/@descr")[0]
                yield told, [[" ".join(cell.text_frame.text.split()) for cell in row.cells] for row in shape.table.rows]


def maps_in_slides(content: bytes, people: int) -> Iterator[tuple[str, list[Fact], list[Fact]]]:
    """Each map: how it begins, its facts for those who do not see it, and (place, level or camps, score) as drawn."""
    for told, cells in tables_in_slides(content):
        facts = in_sentences(told, people)
        if [fact[0] for fact in facts] == PLACES:
            drawn = [IN_SMALL_MAP.search(cell).groups() for row in cells[1:] for cell in row[1:]]
            yield told, facts, [_of_small_map(place, *found) for place, found in zip(PLACES, drawn, strict=True)]


def in_pdf_map(content: bytes, people: int) -> list[Fact]:
    """Word, score and notes as drawn in the map; the likely ranges from the words of its drawings."""
    drawn = re.search(r" System(?: 2 statements)? (Task .+?) Not yet in place below", text_of(content))[1]
    ranges = iter(alt.removeprefix("likely range ") for _tag, alt in tags_of(content) if alt.startswith("likely range"))
    facts: list[Fact] = []
    for place, found in zip(PLACES, IN_MAP.finditer(drawn), strict=True):
        word, score, agreement, n, some, without, hidden = found.groups()
        if hidden:
            facts.append((place, HIDDEN))
            continue
        said = word.lower() if word else "two camps"
        facts.append((place, said, score, next(ranges), agreement or "", int(n or some or people), int(without or 0)))
    return facts


def in_pdf_cells(content: bytes) -> dict[str, tuple[str, str, int]]:
    """Place → likely range, agreement and people as the pages behind the map say."""
    line = rf"({PLACE}) (?:[A-Z][a-z ]+ in place · )?[Ll]ikely range (\d\.\d to \d\.\d)(?:, a rough picture)?"
    found = re.finditer(rf"{line}(?: · ({AGREEMENT}))? · (\d+) (?:people|person)", text_of(content))
    return {one[1]: (one[2], one[3] or "", int(one[4])) for one in found}


def in_small_maps_of_pdf(content: bytes, names: list[str]) -> dict[str, list[Fact]]:
    """Group → (place, level or camps, score) as drawn."""
    text, facts = text_of(content), {}
    for name in names:
        drawn = re.search(rf"{re.escape(name)} \d+ (?:people|person) Self Team Org\. System (Task .+)", text)[1]
        found = list(IN_SMALL_MAP.finditer(drawn))[: len(PLACES)]
        facts[name] = [_of_small_map(place, *one.groups()) for place, one in zip(PLACES, found, strict=True)]
    return facts


def _of_small_map(place: str, word: str | None, score: str | None, hidden: str | None) -> Fact:
    if hidden:
        return place, HIDDEN
    return place, word.lower() if word else "two camps", score


def as_drawn(fact: Fact) -> Fact:
    return (*fact[:4], "", *fact[5:]) if "as usual in groups" in fact else fact


@pytest.mark.parametrize("name", ["Community services", SPLIT, MANY_DONT_KNOW, LOWEST, HIGHEST])
def test_a_group_reads_the_same_everywhere(survey, client, name):
    one = slice_of(survey, name)
    reading = read_slice(one)
    page = on_page(client.get(reverse("reports:slice", args=[one.public_id])).content)
    pdf, slides = slice_pdf(reading), slice_slides(reading)

    facts = in_sentences(". ".join(page.xpath("//table[contains(@class,'heatmap-full')]//td/@title")), one.n)

    assert [fact[0] for fact in facts] == PLACES
    assert in_rows(in_sheet(slice_workbook(reading), "Cells"), SHEET) == facts
    assert in_rows(in_csv(slice_csv(reading)), TIDY) == facts
    assert in_svg(slice_svg(reading), one.n) == facts
    assert in_pdf_map(pdf, one.n) == [as_drawn(fact) for fact in facts]
    assert in_pdf_cells(pdf) == {fact[0]: (fact[3], fact[4], fact[5]) for fact in facts if fact[1] != HIDDEN}
    [(_told, heard, drawn)] = maps_in_slides(slides, one.n)
    assert heard == facts
    assert drawn == [fact[:3] for fact in facts]


def test_the_groups_of_this_world_try_every_kind_of_fact(survey):
    """Camps, views that differ, ends, hidden cells, fewer people: else agreeing would prove little."""
    facts = [
        fact
        for one in survey.editions.get().slices.select_related("group")
        for fact in in_rows(in_csv(slice_csv(read_slice(slice_of(survey, one.group.name)))), TIDY)
        if one.kind != "other groups"
    ]
    shown = [fact for fact in facts if fact[1] != HIDDEN]
    assert len(facts) > len(shown)
    assert {fact[4] for fact in shown} == {"close", "as usual in groups", "views differ", "two camps"}
    assert {fact[2][0] for fact in shown} >= {"≤", "≥"}
    assert any(fact[6] for fact in shown)


# --- What each format says of differences --------------------------------------------------------------


def names_of(comparison) -> list[str]:
    return [group.name for group in comparison.groups]


def differences_in_sentences(text: str, names: list[str]) -> list[Fact]:
    group, score = "|".join(map(re.escape, names)), r"\d\.\d(?: or more| or less)?"
    pattern = (
        rf"({group}), ({PLACE}): (?:({score}), everybody else ({score}), "
        rf"(?:difference ({FIGURE}) \(({INTERVAL})\), )?)?([a-z ]+)"
        rf"(?:, everybody else without (?:the )?(\d+) groups? )?"
    )
    return [
        (name, place, word, figure or "", interval or "", end(score), end(others), int(without or 0))
        for name, place, score, others, figure, interval, word, without in re.findall(pattern, text)
    ]


def end(score: str) -> str:
    """'4.5 or more' as '≥ 4.5'."""
    figure, _blank, words = score.partition(" ")
    return f"{ENDS[words]}{figure}" if words else figure


def differences_in_rows(rows: Iterable[dict], heads: tuple[str, ...]) -> list[Fact]:
    return [_difference_of_row([row[head] for head in heads]) for row in rows]


def _difference_of_row(values: list) -> Fact:
    group, condition, space, *figures, word = ("" if v is None else v for v in values)
    score, own_end, others, others_end, left, figure, at_least, low, high = figures
    place = f"{condition} {SPACES[space]}"
    if figure == "":
        return group, place, word, "", "", "", "", 0
    mine, theirs = f"{ENDS.get(own_end, '')}{float(score):.1f}", f"{ENDS.get(others_end, '')}{float(others):.1f}"
    if float(figure) == 0 and others_end and float(score) in {1.5, 4.5}:
        return group, place, word, "", "", mine, theirs, int(left)
    shown, interval = signed(figure), f"{signed(low)} to {signed(high)}"
    if at_least == "yes" and float(figure) > 0:
        shown, interval = f"≥ {shown}", f"{signed(low)} or more"
    elif at_least == "yes":
        shown, interval = f"≤ {shown}", f"{signed(high)} or less"
    return group, place, word, shown, interval, mine, theirs, int(left)


def signed(value: float | str) -> str:
    number = float(value)
    return f"{number:+.1f}".replace("-", "−") if number else "0.0"


def groups_at_ends(survey):
    """Two whose scores are cut, beside two whose are not."""
    return compared(survey, *(Chosen((slice_of(survey, name),)) for name in (LOW, LOWEST, HIGHEST, "Social work")))


DIFFERENCES_SHEET = (
    "Group", "Condition", "Space", "Score (1–5)", "Score is at an end", "Everybody else: score",
    "Everybody else: at an end", "Everybody else: groups left out that differ most", "Difference", "This much or more",
    "Interval from", "Interval to", "Difference in words",
)  # fmt: skip
DIFFERENCES_TIDY = (
    "group", "condition", "space", "score", "end", "others_score", "others_end", "others_groups_left", "difference",
    "difference_at_least", "difference_low", "difference_high", "difference_word",
)  # fmt: skip


def differences_in_pdf(content: bytes, names: list[str]) -> list[Fact]:
    """As drawn in the table of each space: a clear word stands beside its figure, else it is no clear difference."""
    conditions = ("Task", "Route", "Alignment", "Capability", "Energy")
    cell = rf"({FIGURE})(?: (higher|lower))? ({INTERVAL})|({NOT_COMPARED}|no clear difference)"
    text, facts = text_of(content), []
    for space, in_words in SPACES.items():
        table = re.search(rf"Group {space} {' '.join(conditions)} (.+)", text)[1]
        for name in names:
            cells = list(re.finditer(cell, re.search(rf"{re.escape(name)} ((?:{cell}).+)", table)[1]))[:5]
            for condition, found in zip(conditions, cells, strict=True):
                figure, word, interval, reason = found.groups()
                said = reason or word or "no clear difference"
                facts.append((name, f"{condition} {in_words}", said, figure or "", interval or ""))
    return facts


def test_the_maps_of_a_comparison_read_the_same_everywhere(survey, client):
    comparison = four_groups(survey)
    reading = read_comparison(comparison)
    page = on_page(client.get(reverse("reports:comparison", args=[comparison.public_id])).content)
    maps = page.xpath("//table[contains(@class,'heatmap-small')]")
    people = {group.name: group.people for group in reading.groups}

    facts = {
        name: in_sentences(". ".join(one.xpath(".//td/@title")), people[name])
        for name, one in zip(names_of(reading), maps, strict=True)
    }

    assert all([fact[0] for fact in told] == PLACES for told in facts.values())
    sheet, tidy = in_sheet(comparison_workbook(reading), "Cells"), in_csv(comparison_csv(reading))
    for name, told in facts.items():
        assert in_rows([row for row in sheet if row["Group"] == name], SHEET) == told
        assert in_rows([row for row in tidy if row["group"] == name], TIDY) == told
    pdf = in_small_maps_of_pdf(comparison_pdf(reading), list(facts))
    slides = comparison_slides(reading)
    for name, told in facts.items():
        seen = [fact[:3] for fact in told]
        assert pdf[name] == seen
        [(heard, drawn)] = [
            (heard, drawn)
            for text, heard, drawn in maps_in_slides(slides, people[name])
            if text.startswith(f"{name}. ")
        ]
        assert (heard, drawn) == (told, seen)


@pytest.mark.parametrize("groups", [four_groups, groups_at_ends])
def test_differences_read_the_same_everywhere(survey, client, groups):
    comparison = groups(survey)
    reading = read_comparison(comparison)
    names, address = names_of(reading), reverse("reports:comparison", args=[comparison.public_id])

    facts = {
        fact
        for space in ("self", "team", "organisation", "system")
        for text in on_page(client.get(address, {"space": space}).content).xpath(
            "//table[contains(@class,'differences')]//span[@class='visually-hidden']/text()"
        )
        for fact in differences_in_sentences(text, names)
    }

    assert len(facts) == len(names) * len(PLACES)
    assert {"higher", "lower", "no clear difference"} <= {fact[2] for fact in facts}
    sheet = differences_in_rows(in_sheet(comparison_workbook(reading), "Differences"), DIFFERENCES_SHEET)
    assert (len(sheet), set(sheet)) == (len(facts), facts)
    tidy = differences_in_rows(in_csv(comparison_csv(reading)), DIFFERENCES_TIDY)
    assert (len(tidy), set(tidy)) == (len(facts), facts)
    pdf = comparison_pdf(reading)
    drawn = differences_in_pdf(pdf, names)
    assert (len(drawn), set(drawn)) == (len(facts), {fact[:5] for fact in facts})
    heard = differences_in_sentences(". ".join(alt for _tag, alt in tags_of(pdf)), names)
    assert {fact for fact in facts if fact[3]} <= set(heard) <= facts
    shown = [
        fact
        for told, _cells in tables_in_slides(comparison_slides(reading))
        for fact in differences_in_sentences(told, names)
    ]
    spoken = set(shown)
    assert spoken <= facts
    clear = {fact for fact in facts if fact[2] in {"higher", "lower"}}
    assert clear <= spoken
    assert LOW in {fact[0] for fact in clear}
    assert any(fact[3][0] in "≥≤" for fact in clear) is (groups is groups_at_ends)


def test_readers_of_a_part_learn_nothing_of_everybody_else_from_any_file(survey):
    reading = read_comparison(four_groups(survey, is_whole=False))
    files = (comparison_workbook(reading), comparison_csv(reading))
    rest = set(TEAMS) - {LOW, HIGH, SPLIT, MANY_DONT_KNOW}
    said = [
        " ".join(
            str(value)
            for sheet in openpyxl.load_workbook(io.BytesIO(files[0]))
            for line in sheet.iter_rows(values_only=True)
            for value in line
        ),
        files[1].decode("utf-8-sig"),
        " ".join(f"{told} {cells}" for told, cells in tables_in_slides(comparison_slides(reading))),
        text_of(comparison_pdf(reading)),
    ]
    for text in said:
        assert LOW in text
        assert not [name for name in rest if name in text]
        assert not re.search(r"everybody else \d|no clear difference|cannot be told apart", text, re.IGNORECASE)
