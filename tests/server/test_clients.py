"""Clients that read slowly, go away, or want a websocket."""

import asyncio
import hashlib
import http.client
import json
import random
import socket
import struct
import time

import aiohttp
import pytest

from serving import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("clients") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def key(server):
    return server.key()


BIG = 48 << 20


@pytest.fixture(scope="module")
def big(server, key):
    """A task whose SVG is larger than what lies in buffers on the way: (address, SHA-256)."""
    _, _, answer = server.post(key, formats=["svg"], config={"name": "big"})
    server.wait(key, answer["task_id"])
    data = random.Random(3).randbytes(BIG)
    digest = hashlib.sha256(data).hexdigest()
    path = server.data / "blobs" / digest[:2] / digest
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    server.change("UPDATE job_file SET sha256 = ?, bytes = ? WHERE job_id = ?", digest, BIG, answer["task_id"])
    return f"/api/download/{answer['task_id']}/svg", digest


def opened(server, key, where):
    """A connection on which the answer begins, and nobody reads."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    connection.request("GET", where, headers={"X-API-Key": key})
    return connection, connection.getresponse()


def test_slow_readers_keep_nobody_waiting(server, key, big):
    readers = [opened(server, key, big[0]) for _ in range(40)]
    assert {answer.status for _, answer in readers} == {200}
    begun = [answer.read(1000) for _, answer in readers]
    for _ in range(5):
        start = time.monotonic()
        assert len(server.call("GET", big[0], key, headers={"Range": "bytes=7-9"})[2]) == 3
        assert server.get(big[0].replace("download", "status").removesuffix("/svg"), key)[0] == 200
        assert time.monotonic() - start < 60
    # They come to their end all the same.
    for (_, answer), start in list(zip(readers, begun))[:2]:
        assert hashlib.sha256(start + answer.read()).hexdigest() == big[1]
    for connection, _ in readers:
        connection.close()


def test_a_client_that_goes_away_is_no_fault(server, key, big):
    for number in range(10):
        connection, answer = opened(server, key, big[0])
        answer.read(number * 1000 + 1)
        if number % 2:
            # An end at once, without goodbye.
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
        answer.close()
    # By the time that a whole one has come, the others have met their end.
    status, _, body = server.call("GET", big[0], key)
    assert (status, hashlib.sha256(body).hexdigest()) == (200, big[1])
    log = server.log.read_text(encoding="utf-8")
    assert "raceback" not in log
    assert "error" not in {json.loads(line)["level"] for line in log.splitlines()}


def test_a_file_that_ends_early_is_not_taken_for_whole(server, key, big):
    path = server.data / "blobs" / big[1][:2] / big[1]
    with path.open("r+b") as file:
        file.truncate(BIG // 2)
    _, answer = opened(server, key, big[0])
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    path.unlink()
    status, _, body = server.call("GET", big[0], key)
    assert (status, json.loads(body)["code"]) == (410, "expired")


@pytest.mark.parametrize("task", ["0" * 32, "undefined", "..%2f..%2fx"])
def test_the_websocket_closes_at_once(server, key, task):
    """As documented: 1001, with a key or without, whatever the task."""

    async def ask(headers):
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(
                f"{server.url}/ws/task/{task}", headers=headers, timeout=aiohttp.ClientWSTimeout(ws_close=60)
            ) as websocket,
        ):
            message = await websocket.receive(timeout=60)
            return message.type, message.data, websocket.close_code

    for headers in ({}, {"X-API-Key": key}, {"Origin": "https://example.org"}):
        assert asyncio.run(ask(headers)) == (aiohttp.WSMsgType.CLOSE, 1001, 1001)


def test_the_websocket_s_address_is_no_page(server):
    status, _, body = server.call("GET", f"/ws/task/{'0' * 32}")
    assert (status, json.loads(body)["code"]) == (400, "bad_request")
    assert "raceback" not in server.log.read_text(encoding="utf-8")
