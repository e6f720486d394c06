"""Which passwords are good enough, and the one form in which they are compared.

`common_passwords.txt.gz` holds 55,859 passwords that many people use, in lower case and in order: those of
@zxcvbn-ts/language-common 4.1.3 (`src/passwords.json`, MIT licence, Dropbox and zxcvbn-ts) and of Django 5.2
(`django/contrib/auth/common-passwords.txt.gz`, from the lists of Royce Williams), each once.
"""

import gzip
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST, MOST = 10, 256  # characters
OWN = 6  # so many characters beside what is known of its owner, or beside what many use, make no good one
SHORTEST_WORD = 4
LETTERS = str.maketrans("4@310$57!", "aaeiossti")  # what stands for them

OwnWords = Callable[[AbstractBaseUser], Iterable[str]]
_own_words: list[OwnWords] = []


def normal(password: str) -> str:
    """The same from every keyboard: é is one character on some, and two on others (NFKC, as NIST SP 800-63B asks)."""
    return unicodedata.normalize("NFKC", password)


def know_own_words(of: OwnWords) -> None:
    """Upper floors say what else is known of somebody."""
    _own_words.append(of)


class LengthValidator:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) < LEAST:
            raise ValidationError(_("Use at least %(least)s characters.") % {"least": LEAST})
        if len(normal(password)) > MOST:
            raise ValidationError(_("Use at most %(most)s characters.") % {"most": MOST})


class UncommonValidator:
    """Neither what many people use, nor that with digits and signs around it, nor a few characters again and again."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if is_common(password):
            raise ValidationError(_("Many people use this password, or one very much like it. Choose another."))


class OwnWordsValidator:
    """Not the name, address or workspace of its owner with little else."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        words = {"trace", *(words_in(user.get_username()) if user else ())}
        if user:
            words |= {word for of in (_name_of, *_own_words) for text in of(user) for word in words_in(text)}
        left = normal(password).casefold()
        for word in sorted(words, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < OWN:
            raise ValidationError(
                _("This is too much like your name, your address or your workspace. Choose another password.")
            )


def _name_of(user: AbstractBaseUser) -> Iterable[str]:
    return [getattr(user, "name", "")]


def words_in(text: str) -> set[str]:
    return {word for word in re.split(r"[\W_\d]+", normal(text).casefold()) if len(word) >= SHORTEST_WORD}


def is_common(password: str) -> bool:
    """
    >>> [is_common(one) for one in ("Password2026!", "p4$$w0rd-p4$$w0rd", "abcabcabcabc", "0123456789")]
    [True, True, True, True]
    >>> is_common("kettle, moss and rain")
    False
    """
    low = normal(password).casefold()
    return len(set(low)) < 5 or _is_in_a_row(low) or any(map(_is_known, (low, low.translate(LETTERS))))


def _is_known(text: str) -> bool:
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    forms = {text, _once(text)} | ({core, _once(core)} if len(text) - len(core) <= OWN else set())
    return bool(forms & common())


def _once(text: str) -> str:
    """What is written there again and again, whatever stands between."""
    repeated = re.fullmatch(r"(.+?)(?:[\W_]*\1)+", text)
    return repeated[1] if repeated else text


def _is_in_a_row(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return steps in ({1}, {-1}) or text in "01234567890" * 26


@cache
def common() -> frozenset[str]:
    packed = Path(__file__).with_name("common_passwords.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n")) - {""}
