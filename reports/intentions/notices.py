"""An open intention is met again where its leader begins the next self-assessment."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.names import short
from diagnostics.self_assessments.notices import Notice
from reports.intentions.access import intentions_of

LONGEST = 120  # characters of its words


def what_they_meant_to_do(leader: User) -> Iterator[Notice]:
    for one in intentions_of(leader).open():
        said = _("You mean to do, by %(day)s: “%(words)s”")
        words = {"day": date_format(one.day, _("j F Y")), "words": short(" ".join(one.words.split()), LONGEST)}
        yield Notice(said % words, reverse("reports:intention", args=[one.public_id]), _("How did it go?"))
