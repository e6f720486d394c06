"""What the rating pages and the review show."""

from collections.abc import Mapping

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import paragraph
from diagnostics.questionnaire.form import MATTERS_MOST, Problem, Read
from diagnostics.questionnaire.loaded import Answered, of_all, of_page, of_review
from diagnostics.questionnaire.progress import dont_knows, gaps, page_progress, thin_places, written
from diagnostics.questionnaire.questionnaire import Questionnaire
from diagnostics.questionnaire.rails import Given, page_html, short_count, statements_html


def page_context(
    questionnaire: Questionnaire,
    condition: str,
    so_far: Answered,
    *,
    comment_help: str,
    read: Read | None = None,
    typed: Mapping[str, str] | None = None,
) -> dict:
    """`read` is what was posted, when it has to be shown again; `typed` are comments that were too long before."""
    given = Given(
        answers=so_far.answers,
        comments={**so_far.comments, **(read.typed if read else typed or {})},
        comment_help=comment_help,
        problems=read.problems if read else (),
    )
    steps = page_progress(questionnaire, so_far.answers)
    at = list(questionnaire.pages).index(condition)
    following = steps[at + 1] if at + 1 < len(steps) else None
    return {
        "here": condition,
        "steps": steps,
        "step": steps[at],
        "number": at + 1,
        "pages": len(steps),
        "previous": steps[at - 1] if at else None,
        "next": following,
        "onward": following.condition if following else "review",
        "points": questionnaire.content["scale"]["points"],
        "count_short": short_count(steps[at].given, steps[at].asked),
        "count_pattern": short_count("{given}", "{asked}"),
        "rails": page_html(questionnaire, condition, given),
        "loaded": of_page(questionnaire, condition, so_far),
        "problems": read.problems if read else (),
    }


def one_page_context(
    questionnaire: Questionnaire, so_far: Answered, *, read: Read | None = None, sentence: str = "", stops: bool = False
) -> dict:
    """All conditions on one page. `sentence`: why it could not be submitted; `stops`: what is missing is told first."""
    problems = read.problems if read else ()
    return {
        "points": questionnaire.content["scale"]["points"],
        "rails": statements_html(questionnaire, Given(so_far.answers, {})),
        "loaded": of_all(questionnaire, so_far),
        "gaps": gaps(questionnaire, so_far.answers) if stops else (),
        "problems": (*problems, Problem(None, sentence)) if sentence else problems,
    }


def review_context(
    questionnaire: Questionnaire, so_far: Answered, *, read: Read | None = None, sentence: str = ""
) -> dict:
    """`sentence` is why it could not be submitted."""
    problems = read.problems if read else ()
    ticked = read.ticked if read and read.ticked is not None else so_far.matters_most
    return {
        "here": "",
        "loaded": of_review(so_far),
        "onward": "review",
        "steps": page_progress(questionnaire, so_far.answers),
        "asks_what_matters": questionnaire.asks_what_matters,
        "what_matters_most": questionnaire.what_matters_most,
        "summary": summary(questionnaire, so_far.answers),
        "conditions": [
            {
                "key": key,
                "name": page["name"],
                "definition": page["definition"],
                "ticked": "checked" if key in ticked else "",
            }
            for key, page in questionnaire.pages.items()
        ],
        "thin": thin_places(questionnaire, so_far.answers) if so_far.answers else [],
        "gaps": gaps(questionnaire, so_far.answers),
        "comments": written(questionnaire, so_far.comments),
        "problems": (*problems, Problem(None, sentence)) if sentence else problems,
        "too_many": next((problem.sentence for problem in problems if problem.key == MATTERS_MOST), ""),
    }


def summary(questionnaire: Questionnaire, answers: Mapping[str, int]) -> str:
    """How much has been given, in words."""
    asked = len(questionnaire.statements)
    missing = len(gaps(questionnaire, answers))
    if missing == asked:
        return _("You have not rated anything yet.")
    sentences = [_("You have given %(given)s of %(asked)s ratings.") % {"given": asked - missing, "asked": asked}]
    if unsure := dont_knows(questionnaire, answers):
        label = questionnaire.content["scale"]["not_scored_label"]
        sentences.append(
            ngettext(
                "%(count)s of them is “%(label)s”, which is a full answer.",
                "%(count)s of them are “%(label)s”, which is a full answer.",
                unsure,
            )
            % {"count": capfirst(str(apnumber(unsure))), "label": label}
        )
    sentences.append(_("You can submit now, or fill the gaps first.") if missing else _("You can submit now."))
    return paragraph(*sentences)
