"""What respondents are promised, in words made from the survey's own settings."""

from django.utils.translation import gettext as _

from core.words import in_words
from diagnostics.answering.respondents import Respondent
from diagnostics.answering.rows import Heading
from diagnostics.checklists.presets import estimated_minutes
from diagnostics.questionnaire.questionnaire import Questionnaire
from diagnostics.surveys.models import Survey
from spaces.notices import notice_of

Asking = Survey | Heading
COMMENTS_FROM = 10  # people who answered, for numbers about statements and for comments


def promises(survey: Survey) -> dict:
    """The same words on the welcome page, the review and the page of thanks."""
    return {
        "k": in_words(survey.k),
        "comments_from": in_words(comments_from(survey)),
        "comments_whole": survey.comments_at == Survey.CommentsAt.WHOLE,
        "comment_rule": comment_rule(survey),
    }


def comments_from(survey: Asking) -> int:
    return max(survey.k, COMMENTS_FROM)


def comment_rule(survey: Asking) -> str:
    least = {"least": in_words(comments_from(survey))}
    if survey.comments_at == Survey.CommentsAt.WHOLE:
        return (
            _(
                "Comments are shown as they were written, in random order, only if %(least)s or more people answer, "
                "and only for the whole survey, never for one team."
            )
            % least
        )
    return (
        _(
            "Comments are shown as they were written, in random order, with a group only if %(least)s or more of its "
            "people answer; else they join those of a larger group."
        )
        % least
    )


def comment_help(survey: Asking) -> str:
    """Stands above the first open question of a page."""
    return comment_rule(survey) + " " + _("Leave out what would identify you.")


def welcome_context(respondent: Respondent) -> dict:
    survey, questionnaire = respondent.survey, respondent.questionnaire
    return promises(survey) | {
        "survey": survey,
        "respondent": respondent,
        "minutes": estimated_minutes(len(questionnaire.statements)),
        "statements": len(questionnaire.statements),
        "pages": in_words(len(questionnaire.pages)),
        "shares": _shares(questionnaire),
        "has_comments": bool(questionnaire.questions),
        "dont_know": questionnaire.content["scale"]["not_scored_label"],
        "invited": respondent.group.invited,
        "notice": notice_of(survey.workspace),
        "figure": _figure(survey.k),
    }


def _shares(questionnaire: Questionnaire) -> list[tuple[str, int]]:
    """How many statements ask about each space."""
    asked = [statement.space for statement in questionnaire.statements.values()]
    return [(space["name"], asked.count(key)) for key, space in questionnaire.spaces.items()]


def _figure(k: int) -> dict:
    """Where the heads of k people stand, and of one fewer, on a drawing 330 wide."""
    step = min(26, 286 / (2 * k - 1))
    gap = k * step + 40
    return {
        "shown": [6 + step * n for n in range(k)],
        "joined": [gap + step * n for n in range(k - 1)],
        "shown_width": k * step + 2,
        "joined_from": gap - 2,
        "joined_width": (k - 1) * step + 1,
        "shown_middle": 4 + (k * step + 2) / 2,
        "joined_middle": gap - 2 + ((k - 1) * step + 1) / 2,
        "scale": step / 26,
        "top": 34 - 28 * step / 26,  # they all stand on one line
    }
