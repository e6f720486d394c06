"""What was agreed: read, written down line by line, and sent to those who were there and want it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from core.accounts.requests import SignedInRequest
from core.forms import get_or_post, posted, settled
from core.seen import Fact
from reports.agreements.access import Agreed
from reports.agreements.actions import ChangedMeanwhile, stamp, write_down
from reports.agreements.letters import send_agreed, shown_letter
from reports.agreements.models import MOST
from reports.agreements.reading import title_of
from reports.files.subjects import Subject
from reports.pages.agreements.forms import LetterForm, LineForm
from reports.pages.agreements.page import Sheet, SheetLine, load_agreed, sheet_of, subject_of
from reports.pages.by_link.readers import open_to_links

FIELDS = ("what", "who", "day", "seen")
SENT = re.compile(r"what_([a-z2-9]{16})")  # with the public id of its line


@open_to_links
@get_or_post
@never_cache
def agreed(request: SignedInRequest, public_id: str, of: Subject) -> HttpResponse:
    """GET reads it; POST writes what stands in the lines that were sent: by a script one, by a form all of them."""
    subject, sheet = _load(request, public_id, of)
    if request.method == "POST":
        if not sheet.can_write:
            raise PermissionDenied
        saved = {line.id: line for line in _saved(request, subject)}
        if request.accepts("text/html"):
            return _after_form(request, subject, sheet, saved)
        return JsonResponse({"lines": {line.id: _as_json(line) for line in saved.values()}})
    return _page(request, subject, sheet)


def _after_form(request: HttpRequest, subject: Agreed, sheet: Sheet, saved: dict[str, SheetLine]) -> HttpResponse:
    if not any(line.problems for line in saved.values()):
        messages.success(request, _("Saved."))
        return redirect(sheet.address)
    others = [line for line in sheet.lines if line.id not in saved]
    lines = [*saved.values(), *others][:MOST]
    return _page(request, subject, replace(sheet, lines=tuple(lines)), status=422)


def _page(request: HttpRequest, subject: Agreed, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    context = {
        "edition": subject.edition,
        "title": title_of(subject),
        "sheet": sheet,
        "back": reverse(subject_of(subject).page, args=[subject.public_id]),
    }
    return render(request, "reports/agreed.html", context, status=status)


@get_or_post
@never_cache
def letter(request: SignedInRequest, public_id: str, of: Subject) -> HttpResponse:
    """To whom it goes, what it says, and one button."""
    subject, sheet = _load(request, public_id, of)
    if not sheet.can_write:
        raise PermissionDenied
    if not sheet.written:
        messages.warning(request, _("Nothing is written down yet, so there is nothing to send."))
        return redirect(sheet.address)
    lines = [(line.what, line.who, line.day) for line in sheet.written]
    facts = {"agreed": Fact(gettext_lazy("what was agreed"), lines)}
    form = LetterForm(posted(request), facts=facts, of=f"agreed {public_id}")
    if form.is_valid() and settled(
        form,
        send_agreed,
        subject=subject,
        addresses=form.cleaned_data["addresses"],
        by=request.user,
        now=timezone.now(),
    ):
        letters = len(form.cleaned_data["addresses"])
        said = ngettext("%(letters)s letter is on its way.", "%(letters)s letters are on their way.", letters)
        messages.success(request, said % {"letters": letters})
        return redirect(sheet.address)
    context = {
        "edition": subject.edition,
        "title": title_of(subject),
        "sheet": sheet,
        "form": form,
        "letter": shown_letter(subject, by=request.user),
    }
    return render(request, "reports/agreed_letter.html", context, status=422 if form.errors else 200)


def _load(request: SignedInRequest, public_id: str, of: Subject) -> tuple[Agreed, Sheet]:
    subject = load_agreed(request.user, public_id, of)
    return subject, sheet_of(subject, request.user)


def _saved(request: SignedInRequest, subject: Agreed) -> Iterator[SheetLine]:
    """Each line that was sent, as it stands afterwards; what could not be saved as it was written, with the reason."""
    for found in [SENT.fullmatch(name) for name in request.POST]:
        if found:
            yield _saved_line(request, subject, found[1])


def _saved_line(request: SignedInRequest, subject: Agreed, line_id: str) -> SheetLine:
    what, who, day, seen = (request.POST.get(f"{name}_{line_id}", "") for name in FIELDS)
    sent = SheetLine(line_id, what, who, day, seen=seen)
    form = LineForm({"what": what, "who": who, "day": day, "seen": seen})
    if not form.is_valid():
        return replace(sent, problems=_sentences(form))
    given = form.cleaned_data
    try:
        line = write_down(
            subject=subject,
            line_id=line_id,
            what=given["what"],
            who=given["who"],
            by_day=given["day"],
            seen=given["seen"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        seen = stamp(refused.now) if isinstance(refused, ChangedMeanwhile) else seen  # by the sentence they see it
        return replace(sent, seen=seen, problems=_sentences(form))
    return replace(sent, seen=stamp(line))


def _sentences(form: LineForm) -> dict[str, list[str]]:
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def _as_json(line: SheetLine) -> dict[str, object]:
    return {"seen": line.seen, "problems": line.sentences}
