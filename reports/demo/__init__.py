"""A fictional health and care system to look around in, made by the actions that people use. Development only."""

import datetime

from django.db import transaction

from core.accounts.models import User
from reports.demo import leader, people, surveys
from reports.demo.people import CAST, NAME, PASSWORD, TREE, address
from reports.demo.surveys import personal_links
from spaces.models import Role

__all__ = ["CAST", "NAME", "PASSWORD", "TREE", "address", "exists", "load", "personal_links"]


def exists() -> bool:
    return User.objects.filter(email=address(CAST[Role.OWNER])).exists()


@transaction.atomic
def load(*, now: datetime.datetime) -> None:
    """All of it, or nothing where it is there already."""
    if exists():
        return
    cast = people.accounts()
    workspace = people.workspace_of(cast, now=now)
    whole = people.grow_tree(workspace, cast)
    leader.assess(cast[Role.LEADER], share_with=cast[Role.FACILITATOR], now=now)
    surveys.close_one(whole, cast, now=now)
    surveys.open_one(whole, cast, now=now)
