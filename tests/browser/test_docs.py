"""The page to read and try the API, in a browser: it is drawn, nothing comes from elsewhere, a call from it works."""

import base64
import re
import time

import pytest

from browsing import Chromium
from serving import Server

pytestmark = pytest.mark.browser
# Fill a field of React's as a person would.
_TYPE = """(field, text) => {
  const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", {bubbles: true}));
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("docs") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def page(tmp_path_factory, server):
    browser = Chromium(tmp_path_factory.mktemp("chromium"))
    page = browser.page()
    page.call("Log.enable")
    page.call("Runtime.enable")
    page.call("Emulation.setDeviceMetricsOverride", width=1200, height=1500, deviceScaleFactor=1, mobile=False)
    page.open(f"{server.url}/api/docs")
    yield page
    browser.close()


def until(page, code, seconds=240):
    """Wait until an expression is true."""
    deadline = time.monotonic() + seconds
    while not page.run(f"Boolean({code})"):
        assert time.monotonic() < deadline, (code, page.run("document.body.innerText")[-2000:])
        time.sleep(0.2)


def picture(page, path):
    """What is on the screen."""
    path.write_bytes(base64.b64decode(page.call("Page.captureScreenshot", format="png")["data"]))


def test_the_page_shows_every_call(page, server, tmp_path):
    until(page, "document.querySelectorAll('.opblock').length > 12")
    shown = page.run("[...document.querySelectorAll('.opblock-summary-path')].map(e => e.dataset.path)")
    assert {"/api/render", "/api/status/{id}", "/api/download/{id}/{format}", "/api/me"} <= set(shown)
    assert "OAS 3.1" in page.run("document.querySelector('.info').innerText")
    assert "Unable to render" not in page.run("document.body.innerText")
    picture(page, tmp_path / "page.png")


def test_try_it_makes_a_task(page, server, tmp_path):
    key = server.key("pro")
    until(page, "document.querySelector('.btn.authorize')")
    page.run("document.querySelector('.btn.authorize').click()")
    until(page, "document.querySelector('.auth-container input')")
    page.run(f"({_TYPE})(document.querySelector('.auth-container input'), {key!r})")
    page.run("document.querySelector('.auth-btn-wrapper .authorize').click()")
    page.run("document.querySelector('.btn-done').click()")
    block = "[...document.querySelectorAll('.opblock-post')].find(e => e.innerText.includes('/api/render'))"
    page.run(f"{block}.querySelector('.opblock-summary-control').click()")
    # The page draws the call in several steps; the body's field is not the first.
    until(page, f"{block}.querySelector('.execute') && {block}.querySelector('textarea')?.value.includes('\"bbox\"')")
    page.run(f"{block}.querySelector('.execute').click()")
    until(page, f"{block}.querySelector('.live-responses-table tr.response .response-col_status')")
    picture(page, tmp_path / "tried.png")
    code = page.run(f"{block}.querySelector('.live-responses-table tr.response .response-col_status').innerText")
    assert code.startswith("202")
    answer = f"{block}.querySelector('.live-responses-table').innerText"
    until(page, f"{answer}.includes('task_id')")
    task = re.search(r'"task_id":\s*"(\w+)"', page.run(answer))[1]
    assert server.wait(key, task)["status"] == "completed"


def test_nothing_comes_from_elsewhere_and_nothing_is_refused(page, server):
    page.open(f"{server.url}/api/docs")
    until(page, "document.querySelectorAll('.opblock').length > 12")
    events = page._events
    asked = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    assert asked
    assert all(url.startswith((server.url, "data:")) for url in asked), asked
    entries = [e["params"]["entry"] for e in events if e["method"] == "Log.entryAdded"]
    assert [entry["text"] for entry in entries if entry["level"] == "error"] == []
    thrown = [e["params"] for e in events if e["method"] == "Runtime.exceptionThrown"]
    assert thrown == []
