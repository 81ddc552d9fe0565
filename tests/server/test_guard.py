"""What ends with a key, who is slowed down, which names are refused, who may read what; a process that hangs."""

import json
import os
import signal
import socket
from pathlib import Path

import pytest

from osm2cdr.server import web_processes
from osm2cdr.server.api.client_address import network_of
from osm2cdr.server.settings import Settings
from server_jobs import children, until
from serving import ROOT, StubServer

BAD = "ocd_" + "x" * 30


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Behind a proxy at another address of this machine."""
    with StubServer(
        tmp_path_factory.mktemp("guard") / "data", BAD_KEYS=5, TRUSTED_PROXIES="127.0.0.1,10.0.0.0/8"
    ) as server:
        yield server


def ask(server, key, *forwarded):
    """(status, headers) of a call from behind proxies."""
    headers = {"X-Forwarded-For": ", ".join(forwarded)} if forwarded else {}
    status, answered, _ = server.call("GET", "/api/me", key, headers=headers)
    return status, answered


def finished(server, key):
    return server.wait(key, server.job(key))["files"][0]["url"]


@pytest.mark.parametrize("end", ["revoke", "disable", "rotate"])
def test_a_link_ends_with_its_key(server, end):
    key = server.key("pro", "--email", f"{end}@example.org")
    other = server.key("pro", "--email", f"{end}@example.org")
    link = finished(server, key)
    task = link.split("/")[-2]
    others = server.get(f"/api/status/{task}", other)[1]["files"][0]["url"]
    for address in (link, others):
        assert server.call("GET", address)[0] == 200
    if end == "disable":
        server.launcher("accounts", "disable", f"{end}@example.org")
    else:
        server.launcher("keys", end, key)
    status, _, body = server.call("GET", link)
    assert (status, json.loads(body)["code"]) == (401, "bad_key")
    # That of another key of the account ends with the account alone.
    assert server.call("GET", others)[0] == (401 if end == "disable" else 200)
    if end == "disable":
        server.launcher("accounts", "enable", f"{end}@example.org")
        assert server.call("GET", link)[0] == 200


def test_bad_keys_are_limited_by_address(server):
    key = server.key()
    for _ in range(5):
        assert ask(server, BAD, "192.0.2.1")[0] == 401
    status, headers = ask(server, BAD, "192.0.2.1")
    assert status == 429
    assert 1 <= int(headers["Retry-After"]) <= 60
    # Good keys go on working from there, bad ones are answered elsewhere, none at all is no guess.
    assert ask(server, key, "192.0.2.1")[0] == 200
    assert ask(server, BAD, "192.0.2.2")[0] == 401
    assert [ask(server, None, "192.0.2.1")[0] for _ in range(10)] == [401] * 10
    # What the caller writes before the proxy's own word counts for nothing.
    assert ask(server, BAD, "198.51.100.7", "192.0.2.1")[0] == 429
    assert ask(server, BAD, "192.0.2.1", "10.1.2.3")[0] == 429, "another proxy of ours"


def test_addresses_of_ipv6_are_counted_by_their_network(server):
    for number in range(5):
        assert ask(server, BAD, f"2001:db8:0:1::{number}")[0] == 401
    assert ask(server, BAD, "2001:db8:0:1:ffff::1")[0] == 429
    assert ask(server, BAD, "2001:db8:0:2::1")[0] == 401
    assert network_of("2001:db8::1") == "2001:db8::/64"
    assert network_of("192.0.2.1") == network_of("::ffff:192.0.2.1") == "192.0.2.1"


def test_a_stranger_s_word_of_its_address_is_not_believed(tmp_path):
    with StubServer(tmp_path / "data", BAD_KEYS=5) as server:
        statuses = [ask(server, BAD, f"192.0.2.{number}")[0] for number in range(6)]
    assert statuses == [401] * 5 + [429]


@pytest.mark.parametrize("letter", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_bidirectional_controls_are_refused(server, letter):
    key = server.key("pro")
    for field in ("title", "name"):
        status, _, body = server.post(key, config={field: f"map{letter}fdp.svg"})
        assert (status, body["code"]) == (400, f"bad_{field}")
        assert f"U+{ord(letter):04X}" in body["error"], body
    for option in ("--name", "--email"):
        value = f"a{letter}b" + ("@example.org" if option == "--email" else "")
        with pytest.raises(Exception, match="returned non-zero") as caught:
            server.launcher("keys", "create", option, value)
        assert f"U+{ord(letter):04X}" in caught.value.stderr


@pytest.mark.parametrize("letter", "\u200e\u200f\u061c")
def test_marks_of_direction_are_right_in_a_title_and_unseen_in_a_file_s_name(server, letter):
    key = server.key("pro")
    assert server.post(key, config={"title": f"תל אביב{letter} (2026)"})[0] == 202
    status, _, body = server.post(key, config={"name": f"map{letter}"})
    assert (status, body["code"]) == (400, "bad_name")
    assert f"U+{ord(letter):04X}" in body["error"]


def test_other_origins_may_call_the_api_and_nothing_else(server):
    def allowed(method, path):
        status, headers, _ = server.call(method, path, headers={"Origin": "https://example.org"})
        return status, headers.get("Access-Control-Allow-Origin")

    assert allowed("GET", "/api/formats") == (200, "*")
    assert allowed("OPTIONS", "/api/render") == (204, "*")
    assert allowed("GET", "/api/me") == (401, "*")
    for path in ("/", "/api/docs", "/healthz", "/readyz", "/metrics", "/nowhere", "/apis"):
        assert allowed("GET", path)[1] is None, path
        status, origin = allowed("OPTIONS", path)
        assert (status in (404, 405), origin) == (True, None), path


def webs(server):
    found = []
    for pid in children(server.process.pid):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        found += [pid] if b"osm2cdr.server.web" in words else []
    return found


@pytest.mark.parametrize("how", ["stopped", "blocked"])
def test_a_web_process_that_hangs_is_replaced(tmp_path, how):
    """However it hangs, it does not turn its event loop, and the kernel still takes connections for it."""
    with StubServer(tmp_path / "data", WEB_PROCESSES=1) as server:
        key = server.key()
        [pid] = webs(server)
        if how == "stopped":
            os.kill(pid, signal.SIGSTOP)
        else:
            # Who asked is cut off when it is killed.
            assert server.call("GET", "/stub/block")[0] == 0
        until(lambda: pid not in webs(server) and webs(server), 120)
        assert server.wait(key, server.job(key))["status"] == "completed"
        assert '"web process hangs"' in server.log.read_text()


def test_a_web_process_is_given_as_long_as_the_documentation_says(monkeypatch, tmp_path):
    """By a clock of the test's own: neither sooner, where signs come, nor later, where none does."""
    clock = {"now": 1000.0}
    monkeypatch.setattr(web_processes.time, "monotonic", lambda: clock["now"])
    ours, theirs = os.pipe()
    for end in (ours, theirs):
        os.set_blocking(end, False)
    known = web_processes.WebProcesses(Settings(tmp_path), socket.socket())
    known._signs[0], known._due[0] = ours, clock["now"] + web_processes._FIRST_SECONDS

    def hangs_after(seconds):
        clock["now"] += seconds
        return known._hangs(0)

    assert not hangs_after(89)
    assert hangs_after(2)
    os.write(theirs, b"!!")
    assert not hangs_after(0)
    assert not hangs_after(19)
    assert hangs_after(2)
    told = (ROOT / "docs" / "reliability.md").read_text()
    assert "A web process that gives no sign for 20 seconds is killed and replaced; after its start it has 90." in told
    os.close(ours)
    os.close(theirs)
