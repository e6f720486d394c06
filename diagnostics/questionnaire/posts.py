"""What a POST to a rating page or to the review says: ratings, comments, the two conditions that matter most."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import QueryDict
from django.utils.translation import gettext as _

from diagnostics.questionnaire.form import Problem, field_id, parse
from diagnostics.questionnaire.questionnaire import Questionnaire

MATTERS_MOST = "matters_most"
AT_MOST = 2
OWN_FIELDS = ("csrfmiddlewaretoken", "to", "link", MATTERS_MOST)  # of the form, beside the questionnaire's


@dataclass(frozen=True)
class Read:
    valid: dict  # answers, comments, matters_most: what the save action takes
    problems: tuple[Problem, ...]
    typed: dict[str, str]  # comments to show again as they were typed
    ticked: list[str] | None  # conditions, however many; None when they were not asked

    @property
    def unsaved(self) -> list[str]:
        """The fields whose new value could not be taken."""
        too_many = self.ticked is not None and self.valid["matters_most"] is None
        return [*self.typed, *([MATTERS_MOST] if too_many else [])]

    @property
    def is_choice_alone(self) -> bool:
        """As the review posts it: nothing else to save, nothing to mend."""
        return not (self.problems or self.valid["answers"] or self.valid["comments"])

    def refusing(self, problems: list[Problem]) -> "Read":
        """The same with comments that could not be stored, to be shown again as they were typed."""
        typed = {problem.key: self.valid["comments"][problem.key] for problem in problems if problem.key}
        return replace(self, problems=(*self.problems, *problems), typed=self.typed | typed)


def read_post(data: QueryDict, questionnaire: Questionnaire) -> Read:
    parsed = parse(data, questionnaire, beside=OWN_FIELDS)
    ticked = _ticked(data, questionnaire)
    fits = ticked is not None and len(ticked) <= AT_MOST
    too_many = [] if ticked is None or fits else [Problem(MATTERS_MOST, _too_many(len(ticked)))]
    return Read(
        valid={
            "answers": parsed.answers,
            "comments": parsed.comments,
            "matters_most": ticked if fits else None,
        },
        problems=(*parsed.problems, *too_many),
        typed=parsed.typed,
        ticked=ticked,
    )


def _ticked(data: QueryDict, questionnaire: Questionnaire) -> list[str] | None:
    """In the order of the pages. The form posts an empty value too, so that unticking everything is heard."""
    if MATTERS_MOST not in data:
        return None
    return [condition for condition in questionnaire.pages if condition in data.getlist(MATTERS_MOST)]


def _too_many(count: int) -> str:
    return _("Choose at most two conditions: you have chosen %(count)s. Your choice is not saved yet.") % {
        "count": apnumber(count)
    }


def destination(to: str, questionnaire: Questionnaire, *, page: Callable[[str], str], **others: str) -> str | None:
    """The address that the pressed button names: a condition, a statement or open question, or one of the others."""
    if to in questionnaire.pages:
        return page(to)
    if asked := questionnaire.statements.get(to) or questionnaire.questions.get(to):
        return page(asked.condition) + f"#{field_id(to)}"
    return others.get(to)
