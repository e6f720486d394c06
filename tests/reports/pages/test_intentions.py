"""From a place of a result to an intention kept, met again and looked back on; it is its leader's alone."""

import datetime
import html

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.jobs.models import Job
from core.post.models import Message
from diagnostics.self_assessments.models import Share
from reports.intentions.actions import ask_for_next_time, change, keep
from reports.intentions.letters import leaves_at, of_intention, of_next_time
from reports.intentions.models import Intention, NextTime
from reports.readings import guidance, improvement
from tests.reports.stories import made, submitted

DAY = {"day_day": "1", "day_month": "3", "day_year": "2099"}


@pytest.fixture
def own(instrument, ruth, now):
    low = {"R1.system": 2, "R2.system": 2}
    return submitted(ruth, now=now, spaces=("self", "team", "system"), answers={"T5.team": 1, "T7.team": 3} | low)


@pytest.fixture
def address(own):
    return f"/reports/self-assessments/{own.public_id}/task/team/next-step/"


def kept_by(own, *, words="Ask three people.", days=30, **how):
    day = timezone.localdate() + datetime.timedelta(days=days)
    how = {"place": ("task", "team"), "wants_reminder": True, "now": timezone.now()} | how
    return keep(self_assessment=own, words=words, day=day, **how)


# --- A next step ---------------------------------------------------------------------------------


def test_a_place_offers_questions_in_order_and_what_fits_its_lowest_answer(address, ruth, client_for):
    page = client_for(ruth).get(address)
    said = html.unescape(page.content.decode())
    asked = [said.index(str(one.ask)) for one in improvement.sorting_questions().values()]
    assert asked == sorted(asked)
    assert improvement.action(guidance.indicator("T5").interventions[0]).title in said


def test_answers_point_to_a_cause_and_are_kept_nowhere(address, ruth, client_for):
    page = client_for(ruth).post(address, {"direction": "yes", "capability": "no", "company": "alone"})
    assertContains(page, "Capability comes first")
    assertContains(page, improvement.root_causes()["capability"].how_to_tell_it_apart)
    said = html.unescape(page.content.decode())
    shown = [one for one in improvement.actions().values() if f'#{one.key}"' in said]
    assert 2 <= len(shown) <= 3
    assert all("capability" in one.root_causes or one.key in _listed("capability") for one in shown)


def _listed(cause: str) -> tuple[str, ...]:
    of = improvement.root_causes()[cause]
    return of.primary + of.secondary


# --- Keeping one -----------------------------------------------------------------------------------


def test_an_intention_begins_from_an_action_and_ends_up_in_own_words(address, own, ruth, client_for):
    client = client_for(ruth)
    form = client.get(f"{address}keep/?action=done-means")
    assertContains(form, improvement.action("done-means").first_step.split("'")[0])
    posted = {"words": "Write down what done means.", "wants_reminder": "on", **_day(40)}
    assertRedirects(client.post(f"{address}keep/?action=done-means", posted), "/reports/intentions/")
    kept = Intention.objects.get()
    assert (kept.leader, kept.condition, kept.space, kept.action) == (ruth, "task", "team", "done-means")
    page = client.get(f"/reports/self-assessments/{own.public_id}/")
    assertContains(page, "Write down what done means.")


def _day(days: int) -> dict[str, str]:
    day = timezone.localdate() + datetime.timedelta(days=days)
    return {"day_day": day.day, "day_month": day.month, "day_year": day.year}


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"words": "", **_day(9)}, "Write what you mean to do"),
        ({"words": "x" * 601, **_day(9)}, "Shorten this to 600 characters; it has 601 now."),
        ({"words": "Now.", **_day(0)}, "Choose a day to come"),
        ({"words": "Once.", **DAY}, "Check the year: 2099"),
        ({"words": "Some day."}, "Enter the day by which"),
    ],
)
def test_what_cannot_be_kept_says_why_and_loses_no_word(address, ruth, client_for, posted, said):
    page = client_for(ruth).post(f"{address}keep/", posted)
    assertContains(page, said, status_code=422)
    assertContains(page, posted["words"], status_code=422)
    assert not Intention.objects.exists()


def test_two_are_enough_and_the_same_is_kept_once(own, address, ruth, client_for):
    assert kept_by(own) == kept_by(own)
    kept_by(own, words="Another.")
    page = client_for(ruth).post(f"{address}keep/", {"words": "A third.", **_day(9)})
    assertContains(page, "You have two intentions already.", status_code=422)


def test_it_is_its_leaders_alone_also_where_the_result_is_shared(own, bob, client_for, now):
    kept = kept_by(own)
    Share.objects.create(self_assessment=own, reader=bob, shared_at=now)
    client = client_for(bob)
    assertNotContains(client.get(f"/reports/self-assessments/{own.public_id}/"), kept.words)
    assertNotContains(client.get("/reports/intentions/"), kept.words)
    for part in ("", "change/", "delete/"):
        assert client.get(f"/reports/intentions/{kept.public_id}/{part}").status_code == 404


# --- Meeting it again ------------------------------------------------------------------------------


def test_looking_back_ends_it_and_makes_room(own, ruth, client_for):
    kept, client = kept_by(own), client_for(ruth)
    page = f"/reports/intentions/{kept.public_id}/"
    assertContains(client.post(page, {}), "Choose how it went", status_code=422)
    client.post(page, {"outcome": "partly", "looking_back": "Two of three answered."})
    kept.refresh_from_db()
    assert (kept.outcome, kept.looking_back, kept.is_open) == ("partly", "Two of three answered.", False)
    assertContains(
        client.post(f"{page}change/", {"words": "New.", **_day(9)}), "so it stays as it was", status_code=422
    )
    listed = client.get("/reports/intentions/")
    assertContains(listed, "I did some of it")
    assertContains(listed, '<a href="/self-assessments/" aria-current="page">Self-assessments</a>', html=True)


def test_a_place_for_which_there_is_one_is_not_suggested_again(instrument, ruth, client_for, now):
    answers = {
        f"{condition}{number}.team": 1 if condition == "A" else 4 for condition in "TRACE" for number in range(1, 8)
    }
    own = submitted(ruth, now=now, spaces=("team",), answers=answers)
    page = f"/reports/self-assessments/{own.public_id}/"
    suggested = f'<a href="{page}alignment/team/next-step/">'
    assertContains(client_for(ruth).get(page), suggested)
    kept_by(own, place=("alignment", "team"))
    answer = client_for(ruth).get(page)
    assertNotContains(answer, suggested)
    assertContains(answer, "Every other place in the map has its next step too.")


def test_an_open_one_is_met_again_at_the_next_self_assessment(own, ruth, client_for, now):
    kept = kept_by(own)
    later = submitted(ruth, now=now + datetime.timedelta(days=90))
    assertContains(client_for(ruth).get("/self-assessments/start/"), f"/reports/intentions/{kept.public_id}/")
    assertContains(client_for(ruth).get(f"/reports/self-assessments/{later.public_id}/"), kept.words)


def test_its_day_may_come_too_early_to_see_a_change(own, ruth, client_for):
    kept = kept_by(own, begun_from="done-means", days=2)
    advice = improvement.time_scale_of(improvement.action("done-means")).too_soon
    assertContains(client_for(ruth).get(f"/reports/intentions/{kept.public_id}/"), advice)


def test_deleting_asks_first(own, ruth, client_for):
    kept, client = kept_by(own), client_for(ruth)
    page = client.get(f"/reports/intentions/{kept.public_id}/delete/")
    assertContains(page, kept.words)
    client.post(f"/reports/intentions/{kept.public_id}/delete/", {"seen": page.context["form"]["seen"].value()})
    assert not Intention.objects.exists()


# --- Reminders -------------------------------------------------------------------------------------


def due(kind: str) -> Job:
    job = Job.objects.get(kind=kind)
    Job.objects.filter(pk=job.pk).update(not_before=None)
    return made(job)


def test_one_letter_leaves_on_the_morning_of_the_day_and_does_not_say_what(own, ruth):
    kept = kept_by(own)
    assert Job.objects.get(kind="remind_of_intention").not_before == leaves_at(kept.day)
    assert due("remind_of_intention").status == Job.Status.DONE
    letter = Message.objects.get(kind="reports.intention")
    assert letter.to == ruth.email
    rendered = of_intention(letter.reference, "en-gb")
    assert kept.words not in rendered.text
    assert f"/reports/intentions/{kept.public_id}/" in rendered.text
    kept.refresh_from_db()
    assert kept.reminded_at


def test_nobody_is_reminded_of_what_was_moved_or_looked_back_on(own):
    kept = kept_by(own)
    change(intention=kept, words=kept.words, day=kept.day + datetime.timedelta(days=7), wants_reminder=True)
    first, moved = Job.objects.filter(kind="remind_of_intention").order_by("pk")
    Job.objects.update(not_before=None)
    made(first)
    assert not Message.objects.filter(kind="reports.intention").exists()
    Intention.objects.update(outcome="done", ended_at=timezone.now())
    made(moved)
    assert not Message.objects.filter(kind="reports.intention").exists()


def test_who_asks_is_reminded_to_look_again_unless_they_did(own, ruth, client_for):
    client = client_for(ruth)
    client.post(f"/reports/self-assessments/{own.public_id}/next-time/", {"wanted": "yes"})
    asked = NextTime.objects.get()
    assertContains(client.get(f"/reports/self-assessments/{own.public_id}/"), "You are reminded on")
    assert due("remind_of_next_time").status == Job.Status.DONE
    letter = Message.objects.get(kind="reports.next_time")
    assert "/self-assessments/start/" in of_next_time(letter.reference, "en-gb").text
    NextTime.objects.all().delete()
    submitted(ruth, now=own.submitted_at + datetime.timedelta(days=60))
    ask_for_next_time(self_assessment=own, day=asked.day + datetime.timedelta(days=1))
    Job.objects.update(not_before=None)
    made(Job.objects.filter(kind="remind_of_next_time").latest("pk"))
    assert Message.objects.filter(kind="reports.next_time").count() == 1


def test_nobody_is_asked_whether_to_be_reminded_of_a_day_that_has_passed(instrument, ruth, client_for, now):
    own = submitted(ruth, now=now - datetime.timedelta(days=200))
    client = client_for(ruth)
    assertNotContains(client.get(f"/reports/self-assessments/{own.public_id}/"), "Remind me on")
    client.post(f"/reports/self-assessments/{own.public_id}/next-time/", {"wanted": "yes"})
    assert not NextTime.objects.exists()


def test_an_address_that_is_not_confirmed_gets_no_letter(own, ruth, client_for, address):
    EmailAddress.objects.update(verified=False)
    assertContains(client_for(ruth).get(f"{address}keep/"), "confirm your address on your account page first")
    kept_by(own)
    due("remind_of_intention")
    assert not Message.objects.filter(kind="reports.intention").exists()
