"""A scene for a printer: millimetres, houses and plate one closed body, in tiles where the bed is smaller.

It is a height over the ground plan: nothing hangs in the air, so that it needs no supports.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from osgeo import ogr

from ..errors import ExportError
from ..feedback import Feedback
from ..text.sentence import say
from .footprints import GRID, footprints
from .model import Floats, Material, Scene, Tile
from .plates import Plate, cut, mesh_of
from .solids import footprints_of
from .thin import Thickened, thickened

# The finest step of a model, in millimetres; that of life is a centimetre.
_STEP = 0.001
_PLATE = "Base plate"


@dataclass(frozen=True)
class Print:
    """What a printer wants, in millimetres: the longest side of the model (0: what its bed holds), width and depth of
    the bed (0: any), how thick the plate is (0: none), and how thin a wall can be (0: any).
    """

    size: float
    bed: tuple[float, float] = (0.0, 0.0)
    base: float = 2.0
    wall: float = 0.8


def printed(view: Scene, wanted: Print, color: str, feedback: Feedback) -> Scene:
    """The scene for a printer, its plate of this colour; ExportError where nothing is left that can be printed.

    What is too thin is told, and so is a model of several tiles.
    """
    plate = footprints([(bytes(ogr.CreateGeometryFromWkt(view.area_wkt).ExportToWkb(ogr.wkbNDR)), {})])
    corners = (
        plate.corners / GRID if wanted.base else np.concatenate([ring for part in view.parts for ring in part.rings])
    )
    low, high = corners.min(axis=0), corners.max(axis=0)
    by, pieces = _fitted(high - low, wanted)
    # So many of what is reckoned in are a metre: their hundredth, the finest step, is none too fine for a printer.
    unit = min(1.0, by / (GRID * _STEP))
    made, how = footprints_of(view.parts, unit)
    thin = thickened(made, how.top, wanted.wall / by * unit, feedback)
    _tell_of_thin(thin, wanted.wall, feedback)
    lines = tuple(np.linspace(low[axis], high[axis], pieces[axis] + 1) * unit for axis in (0, 1))
    bodies = cut(view, thin, how, Plate(wanted.base, by, unit, lines), feedback)
    if not bodies:
        raise ExportError(
            "no_buildings", "Nothing of the area is thick enough to be printed at this size.", "print_size"
        )
    whole = replace(view, materials=(*view.materials, Material(_PLATE, color.upper())), per_metre=by)
    tiles = tuple(
        Tile(pieces[1] - row, column + 1, replace(whole, meshes=(mesh_of(view, thin, found, by / unit),)))
        for (row, column), found in bodies
    )
    if pieces == (1, 1):
        return tiles[0].scene
    width, depth = (high - low) * by
    _tell_of_tiles(len(tiles), (width, depth), (width / pieces[0], depth / pieces[1]), feedback)
    return replace(whole, meshes=tuple(mesh for tile in tiles for mesh in tile.scene.meshes), tiles=tiles)


def _fitted(extent: Floats, wanted: Print) -> tuple[float, tuple[int, int]]:
    """The millimetres of a metre, and how many tiles lie beside and behind one another."""
    width, depth = (max(float(side), 0.01) for side in extent)
    beds = [wanted.bed, wanted.bed[::-1]]
    if not wanted.size:
        return max(min(bed[0] / width, bed[1] / depth) for bed in beds), (1, 1)
    by = wanted.size / max(width, depth)
    if not all(wanted.bed):
        return by, (1, 1)
    # A hair's breadth makes no tile.
    ways = [
        tuple(max(math.ceil(side * by / room - 1e-6), 1) for side, room in zip((width, depth), bed)) for bed in beds
    ]
    columns, rows = min(ways, key=lambda way: way[0] * way[1])
    return by, (columns, rows)


def _tell_of_thin(thin: Thickened, wall: float, feedback: Feedback) -> None:
    if thin.widened or thin.lowered or thin.left_out:
        told = (f"{wall:g}", f"{thin.widened:,}", f"{thin.lowered:,}", f"{thin.left_out:,}")
        text = say(
            "Parts thinner than {0} mm: {1} widened, {2} made as low as what is beside them, {3} left out.", *told
        )
        feedback.warning("print_thin", text)


def _tell_of_tiles(count: int, size: tuple[float, float], tile: tuple[float, float], feedback: Feedback) -> None:
    told = (*(f"{side:.0f}" for side in size), f"{count:,}", *(f"{side:.0f}" for side in tile))
    feedback.warning(
        "print_tiles", say("The model of {0} x {1} mm comes in {2} tiles of {3} x {4} mm, in a zip.", *told)
    )
