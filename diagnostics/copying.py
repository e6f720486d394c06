"""What this floor holds about somebody with an account, for their own copy of it.

Of a survey only that they were asked, which its letter has told them: nothing here knows whether they answered.
"""

from collections.abc import Iterator
from typing import Any

from core.accounts.copies import Part, account_copied, as_csv, as_json, verified_addresses
from core.accounts.models import User
from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.self_assessments.models import SelfAssessment
from diagnostics.surveys.models import Participant
from spaces.mailboxes import mailbox

DONT_KNOW = 0


def parts_of(user: User, **__: Any) -> Iterator[Part]:
    yield "surveys-you-were-asked-in.json", as_json(_surveys(user))
    for one in user.self_assessments.select_related("version").order_by("pk"):
        folder = folder_of(one)
        yield f"{folder}/self-assessment.json", as_json(_as_a_whole(one))
        yield f"{folder}/answers.csv", as_csv(_answers(one))


def folder_of(one: SelfAssessment) -> str:
    return f"self-assessments/{one.started_at:%Y-%m-%d}-{one.public_id}"


def _surveys(user: User) -> list[dict[str, Any]]:
    boxes = [mailbox(address) for address in verified_addresses(user)]
    asked = Participant.objects.filter(mailbox__in=boxes, is_removed=False).order_by("pk")
    fields = ("survey__workspace__name", "survey__title", "group__name", "name", "email", "language")
    return list(asked.values(*fields, "survey__launched_at", "survey__stopped_at"))


def _as_a_whole(one: SelfAssessment) -> dict[str, Any]:
    replies = [{"name": reply.name, "text": reply.text, "at": reply.changed_at} for reply in _replies(one)]
    return {
        "checklist": one.version.content["name"] if "name" in one.version.content else one.version.content["preset"],
        "primary_space": one.primary_space_id,
        "started_at": one.started_at,
        "saved_at": one.saved_at,
        "submitted_at": one.submitted_at,
        "matters_most": one.matters_most,
        "comments": one.comments,
        "shared_with": list(one.shares.values("reader__name", "shared_at")),
        "links": list(
            one.links.values("meant_for", "with_answers", "with_comments", "made_at", "ends_at", "opened_on")
        ),
        "replies": replies,
    }


def _replies(one: SelfAssessment) -> Iterator[Any]:
    for link in one.links.select_related("reply").exclude(reply=None):
        yield link.reply


def _answers(one: SelfAssessment) -> Iterator[dict[str, Any]]:
    statements = questionnaire_of(one.version).statements
    for key, answer in one.answers.items():
        statement = statements.get(key)
        yield {
            "statement": key,
            "condition": statement.condition if statement else "",
            "space": statement.space if statement else "",
            "text": statement.text if statement else "",
            "answer": "don't know" if answer == DONT_KNOW else answer,
        }


def connect() -> None:
    account_copied.connect(parts_of, dispatch_uid="diagnostics.copied")
