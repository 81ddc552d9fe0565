"""A headless Chromium for the tests, driven by the DevTools protocol, and pages of another origin for it to open."""

import asyncio
import base64
import contextlib
import io
import json
import shutil
import subprocess
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiohttp

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
    "--remote-debugging-port=0",
)  # fmt: skip


# WebGL without a graphics card.
_WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


class Chromium:
    """One browser with an empty profile in `folder`; `page()` opens a tab. Where it is to draw by WebGL, by the CPU."""

    def __init__(self, folder, webgl=False):
        self.downloads = folder / "downloads"
        profile = folder / "profile"
        program = next(filter(None, map(shutil.which, _PROGRAMS)))
        command = [program, *_FLAGS, *(_WEBGL if webgl else ()), f"--user-data-dir={profile}", "about:blank"]
        self._log = (folder / "chromium.log").open("wb")
        self.process = subprocess.Popen(command, stdout=self._log, stderr=self._log, start_new_session=True)
        self._loop = asyncio.new_event_loop()
        port_file, deadline = profile / "DevToolsActivePort", time.monotonic() + 300
        while not (port_file.exists() and port_file.read_text().count("\n")):
            assert time.monotonic() < deadline, (folder / "chromium.log").read_text()[-2000:]
            time.sleep(0.1)
        self._address = f"http://127.0.0.1:{port_file.read_text().splitlines()[0]}"
        self._session = self._loop.run_until_complete(self._connect())

    async def _connect(self):
        return aiohttp.ClientSession()

    def page(self):
        """A new tab."""
        request = urllib.request.Request(f"{self._address}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request, timeout=120) as answer:
            target = json.loads(answer.read())
        page = Page(self._loop, self._session, target["webSocketDebuggerUrl"])
        page.call("Page.enable")
        page.call("Network.enable")
        page.call("Runtime.enable")
        page.call("Log.enable")
        page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads), eventsEnabled=True)
        return page

    def close(self):
        """End it."""
        self._loop.run_until_complete(self._session.close())
        self._loop.close()
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        self.process.kill()
        self._log.close()


class Page:
    """A tab: `open()` an address, `run()` JavaScript, look at what the network `saw()`."""

    def __init__(self, loop, session, address):
        self._loop = loop
        self._socket = loop.run_until_complete(session.ws_connect(address, max_msg_size=0))
        self._number = 0
        self._events = []

    def call(self, method, seconds=240, **parameters):
        """A command of the protocol and its result."""
        self._number += 1
        number = self._number
        self._loop.run_until_complete(self._socket.send_json({"id": number, "method": method, "params": parameters}))
        answer = self._until(lambda message: message.get("id") == number, seconds)
        assert "error" not in answer, (method, answer["error"])
        return answer["result"]

    def _until(self, wanted, seconds):
        deadline = time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            assert left > 0, self._events[-20:]
            message = self._loop.run_until_complete(self._socket.receive_json(timeout=left))
            if "method" in message:
                self._events.append(message)
            if wanted(message):
                return message

    def saw(self, method, seconds=240, **parts):
        """The first event of that name whose members have such values; waits for it where it did not come yet."""

        def fits(message):
            found = message.get("params", {})
            return message.get("method") == method and all(
                found.get(name) == value or (callable(value) and value(found.get(name)))
                for name, value in parts.items()
            )

        for event in self._events:
            if fits(event):
                return event["params"]
        return self._until(fits, seconds)["params"]

    def forget(self):
        """What `saw()` looks at begins here."""
        self._events.clear()

    def open(self, address):
        """Go there, and wait until it is loaded."""
        self.forget()
        result = self.call("Page.navigate", url=address)
        assert "errorText" not in result, result
        self.saw("Page.loadEventFired")

    def picture(self):
        """What it shows, as Pillow's image."""
        from PIL import Image

        data = self.call("Page.captureScreenshot", format="png")["data"]
        return Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")

    def resize(self, width, height):
        """Make it so many pixels large."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def faults(self):
        """What the page threw, warned of or was forbidden since it was opened; of what comes from now on, all."""
        found = []
        for event in self._events:
            said = event.get("params", {})
            # How fast the graphics are is no fault of the page.
            if said.get("entry", {}).get("source") == "rendering":
                continue
            if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded"):
                found.append(str(said)[:300])
            elif event["method"] == "Runtime.consoleAPICalled" and said["type"] in ("error", "warning", "assert"):
                found.append(str(said["args"])[:300])
        return found

    def asked_for(self):
        """The addresses that the page wanted from anywhere since it was opened."""
        return [event["params"]["request"]["url"] for event in self._events
                if event["method"] == "Network.requestWillBeSent"]  # fmt: skip

    def run(self, code):
        """What an expression comes to, a promise what it resolves to; raises AssertionError for what it throws."""
        result = self.call("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")


@contextlib.contextmanager
def pages(texts):
    """An origin of its own with some HTML pages by their paths; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            text = texts.get(self.path)
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
