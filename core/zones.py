"""Time zones to choose from, and moments in them."""

import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings


@cache
def zone_choices() -> list[tuple[str, str]]:
    """Places people know, by name; not the abbreviations and fixed offsets that also exist."""
    places = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))}
    names = sorted(places | {"UTC", settings.TIME_ZONE})
    return [(name, name.replace("_", " ").replace("/", " / ")) for name in names]


def moment(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, time, tzinfo=ZoneInfo(zone))
