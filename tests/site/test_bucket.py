"""FILES in a bucket that speaks S3: what holds in a folder holds there, and nobody but the site reads it."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.files.asking import ask_for_file
from reports.files.models import Document
from tests.conftest import make_user
from tests.reports.files.test_making import *  # noqa: F403  # every test of it once more, in a bucket
from tests.reports.stories import made
from tests.s3 import KEYS, server
from tests.site.test_backups import drill
from tests.stage import new_database
from trace_site import doctor, files, ready
from trace_site.bucket import Bucket

pytestmark = [pytest.mark.postgres, pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")]


@pytest.fixture(scope="module")
def there():
    with server() as address:
        yield address


@pytest.fixture(autouse=True)
def bucket(there, settings, monkeypatch, request):
    """One of its own for each test."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    name = f"files-{abs(hash(request.node.nodeid))}"
    made = boto3.resource("s3", endpoint_url=there).create_bucket(Bucket=name)
    settings.FILES_BUCKET = name
    options = {"bucket_name": name, "location": "of/trace", "endpoint_url": there}
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "trace_site.bucket.Bucket", "OPTIONS": options}}
    return made


def test_a_page_streams_it_to_whom_it_may(own, alice, client_for, there, bucket):
    made(ask_for_file(of=own, kind="svg", by=alice))
    page = f"/reports/self-assessments/{own.public_id}/files/svg/"
    answer = client_for(alice).get(page)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    content = answer.getvalue()
    assert (content[:4], int(answer["Content-Length"])) == (b"<svg", len(content))
    assert client_for(make_user("Eve")).get(page).status_code == 404
    [key] = [kept.key for kept in bucket.objects.all()]
    assert key == f"of/trace/{Document.objects.get().path}"
    assert there not in str(answer.headers)
    with pytest.raises(HTTPError, match="403"):
        urlopen(f"{there}/{bucket.name}/{key}")  # noqa: S310
    with pytest.raises(NotImplementedError):
        default_storage.url(Document.objects.get().path)


def test_names_go_down_and_folders_are_none(bucket):
    for key in ("of/trace/", "of/trace/a/one", "of/trace/two", "of/others", "of/trace/../three"):
        bucket.put_object(Key=key, Body=b"1")
    assert sorted(files.files().names()) == ["a/one", "two"]
    files.files().remove_all(but={"two"})
    assert "of/others" in {kept.key for kept in bucket.objects.all()}
    assert default_storage.save("two", ContentFile(b"2")) != "two"  # nothing is written over


def told() -> dict[str, bool]:
    return {line.said: line.is_ok for line in doctor.examined({"files": doctor.QUESTIONS["files"]})}


def test_the_doctor_tries_it_and_knocks_as_a_stranger(bucket, monkeypatch):
    assert default_storage.is_open()  # this server lets everybody list, which is left out below
    asked = Bucket.is_open
    monkeypatch.setattr(Bucket, "is_open", lambda self, name="": bool(name) and asked(self, name))
    assert all(told().values())
    assert f"FILES (s3://{bucket.name}/of/trace) can be written, read and deleted." in told()
    assert list(bucket.objects.all()) == []
    bucket.Versioning().enable()
    policy = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket.name}/*"}
    bucket.Policy().put(Policy=json.dumps({"Version": "2012-10-17", "Statement": [policy]}))
    assert [said for said, is_ok in told().items() if not is_ok] == [
        "Strangers can read there.",
        "What is deleted stays there as an earlier version.",
    ]
    assert files.disks().keys() == {"VAR"}
    assert ready._bucket() == ready.OK


def test_a_bucket_that_is_away_is_told_as_a_disk_is(bucket):
    bucket.delete()
    assert list(told().values()) == [False]
    assert ready._bucket() == "the bucket of FILES is not reached (404)"
    for ask in (lambda: default_storage.save("one", ContentFile(b"1")), lambda: default_storage.listdir("a")):
        with pytest.raises(OSError, match="NoSuchBucket") as failure:
            ask()
        assert bucket.name in failure.value.filename
    with pytest.raises(FileNotFoundError):
        default_storage.open("one")


def test_the_drill(bucket, there, prepared_database, tmp_path):
    """Backed up from one bucket and put back into another: every file is what it was."""
    told = KEYS | {"AWS_ENDPOINT_URL": there}
    for name in ("old", "new"):
        boto3.resource("s3", endpoint_url=there).create_bucket(Bucket=f"{name}-{bucket.name}")
    (tmp_path / "old").mkdir()
    with new_database(tmp_path / "old", like=prepared_database) as database:
        before = drill("make", tmp_path, database, tmp_path / "var", FILES=f"s3://old-{bucket.name}", **told)
    (tmp_path / "new").mkdir()
    boto3.resource("s3", endpoint_url=there).Bucket(f"new-{bucket.name}").put_object(Key="left", Body=b"from before")
    told |= {"FILES": f"s3://new-{bucket.name}/below", "LINK": before["link"]}
    with new_database(tmp_path / "new") as database:
        after = drill("restore", tmp_path, database, tmp_path / "other", **told)["restored"]
    assert after["files"] == before["files"] != {}
    assert not (tmp_path / "other/files").exists()
