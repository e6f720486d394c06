"""Workers are killed and brokers taken away, for real: what was asked for is done exactly once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import redis

from tests.stage import ROOT, Unavailable, clean_environment, comes_true, connect, new_database, temp_redis
from trace_site import embedded

pytestmark = pytest.mark.faults

PATIENCE = 150  # seconds
BRIEFLY = 3  # seconds: under one, and room for a busy machine

MODULE = "tests.core.slow_worker"


class Place:
    """A folder, a database and a broker: all that two workers share."""

    def __init__(self, var: Path, database: str, broker: str) -> None:
        self.var = var
        self.database = database
        self.environment = clean_environment(VAR=str(var), DATABASE_URL=database, REDIS_URL=broker)

    def ask(self) -> float:
        """Ask for the slow work, as a request would; the seconds it took."""
        return float(self._say("ask"))

    def cancel(self) -> None:
        self._say("cancel")

    def _say(self, verb: str) -> str:
        command = [sys.executable, "-m", MODULE, verb]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen]:
        command = [sys.executable, "-m", "celery", "-A", MODULE, "worker", "--beat", "--concurrency", "1"]
        schedule = ["--schedule", str(self.var / f"schedule-{os.urandom(4).hex()}")]
        with (self.var / "log").open("a") as log:
            process = subprocess.Popen(
                [*command, *schedule],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            signal_all(process, signal.SIGKILL)

    def starts(self) -> list[int]:
        """The processes that began the work."""
        path = self.var / "starts"
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def job(self) -> tuple[str, int, int]:
        (row,) = self._rows("SELECT status, claim, deaths FROM jobs_job")
        return row

    def results(self) -> int:
        query = "SELECT count(*) FROM audit_entry JOIN jobs_job ON object_id = CAST(jobs_job.id AS text)"
        ((number,),) = self._rows(query)
        return number

    def clear(self) -> None:
        with closing(connect(self.database)) as database, closing(database.cursor()) as cursor:
            cursor.execute("DELETE FROM jobs_job")
            database.commit()

    def log(self) -> str:
        return (self.var / "log").read_text()

    def _rows(self, query: str) -> list[tuple]:
        with closing(connect(self.database)) as database, closing(database.cursor()) as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    def has_begun(self) -> bool:
        return comes_true(self.starts, seconds=PATIENCE)

    def is_done(self) -> bool:
        return comes_true(lambda: self.job()[0] == "done", seconds=PATIENCE)


def signal_all(process: subprocess.Popen, number: signal.Signals) -> None:
    """To a worker and its children."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
    if number == signal.SIGKILL:
        process.wait()


@pytest.fixture(scope="module")
def database(prepared_database, tmp_path_factory) -> Iterator[str]:
    """The address of one for these tests alone, on the engine of this run."""
    with new_database(tmp_path_factory.mktemp("database"), like=prepared_database) as url:
        yield url


@pytest.fixture
def redis_url() -> Iterator[str]:
    try:
        with temp_redis() as url:
            yield url
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def files_url(tmp_path) -> str:
    for folder in ("messages", "control"):
        (tmp_path / "broker" / folder).mkdir(parents=True)
    return "filesystem://"


@pytest.fixture
def gone_url(tmp_path) -> str:
    return f"redis+socket://{tmp_path}/gone.sock?virtual_host=0"


@pytest.fixture
def place(tmp_path, database, broker) -> Iterator[Place]:
    place = Place(tmp_path, database, broker)
    yield place
    place.clear()


@pytest.fixture
def broker(request) -> str:
    return request.getfixturevalue(getattr(request, "param", "redis_url"))


@pytest.mark.parametrize("broker", ["redis_url", "files_url"], indirect=True)
def test_a_killed_workers_job_is_done_exactly_once_by_another(place):
    with place.worker() as first:
        place.ask()
        assert place.has_begun()
        signal_all(first, signal.SIGKILL)
    assert place.job() == ("running", 1, 0)
    with place.worker():
        assert place.is_done()
    assert place.job() == ("done", 2, 1)
    assert len(set(place.starts())) == 2
    assert place.results() == 1


def test_a_worker_that_was_only_asleep_stores_no_second_result(place):
    with place.worker() as first:
        place.ask()
        assert place.has_begun()
        signal_all(first, signal.SIGSTOP)
        with place.worker():
            assert place.is_done()
            place.var.joinpath("go-on").touch()
            signal_all(first, signal.SIGCONT)
            assert comes_true(lambda: "claim 1 was superseded" in place.log(), seconds=PATIENCE)
    assert place.job() == ("done", 2, 1)
    assert place.results() == 1


def test_a_stopped_job_has_no_result_until_it_is_asked_for_again(place):
    with place.worker():
        place.ask()
        assert place.has_begun()
        place.cancel()
        place.var.joinpath("go-on").touch()
        assert comes_true(lambda: "claim 1 was superseded" in place.log(), seconds=PATIENCE)
        assert (place.job(), place.results()) == (("cancelled", 1, 0), 0)
        place.ask()
        assert place.is_done()
    assert (place.job(), place.results()) == (("done", 2, 0), 1)


@pytest.mark.parametrize("broker", ["gone_url"], indirect=True)
def test_asking_does_not_wait_for_a_broker_that_is_down(place):
    assert place.ask() < BRIEFLY
    assert place.job()[0] == "queued"


def test_asking_does_not_wait_for_a_broker_that_hangs(place, redis_url):
    with redis.Redis.from_url(embedded.cache_url(redis_url)) as client:
        number = client.info()["process_id"]
    os.kill(number, signal.SIGSTOP)
    try:
        assert place.ask() < BRIEFLY
    finally:
        os.kill(number, signal.SIGCONT)
    assert place.job()[0] == "queued"
    with place.worker():
        place.var.joinpath("go-on").touch()
        assert place.is_done()
    assert place.results() == 1
