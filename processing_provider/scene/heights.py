"""Heights: how far the roofs of a scene stand above the ground, as square cells of a CRS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from osgeo import gdal, ogr

from ..feedback import Feedback
from ..geo.projection import spatial_reference, transformation
from ..osm.tables.map_data import NOTICE
from ..text.sentence import say
from .model import BUILDINGS, ROOF, Flags, Floats, Integers, Scene
from .raster import Grid, hits

# The metres that a cell may measure, the finest first that needs no more cells than these.
CELL_SIZES = tuple(size * 10.0**power for power in range(6) for size in (1, 2, 5))
MOST_CELLS = 16_000_000
NODATA = -9999.0
_METRES_OF_A_DEGREE = math.radians(1) * 6378137.0


@dataclass(frozen=True, eq=False)
class Heights:
    """Heights of roofs above the ground in metres: 0 where the area has no building, `nodata` outside the area.

    `values` are rows of cells, the northern one first, as `grid` lays them out in units of `crs`; each is the highest
    roof over the cell's centre. `buildings` is how many solids reach over one. `date` is the date of the data
    (ISO 8601) or empty, `source` a human name of where they came from.
    """

    values: npt.NDArray[np.float32]
    grid: Grid
    crs: str
    buildings: int
    date: str = ""
    source: str = ""
    notice: str = NOTICE
    nodata: float = NODATA
    unit: str = "m"


def build_heights(scene: Scene, crs: str, area: ogr.Geometry, feedback: Feedback) -> Heights:
    """The roofs of a scene as cells of a metre in `crs`, where the area is too large for that of more; that is told.

    `area` is the exact area in `crs`.
    """
    grid, metres = _grid(area, crs)
    if metres > CELL_SIZES[0]:
        feedback.warning(
            "coarse_cells",
            say(
                "The heights have cells of {0} m: of smaller ones there would be more than {1}.",
                f"{metres:g}",
                f"{MOST_CELLS:,}",
            ),
        )
    triangles, owners = _roofs(scene, crs)
    highest = np.zeros(grid.rows * grid.columns, "f4")
    met = np.zeros(int(owners.max()) + 1, bool)
    for cells, which, z in hits(triangles, grid):
        feedback.check()
        met[owners[which]] = True
        # The last of several values for one cell stays: the highest.
        order = np.argsort(z, kind="stable")
        cells, z = cells[order], z[order]
        higher = z > highest[cells]
        highest[cells[higher]] = z[higher]
    lost = len(met) - int(met.sum())
    if lost:
        feedback.warning(
            "smaller_than_cells", say("Buildings that are too small for the cells and in none of them: {0}.", lost)
        )
    roofs = highest.reshape(grid.rows, grid.columns)
    values = np.where(_inside(area, grid, crs), roofs, np.float32(NODATA))
    return Heights(values, grid, crs, len(met) - lost, scene.date, scene.source, scene.notice)


def _grid(area: ogr.Geometry, crs: str) -> tuple[Grid, float]:
    """The cells over an area, their edges at whole multiples of their side, and that side in metres."""
    reference = spatial_reference(crs)
    unit = reference.GetLinearUnits() if reference.IsProjected() else _METRES_OF_A_DEGREE
    xmin, xmax, ymin, ymax = area.GetEnvelope()
    for metres in CELL_SIZES:
        cell = metres / unit
        west, south = math.floor(xmin / cell), math.floor(ymin / cell)
        columns, rows = max(math.ceil(xmax / cell) - west, 1), max(math.ceil(ymax / cell) - south, 1)
        if columns * rows <= MOST_CELLS:
            break
    return Grid(west * cell, south * cell, cell, rows, columns), metres


def _roofs(scene: Scene, crs: str) -> tuple[Floats, Integers]:
    """The triangles of roofs in `crs`, and the number of the solid that each is of, over all meshes."""
    way = transformation(scene.crs, crs)
    triangles, owners, before = [], [], 0
    for mesh in (mesh for mesh in scene.meshes if mesh.name == BUILDINGS):
        vertices = mesh.vertices.copy()
        if way is not None:
            vertices[:, :2] = np.array(way.TransformPoints(vertices[:, :2].tolist()))[:, :2]
        roofs = mesh.surfaces == ROOF
        triangles.append(vertices[mesh.triangles[roofs]])
        owners.append(mesh.parts[roofs] + before)
        before += mesh.count
    return np.concatenate(triangles), np.concatenate(owners)


def _inside(area: ogr.Geometry, grid: Grid, crs: str) -> Flags:
    """Which cells have their centre in the area."""
    reference = spatial_reference(crs)
    mask = gdal.GetDriverByName("MEM").Create("", grid.columns, grid.rows, 1, gdal.GDT_Byte)
    mask.SetGeoTransform((grid.west, grid.cell, 0, grid.north, 0, -grid.cell))
    mask.SetProjection(reference.ExportToWkt())
    dataset = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = dataset.CreateLayer("area", reference)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(area)
    layer.CreateFeature(feature)
    gdal.RasterizeLayer(mask, [1], layer, burn_values=[1])
    inside: Flags = mask.ReadAsArray().astype(bool)
    return inside
