"""What `manage.py doctor` looks at: each question answers in lines, ok or not, with what to do.

A question that fails is a line as well: the doctor is called when something is broken.
"""

import ctypes.util
import datetime
import json
import os
import platform
import secrets
import shutil
import socket
import ssl
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import django
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.mail import get_connection
from django.core.mail.message import EmailMessage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core.jobs import sightings
from core.keys import mark
from core.keys.files import is_within_reach
from trace_site import files, outside, ready
from trace_site.database_logs import talkative
from trace_site.lanes import LANES
from trace_site.version import version

LEAST_POSTGRES = 130_000
MOST_SKEW = 5.0  # seconds
PATIENCE = 60.0  # seconds until a process that was started has said that it is there
ENOUGH_DAYS = 14  # of a certificate
STRANGER = "203.0.113.77"  # nobody has this address (RFC 5737)
FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "/System/Library/Fonts")


@dataclass(frozen=True)
class Line:
    part: str
    is_ok: bool
    said: str
    todo: str = ""  # where it is not ok


Question = Callable[[], Iterator[Line]]


def examined(questions: dict[str, Question]) -> Iterator[Line]:
    for part, ask in questions.items():
        try:
            yield from ask()
        except Exception as failure:  # whatever is broken
            yield Line(part, False, f"could not be looked at ({type(failure).__name__}).", "See the lines above.")


def versions() -> Iterator[Line]:
    said = f"TRACE {version()}, Python {platform.python_version()}, Django {django.get_version()}"
    yield Line("versions", sys.version_info >= (3, 11), said, "Python 3.11 or newer is needed: make setup.")
    yield Line("versions", not settings.DEBUG, f"DEBUG is {'on' if settings.DEBUG else 'off'}.", "Take DEBUG away.")


def database() -> Iterator[Line]:
    try:
        connection.ensure_connection()
    except Exception as failure:
        yield Line(
            "database", False, f"is not reached ({type(failure).__name__}).", "Is it running? Look at DATABASE_URL."
        )
        return
    if connection.vendor == "postgresql":
        yield from _postgres()
    else:
        said = "is a file, SQLite: for one host and few people."
        yield Line("database", settings.DEBUG, said, "Use PostgreSQL on a site for others.")
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = f"lacks {missing} migrations of this version." if missing else "has the tables of this version."
    yield Line("database", not missing, said, "Run deploy/release.sh.")


def _postgres() -> Iterator[Line]:
    number = connection.cursor().connection.server_version
    yield Line(
        "database", number >= LEAST_POSTGRES, f"is PostgreSQL {number // 10_000}.", "Take PostgreSQL 13 or newer."
    )
    found = ", ".join(f"{name} is {value}" for name, value in talkative().items())
    said = f"would write down what people answer: {found}." if found else "writes nothing down of what people answer."
    yield Line("database", not found, said, "Run deploy/postgresql.sql as its superuser.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_mighty = cursor.fetchone()[0]
        cursor.execute("SELECT has_schema_privilege(current_schema(), 'CREATE'), current_setting('server_encoding')")
        may_create, encoding = cursor.fetchone()
        cursor.execute("SELECT current_setting('TimeZone')")
        zone = cursor.fetchone()[0]
    said = "Its role could lift the guards on what was published." if is_mighty else "Its role has no rights too many."
    yield Line("database", not is_mighty, said, "ALTER ROLE trace NOSUPERUSER NOCREATEROLE NOBYPASSRLS;")
    said = f"Its role may {'' if may_create else 'not '}make tables."
    yield Line("database", may_create, said, "ALTER DATABASE trace OWNER TO trace;")
    yield Line("database", encoding == "UTF8", f"keeps text as {encoding}.", "Make it anew with ENCODING 'UTF8'.")
    yield Line("database", zone in ("UTC", "Etc/UTC"), f"answers in {zone}.", "ALTER ROLE trace RESET timezone;")


def broker() -> Iterator[Line]:
    said = ready.broker()
    yield Line(
        "broker", said == ready.OK, "answers." if said == ready.OK else said, "Is Redis running? Look at REDIS_URL."
    )


def workers() -> Iterator[Line]:
    for lane, age in sightings.ages([*LANES, sightings.BEAT]).items():
        is_seen = age is not None and age <= sightings.LATELY.total_seconds()
        said = f"{lane}: " + ("nobody was seen within a day." if age is None else f"seen {age:.0f} s ago.")
        unit = "trace-beat" if lane == sightings.BEAT else "the trace-worker@ that serves it (trace_site/lanes.py)"
        yield Line("workers", is_seen, said, f"Start {unit}.")
    for one in sightings.at_work():
        yield Line(
            "versions", one.version == version(), f"{one.name} runs {one.version}.", "Restart it with this version."
        )


def wait_for_processes() -> None:
    """Until each lane is served, and by this version; whoever asks afterwards is told of what is missing still."""
    until = time.monotonic() + PATIENCE
    while not all(line.is_ok for line in examined({"workers": workers})) and time.monotonic() < until:
        time.sleep(1)


def clocks() -> Iterator[Line]:
    """Against the database's, by which everything on the site is timed."""
    with connection.cursor() as cursor:
        asked = timezone.now()
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        found = cursor.fetchone()[0]
    if isinstance(found, str):  # SQLite, whose clock is this host's
        found = datetime.datetime.fromisoformat(found).replace(tzinfo=datetime.UTC)
    here = (asked - found).total_seconds()
    for name, ahead in [
        (f"this host ({socket.gethostname()})", here),
        *sightings.at_work().values_list("name", "ahead"),
    ]:
        said = f"{name} differs from the database by {ahead:+.1f} s."
        yield Line("clocks", abs(ahead) <= MOST_SKEW, said, "Run chrony or systemd-timesyncd on both hosts.")


def keys() -> Iterator[Line]:
    folder = Path(settings.KEY_STORE)
    for name, place in (("FILES", settings.MEDIA_ROOT), ("STATIC", settings.STATIC_ROOT)):
        if name == "FILES" and settings.FILES_BUCKET:
            continue
        is_apart = not folder.resolve().is_relative_to(Path(place).resolve())
        said = f"KEY_STORE lies {'outside' if is_apart else 'inside'} {name}."
        yield Line("keys", is_apart, said, "Move it where no backup of the rest takes it along.")
    if not is_within_reach():
        yield Line("keys", True, "cannot be read by this user, as it should be for a web server.")
        yield from _keys_as_workers_say()
        return
    said = "can be read by this user, as it must be for a worker and never for a web server."
    yield Line("keys", True, said)
    mode = stat.S_IMODE(folder.stat().st_mode)
    yield Line("keys", mode == stat.S_IRWXU, f"has the mode {mode:04o}.", f"chmod 700 {folder}")
    found = mark.look()
    yield _key_line(found)


def _keys_as_workers_say() -> Iterator[Line]:
    for said in sightings.at_work().exclude(keys="").values_list("keys", flat=True).distinct():
        yield _key_line(mark.Found(said))


def _key_line(found: mark.Found) -> Line:
    said = "is the one that this site has used so far." if found == mark.Found.OK else f"{found.label}."
    todo = "Mount the right one; if this is it now, run as a worker: manage.py doctor --accept-key-store."
    return Line("keys", found in (mark.Found.OK, mark.Found.EMPTY), said, todo)


def where_files_are() -> Iterator[Line]:
    if settings.FILES_BUCKET:
        yield from _bucket()
        return
    folder = Path(settings.MEDIA_ROOT)
    is_ours = folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    said = f"FILES ({folder}) can {'' if is_ours else 'not '}be read and written by this user."
    yield Line("files", is_ours or settings.DEBUG, said, f"install -d -o trace -g trace -m 2770 {folder}")


def _bucket() -> Iterator[Line]:
    """A file of our own goes there and away again; meanwhile a stranger asks for it."""
    there, name = files.bucket(), f"doctor/{secrets.token_hex(16)}"
    try:
        there.save(name, ContentFile(b"of the doctor"))
        with there.open(name) as file:
            is_whole = file.read() == b"of the doctor"
        is_shut = not (there.is_open(name) or there.is_open())
        there.delete(name)
        is_gone = not there.exists(name)
    except OSError as failure:
        said = f"FILES ({there}) can not be written, read and deleted ({failure.strerror})."
        yield Line("files", False, said, "Look at FILES, AWS_ENDPOINT_URL, the keys, and what they may do.")
        return
    said = f"FILES ({there}) can {'' if is_whole and is_gone else 'not '}be written, read and deleted."
    yield Line("files", is_whole and is_gone, said, "Is it one bucket, that everybody sees as it is?")
    said = f"Strangers {'are turned away there.' if is_shut else 'can read there.'}"
    yield Line("files", is_shut, said, "Take every public policy and list away from the bucket: TRACE alone reads it.")
    try:
        keeps = there.is_versioned()
    except OSError:
        yield Line("files", True, "Whether earlier versions are kept there is not for us to see: they must not be.")
        return
    said = f"What is deleted {'stays there as an earlier version.' if keeps else 'is gone.'}"
    yield Line("files", not keeps, said, "Suspend the bucket's versioning, and delete the versions it has kept.")


def disk() -> Iterator[Line]:
    for name, place in files.disks().items():
        folder = place
        while not os.path.exists(folder):
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        yield Line("disk", free >= ready.LEAST_FREE, f"{name} has {free / 1e9:.1f} GB free.", "Make room.")


def fonts() -> Iterator[Line]:
    libraries = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    missing = [name for name in libraries if not ctypes.util.find_library(name)]
    said = f"lack {', '.join(missing)}." if missing else "have the libraries that draw PDF documents."
    yield Line("fonts", not missing, said, "Run make setup; it says what to install.")
    places = (Path(folder).expanduser() for folder in FONTS)
    is_there = any(next(place.rglob("*.[to]t[fc]"), None) for place in places if place.is_dir())
    yield Line("fonts", is_there, f"{'some are' if is_there else 'none is'} installed.", "Run make setup as root.")


def mail() -> Iterator[Line]:
    kind = settings.EMAIL_BACKEND.split(".")[-2]
    yield Line(
        "mail", kind == "smtp" or settings.DEBUG, f"leaves by {kind}.", "EMAIL_URL must name a server that sends it."
    )
    if kind == "smtp":
        server = get_connection()
        try:
            server.open()
            server.close()
        except OSError as failure:
            yield Line(
                "mail",
                False,
                f"The server is not reached ({type(failure).__name__}).",
                "Look at the name, the port and the password in EMAIL_URL.",
            )
        else:
            yield Line("mail", True, "The server lets us in.")


def letter(to: str) -> Question:
    def send() -> Iterator[Line]:
        text = f"This letter was sent by `manage.py doctor` of {settings.SITE_URL}. Mail leaves this site."
        try:
            EmailMessage(subject="A test letter of TRACE", body=text, to=[to]).send()
        except OSError as failure:
            kind = type(failure).__name__
            yield Line(
                "mail", False, f"The test letter did not leave ({kind}).", "The log of the mail server says why."
            )
        else:
            yield Line("mail", True, "The test letter has left. Look whether it arrives, and not among junk.")

    return send


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def from_outside() -> Iterator[Line]:
    """The site under its own name, as people reach it, with headers that a stranger could send."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme == "https":
        yield from _certificate(site.hostname or "", site.port or 443)
    yield from _way_in()
    if site.scheme == "https":
        status, _ = fetched(f"http://{site.hostname}/accounts/login/")
        yield Line("outside", status in (301, 308), f"http answers {status}.", "Let the proxy send http on to https.")
    status, _ = fetched(f"{settings.SITE_URL}/ready/")
    yield Line("outside", status == 200, f"/ready/ answers {status}.", "The other lines say which part is not well.")


def _way_in() -> Iterator[Line]:
    asked = urlencode({"asked": outside.question()})
    lies = {"X-Forwarded-For": STRANGER, "X-Forwarded-Proto": "http", "X-Forwarded-Host": "stranger.example"}
    status, text = fetched(f"{settings.SITE_URL}/health/?{asked}", **lies)
    try:
        told = json.loads(text)
    except ValueError:
        said = f"{settings.SITE_URL}/health/ answers {status}, and not as this site does."
        yield Line("outside", False, said, "Does the proxy pass it on to this site, with the same SECRET_KEY?")
        return
    is_true = told["client"] != STRANGER
    said = "cannot say who they are by X-Forwarded-For." if is_true else "can pretend to be anybody by X-Forwarded-For."
    yield Line("outside", is_true, f"Strangers {said}", "The proxy must overwrite it; TRUSTED_PROXIES counts proxies.")
    site = urlsplit(settings.SITE_URL)
    said = f"Requests arrive as {told['scheme']}."
    todo = "The proxy must set X-Forwarded-Proto, and TRUSTED_PROXIES be 1 or more."
    yield Line("outside", told["scheme"] == site.scheme, said, todo)
    is_named = told["host"].partition(":")[0] == site.hostname
    yield Line("outside", is_named, f"Requests arrive for {told['host']}.", "The proxy must pass Host on as it came.")


def _certificate(host: str, port: int) -> Iterator[Line]:
    try:
        with (
            socket.create_connection((host, port), timeout=10) as line,
            ssl.create_default_context().wrap_socket(line, server_hostname=host) as secured,
        ):
            ends = ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError) as failure:
        said = f"of {host} does not hold ({type(failure).__name__})."
        yield Line("certificate", False, said, "Renew it, with all certificates between it and its authority.")
        return
    days = int((ends - timezone.now().timestamp()) // 86_400)
    yield Line("certificate", days >= ENOUGH_DAYS, f"of {host} lasts {days} days.", "Is its renewal running?")


def fetched(address: str, **headers: str) -> tuple[int, str]:
    """0 where nobody answers."""
    try:
        with build_opener(_Stay).open(Request(address, headers=headers), timeout=10) as answer:  # noqa: S310
            return answer.status, answer.read(10_000).decode(errors="replace")
    except HTTPError as refusal:
        return refusal.code, refusal.read(10_000).decode(errors="replace")
    except OSError:
        return 0, ""


QUESTIONS: dict[str, Question] = {
    "versions": versions,
    "database": database,
    "broker": broker,
    "workers": workers,
    "clocks": clocks,
    "keys": keys,
    "files": where_files_are,
    "disk": disk,
    "fonts": fonts,
    "mail": mail,
}
