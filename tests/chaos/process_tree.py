"""The processes of a server, as the system knows them."""

import contextlib
from pathlib import Path

from server_jobs import SPARE, name_of


class Tree:
    """The processes of a server: found by who started them."""

    def __init__(self, pid):
        self.supervisor = pid
        starts = {child: self._command(child) for child in self.children(pid)}
        self.webs = [child for child, words in starts.items() if b"osm2cdr.server.web" in words]
        self.parents = [
            child for child, words in starts.items() if b"server.workers.fork.parent" in words or b"stub_start" in words
        ]
        # One that was forked just now has the parent's name yet, and may become a spare one.
        self.jobs = [
            child for parent in self.parents for child in self.children(parent)
            if name_of(child) not in ("", SPARE, name_of(parent))
        ]  # fmt: skip

    @staticmethod
    def _command(pid):
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes()
        return b""

    @staticmethod
    def children(pid):
        """Of all threads of a process."""
        found = []
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{pid}/task").iterdir():
                with contextlib.suppress(OSError):
                    found += map(int, (thread / "children").read_text().split())
        return found
