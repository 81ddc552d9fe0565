"""The server behind nginx with TLS, by the configuration of docs/server.md."""

import asyncio
import hashlib
import http.client
import json
import os
import random
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager

import aiohttp
import pytest

from areas import ROOT
from browsing import Chromium, pages
from documented import cities, example
from ports import free_port
from serving import PYTHON, Server

pytestmark = pytest.mark.browser
# In the middle of Moscow.
BOX = {"min_lon": 37.613, "min_lat": 55.7485, "max_lon": 37.617, "max_lat": 55.7515}
SAMPLE = re.search(r"```nginx\n(.*?)```", (ROOT / "docs" / "server.md").read_text(encoding="utf-8"), re.DOTALL)[1]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return cities(tmp_path_factory.mktemp("cities"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of localhost, signed by itself: (certificate, key)."""
    folder = tmp_path_factory.mktemp("tls")
    names = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-out", names[0], "-keyout", names[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return names


@contextmanager
def nginx(folder, certificate, port):
    """nginx before the server at `port`: its own port."""
    outer = free_port()
    text = SAMPLE.replace("listen 443 ssl", f"listen 127.0.0.1:{outer} ssl").replace("maps.example.org;", "localhost;")
    text = re.sub(r"(ssl_certificate) \S+;", rf"\1 {certificate[0]};", text)
    text = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {certificate[1]};", text)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{text}}}\n",
        encoding="utf-8",
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    process = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    deadline = time.monotonic() + 120
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", outer)) == 0:
                break
        assert process.poll() is None, (folder / "error.log").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.1)
    try:
        yield outer
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="module")
def trusting(tmp_path_factory, source, certificate):
    """(server, nginx's port); the server believes nginx, and listens at every address."""
    folder = tmp_path_factory.mktemp("trusting")
    settings = {"TRUSTED_PROXIES": "127.0.0.1", "HOST": "0.0.0.0"}
    with Server(folder / "data", source, **settings) as server, nginx(folder, certificate, server.port) as port:
        yield server, port


def connect(port, certificate):
    context = ssl.create_default_context(cafile=certificate[0])
    return http.client.HTTPSConnection("localhost", port, timeout=60, context=context)


def ask(connection, method, path, key=None, body=None, **headers):
    """(status, headers, bytes)"""
    if key:
        headers["X-API-Key"] = key
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def finished(server, connection, key, **headers):
    """The status of a finished task, as it is told through nginx."""
    body = json.dumps({"bbox": BOX, "formats": ["svg", "geojson"]})
    status, _, text = ask(connection, "POST", "/api/render", key, body, **headers)
    assert status == 202, text
    task = json.loads(text)["task_id"]
    server.wait(key, task)
    return json.loads(ask(connection, "GET", f"/api/status/{task}", key, **headers)[2])


def test_links_carry_https_and_the_name_that_was_called(trusting, certificate):
    server, port = trusting
    key, connection = server.key(), connect(port, certificate)
    link = finished(server, connection, key)["files"][0]["url"]
    assert link.startswith(f"https://localhost:{port}/api/download/")
    assert ask(connection, "GET", link.removeprefix(f"https://localhost:{port}"))[0] == 200
    # A caller cannot put words into nginx's mouth.
    lies = {"X-Forwarded-Host": "evil.example.org", "X-Forwarded-Proto": "ftp"}
    assert finished(server, connection, key, **lies)["files"][0]["url"].startswith(f"https://localhost:{port}/")
    assert ask(connection, "GET", "/metrics")[0] == 403
    assert ask(connection, "GET", "/readyz")[0] == 200


def test_downloads_pass_whole_and_in_parts(trusting, certificate):
    server, port = trusting
    key, connection = server.key(), connect(port, certificate)
    for file in finished(server, connection, key)["files"]:
        path = file["url"].removeprefix(f"https://localhost:{port}")
        status, headers, whole = ask(connection, "GET", path, **{"Accept-Encoding": "gzip, br"})
        assert (status, hashlib.sha256(whole).hexdigest()) == (200, file["sha256"])
        assert headers["ETag"] == f'"sha256-{file["sha256"]}"'
        assert int(headers["Content-Length"]) == len(whole) == file["bytes"]
        assert "Content-Encoding" not in headers
        draw = random.Random(5)
        for offset in [0, len(whole) - 1, *(draw.randrange(len(whole)) for _ in range(50))]:
            wanted = {"Range": f"bytes={offset}-", "If-Range": headers["ETag"]}
            status, parted, rest = ask(connection, "GET", path, **wanted)
            assert (status, parted["Content-Range"]) == (206, f"bytes {offset}-{len(whole) - 1}/{len(whole)}")
            assert whole[:offset] + rest == whole
        assert ask(connection, "GET", path, Range="bytes=5-", **{"If-Range": '"other"'})[2] == whole
        assert ask(connection, "GET", path, **{"If-None-Match": headers["ETag"]})[0] == 304
        assert ask(connection, "GET", path, Range=f"bytes={len(whole)}-")[0] == 416
        status, heads, body = ask(connection, "HEAD", path)
        assert (status, body, heads["Content-Length"]) == (200, b"", str(len(whole)))


def test_the_minimal_example_through_tls(trusting, certificate, tmp_path):
    server, port = trusting
    script = tmp_path / "minimal.py"
    script.write_text(example("minimal.py", f"https://localhost:{port}/api", server.key("free")), encoding="utf-8")
    environment = {**os.environ, "REQUESTS_CA_BUNDLE": str(certificate[0])}
    done = subprocess.run(
        [PYTHON, script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    data = json.loads(next(tmp_path.glob("export_*.geojson")).read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"


def test_the_browser_example_through_tls(trusting, tmp_path):
    server, port = trusting
    text = example("browser.js", f"https://localhost:{port}/api", server.key("free"))
    chromium = Chromium(tmp_path)
    try:
        with pages({"/": f"<!doctype html><script>{text}</script>"}) as origin:
            page = chromium.page()
            page.call("Security.setIgnoreCertificateErrors", ignore=True)
            page.open(f"{origin}/")
            link = page.run(f"exportWithProgress({json.dumps(list(BOX.values()))}, 'svg', () => 0)")
            assert link.startswith(f"https://localhost:{port}/api/download/")
    finally:
        chromium.close()


def test_the_websocket_closes_behind_nginx(trusting, certificate):
    _, port = trusting

    async def close_code():
        context = ssl.create_default_context(cafile=certificate[0])
        where = f"wss://localhost:{port}/ws/task/x"
        async with aiohttp.ClientSession() as session, session.ws_connect(where, ssl=context) as websocket:
            await websocket.receive(timeout=20)
            return websocket.close_code

    assert asyncio.run(close_code()) == 1001


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [({}, "http://localhost:{port}/"), ({"TRUSTED_PROXIES": "10.0.0.0/8"}, "http://localhost:{port}/"),
     ({"BASE_URL": "https://maps.example.org/"}, "https://maps.example.org/api/")],
)  # fmt: skip
def test_who_is_not_trusted_is_not_believed(tmp_path, source, certificate, settings, wanted):
    with Server(tmp_path / "data", source, **settings) as server, nginx(tmp_path, certificate, server.port) as port:
        link = finished(server, connect(port, certificate), server.key())["files"][0]["url"]
    assert link.startswith(wanted.format(port=port))
