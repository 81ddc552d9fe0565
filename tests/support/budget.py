"""What the tests of each format cost, told after a run: all 127 have to fit into one.

Counted in seconds of the processor, of the tests' process and of those that it started, so that a busy machine tells
the same as a quiet one. Nothing fails by it, since a machine may be slow.
"""

import contextlib
import csv
import os
import re
from collections import Counter

# All formats may take so long together, each an equal share: on its areas, read by its other program.
ALL_SECONDS = 635
SHOWN = 5
# So many files of tests are told with what each took.
FILES_SHOWN = 15


def processor_seconds():
    """What this process has used up, and those that it started and that have ended."""
    return sum(os.times()[:4])


def system_seconds():
    """Those that the system worked for them."""
    times = os.times()
    return times.system + times.children_system


class Budget:
    """Seconds of the processor by format; those of what all formats share are nobody's."""

    def __init__(self, formats, clock=processor_seconds):
        self.formats = frozenset(formats)
        self.seconds = Counter()
        self.files = Counter()
        # Of each test: seconds in all, and those of them that the system worked for it.
        self.tests = {}
        self._clock = clock
        self._account, self._since = "", 0.0

    @property
    def most(self):
        """The share of one."""
        return ALL_SECONDS / max(len(self.formats), 1)

    def format_of(self, test):
        """The format that a test of `conformance/` is about, by its id; empty where it is about none."""
        words = re.split(r"[\[\]-]", test) if "tests/conformance/" in test else []
        return next((word for word in words if word in self.formats), "")

    @contextlib.contextmanager
    def test(self, test):
        """A test runs, by its id: what it uses up is its format's and its file's."""
        before, kernel = self._clock(), system_seconds()
        try:
            with self.account(self.format_of(test)):
                yield
        finally:
            took = self._clock() - before
            self.files[test.partition("::")[0]] += took
            self.tests[test] = took, system_seconds() - kernel

    @contextlib.contextmanager
    def account(self, name=""):
        """What is used up from here on is that format's, or nobody's."""
        before, self._account = self._account, self._settled(name)
        try:
            yield
        finally:
            self._account = self._settled(before)

    def _settled(self, name):
        now = self._clock()
        if self._account:
            self.seconds[self._account] += now - self._since
        self._since = now
        return name

    def told(self):
        """The lines for the end of a run."""
        if not self.seconds:
            return []
        slowest = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.most_common(SHOWN))
        total, count = sum(self.seconds.values()), len(self.seconds)
        lines = [f"{count} formats took {total:.0f} s, {total / count:.1f} s on average; slowest: {slowest}"]
        over = {name: seconds for name, seconds in self.seconds.most_common() if seconds > self.most}
        if over:
            listed = ", ".join(f"{name} by {seconds - self.most:.1f} s" for name, seconds in over.items())
            lines.append(f"Over the {self.most:.0f} s that each of {len(self.formats)} may take: {listed}")
        return lines

    def files_told(self):
        """The files that took most, with what a fixture of the whole run took in the file that asked for it first."""
        return [f"{seconds:6.1f} s  {name}" for name, seconds in self.files.most_common(FILES_SHOWN)]

    def write(self, path):
        """A table of all tests, the dearest first: seconds, of the system, test."""
        rows = sorted(((*took, test) for test, took in self.tests.items()), reverse=True)
        with open(path, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["seconds", "system", "test"])
            writer.writerows((f"{took:.2f}", f"{kernel:.2f}", test) for took, kernel, test in rows)
