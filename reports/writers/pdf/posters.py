"""The posters of a survey by shared links as one PDF: a page for each group, with the code of its link."""

from base64 import b64encode
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.words import language_tag
from diagnostics.surveys.audience.paths import leaves_with_paths
from diagnostics.surveys.links import address_of, qr_svg
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import minutes
from reports.writers.pdf.paper import as_pdf


@dataclass(frozen=True)
class Poster:
    group: str
    within: str  # the groups above
    address: str
    code: str  # the picture's own address


def posters_pdf(survey: Survey) -> bytes:
    context = {
        "title": _("Posters: %(title)s") % {"title": survey.title},
        "language": language_tag(),
        "survey": survey,
        "minutes": minutes(survey),
        "posters": _posters(survey),
    }
    return as_pdf("documents/pdf/posters.html", context, style="posters")


def _posters(survey: Survey) -> list[Poster]:
    """In tree order."""
    tokens = dict(survey.shared_links.values_list("group", "token"))
    found = []
    for group, path in leaves_with_paths(survey):
        address = address_of(tokens[group.pk])
        drawing = qr_svg(address).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        code = f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
        found.append(Poster(group.name, path.rpartition(" › ")[0], address, code))
    return found
