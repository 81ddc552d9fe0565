"""bin/osm2cdr accounts, tasks and keys as an operator uses them, beside a running server and without one."""

import json
import subprocess

import pytest

from areas import ROOT
from server_jobs import kinds, query, state, until
from serving import StubServer

EMAIL = "a@example.org"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with StubServer(tmp_path_factory.mktemp("operators") / "the data", WORKERS=1, CACHE="off") as server:
        yield server


def said(server, *words):
    """What a command printed."""
    return server.launcher(*words).stdout


def listed(server, *words):
    return json.loads(said(server, *words, "--json"))


def refused(server, *words):
    """The sentence and the code of a command that does not do it."""
    done = subprocess.run(
        [ROOT / "bin" / "osm2cdr", *words], env=server.env, capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_a_disabled_account_is_out_at_once(server):
    key = server.key("basic", "--email", EMAIL)
    other = server.key("pro")
    running, waiting = server.job(key, "sleep"), server.job(key, "sleep")
    until(lambda: state(server, running) == "running")
    text = said(server, "accounts", "disable", EMAIL)
    assert "1 that waited are cancelled and 1 that run are told to stop" in text
    assert server.get("/api/me", key)[0] == 401
    assert server.post(key)[0] == 401
    assert (state(server, waiting), kinds(server, waiting)) == ("cancelled", ["submitted", "cancelled"])
    until(lambda: state(server, running) == "cancelled")
    assert server.get("/api/me", other)[0] == 200
    assert "disabled" in next(line for line in said(server, "accounts", "list").splitlines() if EMAIL in line)
    assert listed(server, "accounts", "show", EMAIL)["disabled"] is True
    # What came in at the same moment is not worked at either.
    server.change("UPDATE job SET state = 'queued', cancel_requested = 0 WHERE id = ?", waiting)
    until(lambda: state(server, waiting) == "cancelled")
    said(server, "accounts", "enable", EMAIL)
    assert server.get("/api/me", key)[0] == 200
    assert server.wait(key, server.job(key))["status"] == "completed"


def test_a_tier_is_changed_by_its_own_command_alone(server):
    email = "b@example.org"
    key = server.key("basic", "--email", email)
    code, sentence = refused(server, "keys", "create", "--tier", "pro", "--email", email.upper())
    assert code == 2
    assert sentence == (
        f"osm2cdr: The account {email} has the tier basic, which a new key does not change: leave --tier out, or "
        f"change it first by 'osm2cdr accounts tier {email} pro'.\n"
    )
    assert server.get("/api/me", key)[1]["tier"] == "basic"
    same = said(server, "keys", "create", "--tier", "basic", "--email", email).strip()
    more = said(server, "keys", "create", "--email", email).strip()
    assert [server.get("/api/me", one)[1]["tier"] for one in (same, more)] == ["basic", "basic"]
    assert "it had basic" in said(server, "accounts", "tier", email, "pro")
    assert [server.get("/api/me", one)[1]["tier"] for one in (key, more)] == ["pro", "pro"]
    assert refused(server, "accounts", "tier", email, "gold")[0] == 2
    assert len(listed(server, "accounts", "show", email)["keys"]) == 3


def test_an_account_goes_by_its_number_its_email_and_its_keys(server):
    key = server.key("free", "--email", "c@example.org", "--name", "atlas")
    shown = [listed(server, "accounts", "show", word) for word in ("c@example.org", key, key[:10])]
    shown.append(listed(server, "accounts", "show", str(shown[0]["id"])))
    assert shown == [shown[0]] * 4
    assert shown[0]["keys"][0]["name"] == "atlas"
    assert key not in json.dumps(shown)
    for word in ("999999", "nobody@example.org", "ocd_zzzzzz"):
        code, sentence = refused(server, "accounts", "show", word)
        assert (code, sentence.count("\n")) == (2, 1)


def test_tasks_are_told_of_with_what_happened(server):
    key = server.key("pro", "--email", "d@example.org")
    good, bad = server.job(key), server.job(key, "throw", formats=["svg", "png"])
    for task in (good, bad):
        server.wait(key, task)
    rows = listed(server, "tasks", "list", "--account", "d@example.org")
    assert [row["task_id"] for row in rows] == [bad, good]
    assert [row["state"] for row in rows] == ["failed", "completed"]
    assert (rows[0]["error_code"], rows[0]["formats"], rows[0]["tier"]) == ("out_of_memory", ["svg", "png"], "pro")
    assert rows == [row for row in listed(server, "tasks", "list") if row["email"] == "d@example.org"]
    assert [row["task_id"] for row in listed(server, "tasks", "list", "--limit", "1", "--before", bad)] == [good]
    assert bad in {row["task_id"] for row in listed(server, "tasks", "list", "--state", "failed")}
    assert good not in said(server, "tasks", "list", "--state", "failed")
    whole = listed(server, "tasks", "show", good)
    assert [event["kind"] for event in whole["events"]] == ["submitted", "claimed", "completed"]
    assert whole["files"][0]["sha256"] == query(server, "SELECT sha256 FROM job_file WHERE job_id = ?", good)[0][0]
    assert whole["request"]["formats"] == ["svg"]
    text = said(server, "tasks", "show", bad)
    assert "out_of_memory" in text
    assert key not in text + json.dumps(whole)
    code, sentence = refused(server, "tasks", "show", "0" * 32)
    assert (code, sentence.count("\n")) == (2, 1)


def test_without_a_server(server):
    key = server.key("basic", "--email", "e@example.org")
    assert server.stop() == 0
    assert "e@example.org" in said(server, "accounts", "list")
    assert said(server, "tasks", "list", "--limit", "1").count("\n") == 1
    said(server, "accounts", "disable", "e@example.org")
    server.start()
    assert server.get("/api/me", key)[0] == 401
