"""Writing to those to whom a report is released: in numbers first, then now or at a planned hour."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.accounts.requests import SignedInRequest
from core.forms import ChoiceRows, DatePartsField, get_or_post, posted, refusal_of, set_choices, settled
from core.seen import Fact, SeenForm
from core.zones import moment
from reports.editions.access import load_edition
from reports.editions.letters import addresses_of, check_can_write, drop_letters, plan_letters, shown_letter
from reports.editions.models import Edition, Release
from reports.pages.releases.page import part_of, reader_of

NOW, LATER = "now", "later"
LISTED = 50  # addresses that a page shows


class LettersForm(SeenForm):
    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        initial=NOW,
        error_messages={"required": gettext_lazy("Choose when the letters leave")},
    )
    day = DatePartsField(label=gettext_lazy("Day, if not now"), missing=gettext_lazy("Enter the day"), required=False)
    time = forms.TimeField(
        label=gettext_lazy("Hour of that day"),
        initial=datetime.time(9),
        input_formats=["%H:%M", "%H.%M", "%H"],
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Enter an hour, such as 09:00")},
    )

    def __init__(self, *args: Any, release: Release, now: datetime.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = release.edition.survey.zone, now
        self.fields["when"].widget = ChoiceRows({LATER: _("They can be stopped until then.")})
        set_choices(self, [(NOW, _("Now")), (LATER, _("On a day and at an hour"))], "when")
        self.fields["time"].help_text = _("In %(zone)s") % {"zone": self.zone.place}
        self.order_fields(["when", "day", "time", "seen"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("when") != LATER or self.errors:
            return given
        if not given.get("day"):
            self.add_error("day", _("Enter the day on which the letters leave"))
        elif not given.get("time"):
            self.add_error("time", _("Enter an hour, such as 09:00"))
        elif self.leave_at <= self.now:
            self.add_error("day", _("Enter a moment that is still to come"))
        return given

    @property
    def leave_at(self) -> datetime.datetime:
        given = self.cleaned_data
        return moment(given["day"], given["time"], str(self.zone)) if given["when"] == LATER else self.now


@dataclass(frozen=True)
class LettersPage:
    release: Release
    reader: str
    part: str
    addresses: list[str]

    @property
    def listed(self) -> list[str]:
        """Leaders by address; of those who were asked a number is enough."""
        return self.addresses[:LISTED] if self.release.to_leaders else []

    @property
    def more(self) -> int:
        return len(self.addresses) - len(self.listed)

    @property
    def letters(self) -> str:
        number = len(self.addresses)
        return ngettext("%(letters)s letter", "%(letters)s letters", number) % {"letters": number}


@get_or_post
@never_cache
def write(request: SignedInRequest, public_id: str, release_id: str) -> HttpResponse:
    """How many letters go to whom, what they say, and one button."""
    edition = load_edition(request.user, public_id)
    release = _load_release(edition, release_id)
    if refusal := refusal_of(check_can_write, release):
        messages.warning(request, refusal)
        return redirect("reports:release", public_id)
    page = LettersPage(release, reader_of(release), part_of(release), addresses_of(release))
    facts = {
        "readers": Fact(gettext_lazy("who is written to"), page.addresses, page.letters),
        "comments": Fact(gettext_lazy("whether comments go with it"), release.with_comments),
    }
    now = timezone.now()
    form = LettersForm(posted(request), release=release, now=now, facts=facts, of=f"letters {release_id}")
    if form.is_valid() and settled(
        form, plan_letters, release=release, leave_at=form.leave_at, by=request.user, now=now
    ):
        messages.success(request, _("The letters are on their way.") if form.leave_at == now else _("Planned."))
        return redirect("reports:release", public_id)
    context = {"edition": edition, "page": page, "form": form, "letter": shown_letter(release)}
    return render(request, "reports/release_letters.html", context, status=422 if form.errors else 200)


@require_POST
def stop(request: SignedInRequest, public_id: str, release_id: str) -> HttpResponse:
    """Letters that were planned and have not left."""
    release = _load_release(load_edition(request.user, public_id), release_id)
    try:
        drop_letters(release=release, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
    else:
        messages.success(request, _("The letters are stopped. None has left."))
    return redirect("reports:release", public_id)


def _load_release(edition: Edition, release_id: str) -> Release:
    found = edition.releases.select_related("edition__survey__workspace", "slice__group", "to")
    return get_object_or_404(found, public_id=release_id)
