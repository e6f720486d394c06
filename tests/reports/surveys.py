"""Surveys that people have answered, for tests: opened and closed by the jobs that do it in life."""

from collections.abc import Callable, Iterable

from django.http import QueryDict

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.running import perform
from diagnostics.answering import drafts
from diagnostics.answering.respondents import Respondent, respondent_of
from diagnostics.answering.submitting import submit
from diagnostics.questionnaire.form import read_post
from diagnostics.surveys.actions.lifecycle import stop_survey
from diagnostics.surveys.job_names import CLOSE_SURVEY, OPEN_SURVEY
from diagnostics.surveys.keys import link_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Invitation, Survey
from tests.diagnostics.launched import NOW, launched_survey

Answers = Callable[[Invitation], dict[str, str]]


def everything(value: int, **comments: str) -> Answers:
    """The same rating for every statement that is asked."""

    def answers(invitation: Invitation) -> dict[str, str]:
        keys = invitation.survey.version.statement_keys
        return {**{key: str(value) for key in keys}, **comments}

    return answers


def run_job(kind: str, survey: Survey) -> Survey:
    perform(Job.objects.get(kind=kind, subject=survey.public_id).pk)
    return Survey.objects.get(pk=survey.pk)


def open_for_answers(owner: User, **changes) -> Survey:
    return run_job(OPEN_SURVEY, launched_survey(owner, **changes))


def invitations_of(survey: Survey, *groups: str) -> list[Invitation]:
    asked = Invitation.objects.filter(survey=survey).select_related("survey__version", "participant__group")
    return list(asked.filter(participant__group__name__in=groups) if groups else asked)


def save_draft(invitation: Invitation, answers: Answers, picks: tuple[str, ...] = ()) -> Respondent:
    respondent = respondent_of(token_of(invitation, link_key(invitation.survey)))
    posted = QueryDict(mutable=True)
    posted.update(answers(invitation))
    posted.setlist("matters_most", list(picks))
    drafts.save(respondent=respondent, read=read_post(posted, respondent.questionnaire), now=NOW)
    return respondent


def answer(invitations: Iterable[Invitation], answers: Answers, picks: tuple[str, ...] = ()) -> None:
    for invitation in invitations:
        submit(respondent=save_draft(invitation, answers, picks))


def stop(survey: Survey) -> Survey:
    return stop_survey(survey=survey, by=None, now=NOW)


def close(survey: Survey) -> Survey:
    stop(survey)
    return run_job(CLOSE_SURVEY, survey)
