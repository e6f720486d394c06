"""How many of those who were asked stand behind a slice. Page and files take it from here.

What was asked is told by the ledger: of personal surveys only, where the number asked is known and follows no answer.
Groups in no figure are left out on both sides.
"""

from django.utils.translation import ngettext

from reports.models import PublishedSlice


def asked_of(one: PublishedSlice) -> int | None:
    """People asked in the groups of a slice; None where nobody knows, or an edition does not tell."""
    asked = {(kind, node): people for kind, node, people in one.edition.ledger.get("asked", ())}
    return asked.get((one.kind, one.group.public_id))


def people_of(one: PublishedSlice) -> str:
    """'104 of 126 people', or '104 people'."""
    asked = asked_of(one)
    if asked is None:
        return ngettext("%(people)s person", "%(people)s people", one.n) % {"people": one.n}
    told = ngettext("%(people)s of %(asked)s person", "%(people)s of %(asked)s people", asked)
    return told % {"people": one.n, "asked": asked}
