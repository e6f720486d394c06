from django.urls import reverse

from core.accounts.models import User
from spaces.models import Role

FORM = {"name": "Nina Berg", "email": "nina@example.org", "password1": "a-word-of-her-own"}


def test_signing_up_makes_a_personal_workspace(client, db):
    assert client.post(reverse("account_signup"), FORM).status_code == 302
    membership = User.objects.get(email="nina@example.org").memberships.get()
    assert membership.role == Role.OWNER
    assert membership.workspace.is_personal
    assert membership.workspace.name == "Personal workspace of Nina Berg"


def test_signing_up_by_an_invitation_leads_back_to_it(client, db):
    back = reverse("spaces:invitation", args=["some:token"])
    assert client.post(reverse("account_signup"), FORM | {"next": back}).url == back
