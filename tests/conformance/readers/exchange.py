"""Models for other programs' own formats: FBX by ufbx and assimp, STEP by gmsh, that is OpenCASCADE."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from readers.found import Found, union
from readers.meshes import counted, flat, ran, z_up

# A process of its own, in which nothing is let go of: this library touches what was.
UFBX = """
import json, os, sys
import ufbx
kept = []
def all_of(values):
    kept.append(values)
    found = [values[number] for number in range(len(values))]
    kept.append(found)
    return found
scene = ufbx.load_file(sys.argv[1])
about, settings = scene.metadata, scene.settings
axes, table = settings.axes, about.scene_props
made = {"version": about.version, "metre": settings.unit_meters, "up": int(axes.up), "meshes": [],
        "materials": [one.name for one in all_of(scene.materials)],
        "about": {one.name: one.value_str for one in all_of(table.props)}}
for node in all_of(scene.nodes):
    mesh = node.mesh
    kept.append(mesh)
    if mesh is None:
        continue
    normal = mesh.vertex_normal
    kept.append(normal)
    values, places = all_of(normal.values), all_of(normal.indices)
    made["meshes"].append({
        "name": node.name, "faces": mesh.num_faces, "points": [[one.x, one.y, one.z] for one in all_of(mesh.vertices)],
        "index": all_of(mesh.vertex_indices), "looks": sorted(set(all_of(mesh.face_material))),
        "normals": [[values[n].x, values[n].y, values[n].z] for n in places[::3]],
    })
json.dump(made, sys.stdout)
sys.stdout.flush()
# What it lets go of it may touch again.
os._exit(0)
"""
# OpenCASCADE takes a hundredth of a second for each solid.
SOLIDS = 25
GMSH = """SetFactory("OpenCASCADE");
Geometry.OCCAutoFix = 0;
v() = ShapeFromFile("some.step");
Printf("volumes %g", #v());
b() = BoundingBox Volume{{ v() }};
Printf("box %g %g %g %g %g %g", b(0), b(1), b(2), b(3), b(4), b(5));
m = 1;
For i In {{0:#v()-1}}
  one = Mass Volume{{v(i)}};
  If (one <= 0)
    m = 0;
  EndIf
EndFor
Printf("sound %g", m);
"""


def fbx(path: Path) -> Found:
    """Upright metres, every normal that of its triangle; assimp counts the same."""
    done = subprocess.run(
        [sys.executable, "-c", UFBX, str(path)], check=True, capture_output=True, text=True, timeout=60
    )
    told = json.loads(done.stdout)
    assert (told["version"], told["metre"], told["up"]) == (7400, 1, 2)
    found, boxes = Found(), []
    for mesh in told["meshes"]:
        points, index = np.array(mesh["points"]), np.array(mesh["index"]).reshape(-1, 3)
        assert len(index) == mesh["faces"]
        corners = points[index]
        cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        length = np.linalg.norm(cross, axis=1)
        along = np.einsum("ij,ij->i", cross, np.array(mesh["normals"]))
        assert (along[length > 0.1] > 0.999 * length[length > 0.1]).all()
        assert mesh["looks"] == list(range(len(mesh["looks"])))
        found.layers[mesh["name"]] = len(index)
        boxes.append(flat(z_up(points)))
    assert len(told["materials"]) >= 2
    counted(path, sum(found.layers.values()))
    found.box, found.notice = union(boxes), told["about"]["Original|rights"]
    return found


def step(path: Path) -> Found:
    """gmsh has OpenCASCADE read some of the solids: each is one, with a volume; the others are counted."""
    text = path.read_text(encoding="ascii")
    rows = re.findall(r"(#\d+)=MANIFOLD_SOLID_BREP", text)
    shape = re.search(r"(ADVANCED_BREP_SHAPE_REPRESENTATION\(.*?,\(#\d+,)([#\d,]+)(\),#\d+\);)", text)
    assert shape.group(2).split(",") == rows
    some = rows[:: max(1, len(rows) // SOLIDS)]
    with tempfile.TemporaryDirectory() as name:
        made = text[: shape.start(2)] + ",".join(some) + text[shape.end(2) :]
        (Path(name) / "some.step").write_text(made, encoding="ascii")
        (Path(name) / "read.geo").write_text(GMSH.format(), encoding="ascii")
        told = ran("gmsh", "-parse_and_exit", "read.geo", folder=name)
    assert re.search(r"volumes (\d+)", told).group(1) == str(len(some)), told
    assert "sound 1" in told
    # It counts in millimetres. Some solids do not reach as far as all of them.
    seen = [float(value) / 1000 for value in re.search("box (.*)", told).group(1).split()]
    places = np.array(re.findall(r"CARTESIAN_POINT\('[^']*',\(([^,]+),([^,]+),([^)]+)\)\)", text), float)
    low, high = places.min(axis=0), places.max(axis=0)
    assert (low - 0.01 <= seen[:3]).all()
    assert (seen[3:] <= high + 0.01).all()
    box = [*low, *high]
    notice = re.search(r"FILE_DESCRIPTION\(\((.*?)\),'2;1'\)", text).group(1)
    notice = re.sub(r"\\X2\\(.*?)\\X0\\", lambda found: bytes.fromhex(found.group(1)).decode("utf-16-be"), notice)
    return Found({"buildings": len(rows)}, (box[0], box[1], box[3], box[4]), 0, set(), notice)


READERS = {"fbx": fbx, "step": step}
