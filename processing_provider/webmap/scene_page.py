"""The page of a scene: three.js, the meshes of each layer, and what is known of each building."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
from base64 import b64encode
from typing import Any, Dict, Iterator

import numpy as np
import numpy.typing as npt

from ..cartography.themes.loading import Theme
from ..osm.tables.layers import BY_NAME
from ..scene.model import BUILDINGS, Mesh, Scene
from ..scene.surroundings import FLAT, OTHERS
from ..text.sentence import Sentence, say
from ..text.translation import told_in
from .libraries import THREE
from .page import data_element, filled

_MARK = "<!-- meshes -->"
MESH = "mesh-"
# Of layers that are in no table.
_TITLES = {row[0]: row[1] for row in (*FLAT, *OTHERS)}
_LAND, _SKY, _TEXT = "#F6F3EC", "#E9EFF4", "#333333"
# What a page tells of a building, in this order.
TOLD = ("name", "kind", "top", "levels", "id", "source")


def packed(array: npt.NDArray[Any], kind: str) -> str:
    """An array as base64 of its bytes, little-endian."""
    return b64encode(np.ascontiguousarray(array, kind).tobytes()).decode("ascii")


def pieces(title: str, credit: str, scene: Scene, theme: Theme, language: str = "") -> Iterator[str]:
    """The page piece by piece, a mesh at a time; what it says is in `language`, where there is a translation."""
    points = np.concatenate([mesh.vertices for mesh in scene.meshes])
    low, high = points.min(axis=0), points.max(axis=0)
    about: Dict[str, Any] = {
        "credit": credit, "low": low.round(2).tolist(), "high": high.round(2).tolist(),
        "land": theme.color.get("land") or _LAND, "line": theme.color.get("building_line") or _TEXT, "sky": _SKY,
        "crs": scene.crs, "words": {key: told_in(text, language) for key, text in _words().items()},
        "origin": {"longitude": round(scene.origin[0], 7), "latitude": round(scene.origin[1], 7)},
    }  # fmt: skip
    looks = [{"name": told_in(material.name, language), "color": material.color} for material in scene.materials]
    layers = [
        {"id": f"{MESH}{number}", "name": mesh.name, "title": told_in(_title(mesh.name), language), "count": mesh.count}
        for number, mesh in enumerate(scene.meshes)
    ]
    elements = [
        data_element("about", about), data_element("materials", looks), data_element("layers", layers),
        data_element("buildings", _buildings(scene)),
    ]  # fmt: skip
    texts = {"TITLE": html.escape(title), "CREDIT": html.escape(credit), "DATA": "\n".join([*elements, _MARK])}
    before, after = filled("scene", THREE, texts, language=language).split(_MARK)
    yield before
    for number, mesh in enumerate(scene.meshes):
        yield data_element(f"{MESH}{number}", _mesh(mesh)) + "\n"
    yield after


def _words() -> Dict[str, Sentence]:
    """What the page says, by the keys of its script."""
    return {
        "turn": say("Drag to turn, right button to move, wheel to zoom."),
        "none": say("This browser shows no 3D: WebGL is switched off or missing."),
        "layers": say("Layers"), "legend": say("Legend"), "light": say("Light"),
        "from": say("Sun from (degrees from north)"), "above": say("Sun above the ground (degrees)"),
        "shadows": say("Shadows"), "view": say("View"), "south": say("South"), "west": say("West"),
        "north": say("North"), "east": say("East"), "top": say("From above"), "assumed": say("assumed"),
        "counted": say("of its levels"), "building": say("Building"), "kind": say("Kind"), "height": say("Height"),
        "metres": say("m"), "levels": say("Levels"),
    }  # fmt: skip


def _title(layer: str) -> str:
    known = BY_NAME.get(layer)
    return known.title if known else _TITLES.get(layer, layer)


def _mesh(mesh: Mesh) -> Dict[str, Any]:
    """Points, and the triangles sorted by material, with how many each has and what part each is of."""
    order = np.argsort(mesh.materials, kind="stable")
    kinds, counts = np.unique(mesh.materials, return_counts=True)
    made: Dict[str, Any] = {
        "points": packed(mesh.vertices, "<f4"), "triangles": packed(mesh.triangles[order], "<u4"),
        "groups": [[int(kind), int(count)] for kind, count in zip(kinds, counts)],
    }  # fmt: skip
    if mesh.name == BUILDINGS:
        made["parts"] = packed(mesh.parts[order], "<u4")
    return made


def _buildings(scene: Scene) -> Dict[str, Any]:
    """What is known of each building, and the building of each part."""
    rows = []
    for building in scene.buildings:
        parts = [scene.parts[number] for number in building.parts]
        top = max((part.top for part in parts), default=0.0)
        levels = max((part.levels for part in parts), default=0.0)
        source = scene.measured(building).source if parts else ""
        rows.append([building.name, building.kind, round(top, 1), round(levels, 1), building.id, source])
    return {"keys": TOLD, "rows": rows, "of": [part.building for part in scene.parts]}
