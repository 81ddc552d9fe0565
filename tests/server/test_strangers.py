"""Who calls: endless headers, slow senders, keys that are none or somebody else's, keys that no log may have."""

import json
import socket
import time

import pytest
from hostile_calls import call, render, send, unshaken, wanted

import contract


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with unshaken(tmp_path_factory.mktemp("strangers")) as server:
        yield server


@pytest.fixture(scope="module")
def key(server):
    return server.key("enterprise")


def test_headers_without_end_and_keys_that_are_none(server):
    many = "".join(f"X-{number}: y\r\n" for number in range(500))
    long = "X-Long: " + "y" * 100_000 + "\r\n"
    for more in (many, long, "X-API-Key: \x00\r\n", ": \r\n", "X API: y\r\n", "Content-Length: -1\r\n"):
        status, body = send(server, f"GET /api/status/1 HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode())
        assert status == 400, (more[:20], body)
        answer = json.loads(body)
        assert answer.pop("task_id") is None
        contract.validator("StatusError").validate(answer)
    for start in (
        "GET /api/status/1\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "\x16\x03\x01\x02\r\n\r\n",
        "GET / HTTP/9\r\n\r\n",
    ):
        assert send(server, start.encode("latin-1"))[0] in (400, 401, 404), start
    for word in ("", "ocd_", "ocd_" + "a" * 30, "ocd_" + "a" * 5000, "' OR 1=1", "ocd_" + "A" * 30, "Bearer x"):
        status, answer = call(server, word, "GET", "/api/me")
        assert (status, answer["code"]) == (401, "bad_key")


def test_who_is_slow_is_let_go(server, key):
    """Headers that never end, and a body that never does: the connection's time is OSM2CDR_IDLE_SECONDS."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=120) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\n")
        ended = False
        while not ended and time.monotonic() - begin < 250:
            time.sleep(0.3)
            try:
                connection.sendall(b"X-Slow: y\r\n")
                connection.settimeout(0.01)
                ended = connection.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                ended = True
        assert ended
    head = f"POST /api/render HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\nContent-Length: 100\r\n\r\n" + '{"bbox'
    status, body = send(server, head.encode())
    assert (status, json.loads(body)["code"], json.loads(body)["task_id"]) == (408, "slow_body", None)


def test_what_is_somebody_elses(server, key):
    task = server.post(key)[2]["task_id"]
    other = server.key("pro")
    for method, path in (("GET", f"/api/status/{task}"), ("GET", f"/api/download/{task}/svg"),
                         ("DELETE", f"/api/tasks/{task}")):  # fmt: skip
        foreign = call(server, other, method, path)
        nobodys = call(server, other, method, path.replace(task, "0" * 32))
        assert foreign[0] == nobodys[0] == 404
        for answer in (foreign[1], nobodys[1]):
            answer.pop("request_id")
        assert foreign[1] == nobodys[1]
    assert server.get("/api/tasks", other)[1] == {"tasks": [], "next": None}
    assert server.get(f"/api/tasks?before={task}", other)[1]["code"] == "bad_before"
    assert server.wait(key, task)["status"] == "completed"


def test_no_key_enters_the_log(server, key):
    call(server, key, "GET", f"/api/status/{key}")
    call(server, key, "GET", f"/api/me?key={key}", b"", f"X-Request-Id: {key}", f"Referer: http://x/{key}")
    render(server, key, wanted(config={"title": key, key: 1}))
    server.get(f"/{key}/x")
    log = server.log.read_text()
    assert key[:10] in log
    assert key not in log
    assert key[4:] not in log
