"""What is wrong in a file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

FAULTS_SHOWN = 20  # of one file at a time


@dataclass(frozen=True)
class Fault:
    """
    >>> print(Fault("line 3, column 5", "This is missing. Fill it in."))
    Line 3, column 5: This is missing. Fill it in.
    """

    place: str  # '' where it is the whole file
    sentence: str

    def __str__(self) -> str:
        return (
            _("%(place)s: %(sentence)s") % {"place": capfirst(self.place), "sentence": self.sentence}
            if self.place
            else self.sentence
        )


class Unreadable(ValueError):
    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
