"""Which queue each kind of background work waits in, so that a password letter never waits behind a stack of files."""

from collections.abc import Iterator, Mapping

LETTERS_NOW, LETTERS, CLOSES, FILES, SWEEPS = "letters-now", "letters", "closes", "files", "sweeps"
LANES = (LETTERS_NOW, CLOSES, LETTERS, FILES, SWEEPS)  # whoever serves several takes from the first that holds any

WORK: Mapping[str, tuple[str, ...]] = {  # lane → kinds of jobs (core.jobs.registry)
    LETTERS_NOW: ("send_now", "send_link_again"),
    LETTERS: ("send_message", "send_reminders", "correct_address", "send_release_letters", "remind_of_*"),
    CLOSES: ("open_survey", "close_on_date", "close_survey", "cancel_survey", "clear_away", "count_answers"),
    FILES: ("self_assessment_*", "slice_*", "comparison_*", "survey_posters"),
    SWEEPS: ("forget_lists", "forget_result_link", "forget_unkept", "spaces.forget_list", "spaces.forget_import"),
}
WORKERS: Mapping[str, tuple[str, ...]] = {  # of a site: each serves its lanes and no other
    "now": (LETTERS_NOW, SWEEPS),
    "work": (LETTERS_NOW, CLOSES, LETTERS),
    "files": (FILES,),
}


def routes() -> dict[str, dict[str, str]]:
    """For Celery: the bell of a job rings under its task's name with the kind behind it (core.jobs.doorbell)."""
    return dict(_routes())


def _routes() -> Iterator[tuple[str, dict[str, str]]]:
    for lane, kinds in WORK.items():
        for kind in kinds:
            yield f"core.jobs.tasks.run_job.{kind}", {"queue": lane}
    by_the_clock = ("core.jobs.tasks.sweep_jobs", "reports.tasks.forget_old_files")
    for task in (*by_the_clock, "core.post.tasks.read_bounces", "core.post.tasks.pick_up_letters"):
        yield task, {"queue": SWEEPS}
