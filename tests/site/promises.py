"""Which tests hold each promise, and `docs/confidentiality.md`, written from that and the promises themselves.

`python -m tests.site.promises` writes the document; a test fails while it says something else.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from diagnostics.promises import CAPABILITY, DISCLOSURE, LIMITS, SEPARATION, said

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "confidentiality.md"
FACTS = {"k": "five"}

LOOP, ANSWERING, PUBLISH = "tests/surveys_loop", "tests/diagnostics/answering", "tests/reports/publish"
SURVEYS, SITE, EDITIONS = "tests/diagnostics/surveys", "tests/site", "tests/reports/editions"

HELD_BY: dict[str, tuple[str, ...]] = {
    "own_link": (
        f"{LOOP}/test_capability.py::test_whatever_somebody_has_done_the_consultant_sees_the_same",
        f"{ANSWERING}/test_bound_pages.py::test_nobody_hands_in_or_withdraws_for_somebody_else",
    ),
    "sent_anew": (
        f"{LOOP}/test_capability.py::test_whatever_somebody_has_done_the_consultant_sees_the_same",
        f"{LOOP}/test_capability.py::test_what_was_handed_in_stays_as_it_was",
        f"{SURVEYS}/test_letters.py::test_a_new_link_opens_nothing_that_was_saved_before",
    ),
    "address_told": (f"{SURVEYS}/test_letters.py::test_the_old_address_is_told_and_not_where_the_new_link_went",),
    "withdraw": (
        f"{SURVEYS}/test_letters.py::test_what_was_handed_in_is_taken_back_by_its_own_link_only",
        f"{ANSWERING}/test_submitting.py::TestWithdraw::test_the_ballot_becomes_a_note_of_the_same_size",
    ),
    "own_page": (f"{ANSWERING}/test_bound_pages.py::test_a_page_is_not_saved_under_the_link_opened_after_it",),
    "shared_device": (
        f"{ANSWERING}/test_shared_devices.py::test_after_five_minutes_the_next_person_meets_nobody",
        f"{LOOP}/test_browser_devices.py::test_another_tab_than_the_one_that_began_meets_nobody",
    ),
    "places": (
        f"{ANSWERING}/test_places.py::test_as_many_start_as_were_announced",
        f"{ANSWERING}/test_places.py::TestRace::test_of_more_devices_at_once_exactly_as_many_get_in",
    ),
    "removed": (f"{SURVEYS}/test_participants.py::test_removing_takes_name_address_and_link_and_leaves_ballots",),
    "moved": (
        f"{SURVEYS}/test_moving.py::test_whoever_is_moved_answers_elsewhere_and_what_was_handed_in_stays",
        f"{LOOP}/test_capability.py::test_whatever_somebody_has_done_the_consultant_sees_the_same",
    ),
    "nobody_sees": (
        f"{LOOP}/test_swap.py::test_exchanging_answers_within_an_atom_changes_no_byte_of_any_page",
        f"{ANSWERING}/test_submitting.py::TestWhatTheRowsTell::test_nobody_opens_a_ballot_without_the_private_key",
    ),
    "nobody_told": (
        f"{LOOP}/test_capability.py::test_whatever_somebody_has_done_the_consultant_sees_the_same",
        f"{SURVEYS}/test_dashboard.py::test_no_page_moves_while_people_answer",
    ),
    "apart": (
        f"{ANSWERING}/test_submitting.py::TestWhatTheRowsTell::test_no_row_of_a_person_changes_whatever_they_do",
        f"{LOOP}/test_link_battery.py::test_after_close_nobody_is_joined_to_an_answer_but_by_guessing",
    ),
    "locked": (f"{ANSWERING}/test_submitting.py::TestWhatTheRowsTell::test_the_database_alone_reads_no_draft",),
    "sealed": (
        f"{ANSWERING}/test_submitting.py::TestWhatTheRowsTell::test_every_ballot_and_every_draft_has_one_length",
        f"{SITE}/test_pages_without_keys.py::test_the_webs_user_serves_a_survey_whose_keys_it_cannot_read",
    ),
    "decline": (
        f"{ANSWERING}/test_submitting.py::test_declining_is_known_by_the_same_link_only_and_closes_nothing",
        f"{SURVEYS}/test_letters.py::test_only_whoever_has_not_answered_is_reminded",
        f"{SURVEYS}/test_letters.py::test_whoever_wants_no_reminders_has_none_by_a_new_link_to_the_same_address",
    ),
    "reminders": (
        f"{SURVEYS}/test_letters.py::test_of_reminders_no_row_tells",
        f"{SURVEYS}/test_letters.py::test_whoever_has_a_link_sent_to_themselves_is_reminded_whatever_was_answered_before",
    ),
    "counts": (
        "tests/reports/counts/test_counting.py::test_between_two_counts_no_page_moves",
        "tests/reports/disclosure/test_counts.py::test_a_page_says_at_least_four_people_less_than_it_could",
    ),
    "turnout": (
        "tests/reports/disclosure/test_counts.py::test_a_group_has_a_row_by_how_many_are_asked_and_never_by_how_many_answer",
        f"{PUBLISH}/test_edition.py::test_whether_the_leader_answered_follows_from_no_number",
    ),
    "asked_beside": (
        "tests/reports/disclosure/test_counts.py::test_how_many_were_asked_stands_beside_it_from_fifty_on",
        f"{PUBLISH}/test_edition.py::test_the_share_of_those_asked_is_told_for_each_slice_of_which_fifty_were",
    ),
    "nothing_kept": (
        f"{EDITIONS}/test_closing.py::test_a_close_adds_what_is_published_and_nothing_else",
        f"{EDITIONS}/test_closing.py::test_afterwards_no_whole_person_is_left",
    ),
    "no_trail": (
        f"{SITE}/test_proxy.py::test_no_secret_is_in_any_log",
        f"{SITE}/test_database_logs.py::test_nothing_that_people_sent_is_in_the_log_of_a_server_set_up_as_we_say",
        f"{SITE}/test_logs.py::test_what_respondents_do_is_dropped",
    ),
    "no_third_party": (f"{SITE}/test_security.py::test_page_allows_only_its_own_scripts_and_styles",),
    "once": (f"{EDITIONS}/test_closing.py::test_a_second_close_changes_nothing",),
    "groups": (
        f"{PUBLISH}/test_attacks.py::test_every_figure_is_that_of_its_base_and_none_can_be_taken_apart",
        f"{LOOP}/test_history.py::test_everything_ever_published_together_leaves_nobody_alone",
    ),
    "fixed": (f"{SURVEYS}/test_guards.py::test_no_promise_can_be_broken",),
    "leaders": (f"{PUBLISH}/test_edition.py::test_whether_the_leader_answered_follows_from_no_number",),
    "few_left": (
        "tests/reports/counts/test_counting.py::test_whoever_is_left_with_too_few_changes_no_number",
        f"{EDITIONS}/test_closing.py::test_whoever_is_left_with_too_few_changes_no_number_of_the_report",
    ),
    "every_question": (f"{PUBLISH}/test_edition.py::test_a_hidden_cell_is_left_out_above_by_hand",),
    "detail": (
        f"{PUBLISH}/test_edition.py::test_five_to_nine_get_level_words_and_no_more",
        f"{PUBLISH}/test_rules_by_hand.py::test_two_statements_below_thirty_have_words_alone_and_from_thirty_classes",
        f"{PUBLISH}/test_two_statements.py::"
        "test_what_everybody_gave_to_one_of_two_statements_is_not_told_to_an_outsider",
    ),
    "one_statement": (
        f"{PUBLISH}/test_edition.py::test_one_statement_has_a_score_from_thirty_on",
        f"{PUBLISH}/test_small_groups.py::test_of_one_statement_no_set_of_answers_is_told",
    ),
    "open_links": (f"{PUBLISH}/test_edition.py::test_by_an_open_link_words_and_shares_below_thirty",),
    "rounded": (
        f"{PUBLISH}/test_bars.py::test_three_classes_leave_three_possibilities",
        f"{PUBLISH}/test_bars.py::test_five_classes_leave_three_possibilities",
    ),
    "nearly_same": (
        f"{SURVEYS}/history/test_resemblance.py::test_one_to_four_people_more",
        f"{PUBLISH}/test_attacks.py::test_nor_where_some_were_asked_shortly_before",
    ),
    "comments": (
        f"{PUBLISH}/test_edition.py::test_comments_are_ordered_by_a_secret_not_by_who_wrote_them",
        "tests/reports/files/test_comments.py::test_whoever_has_no_comments_never_gets_a_file_with_them",
    ),
    "written_once": (f"{EDITIONS}/test_closing.py::test_sealed_rows_refuse_to_change",),
}

HEAD = """\
# What respondents are promised, and what holds each promise

People rate their own leaders. They answer openly if they know who will read it, so the promise made to them is part of
the product: it is written once, in [diagnostics/promises.py](../diagnostics/promises.py), pages take their words from
there, and behind every sentence below stand the tests that fail when it stops being true. `make test` runs them all;
`make test-deep` runs the long forms of the attacks and prints what they found. This page is written by
`python -m tests.site.promises`.

We say *confidential*, never *anonymous*. The promise holds by what is stored and by what can be worked out from it, not
because a page remembers to hide something:

- **A link is a key.** Its token names one ballot and says which version of the link it is. What was saved or handed in
  opens only to that version; the database holds a fingerprint of the token, which opens nothing.
- **Nobody's row says what they did.** Drafts and ballots are named by tags that only a token, or a key that workers
  hold outside the database, can make. Workers find out who is still to be reminded, and count, and write neither down.
- **Only sums of groups leave.** At the close one partition of all who answered is formed, figures rest on whole parts
  of it, and then answers and keys are destroyed ([decision 7](decisions/0007-one-partition.md),
  [14](decisions/0014-nothing-kept.md), [15](decisions/0015-versions-of-a-link.md)).

Numbers are those of a survey by personal invitation (groups of five or more).
"""

PARTS = {
    "Whoever runs a survey owns nobody's link": CAPABILITY,
    "Nobody learns who took part": SEPARATION,
    "Only groups are shown": DISCLOSURE,
}

LIMITS_HEAD = """\
## Where protection ends

These limits are printed where they matter: on the first page of every survey and on the page about protection.
"""


def document() -> str:
    return "\n".join([HEAD, *(_part(title, list(part)) for title, part in PARTS.items()), LIMITS_HEAD, *_limits(), ""])


def _part(title: str, names: list[str]) -> str:
    rows = "\n".join(f"| {said(name, FACTS)} | {'<br>'.join(_linked(HELD_BY[name]))} |" for name in names)
    return f"## {title}\n\n| promise | held by |\n|---|---|\n{rows}\n"


def _linked(tests: tuple[str, ...]) -> Iterator[str]:
    for test in tests:
        path, _colons, name = test.partition("::")
        yield f"[{name.rpartition('::')[2].removeprefix('test_').replace('_', ' ')}](../{path})"


def _limits() -> Iterator[str]:
    return (f"- {said(name, FACTS)}" for name in LIMITS)


def tests_in(path: Path) -> set[str]:
    """The names of the test functions of a file, with that of their class where they have one."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{one.name}" for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def is_a_test(name: str) -> bool:
    """`tests/…/test_x.py::test_y`."""
    path, _colons, test = name.partition("::")
    return (ROOT / path).is_file() and test in tests_in(ROOT / path)


if __name__ == "__main__":
    import django

    django.setup()
    DOCUMENT.write_text(document())
