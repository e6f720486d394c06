"""What happens here when something happens below."""

from allauth.account.signals import user_signed_up
from django.dispatch import receiver

from core.accounts.models import User
from spaces.actions import create_personal_workspace


@receiver(user_signed_up, dispatch_uid="spaces.personal_workspace")
def make_personal_workspace(user: User, **_) -> None:
    create_personal_workspace(by=user)
