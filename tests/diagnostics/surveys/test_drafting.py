"""The four steps by browser: what is kept, what is said of mistakes, what a launch does."""

import datetime
import doctest
import html
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from core.jobs.models import Job
from core.jobs.tasks import run_job
from diagnostics.surveys import hours
from diagnostics.surveys.actions import proposals
from diagnostics.surveys.audience.tree import leaves, tree_of
from diagnostics.surveys.models import Survey
from spaces.actions.groups import add_person
from spaces.actions.workspaces import create_personal_workspace
from spaces.models import Person
from tests.diagnostics.launched import (
    draft_in,
    launched_survey,
    teams_in,
    workspace_of,
)
from tests.pages import filled_in, press, seen_on, tight


@pytest.fixture
def workspace(alice, instrument):
    return workspace_of(alice)


@pytest.fixture
def whole(workspace, alice):
    return teams_in(workspace, by=alice)


@pytest.fixture
def soon() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=20)


@pytest.fixture
def draft(workspace, whole, alice, soon) -> Survey:
    return draft_in(workspace, whole, by=alice, closes_at=soon)


@pytest.fixture
def browser(client_for, alice):
    return client_for(alice)


def at(draft: Survey, step: str) -> str:
    return reverse("surveys:step", args=[draft.public_id, step])


def words(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def date(name: str, day: datetime.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def purpose(soon, **changes) -> dict[str, str]:
    return {
        "title": "How do we lead?",
        "asked_by": "Ruth Adeyemi, Director",
        "purpose": "To agree what to change.",
        "contact": "Helen Marsh",
        "starts": "now",
        "closes_time": "17:00",
        "time_zone": "Europe/Berlin",
        **date("closes_on", soon),
    } | changes


# --- 1 Purpose and dates --------------------------------------------------------------------------------------


def test_a_survey_begins_with_its_name_and_goes_on_to_step_two(browser, workspace, soon):
    response = browser.post(reverse("surveys:new", args=[workspace.public_id]), purpose(soon))
    survey = Survey.objects.get()
    assert response.url == at(survey, "people")
    assert survey.title == "How do we lead?"
    assert survey.closes_at.astimezone(survey.zone).strftime("%H:%M") == "17:00"
    assert survey.zone.key == "Europe/Berlin"
    assert survey.invitation_text
    assert len(survey.reminder_days) == 2


def test_reminders_that_were_planned_stay_when_the_date_changes(browser, draft, soon):
    Survey.objects.update(reminder_days=["2030-01-01"])
    browser.post(at(draft, "purpose"), purpose(soon))
    draft.refresh_from_db()
    assert draft.reminder_days == ["2030-01-01"]


def test_reminders_are_suggested_with_the_first_closing_date():
    for module in (proposals, hours):
        assert doctest.testmod(module).attempted
        assert doctest.testmod(module).failed == 0


def test_a_half_done_step_can_be_kept(browser, workspace):
    response = browser.post(reverse("surveys:new", args=[workspace.public_id]), {"title": "An idea", "leave": "1"})
    assert response.url == reverse("surveys:list", args=[workspace.public_id])
    assert Survey.objects.get().title == "An idea"
    assert "An idea" in words(browser.get(response.url))


def test_nothing_is_kept_without_a_name(browser, workspace):
    response = browser.post(reverse("surveys:new", args=[workspace.public_id]), {"asked_by": "Ruth", "leave": "1"})
    assert response.status_code == 422
    assert 'value="Ruth"' in response.content.decode()
    assert not Survey.objects.exists()


def test_a_personal_workspace_is_told_why_it_has_no_surveys(browser, alice):
    personal = create_personal_workspace(by=alice)
    response = browser.post(reverse("surveys:new", args=[personal.public_id]), {"title": "Mine", "leave": "1"})
    assert "This workspace is yours alone" in words(response)
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Enter a name for the survey"),
        ({"title": "x" * 121}, "Shorten this to 120 characters; it has 121 now."),
        ({"closes_on_day": "31", "closes_on_month": "2"}, "Enter a date that exists, such as 4 12 2026"),
        ({"closes_on_month": "May"}, "Enter a date that exists, such as 4 12 2026"),
        ({"closes_on_year": ""}, "Enter a date that exists, such as 4 12 2026"),
        ({"closes_on_year": "99999999999999999999"}, "Enter a date that exists, such as 4 12 2026"),
        ({"closes_on_year": "2020"}, "Enter a closing date that is still to come"),
        ({"closes_time": "five"}, "Enter a closing time, such as 17:00"),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list"),
    ],
)
def test_what_to_mend_is_said_and_what_was_typed_stays(browser, draft, soon, changes, sentence):
    response = browser.post(at(draft, "purpose"), purpose(soon, **changes))
    assert response.status_code == 422
    assert words(response).count(sentence) == 2  # summary and field
    assert "To agree what to change." in words(response)
    assert "<title>Error:" in tight(response)
    draft.refresh_from_db()
    assert draft.asked_by == "Ruth Adeyemi, Director of Community Services"


def test_a_mistake_is_not_kept_by_leaving_either(browser, draft, soon):
    response = browser.post(at(draft, "purpose"), purpose(soon, closes_on_month="May", leave="1"))
    assert response.status_code == 422


def test_every_box_of_a_date_has_a_label(browser, draft):
    page = tight(browser.get(at(draft, "purpose")))
    for number, label in enumerate(("Day", "Month", "Year")):
        assert f'for="id_closes_on_{number}">{label}</label>' in page


# --- 2 Questions and people -------------------------------------------------------------------------------------


def people(whole, **changes) -> dict:
    return {
        "preset": "focused",
        "primary_space": "team",
        "spaces": ["organisation", "team"],
        "audience": [whole.public_id],
        "entry": "personal",
        "list_made_by": "Helen Marsh",
    } | changes


def test_questions_and_people_are_kept(browser, draft, whole):
    response = browser.post(at(draft, "people"), people(whole))
    assert response.url == at(draft, "messages")
    draft.refresh_from_db()
    assert (draft.preset, draft.primary_space_id, draft.spaces_asked) == ("focused", "team", ["team", "organisation"])
    assert list(draft.audience.all()) == [whole]


def test_the_primary_space_has_no_default(browser, workspace, alice):
    draft = draft_in(workspace, by=alice, primary_space=None, spaces_asked=[])
    page = browser.get(at(draft, "people")).content.decode()
    assert not re.search(r'name="primary_space"[^>]*checked', page)
    assert "none yet" in page


def test_mistakes_are_named_and_the_choices_stay(browser, draft, whole):
    posted = people(whole, primary_space="", audience=[], entry="shared") | {f"size-{whole.public_id}": "many"}
    response = browser.post(at(draft, "people"), posted)
    page = response.content.decode()
    assert response.status_code == 422
    for sentence in (
        "Choose the primary space",
        "Choose at least one group",
        "Enter how many people Community services has, as a number",
    ):
        assert words(response).count(sentence) == 2
    assert 'value="many"' in page
    assert re.search(r'value="shared"[^>]*checked', page)
    assert "Statements –" in words(response)


def test_what_can_be_reported_stands_beside_the_choices(browser, draft, whole):
    shown = words(browser.get(at(draft, "people")))
    assert "People 17 Groups 3 Own result likely 0 Depends on turnout 2 Too few for their own 1" in shown
    assert "Own result only if 5 of 8 answer" in shown
    assert "Too few for a result of its own" in shown


def test_shared_links_have_sizes_and_need_ten(browser, draft, whole):
    nursing = draft.workspace.groups.get(name="District nursing")
    posted = people(whole, entry="shared") | {f"size-{nursing.public_id}": "40"}
    assert browser.post(at(draft, "people"), posted).status_code == 302
    draft.refresh_from_db()
    assert (draft.k, draft.sizes) == (10, {nursing.public_id: 40})
    assert {place.name: place.invited for place in leaves(tree_of(draft))}["District nursing"] == 40


def test_a_group_of_another_workspace_cannot_be_asked(browser, draft, whole, charlie):
    theirs = teams_in(workspace_of(charlie), by=charlie)
    response = browser.post(at(draft, "people"), people(whole, audience=[theirs.public_id]))
    assert response.status_code == 422


def test_an_empty_workspace_says_where_groups_come_from(client_for, bob, instrument):
    draft = draft_in(workspace_of(bob), by=bob)
    shown = words(client_for(bob).get(at(draft, "people")))
    assert "There are no groups in this workspace yet." in shown
    assert "Upload a list (CSV or XLSX)" in shown


def test_step_two_asks_as_much_for_many_groups_as_for_few(browser, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        browser.get(at(draft, "people"))


# --- 3 Messages ---------------------------------------------------------------------------------------------------


def messages(**changes) -> dict:
    return {
        "invitation_subject": "Please help: {survey}",
        "invitation_text": "Dear {name}, {minutes} minutes until {closes}: {link}",
        "reminder_subject": "Still open: {survey}",
        "reminder_text": "Dear {name}, still open: {link}",
    } | changes


def test_messages_and_reminder_days_are_kept(browser, draft, soon):
    days = [soon.date() - datetime.timedelta(days=number) for number in (2, 9)]
    posted = messages(**date("reminder_1", days[0]), **date("reminder_3", days[1]))
    assert browser.post(at(draft, "messages"), posted).url == at(draft, "check")
    draft.refresh_from_db()
    assert draft.invitation_subject == "Please help: {survey}"
    assert draft.reminder_days == [days[1].isoformat(), days[0].isoformat()]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"invitation_text": "Dear {nmae}: {link}"},
            "Nothing is filled in for {nmae}. Did you mean {name}? These are filled in: {name}, {asked_by}, ",
        ),
        (
            {"invitation_text": "Dear {name}"},
            "Write {link} where the button with the personal link shall stand.",
        ),
        (
            {"reminder_subject": "{link}"},
            "Write {link} in the text: the subject has no room for it.",
        ),
        ({"reminder_text": ""}, "Enter the text of the reminder"),
        (date("reminder_1", datetime.date(2020, 1, 1)), "Enter a day after today"),
        (date("reminder_2", datetime.date(2120, 1, 1)), "Enter a day before the survey closes"),
    ],
)
def test_a_message_that_would_not_do_is_not_kept(browser, draft, changes, sentence):
    response = browser.post(at(draft, "messages"), messages(**changes))
    assert response.status_code == 422
    assert sentence in words(response)
    assert "Please help: {survey}" in response.content.decode()


def test_letters_stand_as_they_will_be_read(browser, draft):
    shown = words(browser.get(at(draft, "messages")))
    assert "Please take part: How do we lead here?" in shown
    assert "Dear Alice" in shown
    assert "It takes about 3 minutes" in shown
    assert "(the personal link goes here)" in shown


def test_without_a_date_the_letters_cannot_be_shown_yet(browser, workspace, alice):
    draft = draft_in(workspace, by=alice, closes_at=None)
    assert "Choose a closing date in step 1 first" in words(browser.get(at(draft, "messages")))
    browser.post(at(draft, "messages"), messages(**{"try": "1"}))
    assert not Job.objects.exists()


def test_a_trial_goes_to_oneself_and_leads_to_the_preview(browser, draft, alice, settings):
    response = browser.post(at(draft, "messages"), messages(**{"try": "1"}), follow=True)
    assert "Both messages are on their way to alice@example.org." in words(response)
    for job in Job.objects.all():
        run_job(job.pk)
    assert [letter.to for letter in mail.outbox] == [[alice.email]] * 2
    first = min(mail.outbox, key=lambda letter: letter.subject)
    assert first.subject == "Test: Please help: How do we lead here?"
    assert settings.SITE_URL + reverse("answering:preview", args=[draft.public_id]) in first.body


def test_a_trial_of_a_survey_that_is_gone_is_not_sent(browser, draft, alice):
    browser.post(at(draft, "messages"), messages(**{"try": "1"}))
    draft.delete()
    for job in Job.objects.all():
        run_job(job.pk)
    assert mail.outbox == []


def test_shared_links_need_no_messages(browser, workspace, whole, alice):
    draft = draft_in(workspace, whole, by=alice, entry="shared", k=10)
    assert "Nothing is sent from here" in words(browser.get(at(draft, "messages")))


# --- 4 Check and launch ---------------------------------------------------------------------------------------------

RULES = {"k": "5", "comments_at": "whole", "releases_to_respondents": "yes"}


def test_everything_stands_on_the_last_page_once_more(browser, draft):
    shown = words(browser.get(at(draft, "check")))
    assert "17 people in 3 groups. Personal invitations" in shown
    assert "TRACE brief: 10 statements, about 3 min · Team " in shown
    assert "Launch now and write to 17 people" in shown
    assert reverse("reports:forecast", args=[draft.public_id]) in browser.get(at(draft, "check")).content.decode()


@pytest.mark.parametrize(
    ("parts", "time", "said"),
    [
        (("31", "12", "9999"), "23:59", "Check the year: 9999."),
        (("31", "12", "2126"), "17:00", "Check the year: 2126."),
        (("4", "12", "2026"), "00:00", "At 00:00 that day only begins. Enter 23:59 for its end"),
    ],
)
def test_a_closing_date_that_is_a_slip_is_asked_about(browser, draft, parts, time, said):
    fields = {"title": "T", "asked_by": "A", "purpose": "P", "contact": "C", "time_zone": "America/New_York"}
    day = {f"closes_on_{name}": part for name, part in zip(("day", "month", "year"), parts, strict=True)}
    answer = browser.post(at(draft, "purpose"), fields | day | {"closes_time": time})
    assert answer.status_code == 422
    assert said in words(answer)


def test_two_in_one_step_lose_nothing_to_each_other(browser, draft):
    step = at(draft, "purpose")
    one = filled_in(browser.get(step))
    other = dict(one)
    browser.post(step, one | {"title": "Tab A title"})
    kept = browser.post(step, other | {"purpose": "Only the reason."})
    assert kept.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.purpose) == ("Tab A title", "Only the reason.")
    told = browser.post(step, other | {"title": "Tab B title"})
    assert told.status_code == 422
    assert "It was changed meanwhile, to “Tab A title”. Save again to have yours instead" in words(told)
    assert told.context["form"]["title"].value() == "Tab B title"
    assert browser.post(step, filled_in(told)).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Tab B title"


def test_what_a_colleague_saved_stays_where_something_else_was_wrong_at_first(browser, draft):
    step = at(draft, "purpose")
    sent = filled_in(browser.get(step))
    browser.post(step, sent | {"title": "A colleague's title"})
    refused = browser.post(step, sent | {"purpose": "Only the reason.", "contact": ""})
    assert refused.status_code == 422
    assert browser.post(step, filled_in(refused) | {"contact": "Sam"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.purpose) == ("A colleague's title", "Only the reason.")


@pytest.mark.parametrize("step", ["purpose", "people", "messages", "check"])
def test_a_step_that_nobody_touched_since_is_saved_as_it_is(browser, draft, step):
    Survey.objects.update(closes_at=draft.closes_at.replace(second=0, microsecond=0))  # as a form saves it
    before = Survey.objects.filter(pk=draft.pk).values().get()
    sent = filled_in(browser.get(at(draft, step)))
    assert browser.post(at(draft, step), sent).status_code == 302
    assert Survey.objects.filter(pk=draft.pk).values().get() == before


def test_of_the_people_what_a_colleague_chose_stays(browser, draft):
    step = at(draft, "people")
    sent = filled_in(browser.get(step))
    Survey.objects.filter(pk=draft.pk).update(list_made_by="A colleague", languages="en-gb de")
    assert browser.post(step, sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.list_made_by, draft.languages) == ("A colleague", "en-gb de")


def test_every_reason_against_a_launch_is_a_sentence_that_leads_to_its_step(browser, draft):
    Survey.objects.update(purpose="", list_made_by="")
    page = browser.get(at(draft, "check"))
    assert f'<a href="{at(draft, "purpose")}">Say why you are asking.</a>' in page.content.decode()
    assert f'<a href="{at(draft, "people")}">Say who made the list of groups and people.</a>' in page.content.decode()
    assert "Launch now" not in words(page)
    refused = press(browser, at(draft, "check"), **RULES, launch="1")
    assert refused.status_code == 422
    assert "Say why you are asking." in words(refused)
    draft.refresh_from_db()
    assert draft.is_draft


def test_a_launch_writes_to_those_who_were_seen_and_to_nobody_else(browser, draft, alice):
    check = at(draft, "check")
    pressed = {"seen": seen_on(browser.get(check)), **RULES, "launch": "1"}
    team = draft.workspace.groups.get(name="Pharmacy")
    for number in range(91):
        add_person(workspace=draft.workspace, name=f"New {number}", email=f"n{number}@e.org", group=team, by=alice)
    refused = browser.post(check, pressed)
    assert refused.status_code == 422
    assert "who is asked, from “17 people in 3 groups” to “108 people in 3 groups”" in words(refused)


def test_rules_can_be_kept_without_launching(browser, draft):
    assert browser.post(at(draft, "check"), RULES).url == at(draft, "check")
    draft.refresh_from_db()
    assert (draft.is_draft, draft.comments_at, draft.releases_to_respondents) == (True, "whole", True)


def test_a_launch_locks_the_rules_that_stood_on_the_page(browser, draft):
    response = press(browser, at(draft, "check"), **RULES, launch="1")
    assert response.url == reverse("surveys:dashboard", args=[draft.public_id])
    draft.refresh_from_db()
    assert draft.status == Survey.Status.LAUNCHING
    assert (draft.comments_at, draft.releases_to_respondents) == ("whole", True)
    assert draft.participants.count() == 17


def test_a_second_click_ends_on_the_dashboard(browser, draft):
    seen = seen_on(browser.get(at(draft, "check")))
    for _click in range(2):
        response = browser.post(at(draft, "check"), {"seen": seen, **RULES, "launch": "1"})
        assert response.url == reverse("surveys:dashboard", args=[draft.public_id])
    assert draft.participants.count() == 17


@pytest.mark.parametrize(("entry", "k"), [("personal", "4"), ("personal", "x"), ("shared", "5")])
def test_k_is_never_offered_below_its_minimum(browser, draft, entry, k):
    Survey.objects.update(entry=entry, k=10)
    response = press(browser, at(draft, "check"), **RULES | {"k": k}, launch="1")
    assert response.status_code == 422
    draft.refresh_from_db()
    assert (draft.is_draft, draft.k) == (True, 10)


def test_groups_are_joined_and_parted_from_the_forecast(browser, draft):
    pair = [place.key for place in leaves(tree_of(draft)) if place.name in {"Pharmacy", "Podiatry"}]
    join, part = (reverse(f"surveys:{verb}", args=[draft.public_id]) for verb in ("join", "part"))
    assert browser.post(join, {"join": pair, "name": " Both  teams "}).url == at(draft, "check")
    draft.refresh_from_db()
    assert [place.name for place in leaves(tree_of(draft))] == ["District nursing", "Both teams"]
    browser.post(join, {"join": [pair[0], leaves(tree_of(draft))[0].key], "name": "All"})
    draft.refresh_from_db()
    assert [place.name for place in leaves(tree_of(draft))] == ["All"]
    browser.post(part, {"group": pair[0]})
    draft.refresh_from_db()
    assert len(leaves(tree_of(draft))) == 3


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"join": [], "name": "None"}, "Choose two or more groups"),
        ({"join": ["everyone", "nothing"], "name": "None"}, "Choose two or more groups"),
    ],
)
def test_only_neighbours_are_joined(browser, draft, posted, sentence):
    response = browser.post(reverse("surveys:join", args=[draft.public_id]), posted, follow=True)
    assert sentence in words(response)


def test_a_joined_group_needs_a_name(browser, draft):
    pair = [place.key for place in leaves(tree_of(draft))][:2]
    for name in ("", " ", "x" * 161):
        response = browser.post(
            reverse("surveys:join", args=[draft.public_id]), {"join": pair, "name": name}, follow=True
        )
        assert "Enter a name for the joined group" in words(response)


# --- Preview, copies, drafts --------------------------------------------------------------------------------------


def test_the_preview_is_the_first_page_with_these_settings(browser, draft):
    page = browser.get(reverse("answering:preview", args=[draft.public_id]))
    shown = words(page)
    assert "This is a preview, as somebody in District nursing will see it." in shown
    assert "District nursing , 8 people invited" in shown
    assert "The list was made by Helen Marsh, from the staff list" in shown
    assert "Ruth Adeyemi, Director of Community Services" in shown
    assert "No result for fewer than five" in shown
    assert re.search(r'<button[^>]*type="submit" disabled>', page.content.decode())


def test_the_preview_says_ten_where_ten_is_promised(browser, draft):
    Survey.objects.update(k=10)
    assert "No result for fewer than ten" in words(browser.get(reverse("answering:preview", args=[draft.public_id])))


def test_the_preview_of_a_launched_survey_shows_what_was_launched(browser, alice, instrument):
    survey = launched_survey(alice)
    Person.objects.all().delete()
    shown = words(browser.get(reverse("answering:preview", args=[survey.public_id])))
    assert "8 people invited" in shown


def test_what_is_missing_for_a_preview_is_said(browser, workspace, alice):
    draft = draft_in(workspace, by=alice, closes_at=None)
    response = browser.get(reverse("answering:preview", args=[draft.public_id]), follow=True)
    assert "Choose a closing date in step 1 first" in words(response)


def test_a_survey_is_copied_into_a_new_draft(browser, draft):
    response = browser.post(reverse("surveys:copy", args=[draft.public_id]))
    copy = Survey.objects.exclude(pk=draft.pk).get()
    assert response.url == at(copy, "purpose")
    assert copy.closes_at is None


def test_a_draft_is_deleted_as_it_was_seen(browser, draft):
    address = reverse("surveys:delete", args=[draft.public_id])
    page = browser.get(address)
    assert "nothing but these settings is lost" in words(page)
    Survey.objects.filter(pk=draft.pk).update(title="Another name")
    assert browser.post(address, {"seen": seen_on(page)}).status_code == 422
    assert "is deleted" in words(press(browser, address, follow=True))
    assert not Survey.objects.exists()


def test_a_launched_survey_is_not_deleted(browser, alice, instrument):
    survey = launched_survey(alice)
    response = browser.post(reverse("surveys:delete", args=[survey.public_id]))
    assert response.status_code == 422
    assert "Cancel it first" in words(response)
    assert "links of 17 people" in words(response)
    assert Survey.objects.exists()


def test_surveys_are_found_by_name_and_state_and_paged(browser, draft, alice, monkeypatch):
    address = reverse("surveys:list", args=[draft.workspace.public_id])
    for title in ("Pulse of May", "Pulse of June"):
        draft_in(draft.workspace, by=alice, title=title)
    Survey.objects.filter(title="Pulse of June").update(status=Survey.Status.CANCELLED)
    for query, titles in {"?q=pulse": 2, "?q=pulse&state=draft": 1, "?state=cancelled": 1, "?state=open": 0}.items():
        page = browser.get(address + query)
        assert len(page.context["drafts"] + page.context["launched"]) == titles, query
    assert "No survey fits" in words(browser.get(f"{address}?q=nothing"))
    monkeypatch.setattr("diagnostics.surveys.pages.lists.AT_ONCE", 2)
    assert "Pulse of June" in words(browser.get(f"{address}?page=2"))


# --- Very many groups ------------------------------------------------------------------------------


def test_looking_around_among_very_many_groups_keeps_what_is_chosen(browser, draft, monkeypatch):
    monkeypatch.setattr("diagnostics.surveys.pages.drafting.window.MOST_ROWS", 2)
    Survey.objects.filter(pk=draft.pk).update(sizes={})
    groups = {group.name: group.public_id for group in draft.workspace.groups.all()}
    page = browser.get(at(draft, "people"))
    assert [row.key for row, _inside in page.context["rows"]] == [groups["Community services"]]
    assert "Show 3 groups inside" in words(page)
    typed = {"preset": "focused", "primary_space": "team", "entry": "personal"}
    typed |= {"audience": [groups["Podiatry"]], f"size-{groups['Podiatry']}": "4"}
    page = browser.post(at(draft, "people"), typed | {"find": "1", "words_of_group": "pharm"})
    assert page.status_code == 200
    assert [row.key for row, _inside in page.context["rows"]] == [groups["Pharmacy"]]
    assert ("audience", groups["Podiatry"]) in page.context["hidden"]
    assert (f"size-{groups['Podiatry']}", "4") in page.context["hidden"]
    assert "Chosen and not shown here: Podiatry." in words(page)
    assert page.context["form"]["preset"].value() == "focused"


def test_the_list_shows_drafts_and_what_was_launched(browser, alice, instrument):
    survey = launched_survey(alice)
    shown = words(browser.get(reverse("surveys:list", args=[survey.workspace.public_id])))
    assert "Being launched" in shown
    assert "from 16 November 2026 to 4 December 2026" in shown
    Survey.objects.filter(pk=survey.pk).update(stopped_at=survey.launched_at)
    shown = words(browser.get(reverse("surveys:list", args=[survey.workspace.public_id])))
    assert "Being launched 16 November 2026 Copy" in shown


def test_an_empty_list_offers_the_first_survey(browser, workspace):
    shown = words(browser.get(reverse("surveys:list", args=[workspace.public_id])))
    assert "No surveys yet" in shown
    assert "New survey" in shown


# --- Leaving a step -------------------------------------------------------------------------------------------


def test_going_to_another_step_saves_this_one(browser, draft, soon):
    gone = browser.post(at(draft, "people"), {"preset": "pulse", "entry": "shared", "go": "purpose"})
    assert gone.url == at(draft, "purpose")
    draft.refresh_from_db()
    assert (draft.preset, draft.entry) == ("pulse", "shared")
    gone = browser.post(at(draft, "purpose"), purpose(soon, title="A new name", go="check"))
    assert gone.url == at(draft, "check")
    draft.refresh_from_db()
    assert draft.title == "A new name"
    assert "purpose" not in draft.typed


def test_what_cannot_be_saved_stands_there_again_as_it_was_typed(browser, draft, soon):
    wrong = {
        "closes_on_day": "31",
        "closes_on_month": "2",
        "asked_by": "",
        "purpose": "Line one\nand two",
        "go": "people",
    }
    assert browser.post(at(draft, "purpose"), purpose(soon, **wrong) | {"go": "people"}).url == at(draft, "people")
    again = browser.get(at(draft, "purpose"))
    assert again.status_code == 200
    said = words(again)
    for sentence in ("as it was left", "Enter a date that exists", "Enter who asks", "Line one and two"):
        assert sentence in said
    assert 'value="31"' in again.content.decode()
    assert "Something that was typed here could not be saved yet." in words(browser.get(at(draft, "check")))
    browser.post(at(draft, "purpose"), purpose(soon))
    assert "as it was left" not in words(browser.get(at(draft, "purpose")))


@pytest.mark.parametrize("button", [{"go": "purpose"}, {"leave": "1"}, {}])
@pytest.mark.parametrize("hers", [{"reminder_subject": "Hers"}, {"invitation_text": "Hers, too {nme}"}, {}])
def test_what_a_colleague_typed_and_could_not_save_is_shown_before_it_is_lost(browser, draft, button, hers):
    step = at(draft, "messages")
    sent = filled_in(browser.get(step))
    browser.post(step, sent | {"invitation_text": "An hour of work {nme} {link}", "go": "purpose"})
    told = browser.post(step, sent | hers | button)
    assert told.status_code == 422
    said = "It was changed meanwhile, to “An hour of work {nme} {link}”. Save again to have yours instead"
    assert words(told).count(said) == 2  # above the form and at the field
    assert "An hour of work" in words(browser.get(step))
    fit = hers | {"invitation_text": sent["invitation_text"]}
    assert browser.post(step, filled_in(told) | fit | button).status_code == 302
    draft.refresh_from_db()
    assert draft.typed == {}


def test_whoever_comes_back_to_what_a_colleague_typed_has_seen_it(browser, draft):
    step = at(draft, "messages")
    browser.post(step, filled_in(browser.get(step)) | {"invitation_text": "{nme} {link}", "go": "purpose"})
    again = browser.get(step)
    assert "It was changed meanwhile" not in words(again)
    assert browser.post(step, filled_in(again) | {"invitation_text": "{name} {link}"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.invitation_text, draft.typed) == ("{name} {link}", {})


def test_a_start_without_a_day_is_no_start_at_once(browser, draft, soon):
    left = browser.post(at(draft, "purpose"), purpose(soon, starts="planned", leave="1"))
    assert left.status_code == 302
    assert "Enter the day of the start" in words(browser.get(at(draft, "purpose")))
    assert "could not be saved yet" in words(browser.get(at(draft, "check")))


def test_a_start_is_kept_and_said_on_the_button(browser, draft, soon, monkeypatch):
    starts = soon - datetime.timedelta(days=10)
    planned = {"starts": "planned", "opens_time": "09:00", **date("opens_on", starts)}
    assert browser.post(at(draft, "purpose"), purpose(soon, **planned)).url == at(draft, "people")
    draft.refresh_from_db()
    assert draft.opens_at.astimezone(draft.zone).strftime("%d %H:%M") == f"{starts:%d} 09:00"
    assert "and write to 17 people then" in words(browser.get(at(draft, "check")))
    monkeypatch.setattr(hours, "LAST", datetime.time(20))
    night = browser.post(at(draft, "purpose"), purpose(soon, **planned | {"opens_time": "21:30"}))
    assert "Letters leave between 07:00 and 20:00. The next such moment:" in words(night)
    late = browser.post(at(draft, "purpose"), purpose(soon, **planned | date("opens_on", soon + datetime.timedelta(1))))
    assert "Enter a start before the survey closes" in words(late)
    browser.post(at(draft, "purpose"), purpose(soon, starts="now"))
    draft.refresh_from_db()
    assert draft.opens_at is None


def test_a_launch_for_another_start_than_was_seen_is_refused(browser, draft, soon):
    seen = seen_on(browser.get(at(draft, "check")))
    Survey.objects.update(opens_at=soon - datetime.timedelta(days=9))
    refused = browser.post(at(draft, "check"), RULES | {"launch": "1", "seen": seen})
    assert "when it starts, from “at once”" in words(refused)


@pytest.mark.parametrize("gone", ["deleted", "not theirs any more"])
def test_words_that_come_too_late_are_given_back(browser, draft, soon, alice, gone):
    address = at(draft, "purpose")
    if gone == "deleted":
        draft.delete()
    else:
        draft.workspace.memberships.update(role="facilitator")
    late = browser.post(address, purpose(soon, purpose="Three days of\nthinking <b>"))
    assert late.status_code in {403, 404}
    assert "Three days of\nthinking &lt;b&gt;" in late.content.decode().replace("\r", "")
    assert "What you had typed" not in browser.get(address).content.decode()
