"""How the letters of a workspace look, who may change it, and to whom replies go."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from core.audit.models import Entry
from core.post.registry import Writer
from spaces.actions.workspaces import change_look, create_personal_workspace
from spaces.emails import colleague_invitation
from spaces.logos import LARGEST_FILE, logo_of
from spaces.looks import look_of, writer_of
from spaces.models import WorkspaceLook


def picture(form: str = "PNG", size: tuple[int, int] = (600, 150), mode: str = "RGB", **more) -> bytes:
    written = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(written, form, **more)
    return written.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_logo_is_drawn_anew_and_small(form):
    secret = {"comment": b"taken at home"} if form in ("JPEG", "GIF") else {}
    logo = logo_of(picture(form, **secret), "logo")
    drawn = Image.open(BytesIO(logo.png))
    assert (drawn.format, drawn.mode, logo.width, logo.height) == ("PNG", "RGB", 248, 68)
    assert b"taken at home" not in logo.png


def test_a_clear_ground_becomes_white():
    drawn = Image.open(BytesIO(logo_of(picture(mode="LA"), "logo").png))
    assert drawn.getcolors() == [(drawn.width * drawn.height, (255, 255, 255))]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "logo.png", "This is an SVG file"),
        (b"\x1f\x8b", "logo.svgz", "This is an SVG file"),
        (b"BM" + bytes(60), "logo.bmp", "This is no picture that can be read"),
        (picture()[:60], "logo.png", "This is no picture that can be read"),
        (b"<html>" + picture(), "logo.png", "This is no picture that can be read"),
        (bytes(LARGEST_FILE + 1), "logo.png", "larger than 1 MB"),
        (picture(size=(5000, 2001)), "logo.png", "more than 10 million pixels"),
    ],
)
def test_what_is_no_logo_is_refused_with_a_way_on(content, name, sentence):
    with pytest.raises(ValidationError, match=sentence):
        logo_of(content, name)


def posted(browser, workspace, **fields):
    return browser.post(reverse("spaces:look", args=[workspace.public_id]), fields)


def test_the_looks_are_kept_and_shown(workspace, client_for, alice):
    browser = client_for(alice)
    upload = SimpleUploadedFile("logo.png", picture())
    assert posted(browser, workspace, colour="FC3", upload=upload).status_code == 302
    workspace.refresh_from_db()
    look = look_of(workspace)
    assert (look.name, look.colour, look.logo_size, look.text_colour) == ("Northmoor", "#ffcc33", (248, 68), "#000000")
    assert Entry.objects.filter(verb="change_look").count() == 1
    page = browser.get(reverse("spaces:look", args=[workspace.public_id])).content.decode()
    assert "written in black, because white could not be read on it" in " ".join(page.split())
    posted(browser, workspace, colour="#ffcc33", is_bare="on")
    assert not look_of(type(workspace).objects.get()).logo


def test_the_example_is_framed_by_this_site_alone_and_runs_nothing(workspace, client_for, alice):
    shown = client_for(alice).get(reverse("spaces:look_example", args=[workspace.public_id]))
    policy = shown["Content-Security-Policy"]
    assert shown["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert "href=" not in shown.content.decode()


def test_what_is_wrong_is_said_and_nothing_is_saved(workspace, client_for, alice):
    upload = SimpleUploadedFile("logo.svg", b"<svg/>")
    answer = posted(client_for(alice), workspace, colour="crimson", upload=upload)
    assert answer.status_code == 422
    assert 'value="crimson"' in answer.content.decode()
    assert not WorkspaceLook.objects.exists()


def test_who_does_not_manage_changes_nothing(workspace, alice, dora):
    with pytest.raises(PermissionDenied):
        change_look(workspace=workspace, colour="#000000", by=dora)
    personal = create_personal_workspace(by=alice)
    with pytest.raises(ValidationError, match="sends no messages"):
        change_look(workspace=personal, colour="#000000", by=alice)


def test_replies_go_to_members_with_a_confirmed_address_alone(workspace, alice, charlie, dora):
    assert writer_of(workspace, alice) == Writer("Alice", reply_to="alice@example.org")
    dora.emailaddress_set.update(verified=False)
    for nobody in (dora, charlie, None):
        assert writer_of(workspace, nobody) == Writer("Northmoor")


def test_an_invitation_comes_from_whoever_invites(invitation, alice):
    letter = colleague_invitation({"invitation": invitation.public_id}, "en-gb")
    assert letter.writer == Writer("Alice", reply_to="alice@example.org")
    assert letter.link in letter.text
