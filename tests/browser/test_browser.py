"""The documented JavaScript examples, byte for byte but for address and key, in Node and in a browser."""

import html
import json
import re
import subprocess
import time

import pytest
from lxml import etree

from browsing import Chromium, pages
from documented import cities, example
from serving import Server

pytestmark = pytest.mark.browser
# Within the box of the other examples, and small.
PLACE = (37.607, 55.747, 37.623, 55.753)
BOX = json.dumps(PLACE)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("javascript")
    with Server(folder / "data", cities(folder)) as server:
        yield server


@pytest.fixture(scope="module")
def key(server):
    return server.key("pro")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    browser = Chromium(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


def script(server, key, *names):
    """A page that has the examples."""
    api = f"{server.url}/api"
    text = "\n".join(example(name, api, key) for name in names)
    given = f'const API_URL = "{api}", API_KEY = "{key}";\n' if "browser.js" not in names else ""
    return f"<!doctype html><title>page</title><script>{given}{text}</script><p>A page</p>"


def frame(inner):
    """A page with another in a sandbox: its origin is null."""
    return f'<!doctype html><iframe sandbox="allow-scripts" srcdoc="{html.escape(inner)}"></iframe>'


def test_the_node_example(server, key, tmp_path):
    path = tmp_path / "node.js"
    path.write_text(example("node.js", f"{server.url}/api", key), encoding="utf-8")
    done = subprocess.run(["node", path], capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    task = re.fullmatch(r"Task created: ([0-9a-f]{32})", lines[0])[1]
    assert lines[-2] == "Status: completed (100%)"
    _, _, body = server.call("GET", f"/api/download/{task}/pdf", key)
    assert lines[-1] == f"Downloaded: {len(body)} bytes"
    pdf = tmp_path / "map.pdf"
    pdf.write_bytes(body)
    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages: +1\n", told)


def test_the_node_example_ends_where_the_key_is_wrong(server, tmp_path):
    path = tmp_path / "node.js"
    path.write_text(example("node.js", f"{server.url}/api", "ocd_" + "x" * 30), encoding="utf-8")
    done = subprocess.run(["node", path], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "The API key is missing or not valid." in done.stderr


def check_link(server, key, link, seen):
    """The progress that the browser's page saw, and what is at the link that it ends with."""
    assert seen[-1] == [100, "completed"]
    assert {word for _, word in seen} <= {"queued", "processing", "completed"}
    assert [step for step, _ in seen] == sorted(step for step, _ in seen)
    assert re.fullmatch(re.escape(server.url) + r"/api/download/[0-9a-f]{32}/\w+", link)
    assert server.call("GET", link, key)[0] == 200


def test_the_browser_example_from_another_origin(server, key, chromium):
    with pages({"/": script(server, key, "browser.js")}) as origin:
        page = chromium.page()
        page.open(f"{origin}/")
        answer = page.run(
            "(async () => { const seen = [];"
            f" const link = await exportWithProgress({BOX}, 'geojson', (...words) => seen.push(words));"
            " return { origin: location.origin, link, seen }; })()"
        )
        assert answer["origin"] == origin != server.url
        check_link(server, key, answer["link"], answer["seen"])
        # The headers that a page of another origin needs to read.
        names = ["ETag", "Content-Disposition", "Content-Length", "X-Request-Id"]
        read = page.run(
            f"fetch('{answer['link']}', {{headers: {{'X-API-Key': '{key}'}}}}).then(r => "
            f"{json.dumps(names)}.map(n => r.headers.get(n)))"
        )
        assert all(read), read


def in_sandbox(page):
    """What the page's only frame answers."""
    return page.run(
        "new Promise(resolve => { onmessage = event => resolve(event.data);"
        " document.querySelector('iframe').contentWindow.postMessage('go', '*'); })"
    )


SANDBOXED = """<script>
onmessage = async event => {
  const seen = [];
  try {
    const link = await exportWithProgress(%s, "svg", (...words) => seen.push(words));
    event.source.postMessage({ origin: String(self.origin), link, seen }, "*");
  } catch (error) { event.source.postMessage({ error: String(error) }, "*"); }
};
</script>"""


def test_the_browser_example_from_a_sandbox_and_from_a_file(server, key, chromium, tmp_path):
    inner = script(server, key, "browser.js") + SANDBOXED % BOX
    with pages({"/": frame(inner)}) as origin:
        page = chromium.page()
        page.open(f"{origin}/")
        answer = in_sandbox(page)
        assert answer.get("origin") == "null", answer
        check_link(server, key, answer["link"], answer["seen"])
    path = tmp_path / "page.html"
    path.write_text(script(server, key, "browser.js"), encoding="utf-8")
    page = chromium.page()
    page.open(path.as_uri())
    answer = page.run(
        "(async () => { const seen = [];"
        f" const link = await exportWithProgress({BOX}, 'pdf', (...words) => seen.push(words));"
        " return { origin: self.origin, link, seen }; })()"
    )
    assert answer["origin"] in ("null", "file://")
    sent = page.saw("Network.requestWillBeSentExtraInfo", headers=lambda sent: "X-API-Key" in sent)
    assert sent["headers"]["Origin"] == "null"
    check_link(server, key, answer["link"], answer["seen"])


def test_the_browser_example_ends_with_the_server_s_sentence(server, chromium):
    with pages({"/": script(server, server.key("free"), "browser.js")}) as origin:
        page = chromium.page()
        page.open(f"{origin}/")
        told = page.run("exportWithProgress([37.35, 55.57, 37.85, 55.92], 'svg', () => 0).catch(e => e.message)")
        assert "There is no such task." in told


@pytest.mark.parametrize("place", ["origin", "sandbox"])
def test_the_polling_example_and_its_links(server, key, chromium, tmp_path, place):
    box = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), PLACE))
    _, _, task = server.post(key, bbox=box, formats=["svg"], config={"name": f"polled {place}"})
    text = script(server, key, "poll.js")
    code = (
        f"(async () => {{ const seen = []; const data = await pollStatus('{task['task_id']}', (...w) => seen.push(w));"
        " return { data, seen }; })()"
    )
    sandboxed = f"<script>onmessage = async e => e.source.postMessage(await {code}, '*');</script>"
    with pages({"/": text if place == "origin" else frame(text + sandboxed)}) as origin:
        page = chromium.page()
        page.open(f"{origin}/")
        answer = page.run(code) if place == "origin" else in_sandbox(page)
        assert [answer["data"]["status"], answer["data"]["error"]] == ["completed", None]
        assert answer["seen"][-1] == [100, "completed", "done"]
        file = answer["data"]["files"][0]
        links = page if place == "origin" else chromium.page()
        links.open(f"{origin}/")
        click(links, f"{server.url}/api/download/{task['task_id']}/svg")
        plain = links.saw("Network.responseReceived", type="Document", response=lambda found: "/api/" in found["url"])
        assert plain["response"]["status"] == 401
        links.saw("Page.loadEventFired")
        assert "files[].url" in links.run("document.body.innerText")
        links.open(f"{origin}/")
        click(links, file["url"])
        begun = links.saw("Browser.downloadWillBegin")
        assert begun["suggestedFilename"] == file["filename"] == f"polled {place}_svg.svg"
        links.saw("Browser.downloadProgress", state="completed", guid=begun["guid"])
        path, deadline = chromium.downloads / begun["suggestedFilename"], time.monotonic() + 120
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert path.stat().st_size == file["bytes"]
        assert etree.parse(path).getroot().tag.endswith("svg")


def click(page, address):
    """Follow a link of the page, as a person would."""
    page.forget()
    page.run(f"document.body.append(Object.assign(document.createElement('a'), {{href: {json.dumps(address)}}}))")
    page.run("document.querySelector('a').click()")
