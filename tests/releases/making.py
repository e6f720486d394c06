"""`make release-dump`: the database of this version, from a site in use, for all later versions to take over.

Of an older one: `python -m tests.releases.making FOLDER`, where it is checked out. Its people and keys are the demo's.
"""

import gzip
import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stage import DATABASE, KEYS, ROOT, SQLITE, clean_environment, postgres_binaries, temp_postgres

HERE = Path(__file__).parent
IN_USE = HERE / "in_use.py"
ON_SQLITE, ON_POSTGRES = "sqlite.sql.gz", "postgresql.sql.gz"
# What pg_dump says to psql alone, and what older servers do not know.
LEFT_OUT = r"(?m)^\\(?:un)?restrict .*\n|^SET transaction_timeout = .*\n"


def make(tree: Path, kept: Path) -> None:
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    used = {}
    with TemporaryDirectory() as folder, temp_postgres() as server:
        for engine, url in (("sqlite", f"{SQLITE}{folder}/{DATABASE}"), ("postgresql", server)):
            var = Path(folder) / engine
            used[engine] = put_to_use(tree, var, url)
            shutil.copytree(var / KEYS, kept / KEYS, dirs_exist_ok=True)
        _keep(kept / ON_SQLITE, sqlite_dump(Path(folder) / DATABASE))
        _keep(kept / ON_POSTGRES, postgres_dump(server))
    (kept / "used.json").write_text(json.dumps(used, indent=1) + "\n")


def put_to_use(tree: Path, var: Path, url: str) -> dict:
    """What somebody there has answered and not handed in, by whose link."""
    settings = clean_environment(VAR=str(var), DATABASE_URL=url)
    for verb in ("migrate", "load_model", "load_demo"):
        command = [sys.executable, "manage.py", verb, "--verbosity=0"]
        subprocess.run(command, cwd=tree, env=settings, check=True)
    used = subprocess.run(
        [sys.executable, "-"], input=IN_USE.read_text(), text=True, cwd=tree, env=settings, check=True, stdout=-1
    )
    return json.loads(used.stdout)


def sqlite_dump(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(connection.iterdump())


def postgres_dump(url: str) -> str:
    """As statements that need no psql to be read."""
    command = [postgres_binaries() / "pg_dump", "--no-owner", "--no-privileges", "--rows-per-insert=100", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(LEFT_OUT, "", said)


def _keep(file: Path, text: str) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as out:
        out.write(text.encode())
    file.write_bytes(packed.getvalue())


def number_of(tree: Path) -> str:
    return tomllib.loads((tree / "pyproject.toml").read_text())["project"]["version"]


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    name = sys.argv[2] if len(sys.argv) > 2 else f"v{number_of(where)}"
    make(where, HERE / name)
    sys.stdout.write(f"{HERE / name} holds the database of {name}.\n")
