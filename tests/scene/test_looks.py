"""Colours and materials of tags as those of walls and roofs, in the scene and in files."""

import io
import json
import re
import struct
import zipfile

import pytest
from sketch import Sketch

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.scene.looks import color_of
from osm2cdr.processing_provider.scene.model import ROOF, WALL

RED, SLATE, BRICK, BLUE = "#FF0000", "#5A636B", "#A6553F", "#0000FF"


def town():
    return (
        Sketch()
        .area(-100, -10, -80, 10, building="yes", height="9")
        .area(-60, -10, -40, 10, building="yes", height="9", building__colour="red", roof__material="slate")
        # A colour says more than a material; the part below has its building's walls and a roof of its own, and stands
        # for all of it.
        .area(0, -10, 40, 10, building="yes", height="9", building__material="brick", roof__colour="#00F")
        .area(0, -10, 20, 10, building__part="yes", height="20", roof__colour="0000ff")
        .area(60, -10, 80, 10, building="yes", height="9", building__colour="nice", roof__colour="RAL 7016")
    )


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def scene(qgis, told, tmp_path_factory):
    folder = tmp_path_factory.mktemp("looks")
    stages = Stages(town().request(folder, ("glb",)), folder)
    return stages.scene(Feedback(None, lambda code, text: told.append((code, str(text)))))


def test_tags_win_over_the_style_and_what_is_not_there_is_the_styles(scene):
    [mesh] = scene.meshes
    wall, roof = (material.color for material in scene.materials[:2])
    found = {}
    for number, part in enumerate(scene.parts):
        mine = mesh.parts == number
        looks = [{scene.materials[one].color for one in mesh.materials[mine & (mesh.surfaces == surface)]}
                 for surface in (WALL, ROOF)]  # fmt: skip
        assert looks == [{scene.materials[part.wall].color}, {scene.materials[part.cover].color}]
        found[round(part.rings[0][:, 0].min())] = [color for one in looks for color in one]
    assert found == {-100: [wall, roof], -60: [RED, SLATE], 0: [BRICK, BLUE], 60: [wall, roof]}


def test_colours_that_nobody_can_read_are_told(scene, told):
    assert ("colours_left_out", "Colours of buildings that nobody can read, left aside: 2.") in told


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("red", RED), ("Light Grey", "#D3D3D3"), ("dark_red", "#8B0000"), ("#f00", RED), ("ff0000", RED),
        ("white;red", "#FFFFFF"), ("", None), ("RAL 3000", None), ("#12345", None), ("transparent", None),
    ],
)  # fmt: skip
def test_a_colour_is_read_as_mappers_write_it(text, color):
    assert color_of(text) == color


def hexed(shares):
    return "#" + "".join(f"{round(255 * float(share)):02X}" for share in shares)


def colors_of_cityjson(data):
    """The pairs of colours, of walls and of roofs, by part."""
    model = json.loads(data)
    colors = [hexed(one["diffuseColor"]) for one in model["appearance"]["materials"]]
    found = set()
    for one in model["CityObjects"].values():
        for shape in one.get("geometry", ()):
            (looks,) = shape["material"]["osm2cdr"]["values"]
            (kinds,) = shape["semantics"]["values"]
            pairs = dict(zip(kinds, looks))
            assert len(set(zip(kinds, looks))) == len(pairs)
            found.add((colors[pairs[WALL]], colors[pairs[ROOF]]))
    return found


def colors_of_citygml(data):
    """The same of the polygons of each part: the second is the roof, those behind it are walls."""
    from lxml import etree

    tree = etree.fromstring(data)
    colors = {
        target.text: hexed(look.findtext("{*}diffuseColor").split())
        for look in tree.iterfind(".//{*}X3DMaterial")
        for target in look.iterfind("{*}target")
    }
    return {(colors[name[:-1] + "2"], color) for name, color in colors.items() if name.endswith("-1")}


def test_files_have_them(qgis, tmp_path):
    formats = ("glb", "obj", "dae", "dxf_3d", "cityjson", "citygml")
    results = pipeline.run(town().request(tmp_path, formats), tmp_path / "out", Feedback())
    assert [result.error for result in results] == [None] * len(formats)
    files = {result.format: result.path.read_bytes() for result in results}
    data = files["glb"]
    document = json.loads(data[20 : 20 + struct.unpack_from("<I", data, 12)[0]])
    colors = [material["pbrMetallicRoughness"]["baseColorFactor"] for material in document["materials"]]
    assert [1, 0, 0, 1] in colors
    assert [0, 0, 1, 1] in colors
    with zipfile.ZipFile(io.BytesIO(files["obj"])) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".mtl")]
        assert "\nKd 1.0000 0.0000 0.0000\n" in archive.read(name).decode()
    assert b"Walls #FF0000" in files["dxf_3d"]
    for name, colors_of in (("cityjson", colors_of_cityjson), ("citygml", colors_of_citygml)):
        # The house with tags, then the part that has its own roof and its building's walls.
        assert {(RED, SLATE), (BRICK, BLUE)} < colors_of(files[name]), name
    assert re.search(rb">1(\.0*)? 0(\.0*)? 0(\.0*)? 1(\.0*)?</color>", files["dae"])
