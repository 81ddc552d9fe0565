"""The libraries of web pages that travel along: each as one script, one style sheet and its licence."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from ..errors import WriteError
from ..text.sentence import say

FOLDER = Path(__file__).resolve().parent.parent / "_vendor"
_SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Library:
    """A library: its folder and files in `_vendor`, whose SHA256SUMS says what they are; `more` scripts behind its own.

    `has_sheet` is whether it brings a style sheet.
    """

    name: str
    folder: str
    stem: str
    license_file: str
    more: tuple[str, ...] = ()
    has_sheet: bool = True

    def script(self) -> str:
        """The scripts, one behind the other."""
        data = "\n".join(self._read(f"{stem}.js") for stem in (self.stem, *self.more))
        # Their maps are not here.
        return "\n".join(line for line in data.split("\n") if not line.startswith("//# sourceMappingURL="))

    def sheet(self) -> str:
        """The style sheet, with those of its pictures in it that are here."""
        if not self.has_sheet:
            return ""

        def picture(found: re.Match[str]) -> str:
            name = found.group(1)
            if not (FOLDER / self.folder / name).is_file():
                return "none"
            return f"url(data:image/png;base64,{b64encode(self._bytes(name)).decode('ascii')})"

        return re.sub(r"url\(images/([\w.-]+)\)", picture, self._read(f"{self.stem}.css"))

    def license(self) -> str:
        """The text of its licence."""
        return self._read(self.license_file)

    def _read(self, name: str) -> str:
        return self._bytes(name).decode("utf-8")

    def _bytes(self, name: str) -> bytes:
        """A file; WriteError where it is not there or is another one: all pages would run it."""
        try:
            data = (FOLDER / self.folder / name).read_bytes()
            sums = (FOLDER / _SUMS).read_text(encoding="ascii")
        except OSError as error:
            raise WriteError(
                "no_library", say("The library {0} is missing here; install the plugin anew.", self.name)
            ) from error
        if f"{hashlib.sha256(data).hexdigest()}  {self.folder}/{name}" not in sums.splitlines():
            raise WriteError(
                "bad_library", say("The library {0} is not the one that came with this version.", self.name)
            )
        return data


MAPLIBRE = Library("MapLibre GL JS 5.24.0", "maplibre", "maplibre-gl", "LICENSE.txt")
THREE = Library("three.js 0.147.0", "three", "three.min", "LICENSE", ("OrbitControls",), has_sheet=False)
RTL_TEXT = Library("Mapbox GL RTL Text 0.2.3", "rtltext", "mapbox-gl-rtl-text.min", "LICENSE.md", has_sheet=False)
LEAFLET = Library("Leaflet 1.9.4", "leaflet", "leaflet", "LICENSE")
