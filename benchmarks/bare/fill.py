"""Puts surveys and their links where the bare project looks for them; reads them as JSON from the standard input."""

import json
import sys

import django

django.setup()

from benchmarks.bare.models import Response, Survey  # noqa: E402


def fill(surveys: list[dict]) -> None:
    """`surveys`: [{"public_id", "content", "tokens"}]."""
    for one in surveys:
        survey = Survey.objects.create(public_id=one["public_id"], content=one["content"])
        Response.objects.bulk_create(Response(survey=survey, token=token) for token in one["tokens"])


if __name__ == "__main__":
    fill(json.load(sys.stdin))
