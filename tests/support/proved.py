"""How many of the catalogue's formats another program has opened in a run, told at its end in one line.

A format counts where all of its tests in `conformance/` passed, on each of the areas that are there.
"""


class Proved:
    """What became of the tests of each format."""

    def __init__(self, formats, format_of):
        self.count, self._format_of = len(formats), format_of
        self.tried, self.failed = set(), set()

    def note(self, report):
        """Take the outcome of a test, or of its preparation."""
        name = self._format_of(report.nodeid) if "test_conformance.py" in report.nodeid else ""
        if not name:
            return
        if report.failed:
            self.failed.add(name)
        elif report.when == "call" and report.passed:
            self.tried.add(name)

    def told(self):
        """The line; none where no format was tried."""
        proved = len(self.tried - self.failed)
        return [f"{proved} of {self.count} formats were opened by another program."] if self.tried | self.failed else []
