"""Who may open a self-assessment: its leader, and whoever they share a finished one with.

One that was begun without an account opens in the browser that began it: its session names it, and no other does.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core.accounts.models import User
from diagnostics.self_assessments.models import Rated, SelfAssessment, Share, Unkept

BEGUN = "begun"  # in the session of a browser: what was begun in it without an account, the latest last
MOST_BEGUN = 20

View = Callable[..., HttpResponseBase]


def load_own(user: User, public_id: str) -> SelfAssessment:
    """The user's own one, draft or finished; 404 for everybody else.

    The version comes without its content, which rating pages keep in the process (`questionnaire_of`).
    """
    light = SelfAssessment.objects.select_related("version").defer("version__content")
    return get_object_or_404(light, leader=user, public_id=public_id)


def load_readable(user: User, public_id: str) -> SelfAssessment:
    """The user's own one, or a finished one shared with them; 404 otherwise."""
    return get_object_or_404(readable_by(user).select_related("leader"), public_id=public_id)


def readable_by(user: User) -> QuerySet[SelfAssessment]:
    """With what was asked."""
    shared = Exists(Share.objects.filter(self_assessment=OuterRef("pk"), reader=user))
    readable = SelfAssessment.objects.filter(Q(leader=user) | Q(shared, submitted_at__isnull=False))
    return readable.select_related("version")


def remember_begun(request: HttpRequest, unkept: Unkept) -> None:
    others = [one for one in begun_in(request) if one != unkept.public_id]
    request.session[BEGUN] = [*others, unkept.public_id][-MOST_BEGUN:]


def begun_in(request: HttpRequest) -> list[str]:
    """Public ids, also of such as have gone meanwhile."""
    return request.session.get(BEGUN, [])


def was_begun_here(request: HttpRequest, address: Mapping[str, Any]) -> bool:
    """Whether what an address names was begun in this browser by somebody who is not signed in."""
    return not request.user.is_authenticated and address["public_id"] in begun_in(request)


def unkept_in(request: HttpRequest) -> QuerySet[Unkept]:
    """What was begun in this browser without an account and is still there."""
    there = Unkept.objects.there(timezone.now()).filter(public_id__in=begun_in(request))
    return there.select_related("primary_space").order_by("-started_at")


def load_rated(request: HttpRequest, public_id: str) -> Rated | None:
    """The user's own one, or what this browser began without an account.

    404 for whoever is signed in and has no such one; None where nobody is signed in and it is not there.
    """
    if isinstance(request.user, User):
        return load_own(request.user, public_id)
    light = unkept_in(request).select_related(None).select_related("version").defer("version__content")
    return light.filter(public_id=public_id).first()


def opened_to(who: Callable[[HttpRequest, dict], bool]) -> Callable[[View], View]:
    """Mark a view that some come in to who are not signed in."""

    def marked(view: View) -> View:
        view.opens_to = who  # type: ignore[attr-defined]  # a mark on a function
        return view

    return marked
