"""Every component in every state, in debug only. Public, reads nothing from the database."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from reports.pages.files import chart_page
from reports.pages.gallery import samples
from reports.writers.pictures.figure import figure_json
from reports.writers.pictures.png import heatmap_png
from reports.writers.pictures.svg import heatmap_svg

VIEWS = {"heatmap": samples.heatmap, "states": samples.every_state, "people": samples.of_people}


@require_safe
@login_not_required
@chart_page
def gallery(request: HttpRequest) -> HttpResponse:
    view = samples.heatmap()
    context = {
        "tokens": samples.tokens(),
        "sample_form": samples.SampleForm(initial={"name": "Pharmacy"}),
        "faulty_form": samples.SampleForm({"name": "Pharmacy", "kind": "team"}, prefix="faulty"),
        "rails": samples.rails(),
        "jobs": samples.jobs(),
        "heatmap": view,
        "states": samples.every_state(),
        "people": samples.of_people(),
        "differences": samples.differences(),
        "svg": mark_safe(heatmap_svg(view, prefix="still")),  # noqa: S308 (our own template, escaped)
        "swatches": [view.cell("task", "self"), view.cell("alignment", "self"), view.cell("capability", "system")],
    }
    return render(request, "gallery/page.html", context)


@login_not_required
def errors(request: HttpRequest) -> HttpResponse:
    """A whole form as it comes back with errors."""
    return render(request, "gallery/errors.html", {"form": samples.SampleForm(request.POST)})


@require_safe
@login_not_required
def figure(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(figure_json(VIEWS[name]()), content_type="application/json")


@require_safe
@login_not_required
def picture(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(heatmap_png(VIEWS[name]()), content_type="image/png")
