"""A published checklist version as respondents' pages and the parser need it, worked out once per process."""

from dataclasses import dataclass, field

from diagnostics.checklists.models import ChecklistVersion, model_version_of

KEPT = 50  # questionnaires per process; with its drawings a version of 140 statements takes about 600 kB
_made: dict[str, "Questionnaire"] = {}


@dataclass(frozen=True)
class Statement:
    key: str
    space: str
    condition: str
    text: str


@dataclass(frozen=True)
class OpenQuestion:
    key: str
    condition: str
    text: str


@dataclass(frozen=True)
class Questionnaire:
    """The words of one version, and where each of them stands."""

    content: dict
    statements: dict[str, Statement]  # by key, in page order
    questions: dict[str, OpenQuestion]
    pages: dict[str, dict]  # by condition, in page order
    spaces: dict[str, dict]
    drawings: dict[tuple[str, str, str], list] = field(default_factory=dict)  # see cached.py

    @property
    def model_version(self) -> str:
        return model_version_of(self.content)

    @property
    def primary_space(self) -> dict:
        return self.spaces[self.content["primary_space"]]

    def statements_of(self, condition: str) -> list[Statement]:
        return [statement for statement in self.statements.values() if statement.condition == condition]


def known_questionnaire(content_hash: str | None) -> Questionnaire | None:
    """Of the version with this hash, if this process has read it."""
    return _made.get(content_hash or "")


def questionnaire_of(version: ChecklistVersion) -> Questionnaire:
    """A published version never changes, so its content is read once; pass it with `content` deferred."""
    made = known_questionnaire(version.content_hash)
    if made is None:
        if len(_made) >= KEPT:
            _made.clear()
        made = _made[version.content_hash] = read(version.content)
    return made


def read(content: dict) -> Questionnaire:
    pages = {page["condition"]: page for page in content["pages"]}
    statements = [
        Statement(row["key"], row["space"], condition, row["text"])
        for condition, page in pages.items()
        for indicator in page["indicators"]
        for row in indicator["statements"]
    ]
    questions = [
        OpenQuestion(row["key"], condition, row["text"])
        for condition, page in pages.items()
        for row in page["open_questions"]
    ]
    return Questionnaire(
        content=content,
        statements={statement.key: statement for statement in statements},
        questions={question.key: question for question in questions},
        pages=pages,
        spaces={space["key"]: space for space in content["spaces"]},
    )
