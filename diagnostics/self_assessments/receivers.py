"""What self-assessments do when something happens elsewhere."""

from django.contrib.auth.signals import user_logged_in

from core.accounts import doors
from diagnostics.checklists.own_version import behind
from diagnostics.self_assessments.kept_posts import save_kept_post


def connect_all() -> None:
    doors.register("self_assessments:by_link", lambda token: behind(token) is not None)
    user_logged_in.connect(save_kept_post, dispatch_uid="self_assessments.save_kept")
