"""Rhino's models: what an architect finds in one, by the makers' own library."""

from dataclasses import replace

import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.model import opennurbs, rhino
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.scene.model import Material
from readers.rhino import notes

pytestmark = pytest.mark.one_system("the library reads alike on both; conformance has it on each")


def town():
    """Two houses that touch and one alone, with a street."""
    sketch = Sketch().area(-20, 0, 0, 20, building="yes", name="Дом Ё\U0001f600", height="12")
    sketch.area(0, 0, 20, 20, building="yes", height="9").area(60, 0, 80, 20, building="yes")
    return sketch.way((-90, -40), (90, -40), highway="residential", name="street")


@pytest.fixture(scope="module")
def model(qgis, tmp_path_factory):
    """The town with what lies round it, and where the file is."""
    import rhino3dm

    folder = tmp_path_factory.mktemp("rhino")
    request = town().request(folder, ("3dm",), title="Город", options={"surroundings": True})
    (result,) = pipeline.run(request, folder, Feedback())
    assert result.error is None, result.error
    return rhino3dm.File3dm.Read(str(result.path)), result


def of_layer(model, name):
    (layer,) = [layer for layer in model.Layers if layer.Name == name]
    return [one for one in model.Objects if one.Attributes.LayerIndex == layer.Index]


def test_every_building_is_an_object_with_its_name_and_a_link(model):
    houses = of_layer(model[0], "buildings")
    named = {one.Attributes.Name: one for one in houses}
    assert len(houses) == 3
    assert "Дом Ё\U0001f600" in named
    assert all(one.Attributes.Url.startswith("https://www.openstreetmap.org/way/") for one in houses)
    box = named["Дом Ё\U0001f600"].Geometry.GetBoundingBox()
    assert pytest.approx((12, 20), abs=0.02) == (box.Max.Z - box.Min.Z, box.Max.X - box.Min.X)


def test_layers_have_colours_and_a_wall_of_another_one_has_its_own(model, tmp_path):
    import rhino3dm

    colors = {layer.Name: layer.Color[:3] for layer in model[0].Layers}
    assert len(set(colors.values())) == len(colors) >= 3
    scene = Stages(town().request(tmp_path, ("3dm",)), tmp_path).scene(Feedback())
    red = (*scene.materials, Material("red", "#C02010"))
    parts = (replace(scene.parts[0], wall=len(scene.materials)), *scene.parts[1:])
    path = tmp_path / "red.3dm"
    rhino.write(replace(scene, materials=red, parts=parts), path, Job(FORMATS["3dm"]))
    looks = [one.Attributes for one in rhino3dm.File3dm.Read(str(path)).Objects]
    own = [one for one in looks if one.ColorSource == rhino3dm.ObjectColorSource.ColorFromObject]
    assert [one.ObjectColor[:3] for one in own] == [(0xC0, 0x20, 0x10)]


def test_the_surroundings_are_layers_and_every_body_is_closed(model):
    assert {"buildings", "ground", "roads"} == {layer.Name for layer in model[0].Layers}
    assert of_layer(model[0], "roads")
    assert all(one.Geometry.IsClosed and one.Geometry.IsValid for one in model[0].Objects)


def test_it_says_where_it_lies_and_whose_data_it_is(model):
    file, result = model
    anchor = file.Settings.EarthAnchorPoint
    assert (anchor.EarthBasepointLatitude, anchor.EarthBasepointLongitude) == pytest.approx((47, 10), abs=0.01)
    said = notes(result.path)
    assert "title: Город" in said
    assert "© OpenStreetMap contributors" in said
    assert file.ApplicationName == "osm2cdr"


def test_every_sum_of_the_archive_is_right(model):
    """A program that looks at them finds none that is wrong."""
    import struct
    import zlib

    tables = dict(opennurbs.chunks(memoryview(model[1].path.read_bytes())[32:]))
    seen = 0

    def check(data):
        nonlocal seen
        at = 0
        while at < len(data):
            kind, length = struct.unpack_from("<Iq", data, at)
            at += 12
            if kind >> 31:
                continue
            if kind in (opennurbs.OBJECT, opennurbs.LAYER):
                assert data[at + length - 4 : at + length] == bytes(4)
                check(data[at : at + length - 4])
            elif kind == opennurbs.CLASS:
                check(data[at : at + length])
            elif kind & 0x8000 and kind != opennurbs.ATTRIBUTES_OF_MODEL:
                seen += 1
                assert struct.unpack_from("<I", data, at + length - 4)[0] == zlib.crc32(data[at : at + length - 4])
            at += length

    for kind in (opennurbs.PROPERTIES, opennurbs.SETTINGS, opennurbs.LAYERS, opennurbs.OBJECTS):
        check(tables[kind])
    assert seen > 10


def test_the_same_model_is_the_same_file(qgis, tmp_path):
    made = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (result,) = pipeline.run(town().request(tmp_path / name, ("3dm",)), tmp_path / name, Feedback())
        made.append(result.path.read_bytes())
    assert made[0] == made[1]
