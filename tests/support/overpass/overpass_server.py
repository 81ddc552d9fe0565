"""A server on 127.0.0.1 that plays what Overpass servers and proxies answer."""

import gzip
import http.server
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs


@dataclass
class Play:
    """One answer. `pace` seconds pass before each of ten pieces of the body, `cut` bytes of it are sent at most."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    packed: bool = False
    pace: float = 0.0
    cut: int = 0


class Server:
    """Plays one answer per request, the last one again and again; `plays` may be a function of the query."""

    def __init__(self, plays, status=None):
        self.plays, self.status = plays, status
        self.queries, self.agents, self.statuses, self.paths = [], [], 0, []
        self.together = self.most = 0
        self.stopped = threading.Event()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.paths.append(self.path)
                if self.path.endswith("/status") and outer.status is not None:
                    outer.statuses += 1
                    self.answer(Play(outer.status))
                else:
                    self.answer(Play(b"<html><title>Welcome</title></html>", 200))

            def do_POST(self):
                outer.paths.append(self.path)
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.queries.append(parse_qs(text)["data"][0])
                outer.agents.append((self.headers["User-Agent"], self.headers["Accept-Encoding"]))
                outer.together += 1
                outer.most = max(outer.most, outer.together)
                if callable(outer.plays):
                    play = outer.plays(outer.queries[-1])
                else:
                    play = outer.plays[min(len(outer.queries), len(outer.plays)) - 1]
                try:
                    self.answer(play)
                finally:
                    outer.together -= 1

            def answer(self, play):
                body = gzip.compress(play.body) if play.packed else play.body
                self.send_response(play.status)
                for name, value in play.headers.items():
                    self.send_header(name, value)
                if play.packed:
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                body = body[: play.cut] if play.cut else body
                step = len(body) // 10 + 1
                try:
                    for start in range(0, len(body), step if play.pace else len(body) + 1):
                        if play.pace and outer.stopped.wait(play.pace):
                            return
                        self.wfile.write(body[start : start + step] if play.pace else body)
                        self.wfile.flush()
                except OSError:
                    pass

            def log_message(self, *arguments):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.port = self.http.server_port
        self.url = f"http://127.0.0.1:{self.port}/api/interpreter"

    def close(self):
        """No more answers."""
        self.stopped.set()
        self.http.shutdown()
        self.http.server_close()


def later(start):
    """Seconds since `start`."""
    return time.monotonic() - start
