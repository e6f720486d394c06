"""The limits as the settings have them, and the sentences that say them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.words import Words

Holder = Literal["person", "workspace", "client", "site"]

PERIODS: Mapping[timedelta, Words] = {
    timedelta(hours=1): _("an hour"),
    timedelta(days=1): _("24 hours"),
    timedelta(days=7): _("7 days"),
}

SENTENCES: Mapping[tuple[str, Holder], Words] = {
    ("letters", "person"): _("One person can have at most %(limit)s letters sent within %(period)s."),
    ("letters", "workspace"): _("From one workspace at most %(limit)s letters can be sent within %(period)s."),
    ("invitations", "person"): _("One person can invite at most %(limit)s colleagues within %(period)s."),
    ("invitations", "workspace"): _("Into one workspace at most %(limit)s people can be invited within %(period)s."),
    ("imports", "person"): _("One person can bring at most %(limit)s lists within %(period)s."),
    ("imports", "workspace"): _("Into one workspace at most %(limit)s lists can be brought within %(period)s."),
    ("jobs", "person"): _("One person can have work done again at most %(limit)s times within %(period)s."),
    ("files", "person"): _("One person can have at most %(limit)s files made within %(period)s."),
    ("files", "workspace"): _("For one workspace at most %(limit)s files can be made within %(period)s."),
    ("drafts", "person"): _("One person can begin at most %(limit)s drafts within %(period)s."),
    ("drafts", "workspace"): _("In one workspace at most %(limit)s drafts can be begun within %(period)s."),
    ("workspaces", "person"): _("One person can make at most %(limit)s workspaces within %(period)s."),
    ("links", "person"): _("One person can make at most %(limit)s links to their results within %(period)s."),
    ("guesses", "client"): _(
        "From one place at most %(limit)s links that open nothing can be tried within %(period)s."
    ),
    ("begun", "client"): _(
        "From one place at most %(limit)s self-assessments can be begun without an account within %(period)s. With an "
        "account you can begin one now."
    ),
    ("begun", "site"): _(
        "On this site at most %(limit)s self-assessments can be begun without an account within %(period)s. With an "
        "account you can begin one now."
    ),
    ("sign-ups", "client"): _("From one place at most %(limit)s accounts can be made within %(period)s."),
    ("password-letters", "client"): _(
        "From one place at most %(limit)s letters about passwords can be asked for within %(period)s."
    ),
    ("codes", "client"): _(
        "From one place at most %(limit)s wrong codes can be entered within %(period)s. The square on the screen, and "
        "the link beneath it, lead in all the same."
    ),
}


@dataclass(frozen=True)
class Limit:
    most: int
    period: timedelta


def limit_of(quota: str, holder: Holder) -> Limit | None:
    """None: as many as they like."""
    found = settings.QUOTAS[quota].get(holder)
    return Limit(*found) if found else None
