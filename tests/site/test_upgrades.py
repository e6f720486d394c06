"""The database of every version that was released is taken over by this one, and what was promised in it holds."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.releases.kept import RELEASES
from tests.releases.shape import shape_of, taken_away
from tests.stage import ROOT, SQLITE, clean_environment, connect, new_database
from trace_site.version import number

# Rows of these are never lost on the way, whatever a version adds to them.
STAYS = (
    "accounts_user",
    "audit_entry",
    "diagnostics_checklistversion",
    "diagnostics_participant",
    "diagnostics_selfassessment",
    "diagnostics_survey",
    "reports_edition",
    "reports_publishedslice",
    "spaces_group",
    "spaces_person",
    "spaces_workspace",
)
NOT_COUNTED = 2  # ballots of the demo that were taken back

# What this version asks of the one before it all the same, with the reason. Empty again after every release.
NOT_ADDED: dict[str, str] = {}
WAITED_FOR = {
    "diagnostics/0021_turns_of_saves: several tables are held at once": "two small ones, and no respondent reads them",
    "accounts/0003_sessions_and_rights: rows are changed": "few people may make workspaces; the old version lets none",
    "post/0003_refused_letters: post_message gets an index": "letters wait, for a second where there are a million",
}


@pytest.fixture(scope="module", params=RELEASES, ids=lambda one: one.name)
def taken_over(request, tmp_path_factory):
    release, folder = request.param, tmp_path_factory.mktemp("upgrade")
    with new_database(folder) as url:
        release.put_into(url, folder)
        used = release.used("sqlite" if url.startswith(SQLITE) else "postgresql")
        before, was = _facts(url), shape_of(url)
        command = [sys.executable, "-m", "tests.releases.taking_over", used["survey"], used["token"]]
        settings = clean_environment(VAR=str(folder), DATABASE_URL=url)
        done = subprocess.run(command, cwd=ROOT, env=settings, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        found = json.loads(done.stdout.splitlines()[-1])
        yield SimpleNamespace(
            release=release, used=used, before=before, after=_facts(url), was=was, now=shape_of(url), **found
        )


def _facts(url: str) -> SimpleNamespace:
    with closing(connect(url)) as database, closing(database.cursor()) as cursor:

        def asked(query: str) -> list:
            cursor.execute(query)
            return cursor.fetchall()

        return SimpleNamespace(
            rows={table: asked(f"SELECT count(*) FROM {table}")[0][0] for table in STAYS},  # noqa: S608
            ballots=asked("SELECT count(*) FROM diagnostics_ballot")[0][0],
            hashes=dict(asked("SELECT public_id, content_hash FROM reports_edition")),
        )


def test_a_site_goes_on_where_it_was(taken_over):
    """By a link that was sent then, what was answered is there, is gone on with and handed in; and all is counted."""
    assert taken_over.drafts == taken_over.used["answers"]
    assert taken_over.thanks == 200
    assert taken_over.closed["ballots"] == taken_over.before.ballots + 1
    assert taken_over.closed["n"] == taken_over.closed["ballots"] - NOT_COUNTED


def test_what_was_published_is_what_it_was(taken_over):
    before = taken_over.before
    assert taken_over.hashes == {edition: [said, said] for edition, said in before.hashes.items()}
    assert before.hashes.items() < taken_over.after.hashes.items()
    assert [table for table in STAYS if taken_over.after.rows[table] < before.rows[table]] == []
    assert taken_over.guards == []
    assert "An edition never changes." in taken_over.refuses


# --- The version before runs on the tables of this one -----------------------------------------------


def test_this_version_only_adds_to_the_tables_of_the_one_before(taken_over):
    """So that processes of that one answer while this one comes, and again where it is taken back."""
    if taken_over.release is RELEASES[0]:
        assert set(taken_away(taken_over.was, taken_over.now)) - NOT_ADDED.keys() == set()


def test_nobody_waits_while_tables_are_added_to():
    """A table that is there already gets an index CONCURRENTLY, and somebody has looked at what changes rows."""
    there, loader = RELEASES[0].migrations, MigrationLoader(None)
    tables = loader.project_state(sorted(there)).models.keys()
    new = {key: migration for key, migration in loader.disk_migrations.items() if key not in there}
    found = {f"{'/'.join(key)}: {what}" for key, one in new.items() for what in _waits_for(one, tables)}
    assert found == WAITED_FOR.keys()


def _waits_for(migration: migrations.Migration, tables: set) -> Iterator[str]:
    """Each table that was altered is held until its migration ends, which reads the models anew for each step."""
    altered = {(migration.app_label, getattr(step, "model_name", "")) for step in migration.operations} & tables
    if len(altered) > 1:
        yield "several tables are held at once"
    for step in migration.operations:
        table = (migration.app_label, getattr(step, "model_name", ""))
        if isinstance(step, migrations.RunPython | migrations.RunSQL | migrations.SeparateDatabaseAndState):
            yield "rows are changed"
        elif table in tables and (type(step) is migrations.AddIndex or _is_found_by(getattr(step, "field", None))):
            yield f"{'_'.join(table)} gets an index"


def _is_found_by(field: models.Field | None) -> bool:
    return field is not None and (field.db_index or field.unique)


# --- How a version is named --------------------------------------------------------------------------


def test_a_version_has_one_name():
    """pyproject.toml says which comes next; the head of CHANGELOG.md, its tag and its database say the same."""
    coming = f"v{number()}"
    heads = [f"v{head}" for head in re.findall(r"^## ([\d.]+), ", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)]
    kept = [release.name for release in RELEASES]
    assert heads in ([coming, *kept], kept)  # between its database and its tag it is among them
    tagged = subprocess.run(["git", "tag", "--list", "v[0-9]*"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert set(tagged.stdout.split()) <= {coming, *kept}
