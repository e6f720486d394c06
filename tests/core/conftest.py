"""Work that exists only in tests."""

from collections.abc import Callable

import pytest

from core.jobs import doorbell, registry
from core.jobs.registry import Kind


@pytest.fixture
def new_kind(monkeypatch) -> Callable[..., Kind]:
    """Registers a kind of job for one test; by default it does nothing and everybody may see it."""

    def register(
        run=lambda run: None, *, name="probe", can_see=lambda user, job: True, done_url=lambda job: "/there/", **more
    ):
        kind = Kind(name=name, run=run, label="The probe", can_see=can_see, done_url=done_url, **more)
        monkeypatch.setitem(registry.kinds, name, kind)
        return kind

    return register


@pytest.fixture
def rings(monkeypatch) -> list[int]:
    """The jobs for which the doorbell rang, in place of a broker."""
    heard = []
    monkeypatch.setattr(doorbell, "ring", lambda job_id, kind: heard.append(job_id) or True)
    return heard
