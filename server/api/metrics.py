"""GET /metrics: what all processes counted, and how things are just now, as Prometheus reads it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from typing import Iterable, Iterator, Mapping

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from ..domain.totals import FAMILIES, Family, Series
from .counts import COUNTS
from .numbers import Present, Stored, present, stored
from .state import STATE


async def metrics(request: web.Request) -> web.Response:
    """From the database, so that all web processes tell the same and no crash can make a counter go back."""
    state = request.app[STATE]
    await request.app[COUNTS].flush()
    numbers = await state.ask(lambda rows: stored(rows, time.time()))
    there = await asyncio.to_thread(present, state)
    registry = CollectorRegistry()
    registry.register(_Found([*_stored(numbers), *_present(there)]))
    # Thousands of lines: others are answered meanwhile.
    body = await asyncio.to_thread(generate_latest, registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Found(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        """As they were found."""
        return self._families


def _stored(numbers: Stored) -> list[Metric]:
    jobs = GaugeMetricFamily("osm2cdr_jobs", "Tasks that are kept, by state", labels=["state"])
    for word, number in numbers.tally.items():
        jobs.add_metric([word], number)
    return [
        *_counted(numbers.totals), jobs,
        _gauge("osm2cdr_queue_age_seconds", "Age of the oldest waiting task", numbers.oldest),
        _gauge("osm2cdr_connections", "Connections of all web processes", numbers.connections),
    ]  # fmt: skip


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _counted(rows: Mapping[Series, float]) -> Iterator[Metric]:
    for name, family in FAMILIES.items():
        mine = [(json.loads(labels), n) for (known, labels), n in rows.items() if known == name]
        if family.bounds:
            yield _histogram(name, family, mine)
            continue
        counter = CounterMetricFamily(name, family.text, labels=family.labels)
        for labels, n in mine or ([({}, 0.0)] if not family.labels else []):
            counter.add_metric([labels[label] for label in family.labels], n)
        yield counter


def _histogram(name: str, family: Family, rows: list[tuple[dict[str, str], float]]) -> Metric:
    metric = HistogramMetricFamily(name, family.text, labels=family.labels)
    values: dict[tuple[str, ...], dict[str, float]] = {}
    for labels, n in rows:
        values.setdefault(tuple(labels[label] for label in family.labels), {})[labels["le"]] = n
    for key, found in values.items():
        buckets, sofar = [], 0.0
        for bound in [*(str(float(bound)) for bound in family.bounds), "+Inf"]:
            sofar += found.get(bound, 0.0)
            buckets.append((bound, sofar))
        metric.add_metric(list(key), buckets, sum_value=found.get("sum", 0.0))
    return metric


def _present(there: Present) -> list[Metric]:
    memory = GaugeMetricFamily("osm2cdr_memory_bytes", "Memory of the server's own processes", labels=["part"])
    files = GaugeMetricFamily("osm2cdr_open_descriptors", "Descriptors that they have open", labels=["part"])
    for part, (size, descriptors) in there.memory.items():
        memory.add_metric([part], size)
        files.add_metric([part], descriptors)
    return [
        memory, files,
        _gauge("osm2cdr_disk_free_bytes", "Room on the disk of the results", there.disk_free),
        _gauge("osm2cdr_disk_bytes", "The size of that disk", there.disk),
        _gauge("osm2cdr_database_bytes", "The size of the database", there.database),
        _gauge("osm2cdr_ready", "Whether the supervisor works at tasks", float(there.is_ready)),
    ]  # fmt: skip
