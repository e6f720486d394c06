"""Why a draft cannot be published yet, as sentences that each lead to where it is corrected."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from diagnostics.checklists.compiling import compiled
from diagnostics.checklists.source import IndicatorWords, Source, asks_of, letters_of

MOST_STATEMENTS = 210
Marks = Callable[[IndicatorWords, str], tuple[str, ...]]  # of a statement, by its indicator and space; '' marks nothing


@dataclass(frozen=True)
class Reason:
    sentence: str
    place: str = ""  # the key of a condition or an indicator, '' for the page of the whole draft


def reasons_against(source: Source) -> list[Reason]:
    return list(_reasons(source))


def _reasons(source: Source) -> Iterator[Reason]:
    asked = list(source.asked())
    if not source.name:
        yield Reason(_("Give the checklist a name."))
    if not asked:
        yield Reason(_("Choose at least one statement."))
    elif not source.primary_space:
        yield Reason(_("Choose the primary space."))
    elif source.primary_space not in source.asked_spaces():
        yield Reason(_("Ask at least one statement in the primary space, or choose another one."))
    if len(asked) > MOST_STATEMENTS:
        words = {"count": len(asked), "most": MOST_STATEMENTS}
        yield Reason(_("%(count)s statements are asked; at most %(most)s can be. Leave some out.") % words)
    for one in dict.fromkeys(one.key for one, _space in asked):
        indicator = source.indicator(one)
        if not indicator.topic:
            sentence = _("Say what “%(title)s” is about, in a few words: reports need it.")
            yield Reason(sentence % {"title": indicator.title}, indicator.key)
    if asked:
        yield from _asked_twice(source)


def _asked_twice(source: Source) -> Iterator[Reason]:
    """Of two statements that are one, what a few people answered could be told apart; and their place would count it
    double. In every language: a translation can make one of two."""

    def marks(one: IndicatorWords, space: str) -> tuple[str, ...]:
        worded = one.wordings[space]
        return letters_of(worded.text), asks_of(one.key, space, worded, source.model)

    def marks_in(texts: Mapping[str, str]) -> Marks:
        return lambda one, space: (letters_of(texts.get(f"{one.key}.{space}", "")),)

    for words, place in _repeated(source, marks):
        sentence = _("In %(space)s, “%(title)s” and “%(other)s” ask the same: word one anew, or leave it out.")
        yield Reason(sentence % words, place)
    for language, texts in compiled(source).get("translations", {}).items():
        name = dict(settings.LANGUAGES).get(language, language)
        for words, place in _repeated(source, marks_in(texts)):
            sentence = _("%(language)s: in %(space)s, “%(title)s” and “%(other)s” read the same. Translate one anew.")
            yield Reason(sentence % (words | {"language": name}), place)


def _repeated(source: Source, marks_of: Marks) -> Iterator[tuple[dict[str, str], str]]:
    """Of statements of a space that share a mark, the later: both in words, and its key."""
    for space in source.spaces:
        seen: dict[str, IndicatorWords] = {}
        for one in source.indicators:
            if space.key not in one.asked_in():
                continue
            marks = [mark for mark in marks_of(one, space.key) if mark]
            if other := next((seen[mark] for mark in marks if mark in seen), None):
                yield {"title": other.title, "other": one.title, "space": space.name}, one.key
            seen |= dict.fromkeys(marks, one)
