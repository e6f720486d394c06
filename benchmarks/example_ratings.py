"""The public example of `manage.py score`: `python -m benchmarks.example_ratings` writes it anew, always the same.

Nobody answered it. 60 made-up people in six groups, in two rater categories, rate the 35 statements about their team
and two of each condition about their organisation. A rating is the mean of the condition, plus what is the group's, the
person's, the person's in this cell, and noise; rounded to 1–5. Podiatry falls into two camps over Energy, Wound care is
low on Route, and a few people in each group cannot judge the organisation.
"""

import csv
import random
from pathlib import Path

EXAMPLE = Path(__file__).parent / "data" / "example_ratings.csv"
SEED = 20261129

GROUPS = {"District nursing": 13, "Podiatry": 14, "Pharmacy": 10, "Wound care": 9, "Therapies": 8, "Night team": 6}
LEVELS = {"T": 3.9, "R": 3.4, "A": 3.6, "C": 3.8, "E": 3.3}
STATEMENTS = (
    *(f"{letter}{number}.team" for letter in LEVELS for number in range(1, 8)),
    *(f"{letter}{number}.organisation" for letter in LEVELS for number in (1, 4)),
)
OF_GROUP, OF_PERSON, OF_CELL, NOISE = 0.25, 0.5, 0.45, 0.7  # SDs
DONT_KNOW = {"team": 0.02, "organisation": 0.12}
BLANK = 0.01


def main() -> None:
    EXAMPLE.parent.mkdir(exist_ok=True)
    with EXAMPLE.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows())


def rows() -> list[list[str]]:
    chance = random.Random(SEED)  # noqa: S311
    found: list[list[str]] = [["person", "group", "rater", *STATEMENTS]]
    for group, size in GROUPS.items():
        of_group = {letter: chance.gauss(0, OF_GROUP) for letter in LEVELS}
        for number in range(size):
            person = f"p{len(found):02}"
            rater = "partner" if number >= size - 3 else "member"
            answers = _answers(group, number, of_group, chance)
            found.append([person, group, rater, *answers])
    return found


def _answers(group: str, number: int, of_group: dict[str, float], chance: random.Random) -> list[str]:
    own = chance.gauss(0, OF_PERSON)
    of_cell: dict[tuple[str, str], float] = {}
    found = []
    for statement in STATEMENTS:
        letter, space = statement[0], statement.partition(".")[2]
        if (letter, space) not in of_cell:
            of_cell[letter, space] = chance.gauss(0, OF_CELL) + _special(group, letter, space, number)
        value = LEVELS[letter] + of_group[letter] + own + of_cell[letter, space] + chance.gauss(0, NOISE)
        drawn = chance.random()
        if drawn < BLANK:
            found.append("")
        elif drawn < BLANK + DONT_KNOW[space]:
            found.append("DK")
        else:
            found.append(str(min(5, max(1, round(value)))))
    return found


def _special(group: str, letter: str, space: str, number: int) -> float:
    if (group, letter, space) == ("Podiatry", "E", "team"):
        return 1.4 if number % 2 else -1.6
    if (group, letter, space) == ("Wound care", "R", "team"):
        return -1.5
    return 0.0


if __name__ == "__main__":
    main()
