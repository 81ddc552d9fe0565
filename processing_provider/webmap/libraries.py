"""The libraries of web pages that travel along: each as one script, one style sheet and its licence."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..errors import WriteError
from ..text.sentence import say

FOLDER = Path(__file__).resolve().parent.parent / "_vendor"


@dataclass(frozen=True)
class Library:
    """A library: its folder and files in `_vendor`, and what its script is by SHA-256."""

    name: str
    folder: str
    stem: str
    digest: str
    license_file: str

    def script(self) -> str:
        """The script; WriteError where it is not there or is another one."""
        data = self._read(f"{self.stem}.js")
        if hashlib.sha256(data.encode("utf-8")).hexdigest() != self.digest:
            raise WriteError(
                "bad_library", say("The library {0} is not the one that came with this version.", self.name)
            )
        # Its map is not here.
        return "\n".join(line for line in data.splitlines() if not line.startswith("//# sourceMappingURL="))

    def sheet(self) -> str:
        """The style sheet."""
        return self._read(f"{self.stem}.css")

    def license(self) -> str:
        """The text of its licence."""
        return self._read(self.license_file)

    def _read(self, name: str) -> str:
        try:
            return (FOLDER / self.folder / name).read_text(encoding="utf-8")
        except OSError as error:
            raise WriteError(
                "no_library", say("The library {0} is missing here; install the plugin anew.", self.name)
            ) from error


MAPLIBRE = Library(
    "MapLibre GL JS 5.24.0", "maplibre", "maplibre-gl",
    "45a9b07a9189ce56054c620a947ccf41e291e58c95e9b61533b740aaa65ee5cb", "LICENSE.txt",
)  # fmt: skip
LEAFLET = Library(
    "Leaflet 1.9.4", "leaflet", "leaflet",
    "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a", "LICENSE",
)  # fmt: skip
