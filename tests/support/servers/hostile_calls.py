"""Calls as they stand in a test, bytes that no library would send; no answer may tell of the inside."""

import contextlib
import json
import re
import socket

import contract
from serving import SMALL, Server

LEAKS = re.compile(
    r"Traceback|File \"|/work|/tmp|/usr|/root|/home|site-packages|osm2cdr\.sqlite|sqlite3|pydantic|aiohttp"
)


@contextlib.contextmanager
def unshaken(folder):
    """A server that nothing of all this makes stumble."""
    with Server(folder / "data", MKGMAP="/nowhere.jar", IDLE_SECONDS=2) as server:
        yield server
        log = server.log.read_text()
        assert "Traceback" not in log, log[-3000:]


def send(server, data, seconds=120):
    """Bytes to a socket, and what comes back until the server closes it or is silent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
                head, end, body = answer.partition(b"\r\n\r\n")
                if end and data.startswith(b"HEAD "):
                    break
                length = re.search(rb"(?i)content-length: (\d+)", head)
                if length and len(body) >= int(length[1]):
                    break
        except TimeoutError:
            pass
    assert not LEAKS.search(answer.decode("latin-1")), answer
    head, _, body = answer.partition(b"\r\n\r\n")
    return (int(head.split()[1]) if head else 0), body


def call(server, key, method, path, body=b"", *headers):
    """One call as it stands here, nothing of it quoted by a library: (status, JSON or text)."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"X-API-Key: {key}", f"Content-Length: {len(body)}", *headers]
    status, answer = send(server, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
    try:
        return status, json.loads(answer)
    except ValueError:
        return status, answer.decode("latin-1")


def render(server, key, body, *headers):
    """POST /api/render of bytes, of text, or of an object."""
    if not isinstance(body, bytes):
        body = (body if isinstance(body, str) else json.dumps(body)).encode("utf-8")
    given = headers or ("Content-Type: application/json",)
    status, answer = call(server, key, "POST", "/api/render", body, *given)
    if status != 202:
        contract.validator("RenderError").validate(answer)
        assert answer["error"].rstrip().endswith((".", "?")), answer["error"]
    return status, answer


def wanted(**fields):
    """A good body with other fields."""
    body = {"bbox": SMALL, "formats": ["svg"], **fields}
    return {name: value for name, value in body.items() if value is not ...}
