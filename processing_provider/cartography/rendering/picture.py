"""A styled map on a page: what the writers of pictures get."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapSettings,
)
from qgis.PyQt.QtGui import QImage

from ...osm.tables.account import Account
from ...osm.tables.map_data import NOTICE
from ...request.pages import Page
from ..themes.loading import Theme
from .entries import IndexEntry, Key


def reference_system(crs: str) -> QgsCoordinateReferenceSystem:
    """QGIS's CRS of an authority code or a PROJ string."""
    if crs.startswith("+"):
        return QgsCoordinateReferenceSystem.fromProj(crs)
    return QgsCoordinateReferenceSystem(crs)


@dataclass(frozen=True)
class PackedLayer:
    """A layer of a picture, which is kept small for other formats: see `layered.PaintedLayer`."""

    name: str
    group: str
    left: int
    top: int
    shape: tuple[int, int]
    data: bytes


@dataclass
class Picture:
    """Styled layers, the top one first, and the page that they are drawn on."""

    layers: list[QgsMapLayer]
    page: Page
    crs: QgsCoordinateReferenceSystem
    background: str
    theme: Theme
    objects: dict[str, int] = field(default_factory=dict)
    notice: str = NOTICE
    # Of the data, ISO 8601 or empty.
    date: str = ""
    # Names that found no place, as (style, name), and why.
    unnamed: dict[tuple[str, str], str] = field(default_factory=dict)
    # What became of the source's objects, up to the edge of the page; none where they are somebody's layers.
    account: Account = field(default_factory=Account)
    # What stands beside the map where that is asked for, and the language of its words.
    keys: list[Key] = field(default_factory=list)
    index: list[IndexEntry] = field(default_factory=list)
    language: str = ""
    # How a project draws: labels' engine, variables, paths.
    base: QgsMapSettings | None = None
    # Where several formats are to have it: the image that was painted last, by DPI and whether it is without its sheet.
    painted: dict[tuple[int, bool], QImage] | None = None
    # And its layers, packed, by DPI.
    layered: dict[int, list[PackedLayer]] = field(default_factory=dict)

    @property
    def is_foreign(self) -> bool:
        """Whether the layers are a project's own: then what one of them lacks is told, and the others are drawn."""
        return self.base is not None
