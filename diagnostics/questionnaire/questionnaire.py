"""A published checklist version as respondents' pages and the parser need it, worked out once per process."""

from dataclasses import dataclass, field, replace

from django.utils.html import format_html
from django.utils.translation import get_language

from diagnostics.checklists.drafting import is_of_model
from diagnostics.checklists.models import ChecklistVersion, model_version_of
from diagnostics.checklists.translating import missing_in, said_in
from diagnostics.instrument.changes import asks
from diagnostics.instrument.sources import CURRENT

AT_MOST = 2  # conditions that may be chosen as what matters most
KEPT = 50  # questionnaires per process; with its drawings a version of 140 statements takes about 600 kB
_made: dict[str, "Questionnaire"] = {}


@dataclass(frozen=True)
class Statement:
    key: str
    space: str
    condition: str
    text: str
    asks: str  # the identity of what it asks, in whatever words
    topic: str = ""  # what it is about; contents of the first model have only its title

    @property
    def is_of_model(self) -> bool:
        """Whether it asks what today's model asks: then the model's guidance speaks of it."""
        return self.asks == asks(self.key, CURRENT) and is_of_model(self.key.partition(".")[0])


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
    others: dict[str, "Questionnaire"] = field(default_factory=dict)  # the same in other languages
    original: str = ""  # the language of the texts that are missing in this one
    missing: frozenset[str] = frozenset()  # keys of those texts

    @property
    def model_version(self) -> str:
        return model_version_of(self.content)

    @property
    def primary_space(self) -> dict:
        return self.spaces[self.content["primary_space"]]

    @property
    def what_matters_most(self) -> str:
        """How it is asked, where that is not in the usual words."""
        return self.spoken("matters_most", self.content.get("matters_most") or "")

    @property
    def asks_what_matters(self) -> bool:
        """Of two conditions nobody needs to choose two."""
        return self.content.get("matters_most", "") is not None and len(self.pages) > AT_MOST

    def said_in(self, language: str | None) -> "Questionnaire":
        """The same in another language, as far as it carries one."""
        if not language or language not in self.content.get("translations", {}):
            return self
        if language not in self.others:
            made = read(said_in(self.content, language))
            missing = frozenset(missing_in(self.content, language))
            self.others[language] = replace(made, original=self.content["language"], missing=missing)
        return self.others[language]

    def spoken(self, key: str, text: str) -> str:
        """A text as a page shows it: in its original words it says in which language."""
        if key not in self.missing or not text:
            return text
        return format_html('<span lang="{}">{}</span>', self.original, text)

    def statements_of(self, condition: str) -> list[Statement]:
        return [statement for statement in self.statements.values() if statement.condition == condition]


def known_questionnaire(content_hash: str | None) -> Questionnaire | None:
    """Of the version with this hash in the language of the moment, if this process has read it."""
    made = _made.get(content_hash or "")
    return made and made.said_in(get_language())


def questionnaire_of(version: ChecklistVersion) -> Questionnaire:
    """In the language of the moment. A published version never changes, so its content is read once; pass it with
    `content` deferred."""
    known = known_questionnaire(version.content_hash)
    if known is not None:
        return known
    if len(_made) >= KEPT:
        _made.clear()
    made = _made[version.content_hash] = read(version.content)
    return made.said_in(get_language())


def read(content: dict) -> Questionnaire:
    model = model_version_of(content)
    pages = {page["condition"]: page for page in content["pages"]}
    statements = [
        Statement(
            key=row["key"],
            space=row["space"],
            condition=condition,
            text=row["text"],
            asks=row.get("asks") or asks(row["key"], model),
            topic=indicator.get("topic") or indicator.get("title", ""),
        )
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
