"""What the rating pages and the review show."""

from collections.abc import Iterable, Mapping

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.answering.fields import Problem
from diagnostics.answering.progress import dont_knows, gaps, progress, written
from diagnostics.answering.questionnaires import Questionnaire, questionnaire_of
from diagnostics.answering.rails import Given, page_html
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.self_assessments.posts import MATTERS_MOST, Read


def page_context(
    draft: SelfAssessment, condition: str, *, typed: Mapping[str, str], problems: Iterable[Problem]
) -> dict:
    """`typed` are comments that could not be saved, to show again, and `problems` say why."""
    questionnaire = questionnaire_of(draft.version)
    steps = progress(questionnaire, draft.answers)
    at = list(questionnaire.pages).index(condition)
    following = steps[at + 1] if at + 1 < len(steps) else None
    return {
        "self_assessment": draft,
        "here": condition,
        "steps": steps,
        "step": steps[at],
        "number": at + 1,
        "pages": len(steps),
        "previous": steps[at - 1] if at else None,
        "next": following,
        "onward": following.condition if following else "review",
        "lowest": questionnaire.content["scale"]["points"][0],
        "highest": questionnaire.content["scale"]["points"][-1],
        "rails": page_html(questionnaire, condition, _given(draft, typed, problems)),
        "problems": problems,
    }


def _given(draft: SelfAssessment, typed: Mapping[str, str], problems: Iterable[Problem]) -> Given:
    return Given(
        answers=draft.answers,
        comments=draft.comments | typed,
        comment_help=_("Only you can read this, and the people you choose to share your result with."),
        problems=problems,
    )


def review_context(draft: SelfAssessment, read: Read | None = None, sentence: str = "") -> dict:
    """`sentence` is why it could not be submitted."""
    questionnaire = questionnaire_of(draft.version)
    problems = read.problems if read else ()
    ticked = read.ticked if read and read.ticked is not None else draft.matters_most
    return {
        "self_assessment": draft,
        "here": "",
        "onward": "review",
        "steps": progress(questionnaire, draft.answers),
        "summary": summary(questionnaire, draft.answers),
        "conditions": [
            {"key": key, "name": page["name"], "definition": page["definition"], "is_ticked": key in ticked}
            for key, page in questionnaire.pages.items()
        ],
        "gaps": gaps(questionnaire, draft.answers),
        "comments": written(questionnaire, draft.comments),
        "problems": (*problems, Problem(None, sentence)) if sentence else problems,
        "too_many": next((problem.sentence for problem in problems if problem.key == MATTERS_MOST), ""),
    }


def summary(questionnaire: Questionnaire, answers: Mapping[str, int]) -> str:
    """How much has been given, in words."""
    asked = len(questionnaire.statements)
    missing = len(gaps(questionnaire, answers))
    if missing == asked:
        return _("You have not rated anything yet.")
    parts = [_("You have given %(given)s of %(asked)s ratings.") % {"given": asked - missing, "asked": asked}]
    if unsure := dont_knows(questionnaire, answers):
        label = questionnaire.content["scale"]["not_scored_label"]
        parts.append(
            ngettext(
                "%(count)s of them is “%(label)s”, which is a full answer.",
                "%(count)s of them are “%(label)s”, which is a full answer.",
                unsure,
            )
            % {"count": capfirst(apnumber(unsure)), "label": label}
        )
    parts.append(_("You can submit now, or fill the gaps first.") if missing else _("You can submit now."))
    return " ".join(parts)
