"""Who signs in with a second step, and who may ask it of them: upper floors say so."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from core.accounts.models import User

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes stand in for one of them
LED_FROM = "led_from"  # in a session: the page that was asked for without one

_asking: list[Callable[[User], list[str]]] = []


class SecondStepNeeded(PermissionDenied):
    """Nothing of `place` is shown to them before they have one (middleware)."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place


def has_second_step(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=STEPS).exists()


def second_step_of(user: str) -> Exists:
    """For queries; `user`: the name of the field that says whose."""
    return Exists(Authenticator.objects.filter(user=OuterRef(user), type__in=STEPS))


def asks(places: Callable[[User], list[str]]) -> None:
    """`places`: the names of those that ask a second step of this user."""
    _asking.append(places)


def places_that_ask(user: User) -> list[str]:
    return [name for places in _asking for name in places(user)]


def is_the_last(authenticator: Authenticator) -> bool:
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=STEPS).exclude(pk=authenticator.pk)
    return authenticator.type in STEPS and not others.exists()
