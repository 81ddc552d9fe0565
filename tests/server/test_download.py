"""Downloads: whole, in parts, unchanged, gone, and for those who come and go as they like."""

import base64
import gzip
import hashlib
import http.client
import io
import json
import random
import time
import zipfile
from urllib.parse import unquote

import pytest

from serving import Server

NAME = "Карта «Ünïcode» 中"
FORMATS = ["svg", "svgz", "pdf", "geojson", "png"]
TYPES = {
    "svg": "image/svg+xml", "svgz": "application/gzip", "pdf": "application/pdf", "geojson": "application/geo+json",
    "png": "image/png",
}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("download") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def key(server):
    return server.key()


@pytest.fixture(scope="module")
def task(server, key):
    """A finished task with a file in each of FORMATS."""
    status, _, task = server.post(key, formats=FORMATS)
    assert status == 202, task
    done = server.wait(key, task["task_id"])
    assert (done["status"], done["error"]) == ("completed", None)
    return done


def path_of(task, name="svg"):
    return f"/api/download/{task['task_id']}/{name}"


def part(server, key, task, wanted, **headers):
    """A GET with a Range: (status, headers, bytes)."""
    return server.call("GET", path_of(task), key, headers={"Range": wanted, **headers})


@pytest.fixture(scope="module")
def whole(server, key, task):
    """(headers, bytes) of the SVG."""
    return server.call("GET", path_of(task), key)[1:]


def test_each_format_comes_under_its_type_and_name(server, key, task):
    for file in task["files"]:
        name = file["format"]
        status, headers, body = server.call("GET", path_of(task, name), key, headers={"Accept-Encoding": "gzip, br"})
        assert status == 200
        assert headers["Content-Type"] == file["media_type"] == TYPES[name]
        assert headers["Content-Disposition"] == f'attachment; filename="map_{name}.{name}"'
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Content-Encoding" not in headers
        assert "Transfer-Encoding" not in headers
        assert int(headers["Content-Length"]) == len(body) == file["bytes"]
        digest = hashlib.sha256(body)
        assert digest.hexdigest() == file["sha256"]
        assert headers["ETag"] == f'"sha256-{file["sha256"]}"'
        assert headers["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        if name == "svgz":
            assert gzip.decompress(body).lstrip().startswith(b"<?xml")


def test_a_name_in_any_script_and_a_zip_with_fonts(server, key):
    _, _, answer = server.post(key, formats=["svg", "svgz"], config={"name": NAME, "options": {"fonts": True}})
    done = server.wait(key, answer["task_id"])
    assert (done["status"], done["error"]) == ("completed", None)
    for file in done["files"]:
        status, headers, body = server.call("GET", path_of(answer, file["format"]), key)
        assert (status, headers["Content-Type"], file["media_type"]) == (200, "application/zip", "application/zip")
        plain, wide = headers["Content-Disposition"].split("; filename*=UTF-8''")
        assert plain.startswith('attachment; filename="')
        assert plain.endswith(f'_{file["format"]}.zip"')
        assert plain.isascii()
        assert unquote(wide) == file["filename"] == f"{NAME}_{file['format']}.zip"
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert archive.testzip() is None
            assert any(name.endswith((".ttf", ".otf")) for name in archive.namelist())
            assert any(name.endswith(file["format"]) for name in archive.namelist())


def test_head_has_the_same_headers_and_no_body(server, key, task, whole):
    for extra in ({}, {"Range": "bytes=5-9"}):
        # A range is of GET alone.
        status, headers, body = server.call("HEAD", path_of(task), key, headers=extra)
        assert (status, body) == (200, b"")
        for name in ("Content-Length", "Content-Type", "ETag", "Repr-Digest", "Content-Disposition", "Accept-Ranges"):
            assert headers[name] == whole[0][name]
    # Nothing of a body is on the wire: the next answer of the same connection is whole.
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    for method in ("HEAD", "GET", "HEAD", "GET"):
        connection.request(method, path_of(task), headers={"X-API-Key": key})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, whole[1] if method == "GET" else b"")


def test_a_download_goes_on_from_anywhere(server, key, task, whole):
    headers, body = whole
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    draw = random.Random(7)
    offsets = [0, 1, len(body) - 1, *(draw.randrange(len(body)) for _ in range(300))]
    for offset in offsets:
        wanted = {"X-API-Key": key, "Range": f"bytes={offset}-", "If-Range": headers["ETag"]}
        connection.request("GET", path_of(task), headers=wanted)
        answer = connection.getresponse()
        rest = answer.read()
        assert answer.status == 206
        assert answer.headers["Content-Range"] == f"bytes {offset}-{len(body) - 1}/{len(body)}"
        assert int(answer.headers["Content-Length"]) == len(rest)
        assert hashlib.sha256(body[:offset] + rest).hexdigest() == task["files"][0]["sha256"]


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("bytes=0-0", 0, 1), ("bytes=10-19", 10, 20), ("bytes=-7", -7, None), ("bytes=5-99999999999", 5, None),
     ("bytes=-99999999999", 0, None), ("BYTES=3-4", 3, 5)],
)  # fmt: skip
def test_ranges(server, key, task, whole, wanted, first, last):
    status, headers, body = part(server, key, task, wanted)
    assert (status, body) == (206, whole[1][first:last])
    start = first % len(whole[1]) if first < 0 else first
    assert headers["Content-Range"] == f"bytes {start}-{start + len(body) - 1}/{len(whole[1])}"
    assert headers["ETag"] == whole[0]["ETag"]


@pytest.mark.parametrize("wanted", ["bytes=5-4", "bytes=a-b", "bytes=-", "lines=1-2", "bytes=0-1,4-5", "bytes", ""])
def test_what_is_no_single_range_is_the_whole(server, key, task, whole, wanted):
    status, headers, body = part(server, key, task, wanted)
    assert (status, body) == (200, whole[1])
    assert "Content-Range" not in headers


@pytest.mark.parametrize("offset", ["{size}-", "{size}-{size}", "99999999999-", "-0"])
def test_a_range_outside_is_416(server, key, task, whole, offset):
    size = len(whole[1])
    status, headers, body = part(server, key, task, f"bytes={offset.format(size=size)}")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{size}")
    assert json.loads(body)["code"] == "bad_range"


def test_a_stale_part_is_not_joined(server, key, task, whole):
    etag = whole[0]["ETag"]
    for stale in ('"sha256-0"', f"W/{etag}", "Wed, 21 Oct 2015 07:28:00 GMT"):
        status, _, body = part(server, key, task, "bytes=100-", **{"If-Range": stale})
        assert (status, body) == (200, whole[1])
    assert part(server, key, task, "bytes=100-", **{"If-Range": etag})[0] == 206
    # What some programs send in place of If-Range.
    status, _, body = part(server, key, task, "bytes=100-", **{"If-Match": '"sha256-0"'})
    assert (status, json.loads(body)["code"]) == (412, "changed")
    assert part(server, key, task, "bytes=100-", **{"If-Match": f'"x", {etag}'})[0] == 206


def test_what_did_not_change_is_not_sent_again(server, key, task, whole):
    etag = whole[0]["ETag"]
    for given in (etag, f"W/{etag}", f'"a", {etag}', "*"):
        for method in ("GET", "HEAD"):
            status, headers, body = server.call(method, path_of(task), key, headers={"If-None-Match": given})
            assert (status, body, headers["ETag"]) == (304, b"", etag)
            assert headers["Cache-Control"] == whole[0]["Cache-Control"]
    assert server.call("GET", path_of(task), key, headers={"If-None-Match": '"sha256-0"'})[2] == whole[1]


def test_what_is_not_there_says_why(server, key, task):
    name = task["task_id"]
    stranger = server.key()
    for caller, path, wanted in [
        (key, f"/api/download/{name}", (404, "no_format")),
        (key, f"/api/download/{name}/", (404, "not_found")),
        (key, f"/api/download/{name}/cdr", (404, "no_format")),
        (key, f"/api/download/{name}/nosuch", (404, "no_format")),
        (key, f"/api/download/{'0' * 32}/svg", (404, "no_task")),
        (key, "/api/download/None/svg", (404, "no_task")),
        (key, f"/api/download/{name.upper()}/svg", (404, "no_task")),
        (key, "/api/download/..%2f..%2fsecret/svg", (404, "no_task")),
        (stranger, path_of(task), (404, "no_task")),
        (None, path_of(task), (401, "bad_key")),
        ("ocd_" + "a" * 30, path_of(task), (401, "bad_key")),
    ]:
        for method in ("GET", "HEAD"):
            status, headers, body = server.call(method, path, caller)
            assert status == wanted[0], path
            assert headers["Content-Type"].startswith("application/json")
            assert body == b"" if method == "HEAD" else json.loads(body)["code"] == wanted[1], path
    # The address that the browser example ends with, opened without a key.
    assert "files[].url" in json.loads(server.call("GET", path_of(task))[2])["hint"]


def test_signed_links_are_of_one_file_and_one_hour(server, key, task, whole):
    link = task["files"][0]["url"]
    assert link.startswith(f"{server.url}{path_of(task)}?")
    assert server.call("GET", link)[2] == whole[1]
    assert server.call("HEAD", link)[0] == 200
    assert server.call("GET", link, headers={"Range": "bytes=3-5"})[2] == whole[1][3:6]
    expires = link.split("expires=")[1].split("&")[0]
    assert 3500 < int(expires) - time.time() <= 3600
    later = link.replace(expires, str(int(expires) + 1))
    for bad in (later, link[:-1] + ("0" if link[-1] != "0" else "1"), link.replace("/svg?", "/pdf?"), link[:-40],
                link.replace(expires, "1"), link.replace(expires, "9" * 40), link.replace(expires, "²")):  # fmt: skip
        assert server.call("GET", bad.replace("²", "%C2%B2"))[0] == 401, bad


def test_what_has_not_ended_or_is_gone(server, key):
    _, _, answer = server.post(key, formats=["svg"], config={"name": "gone"})
    status, _, body = server.call("GET", path_of(answer), key)
    if status != 200:
        assert (status, json.loads(body)["code"]) == (409, "not_ready")
    link = server.wait(key, answer["task_id"])["files"][0]["url"]
    assert server.call("DELETE", f"/api/tasks/{answer['task_id']}", key)[0] == 200
    for where, caller in ((path_of(answer), key), (link, None)):
        status, _, body = server.call("GET", where, caller)
        assert (status, json.loads(body)["code"]) == (410, "expired")
    _, _, waiting = server.post(key, formats=["svg"], config={"name": "not yet"})
    server.wait(key, waiting["task_id"])
    server.change("UPDATE job SET state = 'queued', run_after = 9e12 WHERE id = ?", waiting["task_id"])
    status, _, body = server.call("GET", path_of(waiting), key)
    assert (status, json.loads(body)["code"]) == (409, "not_ready")
    server.call("DELETE", f"/api/tasks/{waiting['task_id']}", key)


def test_a_lost_format_is_never_a_200(server, key):
    _, _, answer = server.post(key, formats=["svg", "geojson"], config={"name": "half"})
    link = server.wait(key, answer["task_id"])["files"][0]["url"]
    lost = "UPDATE job_file SET state = 'failed', error_code = 'x', error = 'Bad.' WHERE (job_id, format) = (?, ?)"
    server.change(lost, answer["task_id"], "svg")
    for where, caller in ((path_of(answer), key), (link, None)):
        status, _, body = server.call("GET", where, caller)
        told = json.loads(body)
        assert (status, told["code"], told["error"]) == (404, "format_lost", "Bad.")
    assert server.call("GET", path_of(answer, "geojson"), key)[0] == 200
