"""Rhino 3DM (an archive of openNURBS, version 5): a layer for each mesh, an object for each closed solid; metres, z up.

A part of a building is an object with the building's name, and a link to what it is in OpenStreetMap. Notes say whose
data it is, and the model's anchor where on the earth its origin lies. The points of each plane are its own, so that
edges are sharp and normals true; Rhino joins what lies at one place, and a solid is closed.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Iterator
from uuid import UUID, uuid5

import numpy as np
import numpy.typing as npt

from ...errors import WriteError
from ...scene.model import BUILDINGS, Floats, Integers, Mesh, Scene
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from . import opennurbs as nurbs
from . import pieces

_MESH, _LAYER = UUID("4ED7D4E4-E947-11d3-BFE5-0010830122F0"), UUID("95809813-E985-11d3-BFE5-0010830122F0")
# Names within which the numbers of layers and objects are made, so that the same model has the same.
_OURS = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_MESH_OBJECT = 0x20
_METRES = 4
# The version of openNURBS whose files these are like: day, month and year, then that of the archive.
_LIBRARY = 201_205_035
_OPENSTREETMAP = "https://www.openstreetmap.org/"
_CHECK_EVERY = 500
# Of an object's attributes: its name, link and colour, and that the colour is its own.
_NAME, _LINK, _COLOR, _COLOR_FROM = 1, 2, 6, 13


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write table after table."""
    with path.open("wb") as file:
        file.write(nurbs.HEAD + nurbs.chunk(nurbs.COMMENT, b"osm2cdr\x1a\0") + _properties(view, job))
        file.write(_settings(view) + b"".join(map(nurbs.table, nurbs.BEFORE_LAYERS)))
        layers = [_layer(view, number) for number in range(len(view.meshes))]
        file.write(nurbs.table(nurbs.LAYERS, *layers) + b"".join(map(nurbs.table, nurbs.AFTER_LAYERS)))
        file.write(nurbs.table(nurbs.OBJECTS, *_objects(view, job)) + nurbs.table(nurbs.HISTORY))
        file.write(nurbs.end(file.tell()))
    return Written(view.counts)


def _properties(view: Scene, job: Job) -> nurbs.Chunk:
    notes = "\r\n".join(f"{name}: {text}" for name, text in pieces.told(view, job).items())
    return nurbs.table(
        nurbs.PROPERTIES,
        nurbs.value(nurbs.LIBRARY_VERSION, _LIBRARY),
        nurbs.chunk(nurbs.NOTES, struct.pack("<Bi", 0x10, 0), nurbs.string(notes), struct.pack("<5i", 0, 0, 0, 0, 0)),
        nurbs.chunk(nurbs.APPLICATION, b"\x10", nurbs.string("osm2cdr"), nurbs.string(""), nurbs.string("")),
    )


def _settings(view: Scene) -> nurbs.Chunk:
    """Metres; a millimetre and a degree are what is too small to matter; and where on the earth the origin lies."""
    units = struct.pack("<ii3diid", 102, _METRES, 0.001, np.pi / 180, 0.01, 0, 3, 1.0) + nurbs.string("")
    longitude, latitude = view.origin
    anchor = struct.pack("<ii3d", 1, 0, latitude, longitude, 0.0)
    anchor += struct.pack("<9d", *(0, 0, 0), *(0, 1, 0), *(1, 0, 0))
    drawing = struct.pack("<BdIiii", 0x13, 1.0, 0, 0, -1, 0)
    page = nurbs.chunk(nurbs.ANONYMOUS, struct.pack("<ii", 1, 0), units)
    place = bytes(16) + struct.pack("<3d", 0, 0, 0)
    return nurbs.table(
        nurbs.SETTINGS,
        nurbs.chunk(nurbs.UNITS, units),
        nurbs.chunk(nurbs.ATTRIBUTES_OF_MODEL, drawing, page, place, nurbs.chunk(nurbs.ANONYMOUS, anchor)),
    )


def _color(text: str) -> bytes:
    return bytes(int(text[at : at + 2], 16) for at in (1, 3, 5)) + b"\0"


def _look(view: Scene, mesh: Mesh) -> int:
    """The material of most triangles of a layer."""
    return int(np.bincount(mesh.materials, minlength=1).argmax()) if len(mesh.materials) else 0


def _layer(view: Scene, number: int) -> nurbs.Chunk:
    """Shown, not locked, at the top; of the colour of most of it."""
    mesh = view.meshes[number]
    data = struct.pack("<Biiiii", 0x16, 0, number, -1, -1, 0)
    data += _color(view.materials[_look(view, mesh)].color) + struct.pack("<hhdd", 0, 0, 0.0, 1.0)
    data += nurbs.string(one_line(mesh.name)) + struct.pack("<BiIdB", 1, -1, 0xFFFFFFFF, 0.0, 0)
    data += uuid5(_OURS, f"layer {number}").bytes_le + bytes(16) + b"\1"
    return nurbs.chunk(nurbs.LAYER, nurbs.thing(_LAYER, data))


def _objects(view: Scene, job: Job) -> Iterator[nurbs.Chunk]:
    for layer, (mesh, numbers, count) in enumerate(pieces.closed(view)):
        feedback = job.feedback.part(100 * layer / len(view.meshes), 100 * (layer + 1) / len(view.meshes))
        # One piece of all materials, whose points are in the order of the solids.
        whole = replace(mesh, parts=numbers, materials=np.zeros(len(mesh.triangles), "i8"))
        piece = next(pieces.faceted(whole, by_part=True), None)
        if piece is None:
            continue
        order = np.argsort(piece.parts, kind="stable")
        place = np.empty(len(order), "i8")
        place[order] = np.arange(len(order))
        points, normals = piece.points[order].astype("<f4"), piece.normals[order].astype("<f4")
        firsts = np.searchsorted(piece.parts[order], np.arange(count))
        usual = _look(view, mesh)
        for number, triangles in enumerate(pieces.by_number(numbers, count)):
            if number % _CHECK_EVERY == 0:
                feedback.progress(100 * number / count)
            if not len(triangles):
                continue
            corners = place[piece.triangles[triangles]] - firsts[number]
            last = firsts[number] + int(corners.max()) + 1
            data = _mesh(points[firsts[number] : last], normals[firsts[number] : last], corners)
            yield nurbs.chunk(
                nurbs.OBJECT, nurbs.value(nurbs.OBJECT_TYPE, _MESH_OBJECT), nurbs.thing(_MESH, data),
                nurbs.chunk(nurbs.ATTRIBUTES, _attributes(view, layer, number, usual)), nurbs.value(nurbs.OBJECT_END),
            )  # fmt: skip


def _mesh(points: npt.NDArray[np.float32], normals: npt.NDArray[np.float32], corners: Integers) -> bytes:
    """ON_Mesh 1.2: counts, what is not known of surfaces, boxes, that it is closed, then arrays of faces and points."""
    faces = np.column_stack([corners, corners[:, 2]])
    size = 1 if len(points) < 1 << 8 else 2 if len(points) < 1 << 16 else 4
    boxes = np.concatenate([points.min(axis=0), points.max(axis=0), normals.min(axis=0), normals.max(axis=0)])
    return b"".join(
        [
            struct.pack("<Bii", 0x12, len(points), len(faces)),
            struct.pack("<10d", 0, 1, 0, 1, 0, 1, 0, 1, 0, 0), boxes.astype("<f4").tobytes(), bytes(16),
            struct.pack("<i5x", 1), struct.pack("<i", size), faces.astype(f"<u{size}").tobytes(),
            struct.pack("<i", len(points)), points.tobytes(), struct.pack("<i", len(normals)), normals.tobytes(),
            bytes(16),
        ]
    )  # fmt: skip


def _attributes(view: Scene, layer: int, number: int, usual: int) -> bytes:
    """ON_3dmObjectAttributes 2.0: what differs from the usual, each behind its number, in their order."""
    name, link, color = view.meshes[layer].name, "", b""
    if name == BUILDINGS and number < len(view.parts):
        part = view.parts[number]
        name = view.buildings[part.building].name or part.id or name
        link = _OPENSTREETMAP + part.id if part.id else ""
        color = _color(view.materials[part.wall].color) if part.wall != usual else b""
    data = b"\x20" + uuid5(_OURS, f"object {layer} {number}").bytes_le + struct.pack("<i", layer)
    told = {
        _NAME: nurbs.string(one_line(name)), _LINK: nurbs.string(link) if link else b"", _COLOR: color,
        _COLOR_FROM: b"\1" if color else b"",
    }  # fmt: skip
    return data + b"".join(bytes([item]) + text for item, text in told.items() if text) + b"\0"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: all triangles of every layer, each solid closed."""
    try:
        tables = _tables(memoryview(path.read_bytes()))
        layers = sum(kind == nurbs.LAYER for kind, _ in nurbs.chunks(tables[nurbs.LAYERS]))
        found = list(_solids(tables[nurbs.OBJECTS]))
    except (OSError, KeyError, ValueError, struct.error) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "3DM")) from error
    if layers != len(view.meshes):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "3DM"))
    for layer, (mesh, _, _) in enumerate(pieces.closed(view)):
        solids = [corners for of, corners in found if of == layer]
        corners = np.concatenate(solids) if solids else np.empty((0, 3, 3))
        numbers = np.repeat(np.arange(len(solids)), [len(solid) for solid in solids])
        pieces.prove_mesh("3DM", mesh, corners, numbers)


def _tables(data: memoryview) -> dict[int, memoryview]:
    """What is in each table, by its type."""
    if data[:32] != nurbs.HEAD:
        raise ValueError("no archive of version 5")
    tables = dict(nurbs.chunks(data[32:]))
    if struct.unpack("<q", tables[nurbs.END_OF_FILE])[0] != len(data):
        raise ValueError("not whole")
    return tables


def _solids(records: memoryview) -> Iterator[tuple[int, Floats]]:
    """The layer of each object and the corners (m, 3, 3) of its triangles."""
    for kind, record in nurbs.chunks(records):
        if kind == nurbs.OBJECT:
            parts = dict(nurbs.chunks(record))
            content = dict(nurbs.chunks(parts[nurbs.CLASS]))[nurbs.CLASS_DATA]
            yield struct.unpack_from("<i", parts[nurbs.ATTRIBUTES], 17)[0], _corners(content)


def _corners(content: memoryview) -> Floats:
    count, faces = struct.unpack_from("<ii", content, 1)
    size = struct.unpack_from("<i", content, 162)[0]
    index = np.frombuffer(content, f"<u{size}", 4 * faces, 166).reshape(-1, 4)[:, :3].astype("i8")
    points = np.frombuffer(content, "<f4", 3 * count, 170 + 4 * size * faces).reshape(-1, 3)
    if len(index) and index.max() >= count:
        raise ValueError("a corner of no point")
    corners: Floats = points[index].astype(float)
    return corners
