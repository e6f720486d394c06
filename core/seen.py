"""What somebody saw when they press a button that cannot be undone.

It goes along with the page, signed, and is compared with what is so when the button is pressed: what changed meanwhile
is said, and nothing is done.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.words import Words

UNSEEN = "unseen"  # the code of such a refusal
NAME = "seen"  # of the field that carries it


@dataclass(frozen=True)
class Fact:
    """Something on the page that the button depends on."""

    label: Words
    value: Any  # of which `repr` tells every difference
    shown: Words = ""  # as it reads; '' where only that it changed can be said


Facts = Mapping[str, Fact]


def joined(found: Iterable[tuple[Any, Any]]) -> dict[str, Fact]:
    """What several receivers of a signal have counted, as one."""
    return {key: fact for _receiver, facts in found for key, fact in facts.items()}


def sealed(facts: Facts, *, of: str) -> str:
    """`of`: what the facts are about, so that those of another page do not pass. The same for the same facts: a page on
    which nothing moves is the same page."""
    return _signer(of).sign_object({key: [_mark(one), str(one.shown)] for key, one in facts.items()}, compress=True)


def check_seen(seen: str, facts: Facts, *, of: str) -> None:
    """Raises a ValidationError with a sentence for everything that is not as it was seen."""
    try:
        before = _signer(of).unsign_object(seen)
    except signing.BadSignature:
        raise ValidationError(_("Look at this once more before you go on."), UNSEEN) from None
    if sentences := list(_changed(before, facts)):
        raise ValidationError([ValidationError(sentence, UNSEEN) for sentence in sentences])


def _changed(before: Mapping[str, list[str]], facts: Facts) -> Iterator[str]:
    for key, one in facts.items():
        mark, shown = before.get(key, ["", ""])
        words = {"label": one.label, "before": shown, "now": one.shown}
        if mark == _mark(one):
            continue
        if shown and one.shown and shown != str(one.shown):
            yield _("Nothing is done yet. Changed since you looked: %(label)s, from “%(before)s” to “%(now)s”.") % words
        else:
            yield _("Nothing is done yet. Changed since you looked: %(label)s.") % words


def _signer(of: str) -> signing.Signer:
    return signing.Signer(salt=f"core.seen {of}")


def _mark(fact: Fact) -> str:
    return hashlib.sha256(repr(fact.value).encode()).hexdigest()[:16]


class SeenForm(forms.Form):
    """The form of a button that cannot be undone, beside what it depends on."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, facts: Facts, of: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.facts, self.of = facts, of
        self.fields[NAME].initial = sealed(facts, of=of)

    def clean_seen(self) -> str:
        given = self.cleaned_data[NAME]
        self.data = dict(self.data.items()) | {NAME: self.fields[NAME].initial}  # what is shown now has been seen then
        check_seen(given, self.facts, of=self.of)
        return given
