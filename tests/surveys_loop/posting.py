"""A respondent without a browser on a real site: posts with the cookie of a link and the mark of its pages."""

import http.client
from contextlib import closing
from urllib.parse import urlencode

from diagnostics.sealing.tokens import page_mark

CSRF = "c" * 32


def post(port: int, survey: str, token: str, page: str, fields: dict | list) -> str:
    """'302 /where/to/'; raises OSError or HTTPException where the server goes away meanwhile."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        cookies = f"answer-{survey}={token}; csrftoken={CSRF}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        given = list(fields.items()) if isinstance(fields, dict) else fields
        body = urlencode([("csrfmiddlewaretoken", CSRF), ("mark", page_mark(token)), *given])
        connection.request("POST", f"/answer/{survey}/{page}/", body, headers)
        response = connection.getresponse()
        return f"{response.status} {response.headers.get('Location')}"
