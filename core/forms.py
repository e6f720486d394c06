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

from core.words import Words, tidy

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

CHOSEN = re.compile(r"[a-z0-9_:./-]*|[A-Za-z_]+/[A-Za-z_/]+|[\w-]{16}")  # a key, a number, a time zone, a public id
TOO_LONG = _("Shorten this to %(limit_value)d characters; it has %(show_value)d now.")


class OneLine(forms.CharField):
    """A name on one line. What is too long is said; `maxlength` would let the browser cut it off silently."""

    def __init__(self, *, most: int, missing: Words = "", **kwargs: Any) -> None:
        validators = [MaxLengthValidator(most, TOO_LONG), *kwargs.pop("validators", [])]
        super().__init__(validators=validators, error_messages={"required": missing} if missing else None, **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class ChoiceRows(forms.RadioSelect):
    """Radio buttons with room to explain themselves: `explained` maps a value to one sentence."""

    def __init__(self, explained: Mapping[str, Words], attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices)
        self.explained = explained

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().create_option(name, value, *args, **kwargs) | {"explained": self.explained.get(str(value), "")}


class SharedForm(forms.Form):
    """Of something that several people may change. Each field carries what it held when the page was loaded (Django's
    hidden initial, which a template draws with `initials`): `changed` are those that somebody touched, the others stay
    as they stand, and where two changed the same at once, the second is shown what the first wrote."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        at_stake = dict.fromkeys(name for changed in self.changed for name in (changed, *self.hangs_on(changed)))
        for name in [name for name in at_stake if self._was_changed_meanwhile(name)]:
            now = self._shown(name)
            said = _("It was changed meanwhile, to “%(now)s”. Save again to have yours instead") % {"now": now}
            self.add_error(name, said if now else _("It was changed meanwhile. Save again to have yours instead"))
            stands = {self[name].html_initial_name: self.fields[name].prepare_value(self.fields[name].initial)}
            self.data = dict(self.data.items()) | stands  # whoever saves again has seen what stands there now
        left_alone = [name for name, field in self.fields.items() if field.show_hidden_initial]
        for name in self.cleaned_data.keys() & set(left_alone) - set(self.changed_data):
            self.cleaned_data[name] = self.fields[name].initial
        return self.cleaned_data

    def hangs_on(self, name: str) -> Iterable[str]:
        """The other fields that say what this one means: whoever changes it must have seen them."""
        return ()

    def _was_changed_meanwhile(self, name: str) -> bool:
        """By somebody else, from what stood on the page when it was loaded, to other words than these."""
        field, loaded = self.fields[name], self.data.get(self[name].html_initial_name)
        if loaded is None:
            return False
        return _even(field.initial) not in (_even(field.to_python(loaded)), _even(self.cleaned_data.get(name)))

    def _shown(self, name: str) -> str:
        field, now = self.fields[name], self.fields[name].initial
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(now, ""))  # type: ignore[arg-type]  # no groups among them
        return "" if isinstance(now, bool) else str(now)

    @property
    def changed(self) -> dict[str, Any]:
        """Of a valid form: what somebody changed on the page."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    def add(self, name: str, field: forms.Field, initial: Any) -> None:
        field.show_hidden_initial = True
        field.initial = initial
        self.fields[name] = field


def _even(value: Any) -> Any:
    """A text with one kind of line end, whatever browsers send."""
    return "\n".join(value.splitlines()) if isinstance(value, str) else value


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, for hidden inputs that send it again: every value of every name, no passwords, no files."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name.lower()]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def typed_words(request: HttpRequest) -> str:
    """What somebody wrote in a form that came too late, to be copied from the page that says so; '' where nothing was.

    Choices, numbers and what goes along unseen are left out.
    """
    if request.method != "POST":
        return ""
    hidden = {"seen", "stood", "next"}
    fields = [(name, value) for name, value in posted_fields(request) if name not in hidden]
    words = [value.strip() for name, value in fields if not name.startswith("initial-")]
    return "\n\n".join(value for value in words if not CHOSEN.fullmatch(value))


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
