"""Somebody at a browser, without one: pages, forms with their proofs, cookies; and a mail server that keeps letters."""

import email
import http.cookiejar
import itertools
import json
import re
import socketserver
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from email import policy


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """`get()` a page, `send()` its form, `call()` what its scripts call: (status, headers, text).

    Each is at an address of their own, where the server believes this machine as a proxy.
    """

    numbers = itertools.count(1)

    def __init__(self, url, language="en"):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar))
        self.language = language
        self.proof = ""
        self.address = "198.18.{}.{}".format(*divmod(next(self.numbers), 256))

    def ask(self, method, path, data=None, **headers):
        request = urllib.request.Request(self.url + path, data, method=method)
        request.add_header("Accept-Language", self.language)
        request.add_header("X-Forwarded-For", self.address)
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with self.opener.open(request, timeout=60) as answer:
                found = answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            found = error.code, error.headers, error.read().decode()
        proof = re.search(r'<meta name="csrf" content="(\w+)">', found[2])
        self.proof = proof[1] if proof else self.proof
        return found

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def send(self, path, proof=None, headers=None, **fields):
        """A form, with the proof of the page that was looked at last."""
        data = urllib.parse.urlencode({"csrf": self.proof if proof is None else proof, **fields}).encode()
        return self.ask("POST", path, data, **(headers or {}))

    def call(self, method, path, body=None, **headers):
        data = None if body is None else json.dumps(body).encode()
        kind = {"Content_Type": "application/json"} if body is not None else {}
        status, _, text = self.ask(method, path, data, **{"X_CSRF_Token": self.proof, **kind, **headers})
        return status, json.loads(text)

    def word(self):
        """What the session's cookie holds."""
        return next((cookie.value for cookie in self.jar if cookie.name == "osm2cdr_session"), "")

    def sign_in(self, address, password, **fields):
        self.get("/account/sign-in")
        return self.send("/account/sign-in", email=address, password=password, **fields)


class _Letters(socketserver.StreamRequestHandler):
    def handle(self):
        def say(line):
            self.wfile.write(line.encode() + b"\r\n")

        say("220 here")
        while True:
            line = self.rfile.readline()
            word = line[:4].upper()
            if not line or word == b"QUIT":
                break
            if word == b"DATA":
                say("354 go on")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += self.rfile.readline()
                self.server.letters.append(email.message_from_bytes(data[:-5], policy=policy.default))
            say("250 good")


class Post(socketserver.ThreadingTCPServer):
    """A mail server; `letters` are what came."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Letters)
        self.letters = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def letter(self, number, seconds=60):
        """The letter of that number; waits for it."""
        deadline = time.monotonic() + seconds
        while len(self.letters) <= number:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        return self.letters[number]

    def link(self, number):
        """The path that a letter leads to."""
        found = re.search(r"https?://[^\s/]+(/\S+)", self.letter(number).get_content())
        return found[1]
