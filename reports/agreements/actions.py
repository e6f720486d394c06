"""Writing down what was agreed, line by line. One line is one change: two people on two lines never meet."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from reports.agreements.access import Agreed
from reports.agreements.models import MOST, Agreement
from reports.agreements.signals import agreements_changed
from reports.comparisons.models import Comparison
from reports.editions.models import PublishedSlice

SITTING = datetime.timedelta(hours=1)  # within which what one person writes into a line is one change of the log


class ChangedMeanwhile(ValidationError):
    """Somebody else has written into this line since it was seen. `now`: the line, None where it was taken away."""

    def __init__(self, now: Agreement | None) -> None:
        super().__init__(_said_of(now))
        self.now = now


def stamp(line: Agreement | None) -> str:
    """Which state of a line somebody has seen; '' of none."""
    return line.written_at.isoformat() if line else ""


@transaction.atomic
def write_down(
    *,
    subject: Agreed,
    line_id: str,
    what: str,
    who: str,
    by_day: datetime.date | None,
    seen: str,
    by: User,
    now: datetime.datetime,
) -> Agreement | None:
    """The line as it stands then; None where nothing is in it any more, and it is taken away.

    `line_id`: a public id that the page has given it, so that what is sent twice is there once. `seen`: the stamp of
    the state that was changed. Raises ValidationError with a sentence for the user.
    """
    _lock(subject)
    line = subject.agreements.filter(public_id=line_id).first()
    is_empty = not (what or who or by_day)
    if line is None and is_empty:
        return None
    if _is_another(line, seen, by) and (line is None or (line.what, line.who, line.by_day) != (what, who, by_day)):
        raise ChangedMeanwhile(line)
    if line and is_empty:
        _record(line, verb="take_away_agreement", by=by, now=now)
        line.delete()
        agreements_changed.send(type(subject), subject=subject)
        return None
    if not what:
        raise ValidationError({"what": _("Say what is to be done, or take this line away")})
    if line and (line.what, line.who, line.by_day) == (what, who, by_day):
        return line
    is_same_sitting = line is not None and line.written_by_id == by.pk and now - line.written_at < SITTING
    written = line or _new_line(subject, line_id)
    written.what, written.who, written.by_day, written.written_by, written.written_at = what, who, by_day, by, now
    written.save()
    if line is None:
        _record(written, verb="agree", by=by, now=now)
    elif not is_same_sitting:
        _record(written, verb="change_agreement", by=by, now=now)
    agreements_changed.send(type(subject), subject=subject)
    return written


def _is_another(line: Agreement | None, seen: str, by: User) -> bool:
    """Than whoever writes has seen. What they have written themselves they know, though no answer may have come."""
    return bool(seen) if line is None else line.written_by_id != by.pk and seen != stamp(line)


def _new_line(subject: Agreed, line_id: str) -> Agreement:
    orders = list(subject.agreements.values_list("order", flat=True))
    if len(orders) >= MOST:
        said = _("These are %(most)s lines already. What matters most? Take one away first.")
        raise ValidationError(said % {"most": MOST})
    if Agreement.objects.filter(public_id=line_id).exists():  # of another report
        raise ValidationError(_("This line could not be saved. Load the page again; copy what you wrote first."))
    of = {"comparison": subject} if isinstance(subject, Comparison) else {"slice": subject}
    return Agreement(public_id=line_id, edition=subject.edition, order=max(orders, default=0) + 1, **of)


def _lock(subject: Agreed) -> None:
    """One line at a time, so that there are never more than fit."""
    model = Comparison if isinstance(subject, Comparison) else PublishedSlice
    model._default_manager.select_for_update().only("pk").get(pk=subject.pk)


def _said_of(line: Agreement | None) -> str:
    if line is None:
        return _("This line was taken away meanwhile. Save again to write it down anew.")
    return _("This line was changed meanwhile, to “%(now)s”. Save again to have yours instead.") % {"now": line.what}


def _record(line: Agreement, *, verb: str, by: User, now: datetime.datetime) -> None:
    survey = line.edition.survey
    record(by=by, verb=verb, obj=line.edition, workspace=survey.workspace, now=now, survey=survey.public_id)
