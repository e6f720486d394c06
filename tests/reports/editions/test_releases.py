"""Releasing an edition, taking it back, taking out comments, and who reads what because of it."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.audit.models import Entry
from diagnostics.surveys.models import Survey
from reports.comparisons.actions import Chosen, compare_groups
from reports.comparisons.models import Comparison
from reports.editions.access import Sight, load_slice, readable_editions
from reports.editions.models import Edition, PublishedComment, PublishedSlice, PurgePermit, Release
from reports.editions.releasing import redact_comment, release, withdraw_release
from reports.files.asking import ask_for_file
from reports.files.models import Document
from reports.files.purging import PurgeReason, purge_edition
from reports.files.subjects import SLICE
from reports.pages.releases.comments import AT_ONCE
from spaces.models import Membership, Role
from tests.conftest import make_user
from tests.diagnostics.launched import workspace_of
from tests.pages import press, tight
from tests.reports.stories import made
from tests.reports.surveys import answer, close, everything, invitations_of, open_for_answers

pytestmark = pytest.mark.usefixtures("instrument")
NURSES, PHARMACY = "District nursing", "Pharmacy"


@pytest.fixture
def dora(db):
    """A facilitator."""
    return make_user("Dora")


@pytest.fixture
def edition(alice, bob, dora) -> Edition:
    """Two teams whose leaders are named: nurses with comments, and pharmacists. Bob is a consultant."""
    workspace = workspace_of(alice, consultant=bob, facilitator=dora)
    survey = open_for_answers(alice, workspace=workspace, led=True)
    answer(invitations_of(survey, NURSES), everything(4, OQ_task_helps="On the wall."))
    answer(invitations_of(survey, PHARMACY), everything(2, OQ_task_helps="Not at all."))
    return close(survey).editions.get()


@pytest.fixture
def leader(edition):
    """Of the nurses."""
    return led_by("district-nursing1@example.org")


def led_by(address: str):
    user = make_user("Lena")
    user.emailaddress_set.update(email=address)
    return user


def part(name: str) -> PublishedSlice:
    return PublishedSlice.objects.get(group__name=name)


def seen_by(user) -> set[str]:
    return {one.group.name for one in PublishedSlice.objects.all() if SLICE.can_be_read_by(user, one.public_id)}


EVERYTHING = {"Community services", NURSES, PHARMACY}

# --- who reads what ---


def test_owner_and_consultant_read_all_without_a_release(edition, alice, bob):
    for user in (alice, bob):
        assert seen_by(user) == EVERYTHING
        assert load_slice(user, part(NURSES).public_id)[1].sees_comments_of(part(NURSES))
        assert list(readable_editions(user)) == [edition]


def test_facilitators_read_what_is_released_to_them(edition, alice, dora, now):
    assert seen_by(dora) == set()
    with pytest.raises(PermissionDenied):
        load_slice(dora, part(NURSES).public_id)
    release(edition=edition, by=alice, now=now, to=dora, part=part(NURSES))
    assert seen_by(dora) == {NURSES}
    assert list(readable_editions(dora)) == [edition]
    whole = release(edition=edition, by=alice, now=now, to=dora)
    assert seen_by(dora) == EVERYTHING
    withdraw_release(release=whole, by=alice, now=now)
    assert seen_by(dora) == {NURSES}


def test_a_facilitator_who_left_reads_nothing(edition, alice, dora, now):
    release(edition=edition, by=alice, now=now, to=dora)
    Membership.objects.filter(user=dora).delete()
    assert seen_by(dora) == set()
    assert not readable_editions(dora)
    with pytest.raises(Http404):
        load_slice(dora, part(NURSES).public_id)


def test_leaders_read_the_groups_they_lead(edition, alice, leader, charlie, now):
    assert seen_by(leader) == set()
    release(edition=edition, by=alice, now=now, to_leaders=True)
    assert seen_by(leader) == {NURSES}
    assert list(readable_editions(leader)) == [edition]
    assert seen_by(charlie) == set()
    assert not readable_editions(charlie)


def test_an_address_must_be_shown_to_be_ones_own(edition, alice, leader, now):
    release(edition=edition, by=alice, now=now, to_leaders=True)
    leader.emailaddress_set.update(verified=False)
    assert seen_by(leader) == set()
    assert not readable_editions(leader)


def test_addresses_are_the_same_in_any_case(edition, alice, leader, now):
    release(edition=edition, by=alice, now=now, to_leaders=True)
    leader.emailaddress_set.update(email="District-Nursing1@Example.org")
    assert seen_by(leader) == {NURSES}
    assert list(readable_editions(leader)) == [edition]


def test_a_release_of_one_group_reaches_its_leader_only(edition, alice, leader, now):
    release(edition=edition, by=alice, now=now, to_leaders=True, part=part(PHARMACY))
    assert seen_by(leader) == set()
    assert not readable_editions(leader)
    release(edition=edition, by=alice, now=now, to_leaders=True, part=part(NURSES))
    assert seen_by(leader) == {NURSES}


def test_site_staff_reads_nothing(edition, alice, now):
    staff = make_user("Staff")
    staff.is_staff = staff.is_superuser = True
    staff.save()
    release(edition=edition, by=alice, now=now, to_leaders=True)
    release(edition=edition, by=alice, now=now, to_respondents=True)
    assert seen_by(staff) == set()
    assert not readable_editions(staff)


def test_comments_go_only_where_they_were_released(edition, alice, dora, now):
    whole = part("Community services")
    release(edition=edition, by=alice, now=now, to=dora)
    assert not load_slice(dora, whole.public_id)[1].sees_comments_of(whole)
    release(edition=edition, by=alice, now=now, to=dora, part=whole, with_comments=True)
    sight = load_slice(dora, whole.public_id)[1]
    assert sight.sees_comments_of(whole)
    assert not sight.sees_comments_of(part(NURSES))


def test_a_reader_s_list_of_groups_has_only_theirs(edition, alice, dora, client_for, now):
    release(edition=edition, by=alice, now=now, to=dora, part=part(NURSES))
    page = client_for(dora).get(reverse("reports:survey", args=[edition.survey.public_id]))
    assertContains(page, NURSES)
    for hidden in (PHARMACY, "Podiatry", "14 people", "Release this report"):
        assertNotContains(page, hidden)


# --- the actions ---


def test_releasing_twice_is_one_release(edition, alice, dora, now):
    first = release(edition=edition, by=alice, now=now, to=dora)
    assert release(edition=edition, by=alice, now=now, to=dora) == first
    assert release(edition=edition, by=alice, now=now, to=dora, with_comments=True) != first
    withdraw_release(release=first, by=alice, now=now)
    assert release(edition=edition, by=alice, now=now, to=dora) != first


def test_releases_stand_in_the_log(edition, alice, dora, now):
    given = release(edition=edition, by=alice, now=now, to=dora, part=part(NURSES), with_comments=True)
    for _again in range(2):
        withdraw_release(release=given, by=alice, now=now)
    logged = Entry.objects.filter(object_kind="reports.edition").order_by("pk")
    assert [entry.verb for entry in logged] == ["release_edition", "take_back_release"]
    assert logged[0].detail["to"] == dora.pk
    assert logged[0].detail["with_comments"] is True


def test_only_facilitators_of_the_workspace_are_given_reports(edition, alice, bob, charlie, now):
    for user in (alice, bob, charlie):
        with pytest.raises(ValidationError, match="facilitators of this workspace"):
            release(edition=edition, by=alice, now=now, to=user)


def test_respondents_are_given_the_whole_only(edition, alice, now):
    with pytest.raises(ValidationError, match="never one group"):
        release(edition=edition, by=alice, now=now, to_respondents=True, part=part(NURSES))


def test_a_slice_of_another_edition_is_not_released(edition, alice, dora, now):
    other = Edition.objects.create(survey=edition.survey, number=2, parameters={}, ledger={}, published_at=now)
    with pytest.raises(ValidationError, match="not in this report"):
        release(edition=other, by=alice, now=now, to=dora, part=part(NURSES))


@pytest.mark.parametrize("flags", [{}, {"to_leaders": True, "to_respondents": True}])
def test_the_database_wants_one_kind_of_reader(edition, now, flags):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(edition=edition, released_at=now, **flags)


# --- comments ---


def test_a_comment_can_be_taken_out_before_it_is_released(edition, alice):
    comment = edition.comments.first()
    redact_comment(comment=comment, by=alice)
    comment.refresh_from_db()
    assert (comment.text, comment.is_redacted) == ("", True)
    assert Entry.objects.get(verb="redact_comment").detail == {"survey": edition.survey.public_id}
    assert Edition.objects.get().content_hash == edition.content_hash


def test_released_comments_stay_until_the_release_is_taken_back(edition, alice, dora, now):
    release(edition=edition, by=alice, now=now, to=dora)
    given = release(edition=edition, by=alice, now=now, to=dora, with_comments=True)
    comment = edition.comments.first()
    with pytest.raises(ValidationError, match="Take that back first"):
        redact_comment(comment=comment, by=alice)
    withdraw_release(release=given, by=alice, now=now)
    redact_comment(comment=comment, by=alice)
    assert edition.comments.filter(is_redacted=True).count() == 1


def test_a_file_is_fetched_by_whoever_may_read_its_page_now_even_if_they_hold_it_already(
    edition, alice, dora, now, client_for
):
    given = release(edition=edition, by=alice, now=now, to=dora, part=part(NURSES))
    addresses = {}
    for name in (NURSES, PHARMACY):
        made(ask_for_file(of=part(name), kind="slice_csv", by=alice))
        addresses[name] = reverse("reports:slice_document", args=[part(name).public_id, "slice_csv"])
    client = client_for(dora)
    first = client.get(addresses[NURSES])
    assert b"".join(first)
    held = {"if-none-match": first["ETag"]}
    assert client.get(addresses[NURSES], headers=held).status_code == 304
    assert client.get(addresses[PHARMACY]).status_code == 403
    withdraw_release(release=given, by=alice, now=now)
    for method in (client.get, client.head, client.options, client.post):
        assert method(addresses[NURSES], headers=held).status_code in (403, 405)
    assert client.get(addresses[NURSES], headers=held).status_code == 403


# --- purging ---


def test_purging_takes_an_edition_with_all_that_hangs_on_it(
    edition, alice, dora, now, django_capture_on_commit_callbacks
):
    release(edition=edition, by=alice, now=now, to=dora, part=part(NURSES))
    made(ask_for_file(of=part(NURSES), kind="slice_figure", by=alice))
    groups = [Chosen((part(NURSES),)), Chosen((part(PHARMACY),))]
    compared = compare_groups(edition=edition, chosen=groups, sight=Sight(is_manager=True), by=alice, now=now)
    made(ask_for_file(of=compared, kind="comparison_csv", by=alice))
    files = [document.file.name for document in Document.objects.all()]
    assert [default_storage.exists(file) for file in files] == [True, True]
    primary_key, survey = edition.pk, edition.survey.public_id
    with django_capture_on_commit_callbacks(execute=True):
        purge_edition(edition=edition, by=alice, reason=PurgeReason.RETENTION)
    for model in (Edition, PublishedSlice, PublishedComment, Release, Comparison, Document, PurgePermit):
        assert not model.objects.exists()
    assert Survey.objects.exists()
    logged = Entry.objects.get(verb="purge_edition")
    assert (logged.object_id, logged.detail) == (str(primary_key), {"survey": survey, "reason": "retention"})
    assert [default_storage.exists(file) for file in files] == [False, False]


def test_a_purge_needs_a_reason_that_is_known(edition, alice):
    with pytest.raises(ValueError, match="whim"), transaction.atomic():
        purge_edition(edition=edition, by=alice, reason="whim")
    assert Edition.objects.exists()
    assert not PurgePermit.objects.exists()


# --- the pages ---


def address(name: str, edition: Edition, *more: str) -> str:
    return reverse(f"reports:{name}", args=[edition.public_id, *more])


def member_id(user) -> str:
    return Membership.objects.get(user=user, role=Role.FACILITATOR).public_id


def test_a_report_is_released_by_a_form_and_taken_back_by_a_button(edition, alice, dora, client_for):
    client = client_for(alice)
    page = address("release", edition)
    given = {"reader": member_id(dora), "part": part(NURSES).public_id, "with_comments": "no"}
    assertRedirects(press(client, page, **given), page)
    shown = client.get(page)
    assertContains(shown, "without the comments")
    assert seen_by(dora) == {NURSES}
    back = address("take_back", edition, Release.objects.get().public_id)
    assertContains(shown, back)
    assertRedirects(client.post(back), page)
    assert "Taken back: Dora, District nursing" in tight(client.get(page))
    assert seen_by(dora) == set()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose who will see it"),
        ({"reader": "leaders"}, "Choose whether the comments go with it"),
        ({"reader": "nobody", "with_comments": "no"}, "nobody is not one of the available choices"),
    ],
)
def test_the_form_says_what_is_missing(edition, alice, client_for, given, sentence):
    assertContains(client_for(alice).post(address("release", edition), given), sentence)
    assert not Release.objects.exists()


def test_the_form_keeps_groups_from_respondents(edition, alice, client_for):
    given = {"reader": "respondents", "part": part(NURSES).public_id, "with_comments": "no"}
    assertContains(client_for(alice).post(address("release", edition), given), "Choose “Everything”")
    assert not Release.objects.exists()


def test_of_many_groups_one_is_typed(edition, alice, client_for, monkeypatch):
    client, page = client_for(alice), address("comments", edition)
    every = client.get(page).content.decode()
    assert "<select" in every
    monkeypatch.setattr("reports.pages.releases.comments.MOST_TO_CHOOSE_FROM", 0)
    path = _paths(every)[-1]
    words = " ".join(reversed(path.upper().replace("›", " ").split()))
    asked = client.get(page, {"group": words}).content.decode()
    assert "<select" not in asked
    assert f'value="{words}"' in asked
    assert _paths(asked) == [path]
    assert "No comment fits." in client.get(page, {"group": "nowhere"}).content.decode()


def _paths(page: str) -> list[str]:
    return re.findall(r'<h2 class="h3">(.*?)</h2>', page)


@pytest.mark.parametrize("reader", ["leaders", "respondents"])
def test_many_are_released_to_at_once(edition, alice, client_for, reader):
    press(client_for(alice), address("release", edition), reader=reader, part="", with_comments="yes")
    made_ = Release.objects.get()
    assert (made_.to_leaders, made_.to_respondents) == (reader == "leaders", reader == "respondents")
    assert made_.with_comments


def test_taking_out_a_comment_asks_first(edition, alice, client_for):
    comment = edition.comments.first()
    client, page = client_for(alice), address("redact", edition, comment.public_id)
    assertContains(client.get(page), comment.text)
    assert not PublishedComment.objects.filter(is_redacted=True).exists()
    assert client.post(page).status_code == 409  # nobody has looked
    press(client, page)
    assert client.get(page).status_code == 404
    whole = client.get(reverse("reports:slice", args=[part("Community services").public_id]))
    assertContains(whole, "Taken out before the report was released.", count=1)


def test_a_released_comment_says_why_it_stays(edition, alice, dora, client_for, now):
    release(edition=edition, by=alice, now=now, to=dora, with_comments=True)
    comment = edition.comments.first()
    page = address("redact", edition, comment.public_id)
    assertContains(client_for(alice).get(page), "Take that back first")
    assert client_for(alice).post(page).status_code == 409
    assert not PublishedComment.objects.filter(is_redacted=True).exists()


def test_all_comments_stand_on_one_page_with_the_groups_that_show_them(edition, alice, bob, dora, client_for):
    page = client_for(alice).get(address("comments", edition)).content.decode()
    shown = re.findall(r'id="group-(\w+)"', page)
    having = PublishedComment.objects.filter(edition=edition).values_list("group__public_id", flat=True)
    assert set(shown) == set(having)
    assert page.count('class="quote"') == edition.comments.count()
    found = client_for(bob).get(address("comments", edition), {"q": "NOT AT all"}).content.decode()
    assert "On the wall" not in found
    assert "No comment fits." in client_for(bob).get(address("comments", edition), {"q": "xyz"}).content.decode()
    assert client_for(dora).get(address("comments", edition)).status_code == 403


def test_a_comment_is_taken_out_in_place(edition, alice, client_for):
    comment = edition.comments.first()
    kept = {"from": "comments", "q": "wall", "page": "1", "group": ""}
    shown = client_for(alice).get(address("comments", edition)).context["page"].parts
    seen = {one.comment.pk: one.seen for part in shown for asked in part.questions for one in asked.comments}
    kept["seen"] = seen[comment.pk]
    answer = client_for(alice).post(address("redact", edition, comment.public_id), kept)
    assert answer.url == f"{address('comments', edition)}?q=wall&page=1"
    comment.refresh_from_db()
    assert comment.is_redacted


def test_the_page_of_all_comments_has_a_fixed_number_of_queries(
    edition, alice, client_for, django_assert_max_num_queries
):
    group = edition.comments.first().group
    PublishedComment.objects.bulk_create(
        PublishedComment(edition=edition, group=group, question="OQ_task_helps", order=100 + number, text=f"N {number}")
        for number in range(150)
    )
    browser = client_for(alice)
    with django_assert_max_num_queries(14):
        page = browser.get(address("comments", edition), {"page": "2"}).content.decode()
    assert page.count('class="quote"') == AT_ONCE
    assert "Page 2 of" in page
