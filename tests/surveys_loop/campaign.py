"""The list of a campaign of two hundred teams, as it comes out of somebody else's system: two thousand people, and
twenty things that are wrong with it.
"""

import datetime
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

DOMAIN = "northshire.example"
DIRECTORATES, TEAMS_IN_EACH, PEOPLE_IN_EACH = 20, 10, 10
TEAMS = DIRECTORATES * TEAMS_IN_EACH
PEOPLE = TEAMS * PEOPLE_IN_EACH
HEADING = (
    *("Staff no.", "Surname", "Forename(s)", "E-mail (Work) [Required]", "Private e-mail"),
    *("Directorate", "Team", "Started", "Team leader e-mail"),
)
ADDRESS, TEAM, NAME = 3, 6, 1


def address(number: int) -> str:
    return f"person.{number}@{DOMAIN}"


def row(number: int) -> list:
    """Somebody's row as it should be; their number is from 0."""
    team = number // PEOPLE_IN_EACH
    directorate = team // TEAMS_IN_EACH
    return [
        f"{number:06}",
        f"Surname{number}",
        f"Forename{number}",
        address(number),
        f"private{number}@home.example",
        f"Directorate {directorate + 1}",
        f"Care closer to home, locality team {team + 1}",
        datetime.datetime(2019, 4, 1) + datetime.timedelta(days=number),
        address(team * PEOPLE_IN_EACH),
    ]


def workbook() -> bytes:
    """2,000 people with twenty faults among them."""
    book = openpyxl.Workbook()
    book.active.title = "About this file"  # 1: a cover sheet
    book.active.append(["Northshire staff list", None, "Confidential"])
    sheet = book.create_sheet("Staff")
    sheet.append(["Northshire staff list"])  # 2: rows above the heading
    sheet.append(["Printed on", datetime.datetime(2026, 11, 16)])
    sheet.append([])
    sheet.append(HEADING)  # 3, 4: qualifiers, a second column of addresses; 5: padded numbers; 6: dates
    rows = [row(number) for number in range(PEOPLE)]
    rows[11][TEAM] = f"  {rows[11][TEAM].replace(' ', '  ')} "  # 7: spaces
    rows[12][TEAM] = rows[12][TEAM].upper()  # 8: capitals
    rows[13][ADDRESS] = f"\u00a0{rows[13][ADDRESS]}\u200b"  # 9: what nobody sees
    rows[14][ADDRESS] = rows[14][ADDRESS].replace("@", " at ")  # 10
    rows[15][ADDRESS] = None  # 11
    rows[16][ADDRESS] = address(17).upper()  # 12: another's
    rows[18][TEAM] = "#N/A"  # 13
    rows[19][TEAM] = "-"  # 14
    rows[21][NAME] = rows[21][NAME + 1] = None  # 15: no name
    rows[22][NAME] = "#REF!"  # 16
    rows[23][NAME] = "Long" * 60  # 17
    rows[24][ADDRESS] = f"{address(24)}; private24@home.example"  # 18: two in one cell
    for number, one in enumerate(rows):
        if number == 1000:
            sheet.append([])  # 19: an empty row
        sheet.append(one)
    sheet.append(["Total", PEOPLE])  # 20
    return _saved(book)


def updated() -> bytes:
    """The same people two weeks later: five are gone, of whom one is still named as a leader, five are new, five have
    moved."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.active
    sheet.append(HEADING)
    rows = [row(number) for number in range(5, PEOPLE + 5)]
    for one in rows[100:105]:
        _move(one, rows[300])
    for one in rows[-5:]:
        _move(one, rows[5])
    for one in rows:
        sheet.append(one)
    return _saved(book)


def _move(one: list, to: list) -> None:
    one[TEAM - 1 : TEAM + 1], one[-1] = to[TEAM - 1 : TEAM + 1], to[-1]


def _saved(book: openpyxl.Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
