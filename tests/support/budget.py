"""How long the tests of each format take, told after a run: all 127 have to fit into one.

Nothing fails by it, since a machine may be slow or busy.
"""

import re
from collections import Counter

# All formats may take so long together, each an equal share: on every area, read by its other program.
ALL_SECONDS = 635
SHOWN = 5


class Budget:
    """Seconds by format, and those of what all formats share."""

    def __init__(self, formats):
        self.formats = frozenset(formats)
        self.seconds = Counter()
        self._shared = 0.0

    @property
    def most(self):
        """The share of one."""
        return ALL_SECONDS / max(len(self.formats), 1)

    def share(self, seconds):
        """Time that a test spent on what is made once for all, such as the reading of an area."""
        self._shared += seconds

    def note(self, test, seconds):
        """The time of a test, counted where its id names a format."""
        seconds, self._shared = seconds - self._shared, 0.0
        if "tests/conformance/" not in test:
            return
        words = re.split(r"[\[\]-]", test)
        name = next((word for word in words if word in self.formats), "")
        if name:
            self.seconds[name] += seconds

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
