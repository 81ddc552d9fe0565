"""Models of meshes: hard names, what is broken, a stop, and the solids that other programs make of them."""

import re
import subprocess
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from sketch import Sketch

from osm2cdr.processing_provider.errors import Cancelled, WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.model import pieces
from osm2cdr.processing_provider.formats.registry import writer
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.scene.model import Material
from osm2cdr.processing_provider.scene.printed import Print, printed
from readers import READERS

pytestmark = pytest.mark.one_system("solids and files are made by numpy alone; conformance has them on each")

NAMES = ["obj", "gltf", "dae", "3mf", "x3d", "wrl", "scad", "threejs", "usdz", "fbx", "3dm"]
HARD = "a\"b'\\c</script>*/]]>&amp;\n$(x)`;{\U0001f600 Łódź} %s {0} #"
# Which keep the name of a layer; the others have letters and digits alone.
WHOLE = {
    "gltf": HARD,
    "threejs": HARD,
    "usdz": HARD.replace("\n", " "),
    "3mf": HARD.replace("\n", " "),
    "fbx": HARD.replace("\n", " "),
    "3dm": HARD.replace("\n", " "),
}


@pytest.fixture(scope="module")
def view(qgis, tmp_path_factory):
    """A tower and a house, and both once more under a name of hard signs."""
    folder = tmp_path_factory.mktemp("town")
    town = Sketch().area(40, 60, 60, 80, building="yes", height="30").area(-60, -80, -40, -60, building="house")
    scene = Stages(town.request(folder, ("glb",)), folder).scene(Feedback())
    (mesh,) = scene.meshes
    materials = (Material(HARD, "#102030"), Material(f"{HARD}!", "#FF8000"), *scene.materials[2:])
    again = replace(mesh, name=HARD, vertices=mesh.vertices + np.array([100, 0, 0]))
    return replace(scene, meshes=(mesh, again), materials=materials, source=HARD, date="2024-05-06T07:08:09Z")


def written(name, view, folder, **job):
    path = folder / f"map.{FORMATS[name].extension}"
    job = Job(FORMATS[name], HARD, source=HARD, date=view.date, **job)
    return path, writer(FORMATS[name]).write(view, path, job)


def text_of(path):
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        model = next(name for name in archive.namelist() if name.endswith((".obj", ".gltf", ".model", ".usda")))
        return archive.read(model).decode()


@pytest.mark.parametrize("name", NAMES)
def test_hard_names_and_what_it_says_of_itself(view, tmp_path, name):
    path, told = written(name, view, tmp_path)
    writer(FORMATS[name]).prove(path, view, told)
    found = READERS[name](path)
    assert list(found.layers.values()) == [len(mesh.triangles) for mesh in view.meshes]
    first, second = found.layers
    assert first == "buildings"
    assert second == WHOLE[name] if name in WHOLE else re.fullmatch("[a-zA-Z0-9_]+", second)
    assert "© OpenStreetMap contributors" in found.notice
    assert "2024-05-06" in found.notice
    # The texts of FBX stand as they are between other bytes, those of 3DM in UTF-16.
    codec = {"fbx": "utf-8", "3dm": "utf-16-le"}.get(name)
    text = path.read_bytes().decode(codec, "replace") if codec else text_of(path)
    assert "lat_0=47.0" in text
    assert re.search(r"longitude\W+(10\.0+\b|9\.9999)", text)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_the_scene_does_not_prove_good(view, tmp_path, name, monkeypatch):
    # These houses stand apart anyway: a fault of the mesh is then one of its solids.
    monkeypatch.setattr(pieces, "apart", lambda scene: scene.meshes[0])
    path, told = written(name, view, tmp_path)
    prove = writer(FORMATS[name]).prove
    mesh = view.meshes[0]
    less = replace(
        mesh, **{key: getattr(mesh, key)[:-1] for key in ("triangles", "parts", "bodies", "surfaces", "materials")}
    )
    for other in (replace(view, meshes=view.meshes[:1]), replace(view, meshes=(less, view.meshes[1]))):
        with pytest.raises(WriteError):
            prove(path, other, told)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(WriteError):
        prove(path, view, told)
    # A wall that looks inwards leaves its edges open.
    turned = mesh.triangles.copy()
    turned[-1] = turned[-1, ::-1]
    open_ = replace(view, meshes=(replace(mesh, triangles=turned),))
    path, told = written(name, open_, tmp_path)
    with pytest.raises(WriteError, match="buildings"):
        prove(path, open_, told)


@pytest.mark.parametrize("name", NAMES)
def test_a_stop_is_heard(view, tmp_path, name):
    with pytest.raises(Cancelled):
        written(name, view, tmp_path, feedback=Feedback(is_cancelled=lambda: True))


def volumes(path, turned):
    """Of each body that trimesh finds, all of it facing outwards: its volume and its height."""
    import trimesh

    mesh = trimesh.load(path, force="mesh")
    mesh.merge_vertices(digits_vertex=3)
    up = 1 if turned else 2
    return sorted((round(body.volume), round(np.ptp(body.vertices[:, up]), 2)) for body in mesh.split())


@pytest.mark.parametrize("name", ["obj", "gltf", "dae", "x3d", "scad"])
def test_bodies_of_others(view, tmp_path, name):
    """What assimp and OpenSCAD make of it as STL: four bodies of the volumes and heights of the scene's."""
    from osm2cdr.processing_provider.formats.model import stl

    stl.write(view, tmp_path / "wanted.stl", Job(FORMATS["stl"]))
    path, _ = written(name, view, tmp_path)
    if zipfile.is_zipfile(path):
        zipfile.ZipFile(path).extractall(tmp_path)
        path = tmp_path / f"map.{name}"
    if name == "scad":
        command = ["openscad", "-o", "made.stl", path.name]
    else:
        # It turns upright what is not.
        command = ["assimp", "export", path.name, "made.stl", "-ptv"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    wanted = volumes(tmp_path / "wanted.stl", turned=False)
    assert [height for _, height in wanted][-1] == 30
    assert volumes(tmp_path / "made.stl", turned=name != "scad") == wanted


@pytest.mark.parametrize("name", ["stl", "3mf", "scad"])
def test_a_model_for_a_printer(view, tmp_path, name):
    """Millimetres along the longest side, on z = 0, one closed body; and the heights in the same measure."""
    import trimesh

    model = printed(replace(view, meshes=view.meshes[:1]), Print(150.0), "#FFFFFF", Feedback())
    path, told = written(name, model, tmp_path)
    writer(FORMATS[name]).prove(path, model, told)
    if name == "scad":
        assert f"Millimetres at the scale 1:{1000 / model.per_metre:.0f} " in path.read_text()
        subprocess.run(["openscad", "-o", "made.stl", path.name], cwd=tmp_path, check=True, capture_output=True)
        path = tmp_path / "made.stl"
    if name == "3mf":
        assert '<model unit="millimeter"' in text_of(path)
    made = trimesh.load(path, force="mesh")
    made.merge_vertices(digits_vertex=4)
    assert made.is_watertight
    assert made.body_count == 1
    assert made.bounds[0] == pytest.approx((0, 0, 0), abs=1e-4)
    assert made.bounds[1][:2].max() == pytest.approx(150, abs=1e-3)
    assert made.bounds[1][2] == pytest.approx(2 + 30 * model.per_metre, abs=1e-3)
