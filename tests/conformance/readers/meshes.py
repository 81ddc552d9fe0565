"""Models of meshes: trimesh, assimp, pycollada with the format's schema, lib3mf, Castle Game Engine, OpenSCAD."""

import base64
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from readers.found import Found, union
from readers.tiles import page_data


def flat(points) -> tuple[float, ...]:
    """The box of points (n, 3) on the ground, z up."""
    return (*points[:, :2].min(axis=0), *points[:, :2].max(axis=0))


def z_up(points):
    """Of x east, y up, -z north."""
    return np.column_stack([points[:, 0], -points[:, 2], points[:, 1]])


def ran(*command, folder=None) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder, timeout=60).stdout


def counted(path: Path, faces: int) -> None:
    """What assimp says of it, by its own way of reading."""
    told = ran("assimp", "info", str(path))
    assert int(re.search(r"^Faces: +(\d+)", told, re.M).group(1)) == faces


def obj(path: Path) -> Found:
    import trimesh

    found, boxes = Found(), []
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(path) as archive:
        archive.extractall(name)
        model = Path(name) / "map.obj"
        looks = model.with_suffix(".mtl").read_text(encoding="utf-8")
        with model.open("rb") as file:
            loaded = trimesh.load(
                file, "obj", process=False, group_material=False, split_objects=True, skip_materials=True
            )
        # It forgets the name of an object that stands alone.
        layers = re.findall(r"^o (.*)$", model.read_text(encoding="utf-8"), re.M)
        geometry = loaded.geometry if len(layers) > 1 else {layers[0]: loaded}
        assert set(geometry) == set(layers)
        for layer in layers:
            found.layers[layer] = len(geometry[layer].faces)
            boxes.append(flat(z_up(geometry[layer].vertices)))
        counted(model, sum(found.layers.values()))
        assert set(re.findall(r"usemtl (\S+)", model.read_text())) <= set(re.findall(r"newmtl (\S+)", looks))
        found.notice = archive.read("README.txt").decode()
    found.box = union(boxes)
    return found


def dae(path: Path) -> Found:
    """pycollada, with Khronos's schema of 1.4.1, which it brings; every normal is that of its triangle."""
    import collada
    from collada.schema import ColladaValidator

    document = collada.Collada(str(path))
    assert document.errors == []
    assert document.assetInfo.upaxis == "Z_UP"
    assert document.assetInfo.unitmeter == 1
    # It would only tell that it is not.
    assert ColladaValidator().validate(document.xmlnode.getroot())
    found, boxes = Found(), []
    for node in document.scene.nodes:
        (one,) = node.objects("geometry")
        found.layers[node.xmlnode.get("name")] = 0
        for part in one.primitives():
            found.layers[node.xmlnode.get("name")] += len(part)
            corners = part.vertex[part.vertex_index].astype(float)
            cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            length = np.linalg.norm(cross, axis=1)
            normals = part.normal[part.normal_index[:, 0]]
            wide = length > 0.1
            assert (np.einsum("ik,ik->i", normals, cross)[wide] > 0.99 * length[wide]).all()
            assert part.material.effect.diffuse[3] == 1
            boxes.append(flat(part.vertex))
    about = document.assetInfo.contributors[0]
    counted(path, sum(found.layers.values()))
    return Found(found.layers, union(boxes), 0, set(), about.copyright)


def threemf(path: Path) -> Found:
    """lib3mf, the consortium's own library, in its strict mode; each object is manifold."""
    import lib3mf
    from lib3mf import get_wrapper

    assert lib3mf
    model = get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    assert reader.GetWarningCount() == 0
    found, boxes = Found(), []
    objects = model.GetMeshObjects()
    while objects.MoveNext():
        mesh = objects.GetCurrentMeshObject()
        assert mesh.IsManifoldAndOriented()
        found.layers[mesh.GetName()] = mesh.GetTriangleCount()
        box = mesh.GetOutbox()
        boxes.append((*box.MinCoordinate[:2], *box.MaxCoordinate[:2]))
    items = model.GetBuildItems()
    while items.MoveNext():
        box = items.GetCurrent().GetOutbox()
        assert min(box.MinCoordinate) > -0.01
    looks = model.GetBaseMaterialGroups()
    looks.MoveNext()
    assert len(looks.GetCurrentBaseMaterialGroup().GetAllPropertyIDs()) >= 2
    about = model.GetMetaDataGroup()
    said = {about.GetMetaData(n).GetName(): about.GetMetaData(n).GetValue() for n in range(about.GetMetaDataCount())}
    found.box, found.notice = union(boxes), said["Copyright"]
    return found


def castle(path: Path) -> Found:
    """Castle Game Engine's converter, which reads X3D and VRML97 and writes X3D, and lxml."""
    from lxml import etree

    program = shutil.which("tovrmlx3d")
    if program:
        text = ran(program, str(path), "--encoding=xml")
    else:
        # Its name since 5.0.
        text = ran("castle-model-converter", str(path), "--stdout-url=out.x3d", "-")
    root = etree.fromstring(text.encode())
    found, boxes = Found(), []
    for group in root.iterfind("Scene/Group"):
        layer = group.get("DEF")
        found.layers[layer] = 0
        for faces in group.iterfind("Shape/IndexedFaceSet"):
            points = np.array(faces.find("Coordinate").get("point").replace(",", " ").split(), float).reshape(-1, 3)
            index = np.array(faces.get("coordIndex").replace(",", " ").split(), int).reshape(-1, 4)
            assert (index[:, 3] == -1).all()
            assert index.max() == len(points) - 1
            found.layers[layer] += len(index)
            boxes.append(flat(z_up(points)))
            assert faces.getparent().find("Appearance/Material").get("diffuseColor")
    about = root.find("Scene/WorldInfo")
    return Found(found.layers, union(boxes), 0, set(), about.get("info"))


def scad(path: Path) -> Found:
    """OpenSCAD runs the program, each layer's module at a place of its own, and tells what came of it."""
    text = path.read_text(encoding="utf-8")
    layers = re.findall(r"^module (\w+)\(\)", text, re.M)
    found, boxes = Found(), []
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(path, Path(name) / "model.scad")
        calls = "".join(f"translate([0, 0, {9000 + n}]) {layer}();\n" for n, layer in enumerate(layers))
        (Path(name) / "all.scad").write_text(f"use <model.scad>\n{calls}")
        ran("openscad", "-o", "all.csg", "all.scad", folder=name)
        tree = (Path(name) / "all.csg").read_text()
    for layer, part in zip(layers, re.split(r"\[0, 0, 1, 9\d\d\d\]", tree)[1:]):
        solids = re.findall(r"polyhedron\(points = \[\[(.*?)\]\], faces = \[\[(.*?)\]\], convexity = 9\)", part)
        found.layers[layer] = sum(len(faces.split("], [")) for _, faces in solids)
        points = [np.array(re.split(r"\], \[|, ", points), float).reshape(-1, 3) for points, _ in solids]
        boxes.append(flat(np.concatenate(points)))
    assert len(found.layers) == len(layers)
    found.box, found.notice = union(boxes), re.search("^// rights: (.*)$", text, re.M).group(1)
    return found


def threejs(path: Path) -> Found:
    """lxml and numpy: the data of the page. Chromium shows it in tests/browser."""
    tree, data = page_data(path)
    found, boxes = Found(), []
    for layer in data["layers"]:
        mesh = data[layer["id"]]
        points = np.frombuffer(base64.b64decode(mesh["points"]), "<f4").reshape(-1, 3)
        triangles = np.frombuffer(base64.b64decode(mesh["triangles"]), "<u4").reshape(-1, 3)
        assert triangles.max() == len(points) - 1
        assert sum(count for _, count in mesh["groups"]) == len(triangles)
        assert {material for material, _ in mesh["groups"]} <= set(range(len(data["materials"])))
        found.layers[layer["name"]] = len(triangles)
        boxes.append(flat(points))
    known = data["buildings"]
    parts = np.frombuffer(base64.b64decode(data["mesh-0"]["parts"]), "<u4")
    assert parts.max() == len(known["of"]) - 1
    assert max(known["of"]) == len(known["rows"]) - 1
    found.box, found.notice = union(boxes), data["about"]["credit"]
    assert tree.xpath("//meta[@name='rights']/@content") == [found.notice]
    return found


READERS = {"obj": obj, "dae": dae, "3mf": threemf, "x3d": castle, "wrl": castle, "scad": scad, "threejs": threejs}
