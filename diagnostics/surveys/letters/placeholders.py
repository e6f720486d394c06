"""The names in braces that are filled in where a letter leaves, and what people write instead of them."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

from core.words import paragraph

LINK = "link"
PLACEHOLDERS = ("name", "asked_by", "organisation", "group", "survey", "purpose", "closes", "minutes", LINK)
IN_TEXTS_ALONE = ("purpose", LINK)
ALSO_CALLED = {
    **dict.fromkeys(("first_name", "full_name", "participant", "person", "recipient"), "name"),
    **dict.fromkeys(("sender", "from", "who_asks", "asker"), "asked_by"),
    **dict.fromkeys(("organization", "company", "client", "workspace"), "organisation"),
    **dict.fromkeys(("team", "department", "unit"), "group"),
    **dict.fromkeys(("title", "survey_name"), "survey"),
    **dict.fromkeys(("why", "reason"), "purpose"),
    **dict.fromkeys(("closing_date", "deadline", "due_date", "end_date", "date", "until"), "closes"),
    **dict.fromkeys(("duration", "time", "length"), "minutes"),
    **dict.fromkeys(("url", "button", "survey_link", "address"), LINK),
}
SHOWN = 40  # characters of what was written

_name = re.compile(  # '{minutes}' says 'minutes' itself, so one that stands behind it goes
    r"\{([^{}\n]{1,40})\}(?:(?<=\{minutes\})\s(?:minutes?|Minuten?|[mf]unud(?:au)?)\b)?"
)
_braces = re.compile(r"\{+[^{}\n]*\}+|[{}]")


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Names that stand for nothing are left as they were written."""
    return _name.sub(lambda found: facts.get(found[1], found[0]), text)


def has_link(text: str) -> bool:
    return f"{{{LINK}}}" in text


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is none of the names, as it was written, each once.

    >>> unknown_in("Dear {Name}, {{link}} or {link} by {closes} {")
    ['{Name}', '{{link}}', '{']
    """
    return list(dict.fromkeys(found for found in _braces.findall(text) if found[1:-1] not in PLACEHOLDERS))


def meant_by(written: str) -> str:
    """
    >>> meant_by("{Name}"), meant_by("{{link}}"), meant_by("{first name}"), meant_by("{organsation}"), meant_by("{x}")
    ('name', 'link', 'name', 'organisation', '')
    """
    name = re.sub(r"[\s-]+", "_", written.strip("{} \t").lower())
    known = {**ALSO_CALLED, **{one: one for one in PLACEHOLDERS}}
    close = get_close_matches(name, known, n=1, cutoff=0.7)
    return known[close[0]] if close else ""


def faults_of(text: str, *, is_subject: bool) -> Iterator[str]:
    """Sentences on what could not be filled in, and on what is missing."""
    if unknown := unknown_in(text):
        yield _stand_for_nothing(unknown)
    if is_subject:
        for name in IN_TEXTS_ALONE:
            if f"{{{name}}}" in text:
                yield _("Write {%(name)s} in the text: the subject has no room for it.") % {"name": name}
    elif text and not has_link(text):
        yield _("Write {link} where the button with the personal link shall stand.")


def _stand_for_nothing(unknown: list[str]) -> str:
    known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
    sentences = [sentence for written in unknown for sentence in _on(written)]
    return paragraph(*sentences, _("These are filled in: %(known)s.") % {"known": known})


def _on(written: str) -> Iterator[str]:
    short = written if len(written) <= SHOWN else f"{written[:SHOWN]}…"
    yield _("Nothing is filled in for %(written)s.") % {"written": short}
    if meant := meant_by(written):
        yield _("Did you mean {%(name)s}?") % {"name": meant}
