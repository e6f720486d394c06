"""What happens here when something happens below."""

from typing import Any

from allauth.account.signals import user_signed_up

from core.accounts.models import User
from spaces.actions.workspaces import create_personal_workspace


def make_personal_workspace(user: User, **_: Any) -> None:
    create_personal_workspace(by=user)


def connect_all() -> None:
    user_signed_up.connect(make_personal_workspace, dispatch_uid="spaces.personal_workspace")
