"""The forms of a draft's pages. A page says only what was changed on it: two people lose nothing to each other."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.forms import OneLine, SharedForm
from core.words import Words, tidy
from diagnostics.checklists import drafting
from diagnostics.checklists.drafting import depth_of, model_wording
from diagnostics.checklists.schema import LONGEST, MOST_QUESTIONS
from diagnostics.checklists.source import ALL, SPACES, WORDINGS, IndicatorWords, Source

WORDING_NAMES: dict[str, Words] = {
    "self": gettext_lazy("Self"),
    "team": gettext_lazy("Team"),
    "organisation": gettext_lazy("Organisation"),
    "system": gettext_lazy("System"),
    "observer": gettext_lazy("360: others about a leader"),
    "leader": gettext_lazy("360: the leader"),
}
DEPTHS = {
    "none": gettext_lazy("Not asked"),
    "brief": gettext_lazy("Brief: two statements a condition"),
    "all": gettext_lazy("All seven of each condition"),
    "own": gettext_lazy("Chosen one by one"),
}


AS_NOW, LIKE_MODEL, AS_BEFORE, ANEW = "", "model", "before", "anew"
ASKS = {  # what a statement in other words asks, as its author says
    LIKE_MODEL: gettext_lazy("What the model asks there"),
    AS_BEFORE: gettext_lazy("What it has asked so far"),
    ANEW: gettext_lazy("Something else: answers are not compared"),
}
STANDING: dict[str, Words] = {
    "model": gettext_lazy("As now: what the model asks, in its words"),
    "like_model": gettext_lazy("As now: what the model asks"),
    "unlike_model": gettext_lazy("As now: something else than the model"),
    "own": gettext_lazy("As now: your own statement"),
}
MAY_BE_SAID: dict[str, tuple[str, ...]] = {
    "model": (LIKE_MODEL, ANEW),
    "like_model": (LIKE_MODEL, ANEW),
    "unlike_model": (LIKE_MODEL, AS_BEFORE, ANEW),
    "own": (AS_BEFORE, ANEW),
}
MEANS = {
    LIKE_MODEL: gettext_lazy("What the model’s labels mean"),
    AS_BEFORE: gettext_lazy("What they have meant so far"),
    ANEW: gettext_lazy("Something else: answers are not compared"),
}
SCALE_STANDING: dict[str, Words] = {
    "model": gettext_lazy("As now: the model’s own labels"),
    "like_model": gettext_lazy("As now: what the model’s labels mean"),
    "unlike_model": gettext_lazy("As now: something else than the model’s"),
}
UNDECIDED = gettext_lazy("You changed the words: say whether they still ask the same")


def words(kind: str, label: Words, *, required: bool = False, help_text: Words = "", rows: int = 0) -> OneLine:
    """A text of the kind that the schema limits; of several lines to write in, and yet one paragraph."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    missing = _("Fill this in: %(label)s") % {"label": label} if required else ""
    return OneLine(
        most=LONGEST[kind], label=label, help_text=help_text, required=required, missing=missing, widget=widget
    )


def _tick(label: Words, help_text: Words) -> forms.BooleanField:
    box = forms.CheckboxInput(attrs={"class": "form-check-input"})
    return forms.BooleanField(label=label, help_text=help_text, required=False, widget=box)


class WhatForm(SharedForm):
    """The page of the whole draft: its name, the primary space, how much is asked in each space."""

    def __init__(self, *args: Any, source: Source, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = {one.key: one.name for one in source.spaces}
        self.add("name", words("name", _("Name"), required=True), source.name)
        choices = [("", _("Choose one")), *names.items()]
        primary = forms.ChoiceField(
            label=_("Primary space"),
            help_text=_("The space that the work is in now. Its frame stands above the statements."),
            choices=choices,
            error_messages={"required": _("Choose the primary space")},
        )
        self.add("primary_space", primary, source.primary_space)
        for space in SPACES:
            field = forms.ChoiceField(label=names[space], choices=list(DEPTHS.items()))
            self.add(space, field, depth_of(source, space))

    @property
    def depths(self) -> dict[str, Any]:
        return {space: depth for space, depth in self.changed.items() if space in SPACES and depth != "own"}


class IndicatorForm(SharedForm):
    """Everything about one indicator. Of a statement in other words its author says whether it still asks the same.

    `is_next`: the draft starts from a published version, with which its answers may be compared.
    """

    def __init__(self, *args: Any, indicator: IndicatorWords, is_next: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.indicator, self.is_next = indicator, is_next
        self.add("title", words("title", _("Title"), required=True, help_text=_("Two to six words.")), indicator.title)
        completes = _("Completes “This rests on …” in reports, in small letters. What is asked needs one.")
        topic = words("topic", _("Topic"), help_text=completes)
        self.add("topic", topic, indicator.topic)
        self.add("meaning", words("meaning", _("What it means"), rows=2), indicator.meaning)
        self.add("help_all", words("help", _("Help line for respondents"), rows=2), indicator.help.get(ALL, ""))
        for wording in WORDINGS:
            worded = indicator.wordings.get(wording)
            self.add(
                f"text_{wording}", words("statement", WORDING_NAMES[wording], rows=2), worded.text if worded else ""
            )
            if wording in SPACES:
                line = words("help", _("Help line for this space alone"))
                self.add(f"help_{wording}", line, indicator.help.get(wording, ""))
            if choices := self._asks(wording):
                name, missing = f"asks_{wording}", {"invalid_choice": UNDECIDED}
                self.fields[name] = forms.ChoiceField(
                    label=_("It asks"), choices=choices, required=False, error_messages=missing
                )

    def hangs_on(self, name: str) -> Iterable[str]:
        return (name.replace("asks_", "text_"),) if name.startswith("asks_") else ()

    def clean(self) -> dict[str, Any]:
        super().clean()
        observer = self.cleaned_data.get("text_observer")
        if observer and "{leader}" not in observer:
            self.add_error("text_observer", _("Write {leader} where the leader’s name goes"))
        for wording in WORDINGS:
            text, asks = self.changed.get(f"text_{wording}"), self.fields.get(f"asks_{wording}")
            if text and asks and not self.cleaned_data.get(f"asks_{wording}") and self._is_to_be_said(wording, text):
                self.add_error(f"asks_{wording}", UNDECIDED)
        return self.cleaned_data

    def _asks(self, wording: str) -> list[tuple[str, Words]]:
        """What may be said of a wording, as it is now first; nothing where there is nothing to compare it with."""
        standing = drafting.standing(self.indicator, wording)
        if standing is None or (standing == "own" and not self.is_next):
            return []
        return [(AS_NOW, STANDING[standing]), *((one, ASKS[one]) for one in MAY_BE_SAID[standing])]

    def _is_to_be_said(self, wording: str, text: str) -> bool:
        of_model = model_wording(self.indicator.key, wording)
        return of_model is None or of_model.text != text

    @property
    def rows(self) -> Iterable[dict[str, Any]]:
        """Of each wording its field, the model's own words, and what it asks."""
        for wording in WORDINGS:
            worded, model = self.indicator.wordings.get(wording), model_wording(self.indicator.key, wording)
            yield {
                "wording": wording,
                "field": self[f"text_{wording}"],
                "asks": self[name] if (name := f"asks_{wording}") in self.fields else None,
                "help": self[f"help_{wording}"] if wording in SPACES else None,
                "original": model.text if model and (worded is None or worded.text != model.text) else "",
                "is_model": bool(model),
                "is_asked": bool(worded and wording in SPACES and worded.is_asked),
            }


class ScaleForm(SharedForm):
    def __init__(self, *args: Any, source: Source, **kwargs: Any):
        super().__init__(*args, **kwargs)
        scale = source.scale
        kinds = [
            ("agreement", pgettext("scale", "Agreement")),
            ("frequency", _("Frequency: how often it has been true")),
        ]
        self.add("key", forms.ChoiceField(label=_("Scale"), choices=kinds), scale.key)
        self.add("prompt", words("prompt", _("Question above the scale"), required=True), scale.prompt)
        for number, label in enumerate(scale.labels, start=1):
            self.add(
                f"label_{number}", words("label", _("Label of %(number)s") % {"number": number}, required=True), label
            )
        self.add("not_scored", words("not_scored", _("Label of “don’t know”"), required=True), scale.not_scored_label)
        standing = drafting.standing_of_scale(scale)
        choices = [(AS_NOW, SCALE_STANDING[standing]), *((one, MEANS[one]) for one in MAY_BE_SAID[standing])]
        self.fields["means"] = forms.ChoiceField(label=_("The labels mean"), choices=choices, required=False)

    def hangs_on(self, name: str) -> Iterable[str]:
        return self.labels if name == "means" else ()

    @property
    def labels(self) -> list[str]:
        """The words of which it is said what they mean."""
        return [name for name in self.fields if name == "prompt" or name.startswith("label_")]

    def clean(self) -> dict[str, Any]:
        super().clean()
        means, is_changed = self.cleaned_data.get("means"), bool(self.changed.keys() & set(self.labels))
        if is_changed and not means and not self._says_what_the_model_says():
            self.add_error("means", _("You changed the words: say whether the labels still mean the same"))
        if means == AS_BEFORE and "key" in self.changed:
            self.add_error("means", _("Another scale never means what this one has meant. Choose something else here"))
        return self.cleaned_data

    def _says_what_the_model_says(self) -> bool:
        given = self.cleaned_data
        if "key" not in given:
            return False
        of_model = drafting.model_scale(given["key"])
        labels = tuple(given.get(f"label_{number}") for number in range(1, len(of_model.labels) + 1))
        return (given.get("prompt"), labels) == (of_model.prompt, of_model.labels)


class QuestionsForm(SharedForm):
    """'What matters most', what people are told about each space, and the open questions of each condition."""

    def __init__(self, *args: Any, source: Source, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.source = source
        self.keys = {name for name in self.data if name.startswith(("question_", "new_"))}
        unasked = _("Where one or two conditions are asked, there is nothing to choose, and it is left out.")
        asked = _tick(_("Ask which two conditions matter most"), unasked)
        self.add("asks_what_matters", asked, source.matters_most is not None)
        label, help_text = _("In your own words"), _("Leave it empty to ask in the usual words.")
        self.add("matters_most", words("text", label, help_text=help_text, rows=2), source.matters_most or "")
        for space in source.spaces:
            self.add(f"frame_{space.key}", words("frame", space.name, required=True, rows=3), space.frame)
        for condition in source.conditions:
            texts = {one.key: one.text for one in source.open_questions if one.condition == condition.key}
            for key, text in texts.items():
                self.add(f"question_{key}", words("text", condition.name, rows=2), text)
            if len(texts) < MOST_QUESTIONS:
                self.add(
                    f"new_{condition.key}",
                    words("text", _("%(condition)s: one more") % {"condition": condition.name}, rows=2),
                    "",
                )

    def hangs_on(self, name: str) -> Iterable[str]:
        both = ("asks_what_matters", "matters_most")
        return both if name in both else ()

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in sorted(self.keys - self.fields.keys()):
            if (text := tidy(self.data[name])) and text != tidy(self.data.get(f"initial-{name}", "")):
                said = _("Somebody changed the questions meanwhile, and this one has no place now: “%(text)s”.")
                self.add_error(None, said % {"text": text})
        return self.cleaned_data

    @property
    def spaces(self) -> Iterable[forms.BoundField]:
        return (self[f"frame_{space.key}"] for space in self.source.spaces)

    @property
    def questions(self) -> Iterable[tuple[str, list[forms.BoundField]]]:
        for condition in self.source.conditions:
            keys = [f"question_{one.key}" for one in self.source.open_questions if one.condition == condition.key]
            yield condition.name, [self[name] for name in (*keys, f"new_{condition.key}") if name in self.fields]
