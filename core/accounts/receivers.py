"""What happens around an account when somebody comes in, goes, or changes how they come in."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from core.accounts import sessions, sign_ins
from core.accounts.access import verified_email
from core.accounts.models import OpenSession, User


def begin_session(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.begin(request, user)


def end_session(request: HttpRequest, **_: Any) -> None:
    OpenSession.objects.filter(session_key=request.session.session_key).delete()


def come_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Noted for whoever has shown that the address is theirs: nobody else's sign-ins stand in their list."""
    request.known_from_now = user.email  # type: ignore[attr-defined]  # the answer carries the cookie (middleware)
    if not verified_email(user):
        return
    is_first = not sign_ins.came_in_before(user.email)
    if sign_ins.note(request, user.email, _by(request, user)).is_new and not is_first:
        get_adapter(request).send_notification_mail("account/email/signed_in_elsewhere", user)


def _by(request: HttpRequest, user: User) -> sign_ins.Outcome:
    by_passkey = any(one.get("type") == "webauthn" for one in get_authentication_records(request, user))
    return sign_ins.Outcome.IN_BY_PASSKEY if by_passkey else sign_ins.Outcome.IN


def end_other_sessions(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.end_others(request, user)


def begin_anew(request: HttpRequest, user: User, **_: Any) -> None:
    """After a letter about the password this browser may sign in with the new one, and nobody stays signed in."""
    request.known_from_now = user.email  # type: ignore[attr-defined]
    sessions.end(OpenSession.objects.filter(user=user))


def connect_all() -> None:
    auth.user_logged_in.connect(begin_session, dispatch_uid="accounts.begin_session")
    auth.user_logged_out.connect(end_session, dispatch_uid="accounts.end_session")
    account.user_logged_in.connect(come_in, dispatch_uid="accounts.come_in")
    account.password_reset.connect(begin_anew, dispatch_uid="accounts.begin_anew")
    changed = {
        "password": account.password_changed,
        "first password": account.password_set,
        "second step on": mfa.authenticator_added,
        "second step off": mfa.authenticator_removed,
        "recovery codes": mfa.authenticator_reset,
    }
    for what, signal in changed.items():
        signal.connect(end_other_sessions, dispatch_uid=f"accounts.end_other_sessions after {what}")
