"""The background work that surveys offer. Loaded when Django is ready."""

from collections.abc import Callable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.jobs.models import Job
from core.jobs.registry import Kind, register
from diagnostics.surveys import job_names
from diagnostics.surveys.access import load_room, load_survey
from diagnostics.surveys.jobs.clearing import clear_away
from diagnostics.surveys.jobs.forgetting import forget_lists
from diagnostics.surveys.jobs.opening import open_survey
from diagnostics.surveys.jobs.reminding import send_reminders
from diagnostics.surveys.jobs.renewing import renew_link
from diagnostics.surveys.jobs.sending_link import send_link_again
from diagnostics.surveys.jobs.stopping import cancel_survey, close_on_date
from diagnostics.surveys.letters import sending
from diagnostics.surveys.letters.trial import register_trial
from diagnostics.surveys.models import Survey


def can_see_work(user: User, job: Job) -> bool:
    """Those who manage the survey that the job is about; in a room also whoever started it."""
    return any(_comes_in(load, user, job) for load in (load_survey, load_room))


def _comes_in(load: Callable, user: User, job: Job) -> bool:
    try:
        load(user, job.subject)
    except (Http404, PermissionDenied):
        return False
    return True


def dashboard(job: Job) -> str:
    """Or the page of the room, to which also facilitators come."""
    is_in_room = Survey.objects.filter(public_id=job.subject, is_in_room=True).exists()
    return reverse("reports:room" if is_in_room else "surveys:dashboard", args=[job.subject])


def register_all() -> None:
    sending.register_all()
    register_trial()
    seen = partial(Kind, can_see=can_see_work, done_url=dashboard)
    unseen = partial(Kind, can_see=lambda user, job: False, done_url=lambda job: None)
    register(seen(job_names.OPEN_SURVEY, open_survey, _("The set of links")))
    register(seen(job_names.CANCEL_SURVEY, cancel_survey, _("The message to those who were invited")))
    register(unseen(job_names.CORRECT_ADDRESS, renew_link, _("The new link")))
    register(unseen(job_names.SEND_LINK_AGAIN, send_link_again, _("The link that was asked for again")))
    register(unseen(job_names.SEND_REMINDERS, send_reminders, _("The set of reminders")))
    register(unseen(job_names.CLOSE_ON_DATE, close_on_date, _("The closing of the survey")))
    register(unseen(job_names.CLEAR_AWAY, clear_away, _("The clearing away of a deleted survey")))
    register(unseen(job_names.FORGET_LISTS, forget_lists, _("The clearing of old lists")))
