"""Binary glTF: the solids of STL, in colours, upright and facing outwards, by trimesh and Khronos's validator."""

import json
import subprocess

import numpy as np
import pytest
from sketch import Sketch

from areas import AREAS, ROOT
from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.model import glb
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request

HARD = 'a"b\\c</script>\U0001f600 Łódź'
VALIDATE = """
import { readFileSync } from "node:fs";
import validator from "gltf-validator";
const report = await validator.validateBytes(new Uint8Array(readFileSync(process.argv[2])));
console.log(JSON.stringify(report));
"""


@pytest.mark.parametrize("area", list(AREAS))
def test_its_solids_are_those_of_stl(export, area):
    import trimesh

    scene, stl = (trimesh.load(export(area)[name].path) for name in ("glb", "stl"))
    points = np.concatenate([mesh.triangles for mesh in scene.geometry.values()]).reshape(-1, 3)
    # East, north and up are x, -z and y.
    points = np.column_stack([points[:, 0], -points[:, 2], points[:, 1]])
    mesh = trimesh.Trimesh(points, np.arange(len(points)).reshape(-1, 3), process=True)
    assert len(mesh.faces) == len(stl.faces)
    assert mesh.volume == pytest.approx(stl.volume, rel=1e-6)
    assert mesh.bounds == pytest.approx(stl.bounds, abs=1e-3)
    # Those of the style, and others by tags.
    names = {one.visual.material.name for one in scene.geometry.values()}
    assert {"Walls", "Roofs"} <= names
    assert {name.split()[0] for name in names} == {"Walls", "Roofs"}


@pytest.fixture
def town():
    return Sketch().area(40, 60, 60, 80, building="yes", height="30").area(-60, -80, -40, -60, building="house")


def test_what_it_says_of_itself(qgis, tmp_path, town):
    """Names, colours in linear light, whose data, where and of when; a title of hard signs."""
    import pygltflib

    request = town.request(tmp_path, ("glb",), title=HARD, style="contrast")
    (result,) = pipeline.run(request, tmp_path, Feedback())
    assert result.error is None
    assert result.layers == {"buildings": 2}
    document = pygltflib.GLTF2().load(result.path)
    assert document.scenes[0].name == HARD
    assert [node.name for node in document.nodes] == ["buildings"]
    colors = {one.name: one.pbrMetallicRoughness.baseColorFactor for one in document.materials}
    # #C4C4C4 is 0.552 of the light of white, half of it and black is 0.122.
    assert colors["Roofs"] == pytest.approx([0.552, 0.552, 0.552, 1], abs=0.001)
    assert colors["Walls"] == pytest.approx([0.1221, 0.1221, 0.1221, 1], abs=0.001)
    extras = document.asset.extras
    assert extras["origin"] == {"longitude": pytest.approx(10, abs=1e-5), "latitude": pytest.approx(47, abs=1e-5)}
    assert extras["crs"].startswith("+proj=tmerc +lat_0=47.0")
    assert extras["source"] == "sketch.osm"


@pytest.fixture
def view(qgis, tmp_path, town):
    return Stages(town.request(tmp_path, ("glb",)), tmp_path).scene(Feedback())


@pytest.mark.parametrize("fault", ["cut", "longer", "a vertex moved", "a triangle gone", "no file of the kind"])
def test_a_file_that_is_not_the_scene_does_not_prove_good(view, tmp_path, fault):
    path = tmp_path / "town.glb"
    written = glb.write(view, path, Job(FORMATS["glb"]))
    glb.prove(path, view, written)
    data = bytearray(path.read_bytes())
    start = 28 + int.from_bytes(data[12:16], "little")
    if fault == "cut":
        del data[-4:]
    elif fault == "longer":
        data += bytes(4)
    elif fault == "a vertex moved":
        data[start : start + 4] = np.float32(99).tobytes()
    elif fault == "a triangle gone":
        document = json.loads(data[20 : start - 8])
        last = document["bufferViews"][-1]
        at = start + last["byteOffset"]
        data[at : at + 12] = data[at + 12 : at + 24]
    else:
        data = bytearray(b"{}")
    path.write_bytes(data)
    with pytest.raises(WriteError, match="GLB"):
        glb.prove(path, view, written)


@pytest.mark.browser
@pytest.mark.parametrize("area", list(AREAS))
def test_the_validator_of_its_makers_has_nothing_to_say(qgis, tmp_path, area):
    """Khronos's glTF-Validator, which `make test-browser` installs. Exported alone: no other format is tried there."""
    source, bbox = AREAS[area]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    fields = {"bbox": bbox, "detail": 5, "source": str(source), "formats": "glb"}
    (result,) = pipeline.run(make_request(fields), tmp_path, Feedback())
    program = ROOT / "build" / "clients" / "validate.mjs"
    program.write_text(VALIDATE, encoding="utf-8")
    done = subprocess.run(
        ["node", str(program), str(result.path)], capture_output=True, text=True, check=True, timeout=120
    )
    report = json.loads(done.stdout)
    assert report["issues"]["messages"] == []
    assert report["info"]["totalTriangleCount"] > 10_000
