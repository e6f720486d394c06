"""What a survey promises to those who answer it, in words made from its own settings."""

from typing import Protocol

from django.utils.translation import gettext as _

from core.words import in_words, paragraph
from diagnostics.surveys.models import Survey

COMMENTS_FROM = 10  # people who answered, for numbers about statements and for comments


class Asking(Protocol):
    """A survey, or as much of one as a rating page reads."""

    @property
    def k(self) -> int: ...

    @property
    def comments_at(self) -> str: ...


def promises_of(survey: Survey) -> dict:
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
    return paragraph(comment_rule(survey), _("Leave out what would identify you."))
