"""A network of the streets that were read: split at their nodes, and only then cut, at nodes as well."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from osgeo import ogr

from ..errors import ExportError
from ..feedback import Feedback
from ..geo.gdal_settings import quiet
from ..geo.projection import WGS84, transformation
from ..osm.tables.language import NO_NAMES, Names
from ..osm.tables.layers import BY_NAME
from ..sources import restrictions
from ..text.sentence import say
from .driving import is_for_cars
from .measure import joined
from .model import Edges, Flags, Floats, Integers, Network, Nodes
from .signals import signalled
from .split import Pieces, split
from .streets import TABLES, read_streets

_CHECK_EVERY = 2000


def build_network(
    raw: Path,
    groups: tuple[str, ...],
    level: int,
    crs: str,
    area: ogr.Geometry,
    feedback: Feedback,
    names: Names = NO_NAMES,
) -> Network:
    """The network of the streets of `groups` at detail `level` that touch `area`, a polygon in `crs`.

    `raw` is what was read of a source (see extract.read), for an area that is no smaller. A level says which streets
    there are; their geometry is exact at each. ExportError where there is none; parts that are not joined are told.
    """
    if groups and not set(groups) & set(TABLES):
        raise ExportError(
            "no_streets", "A street network needs the layer roads or paths; choose one of them.", "layers"
        )
    blobs, ways = read_streets(raw, groups, level, names, feedback.part(0, 50))
    with quiet():
        pieces = split(blobs)
        feedback.progress(60, "joining streets")
        pieces, xy = _near(pieces, crs, area, feedback.part(60, 90))
        if not len(pieces.ways):
            raise _no_streets(groups, level)
        used, numbers = np.unique(pieces.ways, return_inverse=True)
        nodes, edges, lengths = _graph(pieces, numbers.ravel(), xy, area)
    if len(lengths) > 1:
        share = 100 * lengths[0] / sum(lengths)
        feedback.warning(
            "parts_apart",
            say(
                "The streets of this area are {0} networks that do not meet; the largest has {1} % of their length.",
                len(lengths),
                f"{share:.1f}",
            ),
        )
    kept = tuple(ways[number] for number in used)
    cars = np.array([is_for_cars(way) for way in kept])[edges.ways]
    ends = np.concatenate([edges.sources[cars], edges.targets[cars]])
    nodes = replace(nodes, lights=signalled(raw, nodes, np.bincount(ends, minlength=len(nodes.ids)) > 1))
    there = {way.id for way in kept}
    turns = tuple(
        one for one in restrictions.kept(raw) if there.intersection(one.ways[0]) and there.intersection(one.ways[2])
    )
    return Network(nodes, edges, kept, lengths, crs, area.ExportToWkt(), language=names.language, restrictions=turns)


def _no_streets(groups: tuple[str, ...], level: int) -> ExportError:
    """Whether a higher level can help: the next one that shows more kinds of streets of the groups."""
    levels = {kind.detail for name in TABLES if not groups or name in groups for kind in BY_NAME[name].kinds}
    more = [one for one in levels if one > level]
    if more:
        text = say("The area has no streets at this detail level; take level {0} or higher.", min(more))
        return ExportError("no_streets", text, "detail")
    return ExportError("no_streets", "The area has no streets.")


def _near(pieces: Pieces, crs: str, area: ogr.Geometry, feedback: Feedback) -> tuple[Pieces, Floats]:
    """The edges that touch the area, whole; and their points in its CRS."""
    xy = _projected(pieces.lonlat, crs)
    if not len(pieces.ways):
        return pieces, xy
    low, high = (method.reduceat(xy, pieces.starts[:-1]) for method in (np.minimum, np.maximum))
    xmin, xmax, ymin, ymax = area.GetEnvelope()
    # What a projection has no place for is far from the area.
    near = np.isfinite(low + high).all(axis=1)
    near &= ((high >= (xmin, ymin)) & (low <= (xmax, ymax))).all(axis=1)
    unsure = near & ~_within(low, high, area)
    prepared = area.CreatePreparedGeometry()
    for count, edge in enumerate(np.flatnonzero(unsure)):
        if count % _CHECK_EVERY == 0:
            feedback.check()
        line = ogr.Geometry(ogr.wkbLineString)
        for x, y in xy[pieces.starts[edge] : pieces.starts[edge + 1]].tolist():
            line.AddPoint_2D(x, y)
        near[edge] = prepared.Intersects(line)
    kept = np.repeat(near, np.diff(pieces.starts))
    return pieces.only(near), xy[kept]


def _projected(lonlat: Floats, crs: str) -> Floats:
    way = transformation(WGS84, crs)
    if way is None or not len(lonlat):
        return lonlat
    return np.array(way.TransformPoints(lonlat.tolist()))[:, :2]


def _within(low: Floats, high: Floats, area: ogr.Geometry) -> Flags:
    """Which boxes lie inside the area for certain: of an area that is no rectangle, none."""
    xmin, xmax, ymin, ymax = area.GetEnvelope()
    if abs(area.GetArea() - (xmax - xmin) * (ymax - ymin)) > 1e-9 * area.GetArea():
        return np.zeros(len(low), bool)
    inside: Flags = ((low >= (xmin, ymin)) & (high <= (xmax, ymax))).all(axis=1)
    return inside


def _graph(pieces: Pieces, ways: Integers, xy: Floats, area: ogr.Geometry) -> tuple[Nodes, Edges, tuple[float, ...]]:
    """Nodes and edges; and the lengths of the parts that are joined, the longest first."""
    count, first, last = len(pieces.ways), pieces.starts[:-1], pieces.starts[1:] - 1
    ids, at, ends = np.unique(
        np.concatenate([pieces.sources, pieces.targets]), return_index=True, return_inverse=True
    )  # fmt: skip
    ends = ends.ravel()
    sources, targets = ends[:count], ends[count:]
    places = np.concatenate([first, last])[at]
    roots = joined(len(ids), sources, targets)
    lengths = np.bincount(roots[sources], pieces.lengths, len(ids))
    order = np.argsort(-lengths, kind="stable")
    ranks = np.empty(len(ids), "i8")
    ranks[order] = np.arange(len(ids))
    nodes = Nodes(
        ids, pieces.lonlat[places], xy[places], _outside(xy[places], area),
        np.bincount(ends, minlength=len(ids)), ranks[roots], np.zeros(len(ids), bool),
    )  # fmt: skip
    edges = Edges(sources, targets, ways, pieces.lengths, pieces.starts, pieces.lonlat, xy)
    parts = len(np.unique(roots))
    return nodes, edges, tuple(lengths[order[:parts]].tolist())


def _outside(xy: Floats, area: ogr.Geometry) -> Flags:
    inside = _within(xy, xy, area)
    xmin, xmax, ymin, ymax = area.GetEnvelope()
    unsure = ~inside & ((xy >= (xmin, ymin)) & (xy <= (xmax, ymax))).all(axis=1)
    prepared = area.CreatePreparedGeometry()
    for node in np.flatnonzero(unsure):
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(*xy[node].tolist())
        inside[node] = prepared.Intersects(point)
    return ~inside
