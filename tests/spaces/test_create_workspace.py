"""manage.py create_workspace: the first workspace and owner on production."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.accounts.models import User
from core.post.models import Message
from spaces.access import verified_addresses
from spaces.models import Role, Workspace


def run(capsys, *arguments, **options) -> str:
    call_command("create_workspace", *arguments, **options)
    return capsys.readouterr().out


def test_it_makes_a_workspace_and_an_owner_who_chooses_a_password(db, capsys):
    said = run(capsys, "Northmoor", "Helen@Example.org", owner_name="Helen Marsh")
    owner = Workspace.objects.get(name="Northmoor").memberships.get().user
    assert (owner.name, owner.email, owner.has_usable_password()) == ("Helen Marsh", "helen@example.org", False)
    assert verified_addresses(owner) == {"helen@example.org"}
    assert "Northmoor is ready. Its owner is Helen Marsh (helen@example.org)." in said
    assert "they follow" in said


def test_the_owner_can_ask_for_a_password(client, db, capsys):
    run(capsys, "Northmoor", "helen@example.org")
    client.post(reverse("account_reset_password"), {"email": "helen@example.org"})
    message = Message.objects.get()
    assert (message.kind, message.to) == ("account.password_reset_key", "helen@example.org")


def test_doing_it_twice_changes_nothing(db, capsys):
    run(capsys, "Northmoor", "helen@example.org")
    assert "already. Nothing was changed." in run(capsys, "Northmoor", "HELEN@example.org")
    assert (Workspace.objects.count(), User.objects.count(), EmailAddress.objects.count()) == (1, 1, 1)


def test_an_existing_account_becomes_the_owner_and_keeps_its_password(alice, capsys):
    said = run(capsys, "Northmoor", "alice@example.org", owner_name="Somebody Else")
    assert Workspace.objects.get().memberships.get(role=Role.OWNER).user == alice
    assert "they follow" not in said
    assert User.objects.get().name == "Alice"


def test_whoever_signed_up_with_the_address_unconfirmed_gets_nothing(unconfirmed, capsys):
    run(capsys, "Northmoor", "una@example.org")
    assert not unconfirmed.memberships.exists()
    assert Workspace.objects.get().memberships.get().user != unconfirmed


def test_without_a_name_the_owner_is_called_by_the_address(db, capsys):
    run(capsys, "Northmoor", "helen.marsh@example.org")
    assert User.objects.get().name == "helen.marsh"


@pytest.mark.parametrize(
    ("name", "address", "sentence"),
    [
        ("N", "helen@example.org", "Name of the workspace: Enter at least two characters"),
        ("N" * 300, "helen@example.org", "Shorten this to 120 characters; it has 300 now."),
        ("", "helen@example.org", "Enter a name for the workspace"),
        ("Northmoor", "helen", "E-mail address: Enter an e-mail address such as name@example.org"),
        ("Northmoor", "", "Enter an e-mail address"),
    ],
)
def test_bad_input_is_a_sentence_and_makes_nothing(db, name, address, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_workspace", name, address)
    assert not User.objects.exists()
    assert not Workspace.objects.exists()
