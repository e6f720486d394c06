"""The language in which a person is written to."""

from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import translation


def language_code(cell: str) -> str:
    """The code of a language that messages are written in, from its code or name; else nothing.

    >>> language_code("English"), language_code("EN"), language_code("en_GB")
    ('en-gb', 'en-gb', 'en-gb')
    >>> language_code("English (United Kingdom)"), language_code("de-CH"), language_code("Klingon")
    ('en-gb', 'de', '')
    """
    said = cell.casefold().replace("_", "-")
    known = _known()
    return known.get(said) or known.get(said.partition("(")[0].strip()) or known.get(said.partition("-")[0], "")


@cache
def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for code, name in settings.LANGUAGES:
        short = code.partition("-")[0]
        info = LANG_INFO.get(short, {})
        with translation.override(code):
            own = str(name)
        for word in (code, str(name), own, short, info.get("name", ""), info.get("name_local", "")):
            known.setdefault(word.casefold(), code)
    known.pop("", None)
    return known
