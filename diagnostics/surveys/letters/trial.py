"""A letter sent to oneself, to see how it arrives. Its link leads to the preview, and to no survey."""

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.audit.actions import record
from core.post.actions import send
from core.post.registry import Rendered, register
from diagnostics.checklists.presets import UnfitRecipe
from diagnostics.surveys.letters.allowed import spend_letters
from diagnostics.surveys.letters.wording import LETTERS, letter
from diagnostics.surveys.models import Survey
from diagnostics.surveys.recipes import recipe_of

TRIAL = "surveys.trial"


def check_can_show(survey: Survey) -> None:
    """A letter names the closing date and how long it takes."""
    if survey.closes_at is None:
        raise ValidationError(_("Choose a closing date in step 1 first: the messages name it."))
    try:
        recipe_of(survey)
    except UnfitRecipe:
        raise ValidationError(_("Choose what is asked in step 2 first: the messages say how long it takes.")) from None


@transaction.atomic
def send_trial(*, survey: Survey, by: User) -> None:
    """Both letters, to whoever asks for them."""
    check_can_show(survey)
    spend_letters(survey, len(LETTERS), by=by)
    for kind in LETTERS:
        send(kind=TRIAL, to=by.email, reference={"survey": survey.public_id, "letter": kind, "user": by.pk})
    record(by=by, verb="try_messages", obj=survey, workspace=survey.workspace)


def trial_letter(reference: dict, language: str) -> Rendered | None:
    survey = Survey.objects.filter(public_id=reference["survey"]).first()
    user = User.objects.filter(pk=reference["user"]).first()
    if survey is None or user is None:
        return None
    link = settings.SITE_URL + reverse("answering:preview", args=[survey.public_id])
    written = letter(survey, reference["letter"], name=str(user), link=link, launcher=user)
    return replace(written, subject=_("Test: %(subject)s") % {"subject": written.subject})


def register_trial() -> None:
    register(TRIAL, trial_letter)
