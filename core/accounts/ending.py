"""Deleting an account: the floors above say what goes with it, what stands against it, and take out what is theirs."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from core.accounts import sign_ins
from core.accounts.models import User
from core.audit.actions import record
from core.post.actions import forget
from core.post.models import Message
from core.seen import Fact, Facts, check_seen, joined

account_counted = Signal()  # user=; whoever keeps something of theirs returns Facts
account_checked = Signal()  # user=; raises ValidationError where they cannot go yet
account_ends = Signal()  # user=; inside the deleting transaction


def facts_of(user: User) -> Facts:
    addresses = EmailAddress.objects.filter(user=user).count()
    ours = {"addresses": Fact(_("e-mail addresses"), addresses, str(addresses))}
    return ours | joined(account_counted.send(sender=User, user=user))


def check_can_delete(user: User) -> None:
    account_checked.send(sender=User, user=user)


@transaction.atomic
def delete_account(*, user: User, seen: str) -> None:
    """The log keeps its lines, in which a number stands where they were named."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    check_can_delete(locked)
    check_seen(seen, facts_of(locked), of=mark_of(locked))
    record(by=locked, verb="delete_account", obj=locked)
    account_ends.send(sender=User, user=locked)
    forget(Message.objects.filter(kind__startswith="account.", reference__user=locked.pk))
    addresses = list(EmailAddress.objects.filter(user=locked).values_list("email", flat=True))
    forget(Message.objects.filter(kind__startswith="account.", to__in=[*addresses, locked.email]))
    sign_ins.forget(addresses)
    locked.delete()


def mark_of(user: User) -> str:
    return f"account {user.pk}"
