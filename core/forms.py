"""Controls that several forms share. How a whole form looks is written in templates/components/form.html."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import Form
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.words import Words

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

TOO_LONG = _("Shorten this to %(limit_value)d characters; it has %(show_value)d now.")

# Marks that nobody sees: some are no name at all, others turn the words around the name. Joiners are part of names.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class OneLine(forms.CharField):
    """A name on one line. What is too long is said; `maxlength` would let the browser cut it off silently."""

    def __init__(self, *, most: int, missing: Words = "", **kwargs: Any) -> None:
        validators = [MaxLengthValidator(most, TOO_LONG), *kwargs.pop("validators", [])]
        super().__init__(validators=validators, error_messages={"required": missing} if missing else None, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(_UNSEEN.sub("", super().to_python(value) or "").split())


class ChoiceRows(forms.RadioSelect):
    """Radio buttons with room to explain themselves: `explained` maps a value to one sentence."""

    def __init__(self, explained: Mapping[str, Words], attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices)
        self.explained = explained

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().create_option(name, value, *args, **kwargs) | {"explained": self.explained.get(str(value), "")}


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, for hidden inputs that send it again: every value of every name, no passwords, no files."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name.lower()]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def cleans_its_posts(view: View) -> View:
    """Mark a view that takes out of each posted field what no table could store, and says so at the field."""
    view.cleans_its_posts = True  # type: ignore[attr-defined]  # a mark on a function
    return view


class DateParts(forms.MultiWidget):
    """A date in three boxes: easier to type and to read aloud than a calendar is to use."""

    template_name = "django/forms/widgets/date_parts.html"
    parts = ("day", "month", "year")

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in self.parts}, attrs)

    def decompress(self, value: datetime.date | None) -> list[int | None]:
        return [getattr(value, part) for part in self.parts] if value else [None] * 3


class DatePartsField(forms.MultiValueField):
    """A date typed as day, month and year. `missing` says what to enter where nothing stands."""

    def __init__(self, *, missing: Words, **kwargs: Any) -> None:
        wrong = _("Enter a date that exists, such as 4 12 2026")
        parts = [forms.IntegerField(error_messages={"invalid": wrong}, required=False) for _part in DateParts.parts]
        super().__init__(
            fields=parts,
            widget=DateParts,
            require_all_fields=False,
            error_messages={"required": missing, "wrong": wrong},
            **kwargs,
        )

    def compress(self, parts: list[Any]) -> datetime.date | None:
        if all(part is None for part in parts):
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return datetime.date(year, month, day)
        except (TypeError, ValueError, OverflowError):
            raise ValidationError(self.error_messages["wrong"], code="wrong") from None


get_or_post = require_http_methods(["GET", "HEAD", "POST"])  # a page with a form that posts to its own address


def set_choices(form: Form, choices: Iterable[Any], *names: str) -> None:
    """What is offered in these fields is only known when the form is shown."""
    for name in names:
        cast("forms.ChoiceField", form.fields[name]).choices = list(choices)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when nothing was filled in; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def settled(form: Form, action: Callable[..., object], **arguments: Any) -> bool:
    """Whether the action was done; a refusal becomes an error of the form."""
    try:
        action(**arguments)
    except ValidationError as refusal:
        form.add_error(None, refusal)
    return form.is_valid()


def refusal_of(check: Callable[..., object], *arguments: Any) -> str:
    """The sentence with which a check refuses, else nothing."""
    try:
        check(*arguments)
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


class Address(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        sentences = {
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        }
        kwargs |= {"max_length": None, "validators": [MaxLengthValidator(254, TOO_LONG)], "error_messages": sentences}
        super().__init__(label=_("E-mail address"), **kwargs)
        self.error_messages["invalid"] = sentences["invalid"]

    def clean(self, value: Any) -> str:
        return super().clean(value).lower()
