"""The databases that were kept, newest first, and how one is put where a version of today can take it over."""

import gzip
import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from tests.releases.making import HERE, ON_POSTGRES, ON_SQLITE
from tests.stage import KEYS, SQLITE


@dataclass(frozen=True)
class Release:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def number(self) -> tuple[int, ...]:
        return tuple(map(int, self.name.removeprefix("v").split(".")))

    def used(self, engine: str) -> dict:
        """By whose link what was answered and not handed in, in which survey."""
        return json.loads((self.folder / "used.json").read_text())[engine]

    @property
    def migrations(self) -> set[tuple[str, str]]:
        """(app, name) of all that it knew."""
        found = re.findall(r"INSERT INTO \"?django_migrations\"? VALUES\(\d+,'(\w+)','(\w+)'", self._read(ON_SQLITE))
        return set(found)

    def put_into(self, url: str, var: Path) -> None:
        """Into an empty database; its keys into the folder."""
        shutil.copytree(self.folder / KEYS, var / KEYS, dirs_exist_ok=True)
        if url.startswith(SQLITE):
            with closing(sqlite3.connect(url.removeprefix(SQLITE))) as database:
                database.executescript(self._read(ON_SQLITE))
        else:
            with closing(psycopg2.connect(url)) as database, database, database.cursor() as cursor:
                cursor.execute(self._read(ON_POSTGRES))

    def _read(self, name: str) -> str:
        return gzip.decompress((self.folder / name).read_bytes()).decode()


RELEASES = sorted((Release(folder) for folder in HERE.glob("v*")), key=lambda one: one.number, reverse=True)
