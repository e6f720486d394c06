"""What self-assessments do when something happens elsewhere."""

from django.contrib.auth.signals import user_logged_in

from diagnostics.self_assessments.kept_posts import save_kept_post


def connect_all() -> None:
    user_logged_in.connect(save_kept_post, dispatch_uid="self_assessments.save_kept")
