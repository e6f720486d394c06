"""What this floor holds about somebody with an account, for their own copy of it."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage

from core.accounts.copies import Part, account_copied, as_json
from core.accounts.models import User
from diagnostics.copying import folder_of
from diagnostics.self_assessments.models import SelfAssessment
from reports.editions.access import readable_editions
from reports.files.kinds import FILE_KINDS
from reports.files.models import Document
from reports.intentions.models import NextTime
from reports.self_assessments.models import SelfAssessmentResult


def parts_of(user: User, **__: Any) -> Iterator[Part]:
    readable = readable_editions(user).values("survey__workspace__name", "survey__title", "published_at")
    yield "reports-you-can-open.json", as_json(list(readable))
    for one in user.self_assessments.order_by("pk"):
        folder = folder_of(one)
        yield f"{folder}/result.json", as_json(_result(one))
        yield f"{folder}/what-you-mean-to-do.json", as_json(_intentions(one))
        yield from _files(one, folder)


def _result(one: SelfAssessment) -> Any:
    rows = SelfAssessmentResult.objects.filter(self_assessment=one)
    return rows.values("method_version", "parameters", "cells", "created_at").first()


def _intentions(one: SelfAssessment) -> dict[str, Any]:
    meant = one.intentions.values(
        *("condition", "space", "action", "words", "day", "wants_reminder", "reminded_at", "created_at"),
        *("outcome", "looking_back", "ended_at"),
    )
    return {
        "intentions": list(meant),
        "look_again": NextTime.objects.filter(self_assessment=one).values("day", "reminded_at").first(),
    }


def _files(one: SelfAssessment, folder: str) -> Iterator[Part]:
    """Those that were made; figures are drawn from the result."""
    for made in Document.objects.filter(self_assessment=one).order_by("pk"):
        kind = FILE_KINDS[made.kind]
        if not kind.is_figure:
            with default_storage.open(made.path) as file:
                yield f"{folder}/{made.kind}-{made.version}.{kind.suffix}", file.read()


def connect() -> None:
    account_copied.connect(parts_of, dispatch_uid="reports.copied")
