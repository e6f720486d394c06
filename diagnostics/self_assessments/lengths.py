"""How long each preset is, by the number of spaces rated."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics.checklists.presets import SPACES, Preset, Recipe, estimated_minutes


@dataclass(frozen=True)
class Length:
    spaces: int
    statements: int
    minutes: int

    def __str__(self) -> str:
        statements = ngettext("%(count)s statement", "%(count)s statements", self.statements) % {
            "count": self.statements
        }
        minutes = ngettext("about %(count)s minute", "about %(count)s minutes", self.minutes) % {"count": self.minutes}
        return _("%(statements)s, %(minutes)s") % {"statements": statements, "minutes": minutes}


@dataclass(frozen=True)
class Offer:
    """A preset as it is offered for a self-assessment."""

    preset: Preset

    @property
    def lengths(self) -> list[Length]:
        """For four spaces, three, two and one; which of them is the primary one makes no difference."""
        return [_length(self.preset, SPACES[:count]) for count in range(len(SPACES), 0, -1)]


def _length(preset: Preset, spaces: tuple[str, ...]) -> Length:
    statements = Recipe(preset.key, spaces[0], spaces).statement_count
    return Length(len(spaces), statements, estimated_minutes(statements))
