"""Who sees what: every address of the site, for everybody, by every method, in two mirrored workspaces.

A route that is not listed here fails. What each page shows to those who may see it is tested with the page.
"""

import re
from collections.abc import Iterable

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from spaces.models import Workspace
from tests.conftest import make_user
from tests.parts import assert_part_equals_page
from tests.site.worlds import ROLES, World, make_world, signed_in

METHODS = ("post", "put", "patch", "delete")
STRANGERS = ("anonymous", "respondent", "respondent elsewhere")
OUTSIDERS = ("owner elsewhere", "facilitator elsewhere", "leader elsewhere", "site staff")
WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(?!django_session|audit_entry)')  # that a member has opened it
EVERYBODY = (*ROLES, *OUTSIDERS, *STRANGERS)

IN, ASKED = "in", "asked to sign in or for their link"
OBJECT = re.compile(rb"&lt;(QuerySet|[A-Z]\w+: )|object at 0x")  # written out as Python has it


def rule(*, refused: int = 403, **groups: Iterable[str]) -> dict[str, object]:
    """Who comes in; members who do not are `refused`, outsiders find nothing, strangers are asked to sign in."""
    may = set(groups["may"])
    return {
        **{who: IN if who in may else refused for who in ROLES},
        **dict.fromkeys(OUTSIDERS, IN if "outsiders" in may else 404),
        **dict.fromkeys(STRANGERS, IN if "strangers" in may else ASKED),
    }


ALL = rule(may=[*ROLES, "outsiders", "strangers"])
SIGNED_IN = rule(may=[*ROLES, "outsiders"])
MEMBERS = rule(may=ROLES)
MANAGERS = rule(may=["owner", "consultant"])
HOSTS = rule(may=["owner", "consultant", "facilitator", "facilitator with a release"])
OF_THE_ROOM = rule(may=["owner", "consultant", "facilitator with a release"])  # who holds it
OWNER = rule(may=["owner"])
READERS = rule(may=["owner", "consultant", "facilitator with a release", "leader with a release"])
READERS_OF_FILES = rule(refused=404, may=[who for who, come in READERS.items() if come == IN])
WHOEVER_ASKED = {who: 403 if come == IN and who != "owner" else come for who, come in READERS_OF_FILES.items()}
ITS_LEADER = rule(refused=404, may=["leader"])
WHOEVER_BEGAN_IT = rule(may=["owner"]) | {"consultant": 404}
WHOEVER_BROUGHT_IT = rule(may=["owner"]) | {"consultant": 404}
NOBODY = rule(refused=404, may=())  # what these people and things do not have: a second step, a shared link
STAFF = NOBODY | {"site staff": IN}
UNHEARD = dict.fromkeys(EVERYBODY, 404)  # a site that has no secret for relays
LINK_HOLDERS = dict.fromkeys(EVERYBODY, ASKED) | {"respondent": IN}

ONLY_GET, ONLY_POST, BOTH = "get head", "post", "get head post"
ANY = ""  # pages that change nothing whatever is sent, and those of allauth

# name: (rule, methods, what stands for each part of the address; '=' for the word itself)
ROUTES = {
    "post:bounces": (UNHEARD, ONLY_POST, {}),
    "post:bounces_in": (UNHEARD, ONLY_POST, {"shape": "=postmark"}),
    # --- one's own account: pages of allauth, which know no object of anybody else ---
    "accounts:account": (SIGNED_IN, BOTH, {}),
    "accounts:go_on": (SIGNED_IN, ONLY_GET, {}),
    "accounts:sign_ins": (SIGNED_IN, BOTH, {}),
    "account_login": (ALL, ANY, {}),
    "account_logout": (ALL, ANY, {}),
    "account_inactive": (ALL, ANY, {}),
    "account_signup": (ALL, ANY, {}),
    "account_reauthenticate": (SIGNED_IN, ANY, {}),
    "account_email": (SIGNED_IN, ANY, {}),
    "accounts:copy": (SIGNED_IN, ANY, {}),  # ask for the password first
    "accounts:copy_file": (SIGNED_IN, ANY, {}),
    "accounts:delete": (SIGNED_IN, ANY, {}),  # asks for the password first
    "account_email_verification_sent": (ALL, ANY, {}),
    "account_change_password": (SIGNED_IN, ANY, {}),
    "account_set_password": (SIGNED_IN, ANY, {}),
    "account_reset_password": (ALL, ANY, {}),
    "account_confirm_login_code": (SIGNED_IN, ANY, {}),
    "account_confirm_email": (ALL, ANY, {"key": "=unknown"}),
    "account_reset_password_from_key_done": (ALL, ANY, {}),
    "account_reset_password_from_key": (ALL, ANY, {"uidb36": "=1", "key": "=unknown"}),
    "account_reset_password_done": (ALL, ANY, {}),
    "mfa_index": (SIGNED_IN, ANY, {}),
    "mfa_authenticate": (SIGNED_IN, ANY, {}),
    "mfa_reauthenticate": (SIGNED_IN, ANY, {}),
    "mfa_list_webauthn": (SIGNED_IN, ONLY_GET, {}),
    "mfa_add_webauthn": (SIGNED_IN, ANY, {}),
    "mfa_edit_webauthn": (SIGNED_IN, ANY, {"pk": "=1"}),  # ask for the password first
    "mfa_remove_webauthn": (SIGNED_IN, ANY, {"pk": "=1"}),
    "mfa_reauthenticate_webauthn": (SIGNED_IN, ANY, {}),
    "mfa_login_webauthn": (SIGNED_IN, ANY, {}),  # a page for script, which others are led from to sign in
    "mfa_activate_totp": (SIGNED_IN, ANY, {}),
    "mfa_deactivate_totp": (NOBODY, ANY, {}),
    "mfa_view_recovery_codes": (NOBODY, ANY, {}),
    "mfa_generate_recovery_codes": (SIGNED_IN, ANY, {}),
    "mfa_download_recovery_codes": (NOBODY, ANY, {}),
    # --- work in the background ---
    "jobs:progress": (READERS_OF_FILES, "get", {"public_id": "job"}),
    "jobs:retry": (READERS_OF_FILES, ONLY_POST, {"public_id": "job"}),
    "jobs:cancel": (WHOEVER_ASKED, ONLY_POST, {"public_id": "job"}),
    "language": (ALL, ONLY_POST, {}),
    "security_txt": (ALL, ONLY_GET, {}),
    "change_password": (ALL, ONLY_GET, {}),
    "staff": (STAFF, ONLY_GET, {}),
    "all_again": (STAFF, ONLY_POST, {"kind": "=close_survey"}),
    # --- checklists: a workspace's versions, and drafts of those who work on them ---
    "checklists:library": (MANAGERS, ONLY_GET, {"workspace_id": "workspace"}),
    "checklists:start": (MANAGERS, BOTH, {"workspace_id": "workspace"}),
    "checklists:review": (MANAGERS, ONLY_POST, {"workspace_id": "workspace", "language": "=de"}),
    "checklists:draft": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:condition": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft", "condition": "=task"}),
    "checklists:indicator": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft", "key": "=T1"}),
    "checklists:scale": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:questions": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:languages": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft", "language": "=de"}),
    "checklists:preview": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft", "condition": "=task"}),
    "checklists:publish": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:share": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:delete": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:bring": (WHOEVER_BEGAN_IT, BOTH, {"public_id": "checklist draft"}),
    "checklists:draft_file": (WHOEVER_BEGAN_IT, ONLY_GET, {"public_id": "checklist draft", "form": "=yaml"}),
    "checklists:version": (MANAGERS, ONLY_GET, {"key": "checklist", "number": "=1"}),
    "checklists:begin": (MANAGERS, ONLY_POST, {"key": "checklist", "number": "=1"}),
    "checklists:stand": (MANAGERS, ONLY_POST, {"key": "checklist", "number": "=1"}),
    "checklists:version_file": (MANAGERS, ONLY_GET, {"key": "checklist", "number": "=1", "form": "=xlsx"}),
    # --- workspaces and people ---
    "spaces:workspaces": (SIGNED_IN, ONLY_GET, {}),
    "spaces:new_workspace": (SIGNED_IN, BOTH, {}),
    "spaces:invitation": (ALL, BOTH, {"token": "offer link"}),
    "spaces:workspace": (MEMBERS, ONLY_GET, {"public_id": "workspace"}),
    "spaces:rename": (OWNER, BOTH, {"public_id": "workspace"}),
    "spaces:privacy_notice": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:delete_workspace": (OWNER, BOTH, {"public_id": "workspace"}),
    "spaces:keep_workspace": (OWNER, ONLY_POST, {"public_id": "workspace"}),
    "spaces:second_step": (OWNER, BOTH, {"public_id": "workspace"}),
    "spaces:look": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:look_example": (MANAGERS, ONLY_GET, {"public_id": "workspace"}),
    "spaces:leave": (MEMBERS, BOTH, {"public_id": "workspace"}),
    "spaces:invite": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:withdraw": (MANAGERS, BOTH, {"public_id": "workspace", "invitation_id": "offer"}),
    "spaces:member": (MANAGERS, BOTH, {"public_id": "workspace", "member_id": "member"}),
    "spaces:remove_member": (OWNER, BOTH, {"public_id": "workspace", "member_id": "member"}),
    "spaces:hand_over": (OWNER, BOTH, {"public_id": "workspace", "member_id": "member"}),
    "spaces:new_group": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:group": (MANAGERS, ONLY_GET, {"public_id": "workspace", "group_id": "group"}),
    "spaces:change_group": (MANAGERS, BOTH, {"public_id": "workspace", "group_id": "group"}),
    "spaces:delete_group": (MANAGERS, BOTH, {"public_id": "workspace", "group_id": "group"}),
    "spaces:groups": (MANAGERS, ONLY_GET, {"public_id": "workspace"}),
    "spaces:lead_groups": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:delete_groups": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:people": (MANAGERS, ONLY_GET, {"public_id": "workspace"}),
    "spaces:move_people": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:name_leaders": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:remove_people": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:new_person": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:import_people": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "spaces:import_list": (WHOEVER_BROUGHT_IT, BOTH, {"public_id": "workspace", "list_id": "list"}),
    "spaces:rows_to_mend": (WHOEVER_BROUGHT_IT, ONLY_GET, {"public_id": "workspace", "list_id": "list"}),
    "spaces:undo_import": (MANAGERS, BOTH, {"public_id": "workspace", "import_id": "import"}),
    "spaces:export_people": (MANAGERS, ONLY_GET, {"public_id": "workspace", "form": "=csv"}),
    "spaces:person": (MANAGERS, BOTH, {"public_id": "workspace", "person_id": "person"}),
    "spaces:remove_person": (MANAGERS, BOTH, {"public_id": "workspace", "person_id": "person"}),
    # --- self-assessments: their leader's alone until shared ---
    "self_assessments:list": (SIGNED_IN, ONLY_GET, {}),
    "self_assessments:start": (ALL, BOTH, {}),
    "self_assessments:start_own": (SIGNED_IN, ONLY_POST, {"version": "checklist version"}),
    "self_assessments:by_link": (ALL, BOTH, {"token": "checklist link"}),
    "self_assessments:signed_in": (SIGNED_IN, ONLY_GET, {}),
    "self_assessments:resume": (ITS_LEADER, ONLY_GET, {"public_id": "self-assessment"}),
    "self_assessments:page": (ITS_LEADER, BOTH, {"public_id": "self-assessment", "condition": "=task"}),
    "self_assessments:save": (ITS_LEADER, ONLY_POST, {"public_id": "self-assessment"}),
    "self_assessments:review": (ITS_LEADER, ONLY_GET, {"public_id": "self-assessment"}),
    "self_assessments:submit": (ITS_LEADER, BOTH, {"public_id": "self-assessment"}),
    "self_assessments:keep": (ITS_LEADER, BOTH, {"public_id": "self-assessment"}),
    "self_assessments:share": (ITS_LEADER, BOTH, {"public_id": "self-assessment"}),
    "self_assessments:take_back": (ITS_LEADER, ONLY_POST, {"public_id": "self-assessment"}),
    "self_assessments:new_link": (ITS_LEADER, BOTH, {"public_id": "self-assessment"}),
    "self_assessments:end_link": (ITS_LEADER, ONLY_POST, {"public_id": "self-assessment", "link_id": "result link"}),
    "self_assessments:delete_reply": (ITS_LEADER, BOTH, {"public_id": "self-assessment", "link_id": "result link"}),
    "reports:shared_by_link": (ALL, ONLY_GET, {"token": "secret of the result link"}),
    "reports:shared_result": (ALL, ONLY_GET, {"link_id": "result link"}),  # tells all but its holders that it has ended
    "reports:open_shared_result": (ALL, ONLY_POST, {"link_id": "result link"}),
    "reports:reply": (ALL, ONLY_POST, {"link_id": "result link"}),
    "self_assessments:delete": (ITS_LEADER, BOTH, {"public_id": "self-assessment"}),
    "reports:self_assessment": (ITS_LEADER, "get", {"public_id": "self-assessment"}),
    "reports:over_time": (ITS_LEADER, ONLY_GET, {"public_id": "second self-assessment"}),
    "reports:next_time": (ITS_LEADER, ONLY_POST, {"public_id": "self-assessment"}),
    "reports:next_step": (
        ITS_LEADER,
        BOTH,
        {"public_id": "self-assessment", "condition": "=task", "space": "=team"},
    ),
    "reports:keep_intention": (
        ITS_LEADER,
        BOTH,
        {"public_id": "self-assessment", "condition": "=task", "space": "=team"},
    ),
    "reports:intentions": (SIGNED_IN, ONLY_GET, {}),
    "reports:intention": (ITS_LEADER, BOTH, {"public_id": "intention"}),
    "reports:change_intention": (ITS_LEADER, BOTH, {"public_id": "intention"}),
    "reports:delete_intention": (ITS_LEADER, BOTH, {"public_id": "intention"}),
    "reports:own_answers": (
        ITS_LEADER,
        "get",
        {"public_id": "self-assessment", "condition": "=task", "space": "=team"},
    ),
    "reports:begun": (ITS_LEADER, ONLY_GET, {"public_id": "self-assessment"}),
    "reports:begun_place": (
        ITS_LEADER,
        ONLY_GET,
        {"public_id": "self-assessment", "condition": "=task", "space": "=team"},
    ),
    "reports:sample": (ALL, ONLY_GET, {}),
    "reports:sample_place": (ALL, ONLY_GET, {"condition": "=task", "space": "=team"}),
    "reports:figure": (ITS_LEADER, BOTH, {"public_id": "self-assessment"}),
    "reports:document": (ITS_LEADER, BOTH, {"public_id": "self-assessment", "kind": "=pdf"}),
    # --- surveys on their way ---
    "surveys:home": (SIGNED_IN, ONLY_GET, {}),
    "reports:today": (SIGNED_IN, ONLY_GET, {}),
    "surveys:list": (MANAGERS, ONLY_GET, {"workspace_id": "workspace"}),
    "surveys:new": (MANAGERS, BOTH, {"workspace_id": "workspace"}),
    "surveys:new_in_room": (HOSTS, BOTH, {"workspace_id": "workspace"}),
    "surveys:step": (MANAGERS, BOTH, {"public_id": "draft", "step": "=purpose"}),
    "surveys:letter": (MANAGERS, ONLY_GET, {"public_id": "draft", "kind": "=invitation"}),
    "surveys:kept_letters": (MANAGERS, ONLY_GET, {"workspace_id": "workspace"}),
    "surveys:new_kept_letters": (MANAGERS, BOTH, {"workspace_id": "workspace"}),
    "surveys:change_kept_letters": (MANAGERS, BOTH, {"workspace_id": "workspace", "letters_id": "kept letters"}),
    "surveys:delete_kept_letters": (MANAGERS, BOTH, {"workspace_id": "workspace", "letters_id": "kept letters"}),
    "surveys:words": (MANAGERS, BOTH, {"public_id": "draft", "language": "=de"}),
    "surveys:join": (MANAGERS, ONLY_POST, {"public_id": "draft"}),
    "surveys:part": (MANAGERS, ONLY_POST, {"public_id": "draft"}),
    "answering:preview": (MANAGERS, ONLY_GET, {"public_id": "draft"}),
    "surveys:copy": (MANAGERS, ONLY_POST, {"public_id": "draft"}),
    "surveys:delete": (MANAGERS, BOTH, {"public_id": "draft"}),
    "reports:forecast": (MANAGERS, ONLY_GET, {"public_id": "draft"}),
    "reports:outlook": (MANAGERS, ONLY_POST, {"public_id": "draft"}),
    "surveys:dashboard": (MANAGERS, ONLY_GET, {"public_id": "open"}),
    "surveys:change_date": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:close_now": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:cancel": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:move_start": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:start_now": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:take_launch_back": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:remind_now": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:reword_reminders": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:new_reminder": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:drop_reminder": (MANAGERS, ONLY_POST, {"public_id": "open", "day": "=2026-11-30"}),
    "surveys:participants": (MANAGERS, ONLY_GET, {"public_id": "open"}),
    "surveys:new_participant": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:participants_in": (MANAGERS, ONLY_GET, {"public_id": "open", "group_id": "survey group"}),
    "surveys:participants_by_group": (MANAGERS, ONLY_GET, {"public_id": "open"}),
    "surveys:many_participants": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:failed_addresses": (MANAGERS, BOTH, {"public_id": "open"}),
    "surveys:move_participant": (MANAGERS, BOTH, {"public_id": "open", "invitation_id": "asked"}),
    "surveys:participant": (MANAGERS, BOTH, {"public_id": "open", "invitation_id": "asked"}),
    "surveys:remove_participant": (MANAGERS, BOTH, {"public_id": "open", "invitation_id": "asked"}),
    "surveys:poster": (
        MANAGERS | {"owner": 404, "consultant": 404},
        ONLY_GET,
        {"public_id": "open", "group_id": "survey group"},
    ),
    "reports:posters": (MANAGERS, BOTH, {"public_id": "open"}),
    "reports:counts": (MANAGERS, ONLY_GET, {"public_id": "open"}),
    "reports:room": (OF_THE_ROOM, ONLY_GET, {"public_id": "room"}),
    "reports:close_room": (OF_THE_ROOM, BOTH, {"public_id": "room"}),
    # --- answering, by link ---
    "answering:welcome": (LINK_HOLDERS, ONLY_GET, {"survey": "open"}),
    "answering:another": (ALL, BOTH, {"survey": "open"}),  # without a second link it leads to the first page
    "answering:yours": (LINK_HOLDERS, ONLY_GET, {"survey": "open"}),
    "answering:language": (LINK_HOLDERS, ONLY_POST, {"survey": "open"}),
    "answering:rest": (ALL, ONLY_GET, {"survey": "open"}),
    "answering:start": (LINK_HOLDERS, ONLY_POST, {"survey": "open"}),
    "answering:start_over": (LINK_HOLDERS, ONLY_POST, {"survey": "open"}),
    "answering:page": (LINK_HOLDERS, BOTH, {"survey": "open", "condition": "=task"}),
    "answering:save": (LINK_HOLDERS, ONLY_POST, {"survey": "open"}),
    "answering:review": (LINK_HOLDERS, ONLY_GET, {"survey": "open"}),
    "answering:submit": (LINK_HOLDERS, BOTH, {"survey": "open"}),
    "answering:leave": (LINK_HOLDERS, ONLY_GET, {"survey": "open"}),
    "answering:thanks": (LINK_HOLDERS, ONLY_GET, {"survey": "open"}),
    "answering:join": (ALL, BOTH, {}),
    "answering:lost_link": (ALL, BOTH, {}),
    "answering:lost_link_of": (ALL, BOTH, {"survey": "open"}),
    "answering:no_reminders": (ALL, BOTH, {"survey": "open", "sealed": "=made:up"}),
    "answering:decline": (LINK_HOLDERS, BOTH, {"survey": "open"}),
    "answering:withdraw": (LINK_HOLDERS, BOTH, {"survey": "open"}),
    # --- reports of closed surveys ---
    "reports:list": (SIGNED_IN, ONLY_GET, {}),
    "reports:survey": (READERS, ONLY_GET, {"public_id": "closed"}),
    "reports:slice": (READERS, ONLY_GET, {"public_id": "slice"}),
    "reports:slice_figure": (READERS, BOTH, {"public_id": "slice"}),
    "reports:statements": (READERS, ONLY_GET, {"public_id": "slice", "condition": "=task", "space": "=team"}),
    "reports:present": (READERS, ONLY_GET, {"public_id": "slice"}),
    "reports:present_notes": (READERS, ONLY_GET, {"public_id": "slice"}),
    "reports:slice_agreed": (READERS, BOTH, {"public_id": "slice"}),
    "reports:slice_agreed_letter": (READERS, BOTH, {"public_id": "slice"}),
    "reports:slice_document": (READERS, BOTH, {"public_id": "slice", "kind": "=slice_csv"}),
    "reports:next_steps": (OF_THE_ROOM, BOTH, {"public_id": "slice"}),
    "reports:compare": (READERS, BOTH, {"public_id": "closed"}),
    "reports:comparison": (MANAGERS, ONLY_GET, {"public_id": "comparison"}),
    "reports:rename_comparison": (MANAGERS, BOTH, {"public_id": "comparison"}),
    "reports:all_slice_documents": (READERS, ONLY_POST, {"public_id": "slice"}),
    "reports:all_comparison_documents": (MANAGERS, ONLY_POST, {"public_id": "comparison"}),
    "reports:present_comparison": (MANAGERS, ONLY_GET, {"public_id": "comparison"}),
    "reports:present_comparison_notes": (MANAGERS, ONLY_GET, {"public_id": "comparison"}),
    "reports:comparison_agreed": (MANAGERS, BOTH, {"public_id": "comparison"}),
    "reports:comparison_agreed_letter": (MANAGERS, BOTH, {"public_id": "comparison"}),
    "reports:comparison_document": (MANAGERS, BOTH, {"public_id": "comparison", "kind": "=comparison_csv"}),
    "reports:evidence": (MANAGERS, ONLY_GET, {"public_id": "edition"}),
    "reports:release": (MANAGERS, BOTH, {"public_id": "edition"}),
    "reports:release_letters": (MANAGERS, BOTH, {"public_id": "edition", "release_id": "release"}),
    "reports:stop_release_letters": (MANAGERS, ONLY_POST, {"public_id": "edition", "release_id": "release"}),
    "reports:by_link": (ALL, ONLY_GET, {"token": "=made-up"}),
    "reports:results_by_link": (ALL, ONLY_GET, {"token": "=made-up"}),
    "reports:take_back": (MANAGERS, ONLY_POST, {"public_id": "edition", "release_id": "release"}),
    "reports:comments": (MANAGERS, ONLY_GET, {"public_id": "edition"}),
    "reports:redact": (MANAGERS, BOTH, {"public_id": "edition", "comment_id": "comment"}),
    "reports:links": (MANAGERS, BOTH, {"public_id": "workspace"}),
    "reports:retention": (OWNER, BOTH, {"public_id": "workspace"}),
    "reports:delete_report": (OWNER, BOTH, {"public_id": "edition"}),
    "reports:audit": (MANAGERS, ONLY_GET, {"public_id": "workspace"}),
    "reports:upkeep": (OWNER, ONLY_GET, {"public_id": "workspace"}),
    "reports:results": (LINK_HOLDERS, BOTH, {"survey": "closed"}),
    # --- the guide ---
    "guide:welcome": (ALL, ANY, {}),
    "guide:model": (ALL, ANY, {}),
    "guide:condition": (ALL, ANY, {"key": "=task"}),
    "guide:spaces": (ALL, ANY, {}),
    "guide:approach": (ALL, ANY, {}),
    "guide:improving": (ALL, ANY, {}),
    "guide:talks": (ALL, ANY, {}),
    "guide:actions": (ALL, ANY, {"key": "=task"}),
    "guide:research": (ALL, ANY, {}),
    "guide:checklists": (ALL, ANY, {}),
    "guide:protection": (ALL, ANY, {}),
    "guide:accessibility": (ALL, ANY, {}),
    "guide:contact": (ALL, ANY, {}),
    # --- last, because from here on everybody holds a link ---
    "answering:enter": (ALL, ONLY_GET, {"token": "link"}),
}


def routes(patterns: Iterable, before: str = "", parts: tuple[str, ...] = ()) -> Iterable[tuple[str, frozenset[str]]]:
    """(name, parts of its address) of everything below `patterns`."""
    for pattern in patterns:
        named = (*parts, *pattern.pattern.converters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield f"{before}{pattern.name}", frozenset(named)
        else:
            below = f"{before}{pattern.namespace}:" if pattern.namespace else before
            yield from routes(pattern.url_patterns, below, named)


def test_every_route_is_listed():
    found = dict(routes(get_resolver().url_patterns))
    assert {name: frozenset(parts) for name, (_, _, parts) in ROUTES.items()} == found


@pytest.fixture
def world(instrument) -> World:
    return make_world("Northmoor")


@pytest.fixture
def everybody(world) -> dict[str, Client]:
    """The people of this workspace, those of one just like it, and who runs the site."""
    elsewhere = make_world("Southmoor")
    staff = make_user("Staff")
    staff.is_staff = staff.is_superuser = True
    staff.save()
    return {
        **{who: world.browser(who) for who in (*ROLES, "anonymous", "respondent")},
        "owner elsewhere": elsewhere.browser("owner"),
        "facilitator elsewhere": elsewhere.browser("facilitator with a release"),
        "leader elsewhere": elsewhere.browser("leader with a release"),
        "respondent elsewhere": elsewhere.browser("respondent"),
        "site staff": signed_in(staff),
    }


def address(world: World, name: str) -> str:
    parts = ROUTES[name][2].items()
    known = {part: thing[1:] if thing.startswith("=") else world.things[thing] for part, thing in parts}
    return reverse(name, kwargs=known)


def come(response) -> object:
    """How somebody came off: in, asked who they are, or the status of a refusal."""
    if response.streaming:
        response.getvalue()  # read to its end a file closes; to close it by hand would close the connection too
    if response.status_code == 401 or response.headers.get("Location", "").startswith("/accounts/login/"):
        return ASKED
    return response.status_code if response.status_code in {403, 404} else IN


# Of an account that belongs to several workspaces, and of what is a leader's alone.
NOBODYS_WORKSPACE = (SIGNED_IN, ALL, STAFF, NOBODY, ITS_LEADER, LINK_HOLDERS, UNHEARD)


def test_a_workspace_that_asks_for_a_second_step_shows_nothing_to_members_without(world, everybody):
    """Sessions that were open before and addresses that were kept included; whoever answers by a link is not asked."""
    names = [name for name, (given, _m, _p) in ROUTES.items() if given not in NOBODYS_WORKSPACE]
    members = {who: browser for who, browser in everybody.items() if who in ROLES}
    Workspace.objects.filter(public_id=world.things["workspace"]).update(needs_second_step=True)
    for method in ("get", "post"):
        open_ones = [name for name in names if method in (ROUTES[name][1] or "get post").split()]
        came = {
            (name, who): come(getattr(one, method)(address(world, name)))
            for name in open_ones
            for who, one in members.items()
        }
        assert {key for key, how in came.items() if how == IN} == set()
    lists = [name for name, (given, _m, parts) in ROUTES.items() if given is SIGNED_IN and not parts]
    shown = {
        (name, who): b"How do we lead here?" in one.get(reverse(name)).content
        for name in lists
        for who, one in members.items()
    }
    assert not any(shown.values()), [key for key, is_shown in shown.items() if is_shown]
    assert everybody["respondent"].get(address(world, "answering:welcome")).status_code == 200
    for who in ROLES:
        Authenticator.objects.create(user=world.people[who], type="totp", data={})
    for name in names:
        if ROUTES[name][1] != ONLY_POST:
            assert come(members["owner"].get(address(world, name))) == ROUTES[name][0]["owner"], name


KEPT_FOR_A_WHILE = {"reports:sample", "reports:sample_place"}  # belongs to nobody


def test_everybody_sees_what_they_may_and_looking_changes_nothing(world, everybody):
    seen, written, kept = {}, [], []
    for name, (_rule, methods, _parts) in ROUTES.items():
        if methods == ONLY_POST:
            continue
        for who, browser in everybody.items():
            reset_queries()  # or the log of a connection is full before the last address
            with CaptureQueriesContext(connection) as asked:
                answer = browser.get(address(world, name))
            seen[name, who] = come(answer)
            kept += [(name, who)] if "no-store" not in answer.headers["Cache-Control"] else []
            assert answer.streaming or not OBJECT.search(answer.content), name
            written += [(name, who, sql) for query in asked if WRITES.match(sql := query["sql"])]
    assert seen == {(name, who): ROUTES[name][0][who] for name, who in seen}
    assert not written
    assert {name for name, _who in kept} <= KEPT_FOR_A_WHILE


def test_whoever_may_not_look_may_not_send_either(world, everybody):
    came, rows = {}, counted()
    for name, (given, methods, _parts) in ROUTES.items():
        for who, browser in everybody.items():
            if given[who] != IN and "post" in methods.split():
                came[name, who] = come(browser.post(address(world, name)))
    assert came == {(name, who): ROUTES[name][0][who] for name, who in came}
    assert counted() == rows


def test_no_other_method_is_answered(world):
    answered = {}
    for name, (given, methods, _parts) in ROUTES.items():
        who = next(who for who in (*ROLES, "respondent", "anonymous") if given[who] == IN or who == "anonymous")
        browser = world.browser(who)
        for method in METHODS if methods and given[who] == IN else ():
            if method not in methods.split():
                answered[name, method] = getattr(browser, method)(address(world, name)).status_code
    assert answered == dict.fromkeys(answered, 405)


NO_PART = "answering:thanks"  # htmx is told there whether to go on to the result, by an empty answer
WITH_PARTS = {
    "jobs:progress",
    "reports:self_assessment",
    "reports:own_answers",
    "reports:forecast",
    "reports:counts",
    "reports:room",
    "reports:close_room",
    "reports:statements",
}


def test_what_htmx_is_given_stands_in_the_page(world):
    """Every address that answers htmx with a part of its page, found by what its answer varies on."""
    found = set()
    for name, (given, methods, _parts) in ROUTES.items():
        who = next((who for who in (*ROLES, "respondent", "anonymous") if given[who] == IN), None)
        if who is None or methods == ONLY_POST:
            continue
        browser, page = world.browser(who), address(world, name)
        if name != NO_PART and "HX-Request" in browser.get(page).headers.get("Vary", ""):
            found.add(name)
            assert_part_equals_page(browser, page)
    assert found == WITH_PARTS


def test_who_asks_only_for_the_head_of_a_page_gets_what_the_page_would_say(world):
    got, asked = {}, {}
    for name, (given, methods, _parts) in ROUTES.items():
        who = next((who for who in (*ROLES, "respondent", "anonymous") if given[who] == IN), None)
        if "head" in methods and who:
            browser, page = world.browser(who), address(world, name)
            got[name], asked[name] = browser.get(page).status_code, browser.head(page).status_code
    assert asked == got


def counted() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_models() if model is not Session}
