"""The scene as a DXF: closed bodies of one piece, colours by material, and no diagonals on flat walls."""

import re
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline


@pytest.fixture(scope="module")
def document(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dxf_3d")
    sketch = (
        Sketch()
        .area(-50, -20, 50, 20, building="yes", height="10", name="House %%c")
        # Its neighbour leans on it.
        .area(50, -20, 80, 20, building="yes", height="6")
        .way((-150, 100), (150, 100), highway="path")
    )
    [result] = pipeline.run(sketch.request(folder, ("dxf_3d",)), folder / "out", Feedback())
    assert result.error is None
    document = ezdxf.readfile(result.path)
    auditor = document.audit()
    assert (auditor.errors, auditor.fixes) == ([], [])
    return document


def bodies(document):
    return [line for line in document.modelspace().query("POLYLINE") if line.is_poly_face_mesh]


def houses(document):
    return [body for body in bodies(document) if body.dxf.layer == "buildings"]


def test_a_house_is_one_closed_body_of_its_height(document):
    import trimesh

    for house, volume in zip(houses(document), (100 * 40 * 10, 30 * 40 * 6)):
        corners = [np.array([vertex.dxf.location for vertex in face[:3]]) for face in house.faces()]
        mesh = trimesh.Trimesh(np.concatenate(corners), np.arange(len(corners) * 3).reshape(-1, 3))
        assert mesh.is_watertight
        assert mesh.volume == pytest.approx(volume, rel=0.01)


def test_houses_that_touch_are_one_each_and_tell_what_they_are(document):
    told = [[text for code, text in house.get_xdata("OSM2CDR") if code == 1000] for house in houses(document)]
    assert len(told) == 2
    assert all(some[0] == "osm_type=way" and some[1].startswith("osm_id=") for some in told)
    assert "name=House %%c" in told[0]
    assert not any(text.startswith("name=") for text in told[1])


def test_edges_inside_a_wall_are_not_seen(document):
    house = houses(document)[0]
    faces = [vertex for vertex in house.vertices if vertex.is_face_record]
    hidden = sum(vertex.dxf.get(key) < 0 for vertex in faces for key in ("vtx0", "vtx1", "vtx2"))
    # Six sides of two triangles, whose diagonal each of both has.
    assert len(faces) == 12
    assert hidden == 12


def test_faces_have_the_layer_of_their_material(document):
    # ezdxf puts them on the layer of the body as it reads.
    text = Path(document.filename).read_text(encoding="utf-8")
    looks = set(re.findall(r"\n8\n(buildings - .*)\n100\nAcDbFaceRecord\n", text))
    assert len(looks) >= 2
    assert len({document.layers.get(name).dxf.true_color for name in looks}) == len(looks)


def test_it_opens_on_what_is_there_and_says_whose_data_it_is(document):
    low, high = document.header["$EXTMIN"], document.header["$EXTMAX"]
    assert low[0] < -49
    assert high[0] > 49
    assert "OpenStreetMap" in " ".join(text.dxf.text for text in document.modelspace().query("TEXT"))
    told = dict(document.header.custom_vars.properties)
    assert told["origin"].split()[0].startswith("10.0")
