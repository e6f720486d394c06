"""What people answer in the demo: one plausible climate, in which conditions, spaces, teams, people and statements
differ. The same seed gives the same answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from diagnostics.checklists.models import ChecklistVersion

CONDITIONS = {"task": 3.9, "route": 3.5, "alignment": 2.9, "capability": 3.7, "energy": 3.2}
SPACES = {"self": 0.35, "team": 0.2, "organisation": -0.3, "system": -0.55}
CANNOT_JUDGE = {"self": 0.01, "team": 0.02, "organisation": 0.07, "system": 0.22}  # how often a statement
OF_TEAMS, OF_PEOPLE, OF_STATEMENTS, OF_MOMENTS = 0.3, 0.5, 0.25, 0.75  # standard deviations
CAMPS = ("Emergency department", "energy"), 1.5  # here two halves of a team see it differently, by so much
MATTERS = {"task": 0.12, "route": 0.14, "alignment": 0.3, "capability": 0.14, "energy": 0.3}
WRITES = 0.35  # share of people who write a comment, while there are any
COMMENTS = (
    ("OQ_task_helps", "The Monday huddle. Ten minutes, and everybody knows what this week is for."),
    ("OQ_task_helps", "Hearing from patients what a good week at home looks like."),
    ("OQ_task_helps", "Our lead says out loud what we will not do this month."),
    ("OQ_task_most", "One aim for all three organisations that we can repeat without looking it up."),
    ("OQ_task_most", "Fewer targets. I can name nine and I could not tell you which comes first."),
    ("OQ_route_helps", "We plan discharges at the bedside, with the people who do them."),
    ("OQ_route_helps", "Plans are written on one page, and someone owns each line."),
    ("OQ_route_most", "Ask the night staff before the rota changes, not after."),
    ("OQ_route_most", "Plans change in meetings we are not in. Tell us the same day."),
    ("OQ_alignment_helps", "Knowing who to ring at the council by name."),
    ("OQ_alignment_helps", "Shared notes. When they work, nobody asks the family the same question twice."),
    ("OQ_alignment_most", "Hospital and community still count different things and then argue about the numbers."),
    ("OQ_alignment_most", "Decide who has the last word on a discharge when we disagree."),
    ("OQ_alignment_most", "Say how a decision was reached. We fill the gap with guesses."),
    ("OQ_capability_helps", "Shadowing for half a day. I learnt more than on the course."),
    ("OQ_capability_helps", "Colleagues who admit when they do not know."),
    ("OQ_capability_most", "Time set aside to learn, that is not the first thing to be cancelled."),
    ("OQ_energy_helps", "Being thanked by name by somebody who knows what the shift was like."),
    ("OQ_energy_helps", "My team. We look out for each other."),
    ("OQ_energy_most", "Stop sending messages at ten in the evening."),
    ("OQ_energy_most", "Finish one change before the next one starts."),
    ("OQ_energy_most", "A break room with a door."),
)


@dataclass
class Answering:
    """Hands out the answers of one person after another."""

    version: ChecklistVersion
    rng: np.random.Generator
    teams: dict[str, float] = field(default_factory=dict)
    statements: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.comments = list(self.rng.permutation(np.array(COMMENTS)))
        self.statements = {key: self._drawn(OF_STATEMENTS) for key in self.version.statement_keys}

    def of_somebody(self, group: str) -> dict:
        """Ratings by statement, two conditions, perhaps a comment: what a draft takes."""
        return {"answers": self._ratings(group), "matters_most": self._picks(), "comments": self._comment()}

    def _ratings(self, group: str) -> dict[str, int]:
        team = self.teams.setdefault(group, self._drawn(OF_TEAMS))
        person, side = self._drawn(OF_PEOPLE), self.rng.choice([-1, 1])
        leaning = {name: team + person + level for name, level in CONDITIONS.items()}
        (divided, condition), distance = CAMPS
        leaning[condition] += side * distance * (group == divided)
        return {
            key: self._rating(leaning[condition], space, key)
            for (condition, space), keys in self.version.cells.items()
            for key in keys
        }

    def _rating(self, leaning: float, space: str, statement: str) -> int:
        if self.rng.random() < CANNOT_JUDGE[space]:
            return 0
        felt = leaning + SPACES[space] + self.statements[statement] + self._drawn(OF_MOMENTS)
        return int(np.clip(round(felt), 1, 5))

    def _picks(self) -> list[str]:
        chosen = set(self.rng.choice(list(MATTERS), 2, replace=False, p=list(MATTERS.values())))
        return [condition for condition in MATTERS if condition in chosen]

    def _comment(self) -> Mapping[str, str]:
        if not self.comments or self.rng.random() >= WRITES:
            return {}
        question, text = self.comments.pop()
        return {str(question): str(text)}

    def _drawn(self, spread: float) -> float:
        return float(self.rng.normal(0, spread))
