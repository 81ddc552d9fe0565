"""Binary FBX 7.4 (Autodesk): a model and its geometry for each layer, lambert materials; metres, y up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np

from ...errors import WriteError
from ...scene.model import Integers, Material, Mesh, Scene
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job, Written
from . import pieces
from .fbx_records import FILE_ID, TIME, VERSION, Record, Short, decoded, encoded, record, setting, settings

# Numbers of objects; 0 is the root of the scene.
_MATERIALS, _MODELS, _GEOMETRIES = 1_000_000, 2_000_000, 3_000_000
# The format counts in centimetres.
_METRE = 100.0


def write(view: Scene, path: Path, job: Job) -> Written:
    """Build the records and write them."""
    names = [one_line(mesh.name) for mesh in view.meshes]
    objects, links = [], []
    for number, (mesh, name) in enumerate(zip(view.meshes, names)):
        job.feedback.progress(100 * number / len(names))
        used = np.unique(mesh.materials)
        objects += [_geometry(mesh, used, _GEOMETRIES + number, name), _model(_MODELS + number, name)]
        links += [(_MODELS + number, 0), (_GEOMETRIES + number, _MODELS + number)]
        links += [(_MATERIALS + int(material), _MODELS + number) for material in used]
    objects += [_material(material, _MATERIALS + number) for number, material in enumerate(view.materials)]
    roots = [
        _head(view, job), record("FileId", FILE_ID), record("CreationTime", TIME), record("Creator", "osm2cdr"),
        _frame(), _documents(), record("References"), _definitions(len(names), len(view.materials)),
        record("Objects", within=objects),
        record("Connections", within=[record("C", "OO", child, parent) for child, parent in links]),
    ]  # fmt: skip
    path.write_bytes(encoded(roots))
    return Written(view.counts)


def _head(view: Scene, job: Job) -> Record:
    told = pieces.told(view, job)
    about = {
        "Title": told.get("title", ""), "Subject": f"{told['crs']}; {told['origin']}", "Author": "osm2cdr",
        "Keywords": "", "Revision": told.get("date", ""), "Comment": told["rights"],
    }  # fmt: skip
    data = [record("Version", Short(100)), *(record(key, value) for key, value in about.items())]
    rows = [setting(f"Original|{key}", "KString", "", value) for key, value in told.items()]
    info = [
        record("Type", "UserData"), record("Version", Short(100)), record("MetaData", within=data), settings(*rows),
    ]  # fmt: skip
    return record(
        "FBXHeaderExtension",
        within=[
            record("FBXHeaderVersion", Short(1003)), record("FBXVersion", Short(VERSION)),
            record("EncryptionType", Short(0)), record("Creator", "osm2cdr"),
            record("SceneInfo", "GlobalInfo\0\1SceneInfo", "UserData", within=info),
        ],
    )  # fmt: skip


def _frame() -> Record:
    """y is up, z to the front, x to the right; a unit is a metre."""
    axes = {"UpAxis": 1, "UpAxisSign": 1, "FrontAxis": 2, "FrontAxisSign": 1, "CoordAxis": 0, "CoordAxisSign": 1}
    rows = [setting(name, "int", "Integer", Short(value)) for name, value in axes.items()]
    rows += [setting(name, "double", "Number", _METRE) for name in ("UnitScaleFactor", "OriginalUnitScaleFactor")]
    return record("GlobalSettings", within=[record("Version", Short(1000)), settings(*rows)])


def _documents() -> Record:
    scene = record("Document", 1, "", "Scene", within=[settings(), record("RootNode", 0)])
    return record("Documents", within=[record("Count", Short(1)), scene])


def _definitions(models: int, materials: int) -> Record:
    counts = {"GlobalSettings": 1, "Geometry": models, "Model": models, "Material": materials}
    kinds = [record("ObjectType", name, within=[record("Count", Short(count))]) for name, count in counts.items()]
    total = Short(sum(counts.values()))
    return record("Definitions", within=[record("Version", Short(100)), record("Count", total), *kinds])


def _geometry(mesh: Mesh, used: Integers, number: int, name: str) -> Record:
    """The last corner of each triangle is marked by its complement."""
    corners = mesh.vertices[mesh.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    normals = pieces.y_up(np.where(lengths > 0, normals / np.where(lengths > 0, lengths, 1), (0.0, 0.0, 1.0)))
    index = mesh.triangles.astype("<i4")
    index[:, 2] = ~index[:, 2]
    layers = [("LayerElementNormal", "ByPolygonVertex", "Direct", "Normals", np.repeat(normals, 3, axis=0).ravel())]
    materials = np.searchsorted(used, mesh.materials).astype("<i4")
    layers.append(("LayerElementMaterial", "ByPolygon", "IndexToDirect", "Materials", materials))
    told = [
        record(
            kind, Short(0),
            within=[
                record("Version", Short(101)), record("Name", ""), record("MappingInformationType", mapping),
                record("ReferenceInformationType", reference), record(key, values),
            ],
        )
        for kind, mapping, reference, key, values in layers
    ]  # fmt: skip
    entries = [
        record("LayerElement", within=[record("Type", kind), record("TypedIndex", Short(0))]) for kind, *_ in layers
    ]
    return record(
        "Geometry", number, f"{name}\0\1Geometry", "Mesh",
        within=[
            settings(), record("GeometryVersion", Short(124)),
            record("Vertices", pieces.y_up(mesh.vertices).ravel()), record("PolygonVertexIndex", index.ravel()),
            *told, record("Layer", Short(0), within=[record("Version", Short(100)), *entries]),
        ],
    )  # fmt: skip


def _model(number: int, name: str) -> Record:
    rows = settings(setting("DefaultAttributeIndex", "int", "Integer", Short(0)))
    within = [record("Version", Short(232)), rows, record("Culling", "CullingOff")]
    return record("Model", number, f"{name}\0\1Model", "Mesh", within=within)


def _material(material: Material, number: int) -> Record:
    color = pieces.srgb(material)
    rows = settings(
        setting("DiffuseColor", "Color", "", *color), setting("Diffuse", "Vector3D", "Vector", *color),
        setting("DiffuseFactor", "Number", "", 1.0), setting("Opacity", "double", "Number", 1.0),
    )  # fmt: skip
    within = [record("Version", Short(102)), record("ShadingModel", "lambert"), record("MultiLayer", Short(0)), rows]
    return record("Material", number, f"{one_line(material.name)}\0\1Material", "", within=within)


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: all triangles of every geometry, without an open edge."""
    try:
        roots = {one.name: one for one in decoded(path.read_bytes())}
        found = [one for one in roots["Objects"].records if one.name == "Geometry"]
        arrays = [{inner.name: inner.properties for inner in one.records} for one in found]
    except (OSError, ValueError, KeyError, struct.error, zlib.error) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "FBX")) from error
    if len(found) != len(view.meshes) or len(roots["Connections"].records) < 2 * len(found):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "FBX"))
    for mesh, one in zip(view.meshes, arrays):
        index = one["PolygonVertexIndex"][0]
        pieces.prove_indexed("FBX", mesh, one["Vertices"][0], np.where(index < 0, ~index, index))
