"""A page as its reader gets it, wherever its template breaks the lines."""

import datetime
import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from core.forms import DateParts


def tight(page: HttpResponse | str) -> str:
    """HTML on one line, without the white space that only lays it out: between tags, at the edges of an element and
    before the end of a tag. What parts words from words and from elements stays, as in `a <b>b</b> c`.
    """
    text = " ".join((page if isinstance(page, str) else page.content.decode()).split())
    text = re.sub(r" (/?>)", r"\1", text)
    text = re.sub(r"(<[a-z][^>]*>) ", r"\1", text)
    return re.sub(r" (</)|(?<=>) (?=<)", r"\1", text)


def press(browser: Client, address: str, *, follow: bool = False, **fields: Any) -> Any:
    """Send the form of a page by somebody who has looked at it."""
    return browser.post(address, {"seen": seen_on(browser.get(address)), **fields}, follow=follow)


def seen_on(page: HttpResponse) -> str:
    """What a page says that was seen on it; '' where it has no button that cannot be undone."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', page.content.decode())
    return html.unescape(found[1]) if found else ""


def filled_in(page: HttpResponse) -> dict[str, Any]:
    """What a browser sends of a form as it stands."""
    sent: dict[str, Any] = {}
    for field in page.context["form"]:
        value = field.value()
        if isinstance(field.field.widget, DateParts):
            parts = value if isinstance(value, list) else field.field.widget.decompress(value)
            names = (f"{field.html_name}_{part}" for part in DateParts.parts)
            sent |= {name: part for name, part in zip(names, parts, strict=True) if part}
        elif value not in (None, "", False):
            sent[field.html_name] = f"{value:%H:%M}" if isinstance(value, datetime.time) else value
        if field.field.show_hidden_initial:
            sent[field.html_initial_name] = "" if value is None else value
    return sent
