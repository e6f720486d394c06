"""The letter in which the owner of a workspace hears what will be deleted by its age, in time to save or to keep it."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.post.actions import send
from core.post.registry import Rendered, register
from core.words import unlinked
from reports.retention.models import Going
from spaces.looks import look_of
from spaces.models import Role, Workspace

LETTER = "reports.going"
NAMED = 20  # surveys in one letter


def tell_owner(workspace: Workspace, *, now: datetime.datetime) -> None:
    owner = workspace.memberships.select_related("user").get(role=Role.OWNER).user
    reference = {"workspace": workspace.public_id, "told_at": now.isoformat()}
    send(kind=LETTER, to=owner.email, reference=reference)


def going_letter(reference: dict, language: str) -> Rendered | None:
    """Of those that were new on that day and are there still."""
    workspace = Workspace.objects.filter(public_id=reference["workspace"]).first()
    told_at = datetime.datetime.fromisoformat(reference["told_at"])
    going = Going.objects.filter(survey__workspace=workspace, told_at=told_at).select_related("survey")
    lines = [(one.survey, one.goes_at) for one in going.order_by("goes_at", "pk")]
    if workspace is None or not lines:
        return None
    link = settings.SITE_URL + reverse("reports:retention", args=[workspace.public_id])
    with override(language):
        words = {
            "workspace": unlinked(workspace.name),
            "surveys": "\n".join([*(_line(one.title, at) for one, at in lines[:NAMED]), *_more(len(lines) - NAMED)]),
            "link": link,
        }
        text = _(
            "Hello,\n\n"
            "the time for which %(workspace)s keeps what its surveys leave is nearly over for these:\n\n"
            "%(surveys)s\n\n"
            "On that day the report, its comments, its files and the list of people asked are deleted, and nobody can "
            "bring them back. Download before what you may keep, or let the workspace keep results for longer, as far "
            "as the people asked were told:\n\n"
            "%(link)s\n"
        )
        subject = _("Reports of %(workspace)s will be deleted") % words
        return Rendered(subject, text % words, link=link, button=_("See what goes and when"), look=look_of(workspace))


def _line(title: str, goes_at: datetime.datetime) -> str:
    words = {"title": unlinked(title), "day": date(timezone.localtime(goes_at), _("j F Y"))}
    return _("- %(title)s: %(day)s") % words


def _more(number: int) -> Iterator[str]:
    if number > 0:
        yield ngettext("- and %(n)s more survey", "- and %(n)s more surveys", number) % {"n": number}


def register_letters() -> None:
    register(LETTER, going_letter)
