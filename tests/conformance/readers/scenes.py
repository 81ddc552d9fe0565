"""Scenes for phones, globes and film: usd-core with its validators, 3D Tiles by pygltflib and pyproj."""

import json
import struct
import zipfile
from pathlib import Path

import numpy as np

from readers.cities import local
from readers.found import Found, union
from readers.meshes import flat, z_up


def usdz(path: Path) -> Found:
    """usd-core: every mesh, its materials a partition of its faces; and the package's rules."""
    from pxr import Usd, UsdGeom, UsdShade, UsdValidation

    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for member in archive.infolist():
            assert member.compress_type == zipfile.ZIP_STORED
            file.seek(member.header_offset + 26)
            name, extra = struct.unpack("<HH", file.read(4))
            assert (member.header_offset + 30 + name + extra) % 64 == 0
    stage = Usd.Stage.Open(str(path))
    assert (UsdGeom.GetStageUpAxis(stage), UsdGeom.GetStageMetersPerUnit(stage)) == ("Y", 1)
    checks = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
    assert [fault.GetMessage() for fault in UsdValidation.ValidationContext(checks).Validate(stage)] == []
    found, boxes = Found(), []
    for prim in stage.Traverse():
        if not prim.IsA(UsdGeom.Mesh):
            continue
        mesh = UsdGeom.Mesh(prim)
        points = np.array(mesh.GetPointsAttr().Get())
        index = np.array(mesh.GetFaceVertexIndicesAttr().Get())
        assert set(mesh.GetFaceVertexCountsAttr().Get()) == {3}
        assert index.max() == len(points) - 1
        found.layers[prim.GetMetadata("displayName")] = len(index) // 3
        boxes.append(flat(z_up(points)))
        parts = UsdShade.MaterialBindingAPI(prim).GetMaterialBindSubsets()
        faces = np.concatenate([np.array(part.GetIndicesAttr().Get()) for part in parts])
        assert np.array_equal(np.sort(faces), np.arange(len(index) // 3))
        for part in parts:
            material, _ = UsdShade.MaterialBindingAPI(part).ComputeBoundMaterial()
            shader, _, _ = material.ComputeSurfaceSource()
            assert shader.GetIdAttr().Get() == "UsdPreviewSurface"
    layer = stage.GetRootLayer()
    assert layer.customLayerData["rights"] == layer.documentation
    found.box, found.notice = union(boxes), layer.documentation
    return found


def tiles(path: Path) -> Found:
    """Every tile by its transform back to lon/lat, within the volumes that enclose it, and its table of buildings."""
    import pygltflib
    import pyproj

    found, every = Found(layers={"triangles": 0}), []
    way = pyproj.Transformer.from_crs(4978, 4979, always_xy=True)
    with zipfile.ZipFile(path) as archive:
        tileset = json.loads(archive.read("tileset.json"))
        assert tileset["asset"]["version"] == "1.1"
        root = tileset["root"]
        assert root["refine"] == "ADD"
        west, south, east, north, low, high = root["boundingVolume"]["region"]
        names = {name for name in archive.namelist() if name.endswith(".glb")}
        assert names == {child["content"]["uri"] for child in root["children"]}
        for child in root["children"]:
            document = pygltflib.GLTF2.load_from_bytes(archive.read(child["content"]["uri"]))
            blob = document.binary_blob()
            matrix = np.array(child["transform"]).reshape(4, 4).T
            assert np.allclose(matrix[:3, :3].T @ matrix[:3, :3], np.eye(3), atol=1e-7)
            assert np.linalg.det(matrix[:3, :3]) > 0
            box = np.array(child["boundingVolume"]["box"])
            ids = set()
            for one in document.meshes[0].primitives:
                points = z_up(_values(document, blob, one.attributes.POSITION, "<f4", 3))
                reach = np.abs(points - box[:3]) - box[[3, 7, 11]]
                assert reach.max() < 0.01
                placed = (matrix @ np.column_stack([points, np.ones(len(points))]).T)[:3]
                lon, lat, up = way.transform(*placed)
                assert np.radians(lon).min() > west - 1e-8
                assert np.radians(lon).max() < east + 1e-8
                assert np.radians(lat).min() > south - 1e-8
                assert np.radians(lat).max() < north + 1e-8
                assert low <= up.min() <= up.max() <= high
                # The plane of a tile leaves the ellipsoid by a few centimetres.
                assert np.abs(up - points[:, 2]).max() < 0.05
                every.append(np.column_stack([lon, lat]))
                found.layers["triangles"] += len(_values(document, blob, one.indices, "<u4", 3))
                number = getattr(one.attributes, "_FEATURE_ID_0", None)
                if number is not None:
                    ids |= set(_values(document, blob, number, "<f4", 1).ravel().astype(int).tolist())
            if document.meshes[0].name != "buildings":
                continue
            table = document.extensions["EXT_structural_metadata"]["propertyTables"][0]
            # One that others swallow has no triangles.
            assert ids <= set(range(table["count"]))
            assert len(ids) > 0.5 * table["count"]
            found.texts |= set(_texts(document, blob, table, "name"))
            heights = _column(document, blob, table["properties"]["height"]["values"], "<f4")
            assert len(heights) == table["count"]
            assert heights.min() > 0
            assert document.asset.copyright.startswith("© OpenStreetMap contributors")
        found.notice = archive.read("README.txt").decode()
        assert tileset["asset"]["extras"]["copyright"] in found.notice
    found.box = local(np.concatenate(every), 4326)
    return found


def _values(document, blob, number, kind, width):
    accessor = document.accessors[number]
    values = _column(document, blob, accessor.bufferView, kind)
    assert len(values) == accessor.count * (width if accessor.type == "VEC3" else 1)
    return values.reshape(-1, width)


def _column(document, blob, number, kind):
    view = document.bufferViews[number]
    return np.frombuffer(blob, kind, view.byteLength // np.dtype(kind).itemsize, view.byteOffset)


def _texts(document, blob, table, name):
    column = table["properties"][name]
    assert document.bufferViews[column["values"]].byteOffset % 8 == 0
    data = _column(document, blob, column["values"], "u1").tobytes()
    ends = _column(document, blob, column["stringOffsets"], "<u4")
    return [data[start:end].decode() for start, end in zip(ends, ends[1:])]


READERS = {"usdz": usdz, "3dtiles": tiles}
