"""docs/operations.md, command by command, on clean machines: Debian 12 with every task, then a move to Debian 13."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.recipes.machine import Machine, followed, machine, why_not
from tests.recipes.page import blocks
from tests.stage import comes_true

pytestmark = [
    pytest.mark.recipe,
    pytest.mark.skipif(bool(why_not()), reason=f"No clean Debian can be made here: {why_not()}"),
]

INSIDE = Path(__file__).with_name("inside")
OWNER = "owner@example.org"
NAMES = {
    "SITE": "trace.northmoor.example",
    "MAIL": "smtp://127.0.0.1:2525",
    "WORKSPACE": "Northmoor Health",
    "OWNER": OWNER,
    "SOURCE": "/srv/trace.git",
    "VERSION": "v1",
}
SET_UP = (
    "Say what is yours",
    "Packages, users, folders",
    "The code",
    "Database and broker",
    "Settings",
    "Tables and processes",
    "The proxy",
)
# What none but a reader can run: mark of the block → what it needs.
BY_HAND = {
    "certificate": "a name that an authority on the internet can reach",
    "containers": "a container engine",
    "bucket": "a server that speaks S3; tests/site/test_bucket.py runs the site on one",
}


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Not below pytest's own folder: other users pass through it."""
    folder = Path(mkdtemp(prefix="trace-recipes-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def debian_12(place) -> Iterator[Machine]:
    with machine("bookworm", place / "bookworm", number=12, names=NAMES) as made:
        yield made


@pytest.fixture(scope="module")
def debian_13(place) -> Iterator[Machine]:
    with machine("trixie", place / "trixie", number=13, names=NAMES) as made:
        yield made


def set_up(made: Machine) -> None:
    """From nothing to a running site, by the first part of the page."""
    for heading in SET_UP:
        made.follow(heading)
    finish(made)


def finish(made: Machine) -> None:
    """What is around a site: a mailbox, and a certificate that is believed."""
    for name in ("mailbox.py", "sign_in.py", "survey.py", "visits.sh"):
        shutil.copy(INSIDE / name, made.root / "srv" / name)
    made.run(
        "systemd-run --quiet --unit=mailbox --property=Restart=always python3 /srv/mailbox.py\n"
        "cp /etc/trace-tls/fullchain.pem /usr/local/share/ca-certificates/trace.crt; update-ca-certificates\n"
        "apt-get install -y -q curl"
    )


def is_at_home(made: Machine) -> bool:
    return comes_true(lambda: not doctors_findings(made), seconds=90, every=3)


def doctors_findings(made: Machine) -> list[str]:
    said = made.run("trace doctor --from-outside || true; trace-worker doctor || true")
    return [line for line in said.splitlines() if line.startswith("NOT")]


def is_signed_in(made: Machine) -> bool:
    python = "/opt/trace/current/.venv/bin/python"
    return "signed in" in made.run(f"{python} /srv/sign_in.py https://{NAMES['SITE']} {OWNER}")


def does_a_surveys_work(made: Machine) -> bool:
    return "closed by a worker" in made.run("trace shell < /srv/survey.py")


def version(made: Machine) -> str:
    """Of the web server, as staff read it in its pages' head."""
    return made.run("trace shell --verbosity=0 -c 'from trace_site.version import version; print(version())'").strip()


@contextmanager
def visited(made: Machine) -> Iterator[list[str]]:
    """What visitors get meanwhile, who come all the time; empty until they are gone."""
    answers: list[str] = []
    made.run(f"rm -f /run/enough; systemd-run --quiet --unit=visits bash /srv/visits.sh {NAMES['SITE']}")
    try:
        yield answers
    finally:
        made.run("touch /run/enough; while systemctl is-active --quiet visits; do sleep 0.2; done")
    answers += made.run("cat /run/visits").split("\n")[:-1]


def turned_away(answers: list[str]) -> Counter[str]:
    """What they got who did not get the page."""
    assert len(answers) > 20
    return Counter(answers) - Counter({"200": len(answers)})


def test_a_running_site_on_debian_12(debian_12):
    set_up(debian_12)
    assert is_at_home(debian_12), doctors_findings(debian_12)
    assert debian_12.follow("The first workspace").count("All is well") == 2
    assert is_signed_in(debian_12)
    debian_12.follow("Who may come in, and how much they may ask for", "another workspace")
    assert does_a_surveys_work(debian_12)
    debian_12.follow("Proving a set-up")
    debian_12.follow("Backups")
    assert re.search(r"^trace-\d", debian_12.run("ls /srv/trace-backups"), re.MULTILINE)


def test_a_new_version_and_back_turn_nobody_away(debian_12):
    first = version(debian_12)
    with visited(debian_12) as answers:
        debian_12.follow("A new version", NEW="v2")
    second = version(debian_12)
    assert not turned_away(answers)
    with visited(debian_12) as answers:
        debian_12.follow("Back to the version before", OLD="v1")
    assert not turned_away(answers)
    assert version(debian_12) == first != second
    assert is_at_home(debian_12), doctors_findings(debian_12)


def test_other_secrets_turn_nobody_away(debian_12):
    before = debian_12.run("cat /etc/trace.env")
    with visited(debian_12) as answers:
        for heading in ("SECRET_KEY", "The password of the database", "The password of Redis"):
            debian_12.follow(heading)
            assert does_a_surveys_work(debian_12)
    assert not turned_away(answers)
    after = debian_12.run("cat /etc/trace.env")
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL"):
        assert re.search(f"^{name}=.*$", before, re.MULTILINE)[0] not in after
    debian_12.follow("The password of the database")  # the other role's turn
    debian_12.follow("SECRET_KEY", "60 days later")
    assert is_at_home(debian_12), doctors_findings(debian_12)
    assert is_signed_in(debian_12)


def test_another_host(debian_12, debian_13):
    """A web server on Debian 13 beside the site on Debian 12; documents are shared by nobody here."""
    debian_12.follow("Another host", "first host", HERE=debian_12.address, OTHER=debian_13.address)
    for heading in ("Say what is yours", "Packages, users, folders", "The code"):
        debian_13.follow(heading)
    debian_13.run(
        "install -g trace -m 640 /dev/stdin /etc/trace.env <<'END'\n" + debian_12.run("cat /etc/trace.env") + "END"
    )
    debian_13.follow("Another host", "second host", FIRST=debian_12.address, HERE=debian_13.address)
    there = f"curl -sS --retry 20 --retry-connrefused http://{debian_13.address}:8000/ready/"
    assert comes_true(lambda: '"ready": true' in debian_12.run(there), seconds=60), debian_12.run(there)
    debian_13.run(
        "systemctl disable --now trace-web; rm -r /etc/systemd/system/trace-web.service.d; systemctl daemon-reload"
    )


def test_a_move_to_debian_13(debian_12, debian_13):
    debian_12.follow("Move to another machine", "old machine")
    for heading in ("Database and broker", "Settings"):
        debian_13.follow(heading)
    shutil.copy(debian_12.root / "etc/trace.env", debian_13.root / "root/trace.env")
    debian_13.follow("Move to another machine", "new machine")
    for heading in ("Tables and processes", "The proxy"):
        debian_13.follow(heading)
    finish(debian_13)
    for folder in ("trace-backups", "trace-keys-copy"):
        subprocess.run(["cp", "-r", debian_12.root / "srv" / folder, debian_13.root / "srv"], check=True)
    debian_13.run("chown -R trace-worker: /srv/trace-*; chmod 700 /srv/trace-*")
    debian_13.follow("Restore")
    assert is_at_home(debian_13), doctors_findings(debian_13)
    assert is_signed_in(debian_13)
    assert does_a_surveys_work(debian_13)
    debian_13.follow("Proving a set-up")
    debian_13.follow("Backups")


def test_caddy_in_place_of_nginx(debian_13):
    """Without a way to an authority it gets no certificate; it runs and takes what we ship."""
    debian_13.follow("Caddy in place of nginx", "caddy")
    assert "active" in debian_13.run("systemctl is-active caddy")


def test_every_command_of_the_page_was_run(request):
    """By the tests above, where all of them were asked for."""
    if request.session.testscollected < len([name for name in globals() if name.startswith("test_")]):
        pytest.skip("only some of the tests were run")
    left = {(one.heading, one.mark) for one in blocks()} - followed
    assert {mark or heading for heading, mark in left} == set(BY_HAND)
