"""What could help a group, on its page; choosing what is shown of it; and the files that follow."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.audit.models import Entry
from core.jobs import running
from core.jobs.models import Job
from core.jobs.runs import Superseded
from reports.comparisons.models import Comparison
from reports.editions.links import address_of, make_links
from reports.editions.models import ChosenSteps, PublishedSlice
from reports.editions.releasing import release
from reports.files import making
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.files.next_steps import Choice, choose_next_steps
from reports.readings.survey.slice import read_slice
from tests.diagnostics.launched import workspace_of
from tests.pages import tight
from tests.reports.published import published_ward
from tests.reports.stories import made

pytestmark = pytest.mark.usefixtures("instrument")
TASK, ROUTE = ("task", "team"), ("route", "team")


def given(person: int, condition: str, space: str, place: int) -> int:
    """Task in the team is low, two of its statements most; Route there is seen in two camps."""
    if (condition, space) == ROUTE:
        return 5 if person % 2 else 1
    return 4 if (condition, space) != TASK else 1 if place in (3, 6) else 3


@pytest.fixture
def ward(alice, bob) -> PublishedSlice:
    """Bob is a consultant."""
    return published_ward(alice, given, workspace=workspace_of(alice, consultant=bob))


def page(name: str, one: PublishedSlice) -> str:
    return reverse(f"reports:{name}", args=[one.public_id])


def sent(answer, **changes) -> dict[str, object]:
    """What the form of this page sends, with changes: names of fields with '_' for '-'."""
    html = answer.content.decode()
    ticked: dict[str, object] = {}
    for box in re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", html):
        name, value = re.search(r'name="([^"]+)"', box), re.search(r'value="([^"]+)"', box)
        if name and re.search(r"\schecked", box):
            ticked.setdefault(name[1], []).append(value[1] if value else "on")
    stood = re.search(r'name="stood" value="([^"]*)"', html)[1].replace("&quot;", '"')
    return ticked | {"stood": stood} | {name.replace("_", "-"): value for name, value in changes.items()}


def chosen(one: PublishedSlice) -> dict[tuple[str, str], tuple[list[str], bool]]:
    return {(row.condition, row.space): (row.actions, row.with_questions) for row in one.chosen_steps.all()}


def test_a_report_says_what_could_help_and_only_hosts_choose(ward, alice, client_for):
    answer = client_for(alice).get(page("slice", ward))
    said = tight(answer)
    for words in (
        "What could help",
        "Could the people doing the work say what is wanted, and would they agree with each other?",
        "If not: Direction",
        "It may resemble <b>Pulling in different directions</b>",
        "Two camps can look like a middle. Where answers lie far apart",
        "Such a change shows within days.",
    ):
        assert words in said
    assertContains(answer, 'href="#next-task-team"')
    assertContains(answer, page("next_steps", ward))

    letter = release(edition=ward.edition, by=alice, now=timezone.now(), to_leaders=True)
    ward.group.leader_email = "lea@example.org"
    ward.group.save()
    (link,) = make_links(letter, ["lea@example.org"], now=timezone.now())
    reader = Client()
    reader.get(address_of(link))
    answer = reader.get(page("slice", ward))
    assertContains(answer, "Such a change shows within days.")
    assertNotContains(answer, page("next_steps", ward))
    assert reader.get(page("next_steps", ward)).status_code == 302
    assert reader.post(page("next_steps", ward), {}).status_code == 401
    assert not chosen(ward)


def test_what_is_chosen_is_what_slides_and_files_show(ward, alice, client_for):
    client, address = client_for(alice), page("next_steps", ward)
    form = client.get(address)
    few = sent(form)
    assert few["actions-task-team"] == ["future-headline"]  # as proposed
    assert "actions-route-team" not in few
    many = sent(form, actions_task_team=["ask-five", "task-talk", "meeting-reset", "skills-map"])
    assertContains(client.post(address, many), "Choose three at most")
    answer = client.post(address, sent(form, actions_task_team=["meeting-reset", "ask-five"], questions_task_team=""))
    assertRedirects(answer, page("slice", ward), fetch_redirect_response=False)  # at its top, where it says so
    assert chosen(ward) == {TASK: (["ask-five", "meeting-reset"], False), ROUTE: ([], True)}
    assert Entry.objects.get(verb="choose_next_steps").detail == {"survey": ward.edition.survey.public_id}

    release(edition=ward.edition, by=alice, now=timezone.now(), to_leaders=True)
    slides = tight(client.get(page("present", ward)))
    task, route = "What could help: Task in the team", "What may lie behind Route in the team"
    assert "First: what may lie behind it?" not in slides
    assert (
        slides.rindex(task) < slides.index("Reset one meeting") < slides.rindex(route)
    )  # after the list of all slides
    everything = Choice((), with_questions=False)
    choose_next_steps(of=ward, choices={TASK: everything, ROUTE: everything}, by=alice)
    slides = tight(client.get(page("present", ward)))
    assert task not in slides
    assert route not in slides


def test_what_a_colleague_chose_meanwhile_is_not_overwritten(ward, alice, bob, client_for):
    address = page("next_steps", ward)
    mine, theirs = client_for(alice).get(address), client_for(bob).get(address)
    client_for(bob).post(address, sent(theirs, actions_task_team=["task-talk"], actions_route_team=["pre-mortem"]))
    answer = client_for(alice).post(address, sent(mine, actions_task_team=["ask-five"]))
    assertContains(answer, "It was changed meanwhile. Save again to have yours instead")
    assert chosen(ward)[TASK] == (["task-talk"], True)
    client_for(alice).post(address, sent(answer))
    assert chosen(ward) == {TASK: (["ask-five"], True), ROUTE: (["pre-mortem"], True)}  # what was left alone stays


def test_files_that_show_other_next_steps_are_made_anew(ward, alice):
    """Those that are there go, one that is being made begins again, and files that show none stay."""
    elsewhere = Comparison.objects.create(
        edition=ward.edition,
        groups=[{"name": "", "slices": [ward.public_id]}],
        is_against_others=True,
        choice="one",
        created_at=timezone.now(),
    )
    kinds = Document.Kind
    for kind in (kinds.SLICE_SLIDES, kinds.SLICE_CSV):
        made(ask_for_file(of=ward, kind=kind, by=alice))
    pack = ask_for_file(of=elsewhere, kind=kinds.COMPARISON_PACK, by=alice, minutes=60)
    Job.objects.filter(pk=pack.pk).update(status=Job.Status.DONE)
    begun = ask_for_file(of=ward, kind=kinds.SLICE_PDF, by=alice)
    run = running.claim(begun.pk, now=timezone.now())
    as_it_was = {TASK: Choice(("future-headline",), with_questions=True)}

    choose_next_steps(of=ward, choices=as_it_was, by=alice)
    assert set(ward.documents.values_list("kind", flat=True)) == {kinds.SLICE_CSV}
    assert not Job.objects.filter(pk=pack.pk).exists()
    with pytest.raises(Superseded):
        making.make_document(run)
    assert made(begun).status == Job.Status.DONE  # by the next worker
    choose_next_steps(of=ward, choices=as_it_was, by=alice)  # nothing else was chosen
    assert set(ward.documents.values_list("kind", flat=True)) == {kinds.SLICE_CSV, kinds.SLICE_PDF}
    made(ask_for_file(of=ward, kind=kinds.SLICE_SLIDES, by=alice))
    assert ward.documents.count() == 3


def test_where_nothing_comes_first_there_is_nothing_to_choose(alice, client_for):
    flat = published_ward(alice, lambda *_: 4)
    assertNotContains(client_for(alice).get(page("slice", flat)), "next-steps/")
    assertContains(client_for(alice).get(page("next_steps", flat)), "there is nothing to choose")


def test_an_action_that_the_model_has_no_longer_is_left_out(ward, alice, client_for):
    ChosenSteps.objects.create(slice=ward, condition="task", space="team", actions=["gone"], with_questions=False)
    assert not read_slice(ward).next_steps[0].is_shown
    assertContains(client_for(alice).get(page("next_steps", ward)), "Three-question task talk")
