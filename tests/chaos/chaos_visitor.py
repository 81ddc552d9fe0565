"""Somebody who is signed in on the website all the while, and makes maps there as well."""

import json
import subprocess
import threading
import time
import urllib.error

from visiting import Visitor

from areas import ROOT

EMAIL, PASSWORD = "chaos@example.org", "correct horse battery"


class SignedIn:
    """An account whose session, pages and key must be there whenever the server answers at all."""

    def __init__(self, server, tries, faults):
        command = [ROOT / "bin" / "osm2cdr", "accounts", "create", "--email", EMAIL, "--tier", "enterprise"]
        subprocess.run(command, env=server.env, input=f"{PASSWORD}\n", capture_output=True, text=True, check=True)
        self.key = server.key("enterprise", "--email", EMAIL, "--name", "chaos")
        self.tries, self.faults, self.lock = tries, faults, threading.Lock()
        self.visitor = Visitor(server.url)
        while self._ask(lambda: self.visitor.sign_in(EMAIL, PASSWORD))[0] != 303:
            time.sleep(0.1)
        self.word = self.visitor.word()
        while not self.look():
            time.sleep(0.1)

    def _ask(self, call):
        """What a call answers; 0 where nobody does."""
        with self.lock:
            try:
                return call()
            except (OSError, urllib.error.URLError, json.JSONDecodeError):
                return 0, {}, ""

    def look(self):
        """At a page of the account: never is anybody asked to sign in again."""
        status, _, text = self._ask(lambda: self.visitor.get("/account/api"))
        self.tries["page", status] += 1
        whole = status == 200 and "chaos" in text and self.visitor.word() == self.word
        if not whole and 0 < status < 500:
            self.faults.append(f"page: {status} {text[:300]}")
        return whole

    def watch(self, over):
        """Look again and again until it is over."""
        while not over.wait(0.5):
            self.look()

    def post(self, key, **body):
        """A task by the page's own call: (status, headers, JSON)."""
        found = self._ask(lambda: (*self.visitor.call("POST", "/site/render", body, Idempotency_Key=key), None))
        return found[0], {}, found[1]
