"""A result by a link: from making it to its end, as the leader and whoever holds it meet it."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from core.audit.models import Entry
from core.jobs.models import Job
from core.post.models import Message
from core.post.sending import SEND
from diagnostics.self_assessments import actions, linking
from diagnostics.self_assessments.forgetting import FORGET
from diagnostics.self_assessments.links import address_of, token_of
from diagnostics.self_assessments.models import ResultLink, ResultReply, SelfAssessment
from tests.diagnostics.assessing import finished_by, make_colleagues
from tests.pages import filled_in, press, tight
from tests.reports.stories import made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("instrument")]

NOW = timezone.now()
SAID = "I rarely say how I decide."
TYPED = {"name": "Coach Ola", "text": "What would <b>Ada</b> say?\nAsk her."}


@pytest.fixture
def own(alice) -> SelfAssessment:
    alice.name = "Alice Ngozi Okafor"
    alice.save()
    draft = actions.start(leader=alice, primary_space="team", preset="brief", spaces=("team",), now=NOW)
    first = draft.version.pages[0]["open_questions"][0]["key"]
    rated = dict(zip(draft.version.statement_keys, (1, 5, 0, 4, 4, 4, 4, 4), strict=False))
    actions.save(self_assessment=draft, answers=rated, comments={first: SAID}, now=NOW)
    actions.submit(self_assessment=draft, now=NOW)
    return draft


def made_link(own: SelfAssessment, **chosen) -> ResultLink:
    usual = {"meant_for": "", "days": 30, "with_answers": False, "with_comments": False}
    return linking.make_link(self_assessment=own, **usual | chosen, by=own.leader, now=timezone.now())


def entered(link: ResultLink) -> Client:
    """Somebody without an account who has opened it."""
    coach = Client()
    assert coach.get(reverse("reports:shared_by_link", args=[token_of(link)])).status_code == 302
    coach.post(page_of(link, "open_shared_result"))
    return coach


def page_of(link: ResultLink, name: str = "shared_result") -> str:
    return reverse(f"reports:{name}", args=[link.public_id])


def url(name: str, own: SelfAssessment, *more: str) -> str:
    return reverse(f"self_assessments:{name}", args=[own.public_id, *more])


# --- Making it -------------------------------------------------------------------------------------


def test_a_link_is_made_shown_once_and_ends_when_it_says(client_for, alice, own, settings):
    browser = client_for(alice)
    offered = browser.get(url("new_link", own))
    assert filled_in(offered) == {"days": 30}
    page = browser.post(url("new_link", own), {"meant_for": "my coach", "days": "7"}, follow=True)
    link = own.links.get()
    assert address_of(link) in tight(page)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another one"
    assert address_of(link) in tight(page)
    again = tight(browser.get(url("share", own)))
    assert token_of(link) not in again
    last = timezone.localdate() + datetime.timedelta(days=7)
    assert all(words in again for words in ("my coach", "Without answers and comments", "Not opened"))
    assert link.last_day == last
    assert timezone.localtime(link.ends_at).time() == datetime.time.min
    assert token_of(link) not in str(vars(link))
    assert "1 link opens it to whoever has it" in tight(
        browser.get(reverse("reports:self_assessment", args=[own.public_id]))
    )
    assert "Whoever has a link of yours" in tight(browser.get(reverse("self_assessments:list")))
    browser.post(url("new_link", own), {"meant_for": "my coach", "days": "7"})
    assert own.links.count() == 1


def test_a_draft_has_no_link_and_nobody_else_makes_or_ends_one(client_for, alice, bob, own):
    make_colleagues(alice, bob)
    actions.share(self_assessment=own, reader=bob, by=alice, now=NOW)
    link = made_link(own)
    reader = client_for(bob)
    assert reader.post(url("new_link", own), {"days": "7"}).status_code == 404
    assert reader.post(url("end_link", own, link.public_id)).status_code == 404
    draft = alice.self_assessments.create(version=own.version, primary_space_id="team", started_at=NOW)
    assert client_for(alice).post(url("new_link", draft), {"days": "7"})["Location"] == url("review", draft)
    assert [link] == list(ResultLink.objects.standing())


# --- Reading ---------------------------------------------------------------------------------------


def test_whoever_holds_the_link_is_told_first_then_reads_and_the_day_alone_is_noted(own):
    link = made_link(own)
    coach = Client()
    way_in = coach.get(reverse("reports:shared_by_link", args=[token_of(link)]))
    assert (way_in["Location"], way_in["Referrer-Policy"]) == (page_of(link), "no-referrer")
    first = coach.get(page_of(link))
    assert "sees the day on which this link was first opened" in tight(first)
    assert "What may be worth a thought" not in tight(first)
    assert (first["X-Robots-Tag"], "no-store" in first["Cache-Control"]) == ("noindex, nofollow", True)
    assert ResultLink.objects.get().opened_on is None
    page = coach.post(page_of(link, "open_shared_result"), follow=True)
    assert token_of(link) not in page.content.decode()
    text = tight(page)
    assert all(
        words in text for words in ("How Alice saw it", "shared with you by Alice Ngozi Okafor until", "can be printed")
    )
    assert SAID not in text
    assert "Each of Alice’s answers" not in text
    assert ResultLink.objects.get().opened_on == timezone.localdate()
    assert not Entry.objects.filter(verb__contains="open").exists()


def test_answers_and_comments_are_there_where_the_leader_said_so(own):
    text = tight(entered(made_link(own, with_answers=True, with_comments=True)).get(page_of(ResultLink.objects.get())))
    scale = own.version.content["scale"]
    assert SAID in text
    for rating, point in ((1, 0), (5, 4)):
        assert f"{rating}, {scale['points'][point]['label']}" in text
    assert escape(scale["not_scored_label"]) in text
    assert own.version.content["pages"][0]["indicators"][0]["statements"][0]["text"] in text


def test_the_leader_who_looks_does_not_count_and_cannot_reply(client_for, alice, own):
    link = made_link(own)
    browser = client_for(alice)
    browser.get(reverse("reports:shared_by_link", args=[token_of(link)]))
    page = browser.post(page_of(link, "open_shared_result"), follow=True)
    assert "This is what whoever holds the link sees." in tight(page)
    assert browser.post(page_of(link, "reply"), TYPED).status_code == 410
    assert ResultLink.objects.get().opened_on is None


def test_a_link_opens_nothing_else_of_its_leader(own, alice):
    earlier = finished_by(alice, now=NOW - datetime.timedelta(days=99))
    link = made_link(own)
    coach = entered(link)
    text = coach.get(page_of(link)).content.decode()
    assert earlier.public_id not in text
    assert "Since last time" not in text
    for one in (own, earlier):
        for name in ("reports:self_assessment", "reports:figure", "self_assessments:share", "self_assessments:delete"):
            assert coach.get(reverse(name, args=[one.public_id]))["Location"].startswith("/accounts/login/")
        file = reverse("reports:document", args=[one.public_id, "pdf"])
        assert coach.get(file)["Location"].startswith("/accounts/login/")


def test_every_link_that_opens_nothing_gets_the_same_page_and_no_content(client_for, alice, own):
    kept, ended, over, lost = (made_link(own, meant_for=name) for name in ("kept", "ended", "over", "deleted with it"))
    other = finished_by(alice, preset="pulse")
    gone = made_link(other)
    coaches = {link: entered(link) for link in (ended, over, gone)}
    secret = token_of(ended)
    client_for(alice).post(url("end_link", own, ended.public_id))
    ResultLink.objects.filter(pk=over.pk).update(ends_at=timezone.now())
    number = gone.public_id
    actions.delete(self_assessment=other, by=alice)
    answers = [
        coaches[ended].get(page_of(ended)),
        coaches[ended].post(page_of(ended, "open_shared_result")),
        Client().get(reverse("reports:shared_by_link", args=[secret])),
        coaches[over].get(page_of(over)),
        Client().get(reverse("reports:shared_by_link", args=[token_of(over)])),
        coaches[gone].get(reverse("reports:shared_result", args=[number])),
        Client().get(reverse("reports:shared_by_link", args=[f"{token_of(kept)}x"])),
        Client().get(page_of(kept)),  # its address without the link
        coaches[ended].get(page_of(lost)),  # nor does one link open another
    ]
    assert {answer.status_code for answer in answers} == {410}
    pages = {re.sub(r"nonce-?[^ ]*", "", tight(answer)) for answer in answers}
    assert len(pages) == 1
    assert "Alice" not in pages.pop()
    assert ResultLink.objects.get(pk=ended.pk).token_hash is None


def test_whoever_tries_too_many_waits(settings, own):
    settings.QUOTAS = settings.QUOTAS | {"guesses": {"client": (2, datetime.timedelta(hours=1))}}
    good, wrong = token_of(made_link(own)), [reverse("reports:shared_by_link", args=[f"no{n}"]) for n in range(3)]
    statuses = [Client().get(address).status_code for address in wrong]
    assert statuses == [410, 410, 429]
    assert Client().get(reverse("reports:shared_by_link", args=[good])).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert elsewhere.get(reverse("reports:shared_by_link", args=[good])).status_code == 302


# --- Replying --------------------------------------------------------------------------------------


def test_a_reply_is_written_changed_read_and_deleted(client_for, alice, own, instrument):
    link = made_link(own, meant_for="my coach")
    coach, leader = entered(link), client_for(alice)
    missing = coach.post(page_of(link, "reply"), {"name": "", "text": "x" * 2001})
    assert missing.status_code == 422
    assert "Shorten this to 2000 characters; it has 2001 now." in tight(missing)
    assert coach.post(page_of(link, "reply"), TYPED)["Location"] == f"{page_of(link)}#reply"
    letter = Message.objects.get(kind="self_assessments.reply")
    assert (letter.to, letter.about) == (alice.email, own.public_id)
    result = reverse("reports:self_assessment", args=[own.public_id])
    shown = tight(leader.get(result))
    assert "What would &lt;b&gt;Ada&lt;/b&gt; say?<br>Ask her." in shown
    assert "Coach Ola" in tight(leader.get(url("share", own)))
    assert f'href="{result}#replies"' in tight(leader.get(reverse("self_assessments:list")))
    stands = filled_in(coach.get(page_of(link)))
    assert (stands["name"], stands["text"]) == (TYPED["name"], TYPED["text"])
    coach.post(page_of(link, "reply"), stands | {"text": "Better."})
    assert (ResultReply.objects.get().text, Message.objects.filter(kind="self_assessments.reply").count()) == (
        "Better.",
        1,
    )
    press(leader, url("delete_reply", own, link.public_id))
    assert not ResultReply.objects.exists()
    coach.post(page_of(link, "reply"), TYPED)
    coach.post(page_of(link, "reply"), TYPED | {"to": "take-back"})
    assert not ResultReply.objects.exists()
    assert Message.objects.filter(kind="self_assessments.reply").count() == 1


def test_two_who_hold_the_same_link_lose_nothing_to_each_other(own):
    link = made_link(own)
    first, second = entered(link), entered(link)
    blank = filled_in(second.get(page_of(link)))
    first.post(page_of(link, "reply"), TYPED)
    refused = second.post(page_of(link, "reply"), blank | {"name": "Ben", "text": "Mine."})
    assert refused.status_code == 422
    assert "It was changed meanwhile" in tight(refused)
    assert ResultReply.objects.get().name == TYPED["name"]


def test_a_reply_that_comes_too_late_is_given_back(own):
    link = made_link(own)
    coach = entered(link)
    linking.end_link(link=link, by=own.leader, now=timezone.now())
    late = coach.post(page_of(link, "reply"), TYPED)
    assert (late.status_code, "What you had typed" in tight(late)) == (410, True)
    assert not ResultReply.objects.exists()


def test_a_reply_outlives_its_link(client_for, alice, own):
    link = made_link(own)
    linking.reply(link=link, **TYPED, now=timezone.now())
    linking.end_link(link=link, by=alice, now=timezone.now())
    assert TYPED["name"] in tight(client_for(alice).get(reverse("reports:self_assessment", args=[own.public_id])))


# --- Letters ---------------------------------------------------------------------------------------


def test_a_link_goes_by_letter_in_fixed_words(client_for, alice, own, mailoutbox):
    browser = client_for(alice)
    sent = {"meant_for": "SECRET NAME", "days": "30", "send_to": "Coach@Elsewhere.example"}
    browser.post(url("new_link", own), sent)
    browser.post(url("new_link", own), sent)
    made(Job.objects.get(kind=SEND))
    letter = mailoutbox[0]
    assert (letter.to, letter.reply_to) == (["coach@elsewhere.example"], [alice.email])
    assert address_of(own.links.get()) in letter.body
    assert "SECRET NAME" not in letter.body
    assert "Sent to coach@elsewhere.example" in tight(browser.get(url("share", own)))


def test_no_letter_goes_when_the_link_has_ended_or_the_address_of_the_leader_is_not_confirmed(
    client_for, alice, own, mailoutbox
):
    linking.end_link(link=made_link(own, send_to="coach@elsewhere.example"), by=alice, now=timezone.now())
    made(Job.objects.get(kind=SEND))
    assert not mailoutbox
    alice.emailaddress_set.update(verified=False)
    page = client_for(alice).post(url("new_link", own), {"days": "7", "send_to": "coach@elsewhere.example"})
    assert (page.status_code, "Confirm your e-mail address first" in tight(page)) == (422, True)
    assert own.links.count() == 1


def test_a_colleague_is_told_once(client_for, alice, bob, own, mailoutbox):
    make_colleagues(alice, bob)
    browser = client_for(alice)
    assert filled_in(browser.get(url("share", own))) == {"by_letter": True}
    for _press in range(2):
        browser.post(url("share", own), {"reader": bob.pk, "by_letter": "on"})
    actions.take_back(self_assessment=own, reader=bob, by=alice)
    browser.post(url("share", own), {"reader": bob.pk, "by_letter": "on"})
    made(Job.objects.get(kind=SEND))
    assert not mailoutbox  # it was taken back before the letter left, so that letter says nothing any more
    actions.take_back(self_assessment=own, reader=bob, by=alice)
    browser.post(url("share", own), {"reader": bob.pk, "by_letter": "on"})
    made(Job.objects.filter(kind=SEND).latest("pk"))
    assert reverse("reports:self_assessment", args=[own.public_id]) in mailoutbox[0].body
    actions.take_back(self_assessment=own, reader=bob, by=alice)
    browser.post(url("share", own), {"reader": bob.pk, "by_letter": "on"})
    assert Message.objects.filter(kind="self_assessments.shared").count() == 1


def test_links_have_a_limit(client_for, alice, own, settings):
    settings.QUOTAS = settings.QUOTAS | {"links": {"person": (1, datetime.timedelta(days=1))}}
    browser = client_for(alice)
    for name in ("One", "Two"):
        page = browser.post(url("new_link", own), {"meant_for": name, "days": "7"})
    assert "One person can make at most 1 links" in tight(page)
    assert (own.links.count(), page.status_code) == (1, 422)


# --- Going -----------------------------------------------------------------------------------------


def test_old_links_go_and_replies_stay(alice, own):
    quiet, told = made_link(own, meant_for="a", send_to="a@elsewhere.example"), made_link(own, meant_for="b")
    linking.reply(link=told, **TYPED, now=timezone.now())
    jobs = Job.objects.filter(kind=FORGET)
    assert {job.not_before - quiet.ends_at for job in jobs} == {datetime.timedelta(days=30)}
    linking.end_link(link=told, by=alice, now=timezone.now())
    assert jobs.get(version="ended").not_before < quiet.ends_at
    ResultLink.objects.update(ends_at=timezone.now() - datetime.timedelta(days=30))
    jobs.update(not_before=None)
    for job in jobs:
        made(job)
    left = ResultLink.objects.get()
    assert (left.pk, left.token_hash, left.reply.name) == (told.pk, None, TYPED["name"])
    assert not Message.objects.exclude(kind="account.x").exists()


def test_deleting_takes_links_replies_letters_and_work_along(client_for, alice, own):
    linking.reply(link=made_link(own, send_to="coach@elsewhere.example"), **TYPED, now=timezone.now())
    page = client_for(alice).get(url("delete", own))
    assert all(words in tight(page) for words in ("The link that opens it", "The reply you got is deleted with it."))
    press(client_for(alice), url("delete", own))
    for rows in (SelfAssessment, ResultLink, ResultReply, Message):
        assert not rows.objects.exists()
    assert not Job.objects.filter(kind__in=(FORGET, SEND)).exists()
