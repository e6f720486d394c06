"""The tables of a next version come while people answer and a backup reads: nobody sees an error or waits for long."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.faults.stage import House, Site
from tests.faults.verdicts import Verdict
from tests.stage import ROOT, comes_true, connect

SAID = "release.log"
PROMISED = 2.0  # seconds for any request
TRIES = 3  # of the release, until the backup has read everything
AT_MOST = 240.0  # seconds
# What the next version adds to what is read and written at every answer: app → models. One in each migration.
ADDS = {"spaces": ("workspace",), "diagnostics": ("survey", "draft", "invitation"), "post": ("message",)}
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [({app!r}, {last!r})]
    operations = [migrations.AddField({model!r}, "comes_next", models.CharField(max_length=20, db_default=""))]
"""


def fault(house: House) -> Verdict:
    verdict = Verdict()
    with house.site() as site:
        _survey, crowd = site.crowd(400)
        tree = _next_version(site.folder / "next")
        with crowd.answering():
            time.sleep(6)
            usual, crowd.longest = crowd.longest, 0.0
            began = time.monotonic()
            with _backup(site):
                release = _release(site, tree)
                if not site.is_on_sqlite:
                    comes_true(lambda: _awaited(site) >= TRIES, seconds=AT_MOST, of=release)
            backed_up = time.monotonic()
            release.wait(AT_MOST)
            ended = time.monotonic()
            time.sleep(3)
        verdict.answers(site, crowd)
        verdict.figure(f"the longest request took {usual:.1f} s before, {crowd.longest:.1f} s meanwhile")
        verdict.figure(f"released in {ended - began:.0f} s, {ended - backed_up:.0f} s after the backup had ended")
        verdict.figure(f"a lock was not had {_awaited(site)} times")
        verdict.promise("the release ends well", kept=not release.returncode)
        verdict.promise("nobody sees an error", kept=not crowd.troubles)
        verdict.promise(f"nobody waits longer than {PROMISED:.0f} s", kept=crowd.longest <= PROMISED)
        verdict.promise(
            "the columns are there", kept=site.value("SELECT count(comes_next) FROM diagnostics_survey") == 1
        )
    return verdict


def _next_version(tree: Path) -> Path:
    """This one, with a column more for every table that is busy."""
    leave = shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__")
    shutil.copytree(ROOT, tree, ignore=leave, symlinks=True)
    (tree / ".venv").symlink_to(Path(sys.prefix))
    for app, models in ADDS.items():
        folder = next(path for path in (tree / app, tree / "core" / app) if path.is_dir()) / "migrations"
        last = max(path.stem for path in folder.glob("0*.py"))
        for number, model in enumerate(models, start=9001):
            (folder / f"{number}_next.py").write_text(MIGRATION.format(app=app, last=last, model=model))
            last = f"{number}_next"
    return tree


@contextmanager
def _backup(site: Site) -> Iterator[None]:
    """Has read every table, in a transaction that goes on."""
    with closing(connect(site.environment["DATABASE_URL"])) as database, closing(database.cursor()) as cursor:
        tables = _tables(site, cursor)
        if site.is_on_sqlite:
            cursor.execute("BEGIN")
        for (table,) in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            cursor.fetchall()
        yield
        database.rollback()


def _tables(site: Site, cursor) -> list[tuple[str]]:
    kept = "sqlite_master WHERE type = 'table'" if site.is_on_sqlite else "pg_tables WHERE schemaname = 'public'"
    cursor.execute(f"SELECT {'name' if site.is_on_sqlite else 'tablename'} FROM {kept}")
    return cursor.fetchall()


def _release(site: Site, tree: Path) -> subprocess.Popen:
    """As it is shipped; a site to try out is only migrated."""
    command = [".venv/bin/python", "manage.py", "migrate"] if site.is_on_sqlite else ["sh", "deploy/release.sh"]
    (tree / "bin").mkdir()
    (tree / "bin/id").write_text("#!/bin/sh\necho 1000\n")  # root would become a user that this machine may not have
    (tree / "bin/id").chmod(0o755)
    environment = site.environment | {"PATH": f"{tree / 'bin'}:{os.environ['PATH']}"}
    with (site.folder / SAID).open("w") as said:
        return subprocess.Popen(command, cwd=tree, env=environment, stdout=said, stderr=said)


def _awaited(site: Site) -> int:
    """How often a table was not to be had."""
    return (site.folder / SAID).read_text().count("django.db.utils.OperationalError: canceling statement due to lock")
