"""A person's own copy of their data: asked for on their page, made by a worker, fetched by them alone, gone in days.

The floors above say by a signal what they hold about somebody, as files of one archive. Nothing in it tells of answers
to a survey: those cannot be found by person.
"""

import csv
import datetime
import io
import json
import secrets
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.ending import account_ends
from core.accounts.models import AccountCopy, User
from core.audit.models import Entry
from core.jobs import actions as jobs
from core.jobs.models import Job
from core.jobs.registry import Kind, register
from core.jobs.runs import GiveUp, Run
from core.post.models import Message
from core.post.registry import forgotten
from core.quotas.actions import spend

KIND = "account_copy"  # the job: subject: number of the account, version: when it was asked for, language
KEPT = datetime.timedelta(days=7)
IN_MEMORY = 2 * 1024 * 1024  # bytes; a larger archive is written to a file as it grows

Part = tuple[str, bytes]  # name in the archive, content

account_copied = Signal()  # user=; whoever holds something about them returns an iterator of Parts


# --- What stands in it ---------------------------------------------------------------------------


def as_json(rows: Any) -> bytes:
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def as_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """With the first row's keys above; a byte order mark, by which Excel knows UTF-8."""
    text, written = io.StringIO(), list(rows)
    lines = csv.DictWriter(text, list(written[0]) if written else [])
    if written:
        lines.writeheader()
        lines.writerows(written)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def verified_addresses(user: User) -> list[str]:
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted(address.lower() for address in found)


def _own_parts(user: User) -> Iterator[Part]:
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    account = {
        "name": user.name,
        "email": user.email,
        "addresses": list(addresses.values("email", "verified", "primary")),
        "made": user.date_joined,
        "last_sign_in": user.last_login,
        "second_step": is_mfa_enabled(user),
        "runs_this_site": user.is_staff,
    }
    yield "account.json", as_json(account)
    yield "letters.json", as_json(list(_letters(user)))
    did = Entry.objects.filter(actor_id=user.pk).order_by("at", "pk")
    lines = did.values("at", "verb", "object_kind", "object_id", "detail")
    yield "what-you-did.json", as_json(list(lines))
    asked = Job.objects.filter(requested_by=user).order_by("pk")
    yield "work-you-asked-for.json", as_json(list(asked.values("kind", "created_at", "finished_at", "status")))


def _letters(user: User) -> Iterator[Any]:
    """Of those to addresses that are shown to be theirs. Reminders are kept nowhere, sent or not."""
    sent = Message.objects.filter(to__in=verified_addresses(user)).exclude(kind__in=forgotten).order_by("pk")
    yield from sent.values("kind", "to", "created_at", "sent_at", "returned_at")


def _archive(user: User, file: Any, run: Run) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", render_to_string("account/copy_readme.txt", {"user": user}))
        for name, content in _parts(user):
            run.beat(50, _("Gathering what is held about you"))
            archive.writestr(name, content)


def _parts(user: User) -> Iterator[Part]:
    yield from _own_parts(user)
    held: list[tuple[Any, Any]] = account_copied.send(sender=User, user=user)
    for _receiver, parts in held:
        yield from parts


# --- Asking for it, making it --------------------------------------------------------------------


def asked_copy(user: User) -> Job | None:
    """The last job, whatever became of it."""
    return Job.objects.filter(kind=KIND, subject=str(user.pk)).order_by("-pk").first()


@transaction.atomic
def ask_for_copy(*, user: User) -> Job:
    """One at a time; a new one takes the place of the last."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    last = asked_copy(user)
    if last and last.is_open:
        return last
    spend("files", person=user.pk)
    Job.objects.filter(kind=KIND, subject=str(user.pk)).delete()
    version = f"{timezone.now().isoformat()} {translation.get_language()}"
    return jobs.ask(kind=KIND, subject=str(user.pk), version=version, by=user)


def make_copy(run: Run) -> None:
    user = User.objects.filter(pk=run.job.subject, is_active=True).first()
    if user is None:
        raise GiveUp(_("This account has been deleted."))
    with translation.override(run.job.version.rpartition(" ")[2]), tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        _archive(user, file, run)
        size = file.tell()
        name = default_storage.save(f"copies/{secrets.token_hex(16)}.zip", File(file))
    try:
        with run.finishing():
            _forget(AccountCopy.objects.filter(user=user))
            AccountCopy.objects.create(user=user, file=name, size=size, made_at=timezone.now())
    except BaseException:
        default_storage.delete(name)
        raise


def copy_of(user: User, *, now: datetime.datetime) -> AccountCopy | None:
    """What can be fetched now."""
    return AccountCopy.objects.filter(user=user, made_at__gt=now - KEPT).first()


def forget_old_copies(*, now: datetime.datetime) -> int:
    return _forget(AccountCopy.objects.filter(made_at__lte=now - KEPT))


def _forget(copies: "Iterable[AccountCopy]") -> int:
    """One by one, so that the files go too."""
    return sum(bool(copy.delete()) for copy in list(copies))


def delete_file(instance: AccountCopy, **__: Any) -> None:
    """The file goes with its row, but only when the row is truly gone."""
    transaction.on_commit(partial(default_storage.delete, instance.path))


def forget_work(user: User, **__: Any) -> None:
    Job.objects.filter(kind=KIND, subject=str(user.pk)).delete()


def connect_all() -> None:
    post_delete.connect(delete_file, sender=AccountCopy, dispatch_uid="accounts.delete_copy")
    account_ends.connect(forget_work, dispatch_uid="accounts.forget_copies")
    register(
        Kind(
            KIND,
            make_copy,
            gettext_lazy("The copy of your data"),
            can_see=lambda user, job: str(user.pk) == job.subject,
            done_url=lambda job: reverse("accounts:copy"),
            can_be_cancelled=True,
            is_waited_for=True,
        )
    )
