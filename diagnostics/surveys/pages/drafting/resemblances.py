"""What step 4 says of groups that were asked nearly alike a short while ago."""

from django.template.defaultfilters import date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.surveys.history.resemblance import Resemblance


def sentences_of(resemblances: list[Resemblance]) -> list[str]:
    return [_listed(one, one.people) if one.people else _counted(one) for one in resemblances]


def _listed(one: Resemblance, people: int) -> str:
    if one.earlier.stopped_at is None:
        sentence = ngettext(
            "%(group)s: %(people)s person differs from the list of “%(survey)s”, which is still open.",
            "%(group)s: %(people)s people differ from the list of “%(survey)s”, which is still open.",
            people,
        )
    else:
        sentence = ngettext(
            "%(group)s: %(people)s person differs from the list of “%(survey)s”, which closed on %(day)s.",
            "%(group)s: %(people)s people differ from the list of “%(survey)s”, which closed on %(day)s.",
            people,
        )
    return sentence % (_words(one) | {"people": people})


def _counted(one: Resemblance) -> str:
    """By shared link nobody is listed."""
    if one.earlier.stopped_at is None:
        return _("%(group)s: nearly as many people as in “%(survey)s”, which is still open.") % _words(one)
    return _("%(group)s: nearly as many people as in “%(survey)s”, which closed on %(day)s.") % _words(one)


def _words(one: Resemblance) -> dict[str, str]:
    end = one.earlier.stopped_at
    day = date(end.astimezone(one.earlier.zone), _("j F Y")) if end else ""
    return {"group": one.leaf.name, "survey": one.earlier.title, "day": day}
