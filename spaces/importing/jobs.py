"""Lists that were not imported are deleted after a day."""

from django.utils.translation import gettext_lazy as _

from core.jobs import registry
from core.jobs.runs import Run
from spaces.models import PeopleList

FORGET_LIST = "spaces.forget_list"  # subject: the list


def forget(run: Run) -> None:
    PeopleList.objects.filter(public_id=run.job.subject).delete()


def register_all() -> None:
    registry.register(
        registry.Kind(
            name=FORGET_LIST,
            run=forget,
            label=_("The deletion of a list"),
            can_see=lambda user, job: False,
            done_url=lambda job: None,
        )
    )
