"""What differs between two sources, in words: from one version to the next, and what a file would change."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.checklists.drafting import settled
from diagnostics.checklists.source import SPACES, WORDINGS, IndicatorWords, Source, asks_of


def what_changed(before: Source, after: Source) -> tuple[str, ...]:
    """Sentences, in the order of the pages; none where nothing differs that is asked or read."""
    return tuple(_changes(settled(before), settled(after)))


def _changes(before: Source, after: Source) -> Iterator[str]:
    if before.name != after.name:
        yield _("Its name is now “%(name)s”, before “%(before)s”.") % {"name": after.name, "before": before.name}
    if before.primary_space != after.primary_space:
        names = {one.key: one.name for one in after.spaces}
        yield _("The primary space is now %(space)s.") % {"space": names.get(after.primary_space, "–")}
    yield from _of_indicators(before, after)
    yield from _of_order(before, after)
    yield from _of_questions(before, after)
    yield from _of_scale(before, after)
    yield from _of_frames(before, after)
    if before.matters_most != after.matters_most:
        yield _matters_most(after)
    yield from _of_translations(before, after)


def _of_indicators(before: Source, after: Source) -> Iterator[str]:
    old, new = ({one.key: one for one in source.indicators} for source in (before, after))
    for key, one in new.items():
        yield from _of_indicator(old.get(key), one, after)
    for key, one in old.items():
        if key not in new and one.asked_in():
            yield _("“%(title)s” is asked no longer.") % {"title": one.title}


def _of_indicator(old: IndicatorWords | None, new: IndicatorWords, source: Source) -> Iterator[str]:
    names = {one.key: one.name for one in source.spaces}
    was, now = set(old.asked_in()) if old else set(), set(new.asked_in())
    title = {"title": new.title}
    if now and not was:
        yield _("“%(title)s” is asked now: %(spaces)s.") % (title | {"spaces": _spaces(now, names)})
    elif was and not now:
        yield _("“%(title)s” is asked no longer.") % title
    elif was != now:
        if more := now - was:
            yield _("“%(title)s” is also asked in %(spaces)s.") % (title | {"spaces": _spaces(more, names)})
        if fewer := was - now:
            yield _("“%(title)s” is asked no longer in %(spaces)s.") % (title | {"spaces": _spaces(fewer, names)})
    if old:
        yield from _of_words(old, new, names, source.model)


def _of_words(old: IndicatorWords, new: IndicatorWords, names: dict[str, str], model: str) -> Iterator[str]:
    names = names | {"observer": _("observer"), "leader": _("leader")}
    for wording in WORDINGS:
        then, now = old.wordings.get(wording), new.wordings.get(wording)
        if then and now:
            is_same = asks_of(old.key, wording, then, model) == asks_of(new.key, wording, now, model)
            said = _("it still asks the same") if is_same else _("it asks something else now")
            words = {"title": new.title, "wording": names[wording], "text": now.text, "said": said}
            if then.text != now.text:
                yield _("“%(title)s”, %(wording)s, reads “%(text)s”: %(said)s.") % words
            elif not is_same:
                yield _("“%(title)s”, %(wording)s: the words stay, yet it asks something else now.") % words
    if (old.title, old.topic, old.meaning) != (new.title, new.topic, new.meaning):
        yield _("“%(title)s”: its title, topic or meaning is worded anew.") % {"title": new.title}
    if dict(old.help) != dict(new.help):
        yield _("“%(title)s”: its help line is worded anew.") % {"title": new.title}


def _of_order(before: Source, after: Source) -> Iterator[str]:
    for condition in after.conditions:
        then, now = (
            [one.key for one in source.of_condition(condition.key) if one.asked_in()] for source in (before, after)
        )
        both = set(then) & set(now)
        if [key for key in then if key in both] != [key for key in now if key in both]:
            yield _("%(condition)s: in another order.") % {"condition": condition.name}


def _of_questions(before: Source, after: Source) -> Iterator[str]:
    old, new = ({one.key: one.text for one in source.open_questions} for source in (before, after))
    for key, text in new.items():
        if key not in old:
            yield _("New open question: “%(text)s”") % {"text": text}
        elif old[key] != text:
            yield _("An open question reads “%(text)s”") % {"text": text}
    for key in old.keys() - new.keys():
        yield _("No longer asked: “%(text)s”") % {"text": old[key]}


def _of_scale(before: Source, after: Source) -> Iterator[str]:
    if before.scale != after.scale:
        identities = {source.scale.asks or source.scale.key for source in (before, after)}
        labels = " · ".join(after.scale.labels)
        said = (
            _("answers can still be compared") if len(identities) == 1 else _("answers cannot be compared with before")
        )
        yield _("The scale reads %(labels)s: %(said)s.") % {"labels": labels, "said": said}


def _of_frames(before: Source, after: Source) -> Iterator[str]:
    old = {one.key: one for one in before.spaces}
    asked = after.asked_spaces()
    for one in after.spaces:
        if one.key in asked and old.get(one.key) != one:
            yield _("What people are told about %(space)s is worded anew.") % {"space": one.name}
    for then, now in zip(before.conditions, after.conditions, strict=True):
        if then != now and any(one.asked_in() for one in after.of_condition(now.key)):
            yield _("What people are told about %(space)s is worded anew.") % {"space": now.name}


def _of_translations(before: Source, after: Source) -> Iterator[str]:
    named = dict(settings.LANGUAGES)
    for language in sorted({*before.translations, *after.translations}):
        then, now = (source.translations.get(language, {}) for source in (before, after))
        changed = [key for key in {**then, **now} if then.get(key) != now.get(key)]
        words = {"count": len(changed), "language": named.get(language, language)}
        if changed:
            yield (
                ngettext(
                    "%(language)s: %(count)s text is translated anew.",
                    "%(language)s: %(count)s texts are translated anew.",
                    len(changed),
                )
                % words
            )


def _matters_most(after: Source) -> str:
    if after.matters_most is None:
        return _("What matters most is not asked.")
    if after.matters_most:
        return _("What matters most is asked as “%(text)s”") % {"text": after.matters_most}
    return _("What matters most is asked in the usual words.")


def _spaces(keys: Iterable[str], names: dict[str, str]) -> str:
    return str(get_text_list([names[key] for key in SPACES if key in set(keys)], _("and")))
