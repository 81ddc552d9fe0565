"""A request that passed its checks: what is asked for, carried as it is, as JSON between processes."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping

from ..errors import RequestError
from ..geo.area import Area, Extent
from ..text.sentence import say
from .naming import NAMELESS
from .options import Value


@dataclass(frozen=True)
class ExportRequest:
    """A request that passed every check that needs no data (see checks.make_request, the only one who makes it)."""

    area: Area
    formats: tuple[str, ...]
    style: str = "default"
    detail: int = 3
    layers: tuple[str, ...] = ()
    crs: str = ""
    source: str = ""
    page: str = ""
    scale: int = 0
    dpi: int = 300
    title: str = ""
    subtitle: str = ""
    # Empty: named by the place that the data show.
    name: str = NAMELESS
    options: Mapping[str, Value] = field(default_factory=dict)
    timeout: int = 180
    tags: str = "table"
    orientation: str = "auto"
    language: str = ""
    text: str = "auto"
    colors: str = "rgb"
    profile: str = ""
    pois: str = ""
    sheet: tuple[str, ...] = ()
    magnify: str = "1"
    # Paths of files, or GeoJSON itself (see sources.overlay_files).
    overlay: str = ""

    def to_json(self) -> str:
        """One line of JSON that from_json() reads in another process."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)

    @staticmethod
    def read(word: str) -> ExportRequest:
        """The request in a JSON text, or in the file of that path; RequestError where there is none."""
        if word.lstrip().startswith("{"):
            return ExportRequest.from_json(word)
        try:
            return ExportRequest.from_json(Path(word).read_text(encoding="utf-8"))
        except OSError as error:
            raise RequestError("bad_request", say("REQUEST cannot be read: {0}.", error.strerror), "request") from error

    @staticmethod
    def from_json(text: str) -> ExportRequest:
        """The request that to_json() wrote down; RequestError where it is none."""
        try:
            data = json.loads(text)
            area = dict(data.pop("area"))
            rings = tuple(tuple(tuple(map(tuple, ring)) for ring in polygon) for polygon in area.pop("rings"))
            given = area.pop("extent")
            extent = Extent(**{**given, "centre": tuple(given["centre"])}) if given else None
            formats, layers, sheet = (tuple(data.pop(key)) for key in ("formats", "layers", "sheet"))
            return ExportRequest(Area(**area, rings=rings, extent=extent), formats, layers=layers, sheet=sheet, **data)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RequestError("bad_request", "REQUEST is not a request that osm2cdr wrote down.", "request") from error
