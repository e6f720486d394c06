"""The same pages as somebody would write them who knows Django and wants no more than answers in a table.

Every request reads the respondent's row, every save writes it: one JSON value, in the clear.
"""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from benchmarks.bare.models import Response, Survey

RATINGS = ("0", "1", "2", "3", "4", "5")


@cache
def content_of(survey: str) -> dict:
    """Read once by each process."""
    return get_object_or_404(Survey, public_id=survey).content


@cache
def names_of(survey: str) -> tuple[frozenset[str], frozenset[str]]:
    """(statements, open questions)."""
    pages = content_of(survey)["pages"]
    statements = (one["key"] for page in pages for indicator in page["indicators"] for one in indicator["statements"])
    return frozenset(statements), frozenset(one["key"] for page in pages for one in page["open_questions"])


def respondent(request: HttpRequest, survey: str) -> Response:
    token = request.COOKIES.get(f"answer-{survey}", "")
    return get_object_or_404(Response, token=token, survey__public_id=survey)


def keep(response: Response, survey: str, posted: QueryDict) -> None:
    statements, questions = names_of(survey)
    for name, value in posted.items():
        if (name in statements and value in RATINGS) or name in questions:
            response.answers[name] = value
    if "matters_most" in posted:
        response.answers["matters_most"] = posted.getlist("matters_most")
    response.save(update_fields=["answers"])


def place_of(survey: str, to: str) -> str:
    return f"/answer/{survey}/review/" if to == "review" else f"/answer/{survey}/rate/{to}/"


@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(Response.objects.select_related("survey").defer("survey__content"), token=token)
    answer = redirect("welcome", found.survey.public_id)
    answer.set_cookie(f"answer-{found.survey.public_id}", token, max_age=7200, httponly=True, samesite="Lax")
    return answer


@require_GET
def welcome(request: HttpRequest, survey: str) -> HttpResponse:
    respondent(request, survey)
    return render(request, "welcome.html", {"survey": survey, "content": content_of(survey)})


@require_POST
def start(request: HttpRequest, survey: str) -> HttpResponse:
    respondent(request, survey)
    return redirect("page", survey, content_of(survey)["pages"][0]["condition"])


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, survey: str, condition: str) -> HttpResponse:
    response, content = respondent(request, survey), content_of(survey)
    shown = next((one for one in content["pages"] if one["condition"] == condition), None)
    if shown is None:
        raise Http404
    if request.method == "POST":
        keep(response, survey, request.POST)
        return redirect(place_of(survey, request.POST["to"]))
    conditions = [one["condition"] for one in content["pages"]]
    following = [*conditions, "review"][conditions.index(condition) + 1]
    context = {
        "survey": survey,
        "pages": content["pages"],
        "page": shown,
        "scale": content["scale"],
        "statements": [
            (one, response.answers.get(one["key"]))
            for indicator in shown["indicators"]
            for one in indicator["statements"]
        ],
        "questions": [(one, response.answers.get(one["key"], "")) for one in shown["open_questions"]],
        "following": following,
    }
    return render(request, "page.html", context)


@require_POST
def save(request: HttpRequest, survey: str) -> HttpResponse:
    keep(respondent(request, survey), survey, request.POST)
    return JsonResponse({"saved": True})


@require_GET
def review(request: HttpRequest, survey: str) -> HttpResponse:
    response, (statements, _questions) = respondent(request, survey), names_of(survey)
    missing = sum(key not in response.answers for key in statements)
    context = {"survey": survey, "pages": content_of(survey)["pages"], "missing": missing}
    return render(request, "review.html", context)


@require_POST
def submit(request: HttpRequest, survey: str) -> HttpResponse:
    response = respondent(request, survey)
    response.answers["matters_most"] = request.POST.getlist("matters_most")
    response.is_submitted = True
    response.save(update_fields=["answers", "is_submitted"])
    return redirect("thanks", survey)


@require_GET
def thanks(request: HttpRequest, survey: str) -> HttpResponse:
    respondent(request, survey)
    return render(request, "thanks.html", {"survey": survey})
