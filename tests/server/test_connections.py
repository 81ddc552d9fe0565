"""More connections than a server can have: it goes on, says no, lets go who is silent, and fills no log."""

import contextlib
import json
import re
import resource
import socket
from pathlib import Path

import pytest

from osm2cdr.server import connection_limit
from osm2cdr.server.workers.process_table import children
from server_jobs import until
from serving import StubServer

LIMIT = 160
ASKED = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def limited(limit):
    """What stands before a command that may open so many files."""
    return ["prlimit", f"--nofile={limit}:{limit}"]


def web(server):
    """Its web process."""
    return until(lambda: [pid for pid in children(server.process.pid) if b"osm2cdr.server.web" in command(pid)])[0]


def command(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=300)


def asked(server):
    with contextlib.suppress(ConnectionError), connect(server) as connection:
        connection.sendall(ASKED)
        return answer(connection)
    return b""


def answer(connection):
    """What is sent until the other side ends, or the first answer is whole."""
    got = b""
    while not got.endswith(b"}"):
        data = connection.recv(4096)
        if not data:
            break
        got += data
    return got


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with StubServer(tmp_path_factory.mktemp("many") / "data", within=limited(LIMIT), IDLE_SECONDS=600) as server:
        yield server


def test_more_connections_than_descriptors(server):
    """All of them ask, and all are answered: some are let in, the others are told to come again."""
    count = 3 * LIMIT
    mine = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(mine[0], min(2 * count, mine[1])), mine[1]))
    with contextlib.ExitStack() as stack:
        taken = [stack.enter_context(connect(server)) for _ in range(count)]
        words = []
        for connection in taken:
            with contextlib.suppress(ConnectionError):
                connection.sendall(ASKED)
            with contextlib.suppress(ConnectionError):
                words.append(answer(connection))
        served = [word for word in words if word.startswith(b"HTTP/1.1 200")]
        refused = [word for word in words if word.startswith(b"HTTP/1.1 503")]
        assert len(served) >= 8
        assert len(refused) >= LIMIT, "the others were not only cut off"
        assert len(served) <= LIMIT // 2
        head, _, body = refused[0].partition(b"\r\n\r\n")
        assert b"Retry-After: 5" in head
        assert b"Access-Control" not in head, "the address may be any"
        assert json.loads(body)["code"] == "too_many_connections"
        assert len(list(Path(f"/proc/{web(server)}/fd").iterdir())) < LIMIT
        with connect(server) as one:
            assert answer(one).startswith(b"HTTP/1.1 503"), "said before anything is asked"
    until(lambda: asked(server).startswith(b"HTTP/1.1 200"))
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    told = [line for line in lines if line["text"] == "connections"]
    assert [line["level"] for line in told] == ["warning"]
    assert told[0]["most"] < LIMIT // 2
    assert not re.search("resource|Traceback|Too many open", server.log.read_text())
    key = server.key("pro")
    assert server.wait(key, server.job(key))["status"] == "completed"


def test_who_is_silent_is_let_go_and_the_limit_is_raised(tmp_path):
    with StubServer(tmp_path / "data", within=["prlimit", "--nofile=64:700"], IDLE_SECONDS=1) as server:
        for before in (b"", ASKED, b"GET /healthz HT"):
            with connect(server) as connection:
                connection.sendall(before)
                while connection.recv(4096):
                    pass
        limits = Path(f"/proc/{web(server)}/limits").read_text()
        assert re.search(r"Max open files +700 +700 ", limits)
        # Those of jobs stay as they were: programs that use select(2) count on it.
        assert re.search(r"Max open files +64 +700 ", Path(f"/proc/{server.process.pid}/limits").read_text())


def test_each_connection_has_two_descriptors():
    assert connection_limit.connections_within(10**6, 4096) == 4096
    assert 0 < connection_limit.connections_within(1024, 4096) < 512
    assert connection_limit.connections_within(0, 4096) == 8


def test_a_trouble_of_the_loop_is_told_once(caplog):
    class Loop:
        told = 0

        def default_exception_handler(self, _context):
            self.told += 1

    loop, one = Loop(), connection_limit.ConnectionLimit(None, 8)
    for _ in range(50):
        one.on_trouble(loop, {"message": "socket.accept() out of system resource", "exception": OSError(24, "x")})
    assert len(caplog.records) == 1
    one.on_trouble(loop, {"message": "something else"})
    assert loop.told == 1
