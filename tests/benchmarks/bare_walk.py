"""Walks through the bare project without a server: reads requests as JSON, says what came of each."""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.bare.fill import fill  # noqa: E402


def walk(requests: list[list]) -> list[list]:
    """[[status, page]] for each of `requests`: [[method, path, fields]]."""
    browser = Client()
    answers = (
        browser.get(path) if method == "GET" else browser.post(path, dict(fields)) for method, path, fields in requests
    )
    return [[answer.status_code, answer.content.decode()] for answer in answers]


if __name__ == "__main__":
    given = json.load(sys.stdin)
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill(given["surveys"])
    sys.stdout.write(json.dumps(walk(given["requests"])))
