"""A consultant with a mailbox of their own tries every action of an open survey against somebody in it.

Whatever that person has done (nothing, begun, handed in, taken back, said 'I would rather not'), the consultant sees
the same, byte for byte, opens nothing of theirs, and takes nothing back.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from difflib import unified_diff

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.tasks import run_job
from diagnostics.answering.submitting import decline, withdraw
from diagnostics.sealing.boxes import open_ballot
from diagnostics.sealing.tokens import ballot_tag
from diagnostics.surveys.job_names import COUNT_ANSWERS, SEND_REMINDERS
from diagnostics.surveys.keys import link_key, private_key
from diagnostics.surveys.links import token_of
from diagnostics.surveys.models import Survey
from tests.diagnostics.launched import open_survey_now
from tests.diagnostics.respondents import Browser, respondent, saved, submitted
from tests.pages import press

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

MINE = "consultant@example.org"
SECRET = "Only my own link may ever show this"


def nothing(token: str) -> None:
    """Has not come yet."""


def begun(token: str) -> None:
    saved(token, now=timezone.now(), T5_team="2", OQ_task_helps=SECRET, matters_most="energy")


def handed_in(token: str) -> None:
    submitted(token, T5_team="2", OQ_task_helps=SECRET)


def taken_back(token: str) -> None:
    handed_in(token)
    withdraw(respondent=respondent(token))


def declined(token: str) -> None:
    decline(respondent=respondent(token))


STATES = (nothing, begun, handed_in, taken_back, declined)


class World:
    """One survey, one target in it, and what the consultant has seen so far."""

    def __init__(self, owner, client: Client) -> None:
        noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
        closes = noon + datetime.timedelta(days=9)  # the same in all worlds: pages carry it sealed
        self.survey = open_survey_now(
            owner, teams={"District nursing": 6, "Pharmacy": 1}, closes_at=closes, now=timezone.now()
        )
        self.client, self.seen = client, []
        self.invitation = self.survey.invitations.select_related("participant__group").order_by("pk")[0]
        self.token = token_of(self.invitation, link_key(self.survey))
        self.work()
        mail.outbox.clear()

    def work(self) -> None:
        """Workers do what is due, letters leave."""
        while numbers := list(Job.objects.filter(status="queued", not_before=None).values_list("pk", flat=True)):
            for number in numbers:
                run_job(number)

    def morning(self, kind: str) -> None:
        Job.objects.filter(kind=kind, subject=self.survey.public_id, status="queued").update(not_before=None)
        self.work()

    def url(self, name: str, *more: str) -> str:
        return reverse(f"surveys:{name}", args=[self.survey.public_id, *more])

    def person(self, name: str) -> str:
        return self.url(name, self.invitation.public_id)

    # --- What the consultant does, and sees ---

    def look(self, *, is_removed: bool = False) -> None:
        """Every page of the survey that tells of people, and the counts."""
        group = self.invitation.participant.group.public_id
        pages = [self.url(name) for name in ("dashboard", "participants", "new_reminder", "change_date", "close_now")]
        pages += [self.url("participants_in", group)]
        if not is_removed:
            pages += [self.person(name) for name in ("participant", "move_participant", "remove_participant")]
            pages += [f"{self.url('many_participants')}?do={do}&all=1" for do in ("again", "away", "remove")]
        pages += [reverse("reports:counts", args=[self.survey.public_id])]
        pages += [reverse("reports:audit", args=[self.survey.workspace.public_id])]
        self.seen += [self.told(self.client.get(page)) for page in pages]

    def send_to(self, address: str) -> str:
        """The link that comes of it."""
        answer = self.client.post(self.person("participant"), {"email": address}, follow=True)
        self.seen.append(self.told(answer))
        self.work()
        letters = [one for one in mail.outbox if one.to == [address] and "/s/" in one.body]
        self.seen.append(self.plain(letters[-1].subject + letters[-1].body, self.names()))
        return re.search(r"/s/([\w-]+)/", letters[-1].body)[1]

    def answer_by(self, token: str) -> None:
        """From the first page to the last, reading every byte on the way; then taking back what was handed in."""
        browser, key = Browser(), self.survey.public_id

        def page(name: str) -> str:
            return reverse(f"answering:{name}", args=[key])

        rating = reverse("answering:page", args=[key, "task"])
        self.seen.append(self.told(browser.get(reverse("answering:enter", args=[token]), follow=True)))
        self.seen.append(self.told(browser.post(page("start"), follow=True)))
        self.seen += [self.told(browser.get(one)) for one in (rating, page("review"), page("leave"), page("decline"))]
        self.seen.append(self.told(browser.post(rating, {"T5.team": "5"}, follow=True)))
        self.seen.append(self.told(browser.post(page("submit"), {"to": "submit"}, follow=True)))
        self.seen += [self.told(browser.get(one, follow=True)) for one in (page("welcome"), page("withdraw"))]
        self.seen.append(self.told(browser.post(page("withdraw"), follow=True)))
        self.seen.append(self.told(browser.get(reverse("answering:enter", args=[token]), follow=True)))

    def told(self, response) -> tuple:
        names = self.names()
        headers = {name: self.plain(value, names) for name, value in response.headers.items() if name != "Expires"}
        if b'name="seen"' in response.content:  # whose length follows from names drawn by chance
            headers.pop("Content-Length", None)
        way = self.plain(str(getattr(response, "redirect_chain", "")), names)
        return response.status_code, way, headers, self.plain(response.content.decode(), names)

    def names(self) -> dict[str, str]:
        """What is drawn by chance and stands for something: a letter says for what."""
        names = dict.fromkeys(self.survey.groups.values_list("public_id", flat=True), "g")
        names |= dict.fromkeys(self.survey.invitations.values_list("public_id", flat=True), "i")
        return names | {self.survey.public_id: "s", self.survey.workspace.public_id: "w"}

    def plain(self, text: str, names: dict[str, str]) -> str:
        """Without what is drawn by chance or by the clock in every answer; of equal length, so that sizes count."""
        for name, stands_for in names.items():
            text = text.replace(name, stands_for * len(name))
        text = re.sub(r'(?<=name="seen" value=")[^"]*', "", text)  # of names drawn by chance, and of the close
        text = re.sub(r"(?<![\w-])[\w-]{22,64}(?![\w-])", lambda found: "x" * len(found[0]), text)
        return re.sub(r"datetime=\"[^\"]*\"|\d\d:\d\d|\bjobs/\w+|#\w+-\d+", "", text)


@pytest.fixture
def worlds(alice, client_for) -> Iterator[Callable[[Callable], World]]:
    def made(state: Callable[[str], None]) -> World:
        world = World(alice, client_for(alice))
        state(world.token)
        return world

    return made


def everything_tried(world: World) -> World:
    mail.outbox.clear()
    world.look()
    again = world.send_to(world.invitation.participant.email)
    mine = world.send_to(MINE)
    world.look()
    world.answer_by(mine)
    world.morning(SEND_REMINDERS)
    world.morning(COUNT_ANSWERS)
    world.look()
    pharmacy = world.survey.groups.get(name="Pharmacy")
    moved = press(world.client, world.person("move_participant"), follow=True, group=pharmacy.public_id)
    world.seen.append(world.told(moved))
    world.work()
    world.morning(SEND_REMINDERS)
    world.morning(COUNT_ANSWERS)
    world.look()
    world.seen.append(world.told(Client().get(reverse("answering:enter", args=[again]))))
    names = world.names()
    world.seen.append(sorted(world.plain(one.subject + str(one.to) + one.body, names) for one in mail.outbox))
    world.seen.append(world.told(press(world.client, world.person("remove_participant"), follow=True)))
    world.morning(COUNT_ANSWERS)
    world.look(is_removed=True)
    return world


def differing(one: object, other: object) -> list[str]:
    """The lines in which two answers differ, so that a failure can be read."""
    return list(unified_diff(*(str(each).split("\\n") for each in (one, other)), lineterm="", n=0))


def test_whatever_somebody_has_done_the_consultant_sees_the_same(worlds):
    made = {state.__name__: worlds(state) for state in STATES}
    seen = {name: everything_tried(world).seen for name, world in made.items()}
    expected = seen["nothing"]
    for state, told in seen.items():
        assert len(told) == len(expected)
        for number, (one, other) in enumerate(zip(told, expected, strict=True)):
            assert one == other, (state, number, differing(one, other))
        assert SECRET not in str(told)


def test_a_draft_that_moved_to_the_new_link_would_be_seen(worlds, monkeypatch):
    """The negative control: as it was before versions of a link were told apart."""
    monkeypatch.setattr("diagnostics.answering.respondents.draft_tag", ballot_tag)
    monkeypatch.setattr("diagnostics.answering.respondents.draft_key", lambda token: bytes(32))
    first, second = worlds(begun), worlds(nothing)
    assert everything_tried(first).seen != everything_tried(second).seen


@pytest.mark.parametrize("state", [handed_in, taken_back])
def test_what_was_handed_in_stays_as_it_was(worlds, state):
    """And whoever handed in can still take it back."""
    world = worlds(state)
    before = ballot_in(world)
    everything_tried(world)
    assert ballot_in(world) == before
    if state is handed_in:
        browser, place = Browser(), Survey.objects.get(pk=world.survey.pk).public_id
        browser.get(reverse("answering:enter", args=[world.token]), follow=True)
        browser.post(reverse("answering:withdraw", args=[place]))
        assert ballot_in(world) == {"withdrawn": True} != before


def ballot_in(world: World) -> dict:
    own = world.survey.ballots.get(tag=ballot_tag(world.token))
    return open_ballot(own.sealed, private_key(world.survey))
