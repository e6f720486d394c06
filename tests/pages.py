"""A page as its reader gets it, wherever its template breaks the lines."""

import re

from django.http import HttpResponse


def tight(page: HttpResponse | str) -> str:
    """HTML on one line, without the white space that only lays it out: between tags, at the edges of an element and
    before the end of a tag. What parts words from words and from elements stays, as in `a <b>b</b> c`.
    """
    html = " ".join((page if isinstance(page, str) else page.content.decode()).split())
    html = re.sub(r" (/?>)", r"\1", html)
    html = re.sub(r"(<[a-z][^>]*>) ", r"\1", html)
    return re.sub(r" (</)|(?<=>) (?=<)", r"\1", html)
