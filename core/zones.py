"""Time zones to choose from, and moments in them."""

import datetime
from functools import cache
from operator import itemgetter
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_gmt, get_timezone_location, get_timezone_name
from django.conf import settings
from django.utils.translation import get_language, to_locale

UTC = "UTC"  # in no country


class Zone(ZoneInfo):
    """A time zone whose name is in the language of the moment, or of its own where that has none, or its offset.

    >>> from django.utils import translation
    >>> noon = datetime.datetime(2026, 7, 1, 12)
    >>> with translation.override("de"):
    ...     [Zone(key).tzname(noon) for key in ("Europe/Berlin", "Europe/London", "America/Sao_Paulo")]
    ['MESZ', 'BST', 'GMT-03:00']
    """

    @property
    def place(self) -> str:
        """'London, United Kingdom'."""
        return _place(self.key, _locale())

    def tzname(self, when: datetime.datetime | None) -> str | None:
        usual = super().tzname(when)
        if when is None:
            return usual
        there, locale = when.replace(tzinfo=ZoneInfo(self.key)), _locale()
        names = (get_timezone_name(there, width="short", locale=locale), usual or "")
        return next(filter(str.isalpha, names), get_timezone_gmt(there, locale=locale))


def zone_choices() -> list[tuple[str, str]]:
    """Places people know, by name in the language of the moment; not the abbreviations and offsets that also exist."""
    return _choices(_locale())


def listed(key: str) -> str:
    """How a zone is called in the list; some have several names.

    >>> listed("Europe/Kiev"), listed("Europe/London")
    ('Europe/Kyiv', 'Europe/London')
    """
    place = Zone(key).place
    return next((other for other, name in zone_choices() if name == place), key)


@cache
def _choices(locale: Locale) -> list[tuple[str, str]]:
    known = (key for key in available_timezones() if "/" in key and not key.startswith(("Etc/", "SystemV/")))
    others = get_global("zone_aliases")
    places: dict[str, str] = {}
    for key in (settings.TIME_ZONE, UTC, *sorted(known, key=lambda one: (one in others, one))):
        places.setdefault(_place(key, locale), key)
    return sorted(((key, place) for place, key in places.items()), key=itemgetter(1))


def _place(key: str, locale: Locale) -> str:
    if key == UTC:
        return UTC
    city = get_timezone_location(ZoneInfo(key), locale=locale, return_city=True)
    country = get_global("zone_territories").get(get_global("zone_aliases").get(key, key))
    return ", ".join(filter(None, (city, country and locale.territories.get(country))))


def _locale() -> Locale:
    return Locale.parse(to_locale(get_language() or settings.LANGUAGE_CODE))


def moment(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, time, tzinfo=Zone(zone))
