"""People who answer by their links, page by page, as browsers do."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from diagnostics.questionnaire.questionnaire import questionnaire_of
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from tests.diagnostics.respondents import Browser


def people_of(survey: Survey, *groups: str) -> list[Invitation]:
    """In the order of the list."""
    asked = Invitation.objects.filter(survey=survey).select_related("survey__version", "participant__group")
    return list((asked.filter(participant__group__name__in=groups) if groups else asked).order_by("pk"))


def link_of(invitation: Invitation) -> str:
    return reverse("answering:enter", args=[token_of(invitation, link_key(invitation.survey))])


def answer(invitation: Invitation, given: Mapping[str, str | int], picks: Iterable[str] = ()) -> None:
    """`given`: what stands in the fields, by statement and open question. Page by page, then the review."""
    browser, survey = Browser(), invitation.survey
    browser.get(link_of(invitation), follow=True)
    browser.post(reverse("answering:start", args=[survey.public_id]))
    for page in questionnaire_of(survey.version).pages:
        of_page = {key: value for key, value in given.items() if condition_of(key, survey) == page}
        browser.post(reverse("answering:page", args=[survey.public_id, page]), {**of_page, "to": "review"})
    posted = {"matters_most": ["", *picks], "to": "submit"}
    response = browser.post(reverse("answering:submit", args=[survey.public_id]), posted)
    assert response["Location"] == reverse("answering:thanks", args=[survey.public_id])


def condition_of(key: str, survey: Survey) -> str:
    asked = questionnaire_of(survey.version)
    return (asked.statements.get(key) or asked.questions[key]).condition
