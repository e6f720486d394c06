"""What comes in large numbers or sizes is turned away before it costs anything, and what it has left goes."""

import datetime
import io

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from core.accounts.ended_sessions import forget_ended_sessions
from core.quotas.actions import OverQuota
from core.quotas.models import Spent
from diagnostics.self_assessments.actions import begin, forget_unkept
from diagnostics.self_assessments.models import KEPT_FOR, Unkept
from tests.diagnostics.launched import workspace_of
from tests.stage import ROOT
from trace_site.bodies import LARGEST, BodySizeMiddleware

LOGIN = "/accounts/login/"


class Unread(io.BytesIO):
    def read(self, *_: object) -> bytes:
        raise AssertionError("It was read.")


def test_a_body_that_is_too_large_is_turned_away_unread(db):
    request = RequestFactory().post(LOGIN, b"", content_type="multipart/form-data; boundary=x")
    request.META |= {"CONTENT_LENGTH": str(LARGEST + 1)}
    request._stream = Unread()
    assert BodySizeMiddleware(lambda _request: pytest.fail("It went on."))(request).status_code == 413
    nginx = (ROOT / "deploy" / "nginx.conf").read_text()
    assert f"client_max_body_size {LARGEST // 1024**2}m;" in nginx


def test_many_files_and_many_fields_are_turned_away(client, db):
    files = {f"file{number}": SimpleUploadedFile("a.csv", b"a") for number in range(6)}
    assert client.post(LOGIN, files).status_code == 400
    many = "&".join(f"f{number}=1" for number in range(4_001))
    assert client.post(LOGIN, many, content_type="application/x-www-form-urlencoded").status_code == 400


def test_deep_json_is_no_error_of_the_site(alice, client_for):
    workspace = workspace_of(alice)
    address = reverse("spaces:rename", args=[workspace.public_id])
    sent = {"name": "Southmoor", "stood": "[" * 100_000}
    assert client_for(alice).post(address, sent).status_code in (200, 302)


def test_sessions_go_once_they_have_ended(client_for, alice):
    client_for(alice)
    session = Session.objects.get()
    assert forget_ended_sessions(now=session.expire_date - datetime.timedelta(seconds=1)) == 0
    assert forget_ended_sessions(now=session.expire_date + datetime.timedelta(seconds=1)) == 1
    assert not Session.objects.exists()


def test_starts_without_an_account_end_at_a_limit_of_the_site_and_are_gone_after_a_day(settings, instrument, now):
    settings.QUOTAS = settings.QUOTAS | {"begun": settings.QUOTAS["begun"] | {"site": (5, datetime.timedelta(days=1))}}
    asked = {"begun": (), "primary_space": "team", "preset": "brief", "spaces": ["team"]}
    refused = 0
    for number in range(8):
        try:
            begin(client=f"192.0.2.{number}", now=now, **asked)
        except OverQuota:
            refused += 1
    assert (Unkept.objects.count(), refused) == (5, 3)
    assert Spent.objects.filter(quota="begun").count() == 6  # of five addresses and the site: what was refused has none
    forget_unkept(now=now + KEPT_FOR)
    assert not Unkept.objects.exists()
