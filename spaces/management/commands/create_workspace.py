"""The first workspace and its owner, on a site where nobody can be invited yet."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core.accounts.models import User
from spaces.actions.workspaces import found_workspace
from spaces.forms import OwnerForm
from spaces.models import Role, Workspace


class Command(BaseCommand):
    help = "Make a workspace and its owner. Doing it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help='what the workspace is called, for example "Northmoor Community Health"')
        parser.add_argument("owner_email", help="the address with which its owner signs in")
        parser.add_argument("--owner-name", default="", help="the owner's name; else what stands before the @")
        parser.add_argument(
            "--may-make-more", action="store_true", help="the owner may make workspaces where not everybody can"
        )

    @transaction.atomic
    def handle(self, *, name: str, owner_email: str, owner_name: str, may_make_more: bool, **options: Any) -> None:
        fallback = owner_email.partition("@")[0]
        given = _clean({"name": name, "email": owner_email, "owner_name": owner_name or fallback})
        owner = _owner(given["email"], given["owner_name"])
        if may_make_more:
            User.objects.filter(pk=owner.pk).update(may_make_workspaces=True)
        if _owned(owner, given["name"]):
            self.stdout.write(f"{owner.email} owns a workspace called {given['name']} already. Nothing was changed.")
            return
        found_workspace(name=given["name"], owner=owner)
        self.stdout.write(f"{given['name']} is ready. Its owner is {owner.name} ({owner.email}).")
        if not owner.has_usable_password():
            self.stdout.write("To choose a password, they follow 'Forgot your password?' on the sign-in page.")


def _owner(email: str, name: str) -> User:
    """The account whose address is confirmed, else a new one; anybody may have signed up with it unconfirmed."""
    held = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if held:
        return held.user
    owner = User.objects.create_user(email=email, name=name)
    EmailAddress.objects.create(user=owner, email=email, verified=True, primary=True)
    return owner


def _clean(given: dict[str, str]) -> dict[str, str]:
    form = OwnerForm(given)
    if not form.is_valid():
        sentences = [
            f"{form.fields[field].label}: {error}" for field, errors in form.errors.items() for error in errors
        ]
        raise CommandError("\n".join(sentences))
    return form.cleaned_data


def _owned(owner: User, name: str) -> bool:
    return Workspace.objects.filter(name=name, memberships__user=owner, memberships__role=Role.OWNER).exists()
