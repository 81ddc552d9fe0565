"""The scene as a DXF: closed bodies of one piece, colours by material, and no diagonals on flat walls."""

import re
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


@pytest.fixture(scope="module")
def document(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dxf_3d")
    sketch = (
        Sketch()
        .area(-50, -20, 50, 20, building="yes", height="10", name="House %%c")
        # Its neighbour leans on it.
        .area(50, -20, 80, 20, building="yes", height="6")
        .way((-50, 40), (0, 40), (0, 60), (-20, 60), (-20, 80), (-50, 80), (-50, 40), building="yes", height="20")
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

    volumes = 100 * 40 * 10, 30 * 40 * 6, (50 * 20 + 30 * 20) * 20
    assert len(houses(document)) == len(volumes)
    for house, volume in zip(houses(document), volumes):
        faces = [[vertex.dxf.location for vertex in face[:-1]] for face in house.faces()]
        corners = [np.array([face[0], *face[at : at + 2]]) for face in faces for at in range(1, len(face) - 1)]
        mesh = trimesh.Trimesh(np.concatenate(corners), np.arange(len(corners) * 3).reshape(-1, 3))
        assert mesh.is_watertight
        assert mesh.volume == pytest.approx(volume, rel=0.01)


def test_houses_that_touch_are_one_each_and_tell_what_they_are(document):
    told = [[text for code, text in house.get_xdata("OSM2CDR") if code == 1000] for house in houses(document)]
    assert len(told) == 3
    assert all(some[0] == "osm_type=way" and some[1].startswith("osm_id=") for some in told)
    assert "name=House %%c" in told[0]
    assert not any(text.startswith("name=") for text in told[1])


def test_edges_inside_a_wall_are_not_seen(document):
    def edges(house):
        faces = [vertex for vertex in house.vertices if vertex.is_face_record]
        keys = "vtx0", "vtx1", "vtx2", "vtx3"
        return len(faces), sum(vertex.dxf.get(key, 0) < 0 for vertex in faces for key in keys)

    # A box has six sides without diagonals, in whatever program.
    assert edges(houses(document)[0]) == (6, 0)
    # An L has six walls, roof and floor of three faces each, and two edges between these that each of both faces has.
    assert edges(houses(document)[2]) == (12, 8)


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
    assert (low[2], high[2]) == pytest.approx((0, 20))
    assert document.header["$LATITUDE"] != 0
    assert "OpenStreetMap" in " ".join(text.dxf.text for text in document.modelspace().query("TEXT"))
    told = dict(document.header.custom_vars.properties)
    assert told["origin"].split()[0].startswith("10.0")
