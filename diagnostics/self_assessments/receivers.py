"""What self-assessments do when something happens elsewhere, and the background work they ask for."""

from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from core.accounts import doors
from core.jobs.registry import Kind, register
from diagnostics.checklists.own_version import behind
from diagnostics.self_assessments import letters
from diagnostics.self_assessments.actions import FORGET_UNKEPT
from diagnostics.self_assessments.forgetting import FORGET, forget_link
from diagnostics.self_assessments.keeping import forget, keep_at_sign_in
from diagnostics.self_assessments.kept_posts import save_kept_post


def connect_all() -> None:
    doors.register("self_assessments:by_link", lambda token: behind(token) is not None)
    letters.register_all()
    register(
        Kind(
            FORGET,
            forget_link,
            _("The clearing of an old link"),
            can_see=lambda user, job: False,
            done_url=lambda job: None,
        )
    )
    user_logged_in.connect(save_kept_post, dispatch_uid="self_assessments.save_kept")
    user_logged_in.connect(keep_at_sign_in, dispatch_uid="self_assessments.keep")
    label = _("The clearing of self-assessments that nobody kept")
    register(Kind(FORGET_UNKEPT, forget, label, can_see=lambda user, job: False, done_url=lambda job: None))
