"""3D models: trimesh, pygltflib."""

import tempfile
import zipfile
from pathlib import Path

import numpy as np

from readers.found import Found, union


def stl(path: Path) -> Found:
    import trimesh

    mesh = trimesh.load(path, process=False)
    assert mesh.area_faces.min() > 0
    header = path.read_bytes()[:80].decode().replace("(c)", "©")
    return Found({"triangles": len(mesh.faces)}, tuple(mesh.bounds[:, :2].ravel()), 0, set(), header)


def glb(path: Path) -> Found:
    import pygltflib

    document = pygltflib.GLTF2().load(path)
    return _gltf(document, document.binary_blob())


def gltf(path: Path) -> Found:
    import pygltflib

    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(path) as archive:
        archive.extractall(name)
        document = pygltflib.GLTF2().load(Path(name) / "map.gltf")
        assert "".join(path.name for path in Path(name).glob("*.bin")) == document.buffers[0].uri
        found = _gltf(document, (Path(name) / document.buffers[0].uri).read_bytes())
        assert found.notice.split(";")[0] in archive.read("README.txt").decode()
    return found


def _gltf(document, data: bytes) -> Found:
    """Nodes by their names with their triangles; y is up, and every normal is that of its triangle."""

    def array(number, width, kind="<f4"):
        accessor = document.accessors[number]
        view = document.bufferViews[accessor.bufferView]
        values = np.frombuffer(data, kind, accessor.count * width, view.byteOffset).reshape(-1, width)
        if accessor.min:
            assert values.min(axis=0).tolist() == accessor.min
            assert values.max(axis=0).tolist() == accessor.max
        return values

    layers, boxes = {}, []
    for number in document.scenes[document.scene].nodes:
        node = document.nodes[number]
        layers[node.name] = 0
        for primitive in document.meshes[node.mesh].primitives:
            points = array(primitive.attributes.POSITION, 3)
            triangles = array(primitive.indices, 1, "<u4").reshape(-1, 3)
            normals = array(primitive.attributes.NORMAL, 3)[triangles]
            a, b, c = points[triangles].transpose(1, 0, 2).astype(float)
            cross = np.cross(b - a, c - a)
            length = np.linalg.norm(cross, axis=1, keepdims=True)
            assert length.min() > 0
            # Far from the origin points are whole millimetres: thin triangles do not tell their plane.
            longest = np.linalg.norm([b - a, c - b, a - c], axis=2).max(axis=0)
            wide = length[:, 0] / longest > 50 * np.spacing(np.abs(points).max())
            assert wide.mean() > 0.9
            assert np.einsum("ijk,ik->ij", normals, cross / length)[wide].min() > 0.999
            layers[node.name] += len(triangles)
            boxes.append((points[:, 0].min(), -points[:, 2].max(), points[:, 0].max(), -points[:, 2].min()))
    extras = document.asset.extras
    notice = "; ".join([document.asset.copyright, extras["date"], extras["source"]])
    return Found(layers, union(boxes), 0, set(), notice)


READERS = {"stl": stl, "glb": glb, "gltf": gltf}
