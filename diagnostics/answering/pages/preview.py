"""What a respondent would meet first, from the settings as they stand. Nothing is kept."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.accounts.requests import SignedInRequest
from diagnostics.answering.languages import is_unreviewed, own_name
from diagnostics.answering.rows import GroupFacts
from diagnostics.answering.welcome import welcome_context
from diagnostics.questionnaire.questionnaire import Questionnaire, questionnaire_of, read
from diagnostics.surveys.access import load_survey
from diagnostics.surveys.actions.readiness import CHECK
from diagnostics.surveys.audience.tree import Node, leaves, tree_of
from diagnostics.surveys.letters.trial import check_can_show
from diagnostics.surveys.links import LANGUAGE
from diagnostics.surveys.models import Survey, SurveyGroup
from diagnostics.surveys.recipes import content_to_ask
from diagnostics.surveys.words import fitting, said

PREVIEW = {
    "is_preview": True,
    "has_begun": False,
    "is_asleep": False,
    "mark": "",
    "visit": "",
    "visit_script": "",
}


@dataclass(frozen=True)
class Onlooker:
    """Stands where a respondent would, in the first group of the survey."""

    survey: Survey
    group: SurveyGroup | Node
    questionnaire: Questionnaire
    token: str = ""
    sent_anew_on: datetime.date | None = None

    @property
    def group_facts(self) -> GroupFacts:
        return GroupFacts(self.group.name, self.group.counted, self.group.uncounted)

    @property
    def is_in_room(self) -> bool:
        return self.survey.is_in_room

    @property
    def is_visitor(self) -> bool:
        return not self.survey.is_personal


@require_safe
def preview(request: SignedInRequest, public_id: str) -> HttpResponse:
    survey = load_survey(request.user, public_id)
    with override(fitting(survey, request.GET.get(LANGUAGE, ""))):
        try:
            context = welcome_context(_onlooker(said(survey)))
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
            return redirect("surveys:step", public_id, CHECK)
        switch = [(code, own_name(code), code == get_language()) for code in survey.spoken]
        context |= PREVIEW | {"is_unreviewed": is_unreviewed(survey.workspace), "switch": switch}
        return render(request, "surveys/preview.html", context)


def _onlooker(survey: Survey) -> Onlooker:
    if survey.version:
        leaf = survey.groups.filter(children=None)[0]
        return Onlooker(survey, leaf, questionnaire_of(survey.version))
    check_can_show(survey)
    nodes = leaves(tree_of(survey))
    if not nodes:
        raise ValidationError(_("Choose who is asked in step 2 first: the first page says how many they are."))
    return Onlooker(survey, nodes[0], read(content_to_ask(survey)).said_in(get_language()))
