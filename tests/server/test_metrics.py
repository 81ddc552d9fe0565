"""What operators see: a line in the log for each thing that happens to a task, and numbers that add up."""

import json
import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from areas import ROOT
from osm2cdr.server.domain.totals import FAMILIES
from server_jobs import until
from serving import StubServer

DASHBOARD = ROOT / "docs" / "grafana.json"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    settings = {"WEB_PROCESSES": 2, "WORKERS": 1, "TRUSTED_PROXIES": "127.0.0.1"}
    with StubServer(tmp_path_factory.mktemp("metrics") / "data", **settings) as server:
        yield server


def scraped(server):
    """Samples by name and labels, as Prometheus's own parser reads them."""
    status, headers, body = server.call("GET", "/metrics")
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain")
    found = {}
    for family in text_string_to_metric_families(body.decode()):
        assert family.documentation
        assert family.type in ("counter", "gauge", "histogram")
        for sample in family.samples:
            key = sample.name, tuple(sorted(sample.labels.items()))
            assert key not in found, key
            found[key] = sample.value
    return found


def value(found, name, **labels):
    """The sum over all samples that have these labels."""
    return sum(n for (known, has), n in found.items() if known == name and set(labels.items()) <= set(has))


def lines(server, text):
    """Lines of the log."""
    words = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    return [line for line in words if line["text"] == text]


@pytest.fixture(scope="module")
def lived(server):
    """A server to which everything has happened once: (key, tasks by what they did)."""
    key = server.key("pro")
    done = {"good": server.job(key, formats=["svg", "png"]), "throw": server.job(key, "throw")}
    for task in done.values():
        server.wait(key, task)
    done["again"] = server.job(key, formats=["svg", "png"])
    server.wait(key, done["again"])
    busy = server.job(key, "sleep")
    until(lambda: server.get(f"/api/status/{busy}", key)[1]["status"] == "processing")
    done["cancelled"] = server.job(key, "nap")
    server.call("DELETE", f"/api/tasks/{done['cancelled']}", key)
    server.call("DELETE", f"/api/tasks/{busy}", key)
    server.wait(key, busy)
    return key, done


def test_a_line_for_each_thing_that_happens_to_a_task(server, lived):
    key, done = lived
    told = {name: [line for line in lines(server, "task") if line["task"] == task] for name, task in done.items()}
    assert [line["event"] for line in told["good"]] == ["submitted", "claimed", "completed"]
    assert [line["event"] for line in told["throw"]] == ["submitted", "claimed", "failed"]
    assert [line["event"] for line in told["again"]] == ["submitted", "cached"]
    assert [line["event"] for line in told["cancelled"]] == ["submitted", "cancelled"]
    first, start, end = told["throw"]
    assert (first["tier"], first["formats"], first["key"]) == ("pro", ["svg"], key[:10])
    assert (start["attempt"], start["waited"] >= 0) == (1, True)
    assert (end["code"], end["error"].endswith(".")) == ("out_of_memory", True)
    assert key not in server.log.read_text()


def test_the_callers_address_is_that_before_the_proxies(server, lived):
    key, _ = lived
    task = server.post(key, {"X-Forwarded-For": "6.6.6.6, 203.0.113.7", "X-Request-Id": "given-by-us"})[2]["task_id"]
    line = until(lambda: [line for line in lines(server, "request") if line["request_id"] == "given-by-us"])[0]
    assert (line["client"], line["task"], line["status"]) == ("203.0.113.7", task, 202)


def test_web_processes_add_up_and_nothing_goes_back(server, lived):
    before = value(scraped(server), "osm2cdr_http_requests_total", route="/healthz")
    for _ in range(40):
        server.call("GET", "/healthz")
    last = before

    def grown():
        nonlocal last
        now = value(scraped(server), "osm2cdr_http_requests_total", method="GET", route="/healthz", code="200")
        assert now >= last
        last = now
        return now >= before + 40

    until(grown)
    assert last == before + 40
    found = scraped(server)
    assert value(found, "osm2cdr_http_request_seconds_count", route="/healthz") == before + 40
    assert value(found, "osm2cdr_connections") >= 1


def test_tasks_are_counted_by_format_tier_and_end(server, lived):
    found = scraped(server)
    ended = "osm2cdr_tasks_ended_total"
    assert value(found, ended, tier="pro", end="failed", code="out_of_memory") == 1
    assert value(found, ended, tier="pro", end="cached") == 1
    assert value(found, ended, tier="pro", end="cancelled") == 2
    formats = "osm2cdr_formats_ended_total"
    assert value(found, formats, format="png", tier="pro", end="completed") == 1
    assert value(found, formats, format="png", tier="pro", end="cached") == 1
    assert value(found, formats, format="svg", tier="pro", end="failed") == 1
    assert value(found, "osm2cdr_task_wait_seconds_count", tier="pro") >= 3
    assert value(found, "osm2cdr_jobs", state="failed") == 1
    for part in ("web", "supervisor", "jobs"):
        assert value(found, "osm2cdr_memory_bytes", part=part) > 1 << 20
        assert value(found, "osm2cdr_open_descriptors", part=part) > 3


def test_histograms_are_whole(server, lived):
    found = scraped(server)
    for name, family in FAMILIES.items():
        for key in {has for known, has in found if known == f"{name}_count"}:
            rows = {dict(has)["le"]: n for (known, has), n in found.items()
                    if known == f"{name}_bucket" and set(key) <= set(has)}  # fmt: skip
            assert list(rows) == [*(str(float(bound)) for bound in family.bounds), "+Inf"]
            assert list(rows.values()) == sorted(rows.values())
            assert rows["+Inf"] == found[f"{name}_count", key]


def test_the_dashboard_shows_what_there_is(server, lived):
    found = {name for name, _ in scraped(server)}
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    names = {name for text in asked for name in re.findall(r"\bosm2cdr_\w+", text)}
    assert names <= found, names - found
    # And each family that there is has its place on it.
    shown = " ".join(names)
    gauges = {"osm2cdr_jobs", "osm2cdr_queue_age_seconds", "osm2cdr_memory_bytes", "osm2cdr_disk_free_bytes"}
    assert [name for name in (*FAMILIES, *gauges) if name not in shown] == []
    text = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    whole = {re.sub("_(total|bucket|sum|count|created)$", "", name) for name in found}
    assert [name for name in sorted(whole) if name.startswith("osm2cdr_") and f"`{name}" not in text] == []


def test_counters_go_on_after_a_restart(server, lived):
    before = scraped(server)
    server.stop()
    server.start()
    after = scraped(server)
    for (name, labels), n in before.items():
        if name.endswith(("_total", "_bucket", "_count", "_sum")):
            assert after[name, labels] >= n, name
