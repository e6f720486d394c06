"""Which queue each kind of background work waits in, so that a password letter never waits behind a stack of files."""

from collections.abc import Iterator, Mapping

LETTERS_NOW, LETTERS, CLOSES, FILES, SWEEPS = "letters-now", "letters", "closes", "files", "sweeps"
LANES = (SWEEPS, LETTERS_NOW, CLOSES, LETTERS, FILES)  # whoever serves several takes from the first that holds any

WORK: Mapping[str, tuple[str, ...]] = {  # lane → kinds of jobs (core.jobs.registry)
    LETTERS_NOW: ("send_now", "send_link_again"),
    LETTERS: ("send_message", "send_reminders", "correct_address", "send_release_letters", "remind_of_*"),
    CLOSES: (
        *("open_survey", "close_on_date", "close_survey", "cancel_survey", "clear_away", "count_answers"),
        "spaces.end_workspace",
    ),
    FILES: ("self_assessment_*", "slice_*", "comparison_*", "survey_posters", "account_copy"),
    SWEEPS: ("forget_lists", "forget_result_link", "forget_unkept", "spaces.forget_list", "spaces.forget_import"),
}
# Of a site: each serves its lanes and no other. A mail server that takes half a minute for a letter holds up letters
# alone. Sweeps are short, and all else depends on them: they are done wherever somebody is free first.
WORKERS: Mapping[str, tuple[str, ...]] = {
    "now": (LETTERS_NOW, LETTERS),
    "work": (SWEEPS, CLOSES),
    "files": (SWEEPS, FILES),
}


def routes() -> dict[str, dict[str, str]]:
    """For Celery: the bell of a job rings under its task's name with the kind behind it (core.jobs.doorbell)."""
    return dict(_routes())


def _routes() -> Iterator[tuple[str, dict[str, str]]]:
    for lane, kinds in WORK.items():
        for kind in kinds:
            yield f"core.jobs.tasks.run_job.{kind}", {"queue": lane}
    for task in ("core.jobs.tasks.sweep_jobs", "core.post.tasks.pick_up_letters"):
        yield task, {"queue": SWEEPS}
    yield "core.post.tasks.read_bounces", {"queue": LETTERS}  # from a mailbox that may be slow
    for task in ("reports.tasks.forget_old_files", "reports.tasks.forget_by_age"):  # which may take their time
        yield task, {"queue": FILES}
