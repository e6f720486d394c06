"""What htmx is given for a page: a part of that page as it stands, so that a part kept fresh and a reload agree."""

import re

from django.http import HttpResponse
from django.test import Client

from tests.pages import tight

HTMX = {"HX-Request": "true"}
OF_THE_MOMENT = re.compile(  # and ' job-asked', the room that a job has where its button stood
    r' autofocus|(?<=class="job-state) job-asked|(?<=Counts at )[\d:]+'
    r'|(?<=X-CSRFToken": ")\w+|(?<=name="csrfmiddlewaretoken" value=")\w+'
)


def assert_part_equals_page(client: Client, address: str, answer: HttpResponse | None = None) -> str:
    """The part, once it has been found in the page at `address` word for word; only space may differ.

    `answer`: what a button in the page was given; without one, what the page is given when it asks for its part.
    """
    if answer is None:
        answer = client.get(f"{address}{'&' if '?' in address else '?'}seen=never", headers=HTMX)
    part, page = _plain(answer), _plain(client.get(address))
    assert part
    assert "<html" not in part
    assert part in page, f"What htmx is given does not stand in the page at {address}:\n{part[:2000]}"
    return part


def _plain(answer: HttpResponse) -> str:
    return tight(OF_THE_MOMENT.sub("", tight(answer)))
