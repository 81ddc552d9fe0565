"""What every writer gets and gives back."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Protocol, TypeVar

from ..cartography.themes.loading import Theme, load_theme
from ..feedback import Feedback
from ..osm.tables.map_data import NOTICE
from ..request.options import Value
from ..request.pages import Page
from .catalogue import Format

View_contra = TypeVar("View_contra", contravariant=True)


@dataclass(frozen=True)
class Job:
    """What a writer may know besides its view: its row of the catalogue, names and notices, never OSM or HTTP."""

    format: Format
    title: str = "Map"
    name: str = "map"
    notice: str = NOTICE
    date: str = ""
    source: str = ""
    dpi: int = 300
    theme: Theme = field(default_factory=lambda: load_theme("default"))
    colors: str = "rgb"
    # An ICC profile of CMYK inks of the user's own, or empty.
    profile: str = ""
    options: Mapping[str, Value] = field(default_factory=dict)
    feedback: Feedback = field(default_factory=Feedback)
    # Where the format brings the styled sheet beside its tables: its page, and what was asked for of the map.
    page: Page | None = None
    detail: int = 0
    language: str = ""
    layers: tuple[str, ...] = ()

    @property
    def credit(self) -> str:
        """Whose data it is, of when and from where, as one line."""
        day = f"data of {self.date[:10]}" if self.date else ""
        source = f"source: {self.source}" if self.source else ""
        return "; ".join(part for part in (self.notice, day, source) if part)


@dataclass
class Written:
    """What a writer wrote: objects per layer (by the layer's name in the file), and what was lost."""

    layers: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def features(self) -> int:
        """The number of objects in all layers."""
        return sum(self.layers.values())


class Writer(Protocol[View_contra]):
    """A format's writer: a module with these two functions, named in the catalogue's `writer` column.

    What it gets is the class of the row's view; `make lint` holds every row of the catalogue to that.
    """

    def write(self, view: View_contra, path: Path, job: Job) -> Written:
        """Write the finished file to `path` and close it."""
        ...

    def prove(self, path: Path, view: View_contra, written: Written) -> None:
        """Open the file again; raise WriteError where it is not what `written` says."""
        ...
