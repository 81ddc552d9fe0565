"""What lies round buildings, as thin closed bodies: ground, water a little lower, green, streets and rails on top, and
on them bridges, walls and trees. There is no relief: the ground is level, at 0.

The flat ones part the plane together, and each spot is of one of them alone, so that they meet without a gap.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Iterator, Mapping

import numpy as np
from osgeo import gdal, ogr

from ..feedback import Feedback
from ..geo.gdal_settings import quiet
from ..osm.tables.map_data import MapData
from ..text.sentence import say
from .footprints import footprints
from .model import Integers, Material, Mesh
from .raising_parts import Shaped, raise_parts
from .subdivision.closing import closed
from .subdivision.raising import Ground, Raised, subdivide
from .subdivision.stacks import STEPS, levelled
from .trees import trees

_CHECK_EVERY = 200
# How deep the ground reaches, in metres; decks of bridges lie so high and are so thick.
_DEPTH, _DECK, _THICK = -2.0, 0.6, 0.4
# Flat layers from the lowest claim on a spot to the highest: name, title, token of the style, height in metres.
FLAT = (
    ("ground", say("Ground"), "land", 0.0),
    ("green", say("Green"), "park", 0.06),
    ("water", say("Water"), "water", -0.3),
    ("piers", say("Piers"), "pier", 0.04),
    ("railways", say("Railways"), "rail", 0.08),
    ("roads", say("Roads"), "minor_case", 0.1),
)
OTHERS = (
    ("bridges", say("Bridges"), "bridge_area"),
    ("walls", say("Walls and hedges"), "barrier"),
    ("trees", say("Trees"), "tree"),
)
_OF_TABLE = {
    "green": "green", "sea": "water", "water": "water", "waterways": "water", "piers": "piers", "piers_lines": "piers",
    "railways": "railways", "plazas": "roads", "plazas_lines": "roads", "roads": "roads", "paths": "roads",
    "aeroways": "roads", "barriers": "walls",
}  # fmt: skip
# Metres across, by class or kind, of what has no width of its own.
_WIDTHS = {
    "motorway": 15.0, "trunk": 12.0, "primary": 10.0, "secondary": 9.0, "tertiary": 8.0, "residential": 6.0,
    "unclassified": 5.5, "living_street": 5.0, "pedestrian": 6.0, "service": 3.5, "track": 3.0, "river": 12.0,
    "canal": 8.0, "stream": 2.0, "ditch": 1.0, "city_wall": 1.5, "hedge": 0.8, "fence": 0.15,
}  # fmt: skip
_WIDTH = {"roads": 5.0, "water": 3.0, "piers": 3.0, "railways": 3.0, "walls": 0.3}
# Faces that are narrower are slivers, in metres.
_THIN = 0.05
# How high walls are, by kind; cliffs are none.
_WALLS = {"city_wall": 5.0, "retaining_wall": 1.5, "wall": 2.0, "fence": 1.5, "hedge": 1.5}


@dataclass(frozen=True, eq=False)
class _Piece:
    layer: str
    shape: bytes
    tags: Mapping[str, Any]


def surroundings(
    data: MapData, colors: Mapping[str, str | None], first: int, feedback: Feedback
) -> tuple[list[Mesh], list[Material]]:
    """The meshes of all layers that are there, and their materials, whose numbers begin at `first`."""
    rows = [(name, title, token) for name, title, token, _ in FLAT] + list(OTHERS)
    materials = [Material(title, (colors.get(token) or "#C8C8C8").upper()) for _, title, token in rows]
    number = {name: first + at for at, (name, _, _) in enumerate(rows)}
    pieces = list(_pieces(data, feedback))
    meshes = list(_flat(pieces, number))
    for name, base, top in (("bridges", _DECK, _DECK + _THICK), ("walls", 0.0, None)):
        own = [piece for piece in pieces if piece.layer == name]
        made = footprints((piece.shape, piece.tags) for piece in own)
        if made.count:
            tops = [
                float(tags.get("height") or _WALLS[str(tags["kind"])]) if top is None else top for tags in made.tags
            ]
            how = _level(made.count, base, np.array(tops)[made.features])
            found, placed = raise_parts(made, how, np.full(made.count, -1))
            meshes.append(_mesh(name, found, made.features, len(np.unique(made.features[placed])), number[name]))
    grown = trees(data, number["trees"], feedback)
    return meshes + ([grown] if grown is not None else []), materials


def _level(count: int, base: float, tops: Any) -> Shaped:
    return Shaped(np.full(count, -1), np.zeros(count), np.full(count, base), tops, tops)


def _pieces(data: MapData, feedback: Feedback) -> Iterator[_Piece]:
    """The areas of all layers, lines as wide as they are, each with what its table says of it."""
    yield _Piece("ground", bytes(ogr.CreateGeometryFromWkt(data.area_wkt).ExportToWkb(ogr.wkbNDR)), {})
    with quiet():
        dataset = gdal.OpenEx(str(data.path), gdal.OF_VECTOR)
        for table in data.tables:
            layer = _OF_TABLE.get(table.name)
            if layer is None:
                continue
            for count, feature in enumerate(dataset.GetLayerByName(table.name)):
                if count % _CHECK_EVERY == 0:
                    feedback.check()
                tags, shape = feature.items(), feature.GetGeometryRef()
                is_low = tags.get("tunnel") or (tags.get("layer") or 0) < 0
                if shape is None or is_low or (layer == "walls" and tags.get("kind") not in _WALLS):
                    continue
                shape.FlattenTo2D()
                if table.geometry == "line":
                    width = tags.get("width") or next(
                        (_WIDTHS[str(tags.get(key))] for key in ("class", "kind") if str(tags.get(key)) in _WIDTHS),
                        _WIDTH[layer] if table.name != "paths" else 2.0,
                    )
                    shape = shape.Buffer(min(max(float(width), 0.1), 100.0) / 2, 2)
                is_deck = bool(tags.get("bridge")) and layer in ("roads", "railways")
                yield _Piece("bridges" if is_deck else layer, bytes(shape.ExportToWkb(ogr.wkbNDR)), tags)
        dataset = None


def _flat(pieces: list[_Piece], number: Mapping[str, int]) -> Iterator[Mesh]:
    """The flat layers: each spot within the area is of the layer with the highest claim."""
    names = [name for name, _, _, _ in FLAT]
    flat = [piece for piece in pieces if piece.layer in names]
    made = footprints((piece.shape, {}) for piece in flat)
    if not made.count:
        return
    rank = np.array([names.index(piece.layer) for piece in flat])[made.features]
    segments, owners = made.segments()
    ground = subdivide(segments, owners, made.count)
    is_inside = np.isin(ground.faces, ground.faces[rank[ground.owners] == 0])
    faces, owner = ground.faces[is_inside], ground.owners[is_inside]
    # The last of each face has the highest claim.
    order = np.lexsort((rank[owner], faces))
    faces, owner = faces[order], owner[order]
    last = np.append(faces[1:] != faces[:-1], True) if len(faces) else np.zeros(0, bool)
    faces, owner = faces[last], owner[last]
    owner = _without_slivers(ground, faces, owner)
    height = np.array([top for _, _, _, top in FLAT])[rank]
    blocks = levelled(np.full(made.count, _DEPTH), height, height, np.zeros(made.count, bool))
    for at, name in enumerate(names):
        own = rank[owner] == at
        if own.any():
            found, _ = closed(replace(ground, faces=faces[own], owners=owner[own]), blocks, None)
            yield _mesh(name, found, made.features, len(np.unique(made.features[owner[own]])), number[name])


def _without_slivers(ground: Ground, faces: Integers, owner: Integers) -> Integers:
    """The owners of faces, those of slivers being those beyond their longest side: they would touch in edges alone."""
    surface = ground.plane
    p, q = surface.points[surface.edges].transpose(1, 0, 2)
    lengths = np.hypot(*(q - p).T) / STEPS
    around = np.zeros(surface.count + 1)
    np.add.at(around, surface.left, lengths)
    np.add.at(around, surface.right, lengths)
    is_thin = 2 * ground.areas < _THIN * around
    of = np.full(surface.count + 1, -1)
    of[faces] = owner
    for _ in range(2):
        one, other = np.append(surface.left, surface.right), np.append(surface.right, surface.left)
        usable = is_thin[one] & (of[one] >= 0) & ~is_thin[other] & (of[other] >= 0)
        one, other, long = one[usable], other[usable], np.append(lengths, lengths)[usable]
        order = np.argsort(long, kind="stable")
        # The last one written stays: the longest.
        of[one[order]] = of[other[order]]
        is_thin[one] = False
    return of[faces]


def _mesh(name: str, found: Raised, objects: Integers, count: int, material: int) -> Mesh:
    """A mesh of one colour; its parts are the objects, counted again."""
    _, parts = np.unique(objects[found.owners], return_inverse=True)
    parts = np.ravel(parts)
    return Mesh(
        name, found.vertices, found.triangles, parts, found.surfaces, np.full(len(parts), material), found.bodies,
        max(count, int(parts.max(initial=-1)) + 1),
    )  # fmt: skip
