"""The link by which somebody who is no member may start a self-assessment from a version."""

from django.conf import settings
from django.urls import reverse

from diagnostics.checklists.models import ChecklistVersion


def link_of(version: ChecklistVersion) -> str:
    """'' where none is handed out. Never from a request: its host is the sender's to choose."""
    link = version.standing.link
    return settings.SITE_URL + reverse("self_assessments:by_link", args=[link]) if link else ""
