"""Figures for Prometheus, at /metrics/ for whoever holds METRICS_TOKEN; without one nothing is counted or shown.

No figure is of a person, a survey or a workspace. What respondents do is counted in lots (lots.py); that it failed, at
once, as the log does.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.db.models import Count, Min
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from core.jobs import registry, sightings
from core.jobs.models import Job
from core.keys.mark import Found
from core.post.models import Message
from core.post.standings import numbers_of
from trace_site import files, ready
from trace_site.lanes import LANES, SWEEPS, WORK
from trace_site.lots import Lots
from trace_site.outside import holds
from trace_site.version import version

ROOMS = ("accounts", "jobs", "reports", "self-assessments", "surveys", "workspaces")  # of those who sign in
HELD_BACK = ("/reports/results/", "/reports/by-link/")
ANSWERING = {"answering:save": "save", "answering:submit": "submit"}
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
REMEMBERED = 10.0  # seconds: what is asked of the database

disable_created_metrics()  # they tell when something happened for the first time
counted = CollectorRegistry()
requests = Counter("trace_requests", "Requests answered.", ["room", "outcome"], registry=counted)
duration = Histogram("trace_request_seconds", "How long they took.", ["room"], registry=counted, buckets=SECONDS)
failures = Counter("trace_failures", "Requests that failed by our fault, at once.", ["room"], registry=counted)


def count(room: str, outcome: str, seconds: float) -> None:
    requests.labels(room, outcome).inc()
    duration.labels(room).observe(seconds)


lots = Lots(count)


class MeasureMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        note(request, response.status_code, time.perf_counter() - began)
        return response


def note(request: HttpRequest, status: int, seconds: float) -> None:
    room, outcome = room_of(request), f"{status // 100}xx"
    if status >= 500:
        failures.labels(room).inc()
    if room in ROOMS:
        count(room, outcome, seconds)
    else:
        lots.add(room, outcome, seconds)


def room_of(request: HttpRequest) -> str:
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name.startswith("answering:"):
        return ANSWERING.get(name, "answering")
    first = request.path.split("/")[1]
    return first if first in ROOMS and not request.path.startswith(HELD_BACK) else "other"


class Site(Collector):
    """What stands in the database and on the disks, looked up for whoever asks, and not again within seconds."""

    def __init__(self) -> None:
        self.found: list[Metric] = []
        self.found_at = float("-inf")

    def collect(self) -> Iterable[Metric]:
        if time.monotonic() - self.found_at > REMEMBERED:
            self.found, self.found_at = list(_look()), time.monotonic()
        return self.found


def _look() -> Iterator[Metric]:
    yield _gauge("trace_info", "The version that runs.", "version", {version(): 1})
    parts = {part: float(said == ready.OK) for part, said in ready.parts().items()}
    yield _gauge("trace_ready", "Whether a part does its work, as /ready/ says.", "part", parts)
    disks = {name.lower(): folder for name, folder in files.disks().items() if os.path.exists(folder)}
    free = {name: float(shutil.disk_usage(folder).free) for name, folder in disks.items()}
    yield _gauge("trace_disk_free_bytes", "Room that is left.", "place", free)
    for look in (_jobs, _letters, _seen):
        try:
            yield from look()
        except DatabaseError:  # trace_ready says it
            continue


def _jobs() -> Iterator[Metric]:
    states = dict.fromkeys(Job.Status.values, 0.0)
    states |= dict(Job.objects.order_by().values_list("status").annotate(Count("pk")))
    yield _gauge("trace_jobs", "Jobs in the database.", "state", states)
    in_need = dict.fromkeys(LANES, 0.0)
    for kind, number in registry.needing_a_hand().order_by().values_list("kind").annotate(Count("pk")):
        in_need[lane_of(kind)] += number
    yield _gauge("trace_jobs_in_need", "Jobs that failed, or go wrong again and again.", "lane", in_need)
    length, oldest = dict.fromkeys(LANES, 0.0), dict.fromkeys(LANES, 0.0)
    since = Min(Coalesce("not_before", "created_at"))
    now = timezone.now()
    due = Job.objects.due(now).order_by().values("kind")
    for kind, number, first in due.annotate(waiting=Count("pk"), since=since).values_list("kind", "waiting", "since"):
        lane = lane_of(kind)
        length[lane] += number
        oldest[lane] = max(oldest[lane], (now - first).total_seconds())
    yield _gauge("trace_queue_length", "Jobs that are due and wait.", "lane", length)
    yield _gauge("trace_queue_age_seconds", "For how long the oldest of them has waited.", "lane", oldest)


def lane_of(kind: str) -> str:
    return next((lane for lane, kinds in WORK.items() if any(fnmatchcase(kind, one) for one in kinds)), SWEEPS)


def _letters() -> Iterator[Metric]:
    states = {standing.value: float(number) for standing, number in numbers_of(Message.objects.all()).items()}
    yield _gauge("trace_letters", "Letters that have a row; reminders have none.", "state", states)
    returned = float(Message.objects.exclude(returned_at=None).count())
    yield GaugeMetricFamily("trace_letters_returned", "Letters that came back.", value=returned)


def _seen() -> Iterator[Metric]:
    ages = {lane: age for lane, age in sightings.ages([*LANES, sightings.BEAT]).items() if age is not None}
    yield _gauge("trace_seen_age_seconds", "Since a process for a lane, or the clock, was seen.", "lane", ages)
    said = sightings.at_work().exclude(keys__in=("", Found.OK, Found.EMPTY))
    wrong = float(said.exists())
    yield GaugeMetricFamily("trace_key_store_wrong", "1 where a worker finds another key store, or none.", value=wrong)
    age = sightings.ages([sightings.BACKUP])[sightings.BACKUP]
    never = GaugeMetricFamily("trace_backup_age_seconds", "Since the last backup; no value where none was noted.")
    if age is not None:
        never.add_metric([], age)
    yield never


def _gauge(name: str, meaning: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


site = Site()


def page(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        return HttpResponse("METRICS_TOKEN is not set.", content_type="text/plain", status=404)
    if not holds(request, settings.METRICS_TOKEN):
        return HttpResponse("Authorization: Bearer … is needed.", content_type="text/plain", status=401)
    registry = CollectorRegistry()
    registry.register(site)
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    return HttpResponse(generate_latest(registry) + generate_latest(counted), content_type=CONTENT_TYPE_LATEST)
