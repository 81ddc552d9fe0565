"""City models: hard names, roofs and parts, what is broken, a stop; by the readers of the conformance tests."""

import re
import zipfile
from dataclasses import replace

import pytest
from sketch import Sketch

from osm2cdr.processing_provider.errors import Cancelled, WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.model import step_text
from osm2cdr.processing_provider.formats.registry import writer
from osm2cdr.processing_provider.pipeline.stages import Stages
from readers import READERS
from readers.cities import city_of

pytestmark = pytest.mark.one_system("solids and files are made by numpy alone; conformance has them on each")

NAMES = ["cityjson", "citygml", "kmz_3d", "ifc", "3dtiles", "step"]
HARD = "a\"b'\\c</script>]]>&amp;$(x)`;#1=IFCWALL();\U0001f600 Łódź 地 %s {0} /* */"


@pytest.fixture(scope="module")
def view(qgis, tmp_path_factory):
    """A house with a hard name and a gabled roof, a tower of two parts, and a court."""
    folder = tmp_path_factory.mktemp("town")
    town = Sketch().area(40, 60, 60, 80, building="yes", name=HARD, height="12", roof__shape="gabled", roof__height="4")
    town.area(-60, -80, -20, -40, building="office", building__levels="5")
    town.area(-60, -80, -40, -40, building__part="yes", building__levels="5")
    town.area(-40, -80, -20, -40, building__part="yes", height="30", building__levels="9")
    town.area(0, 0, 15, 15, building="house", building__levels="2")
    return Stages(town.request(folder, ("glb",)), folder).scene(Feedback())


def written(name, view, folder, **job):
    path = folder / f"map.{FORMATS[name].extension}"
    job = Job(FORMATS[name], HARD, source=HARD, date="2024-05-06T07:08:09Z", **job)
    return path, writer(FORMATS[name]).write(view, path, job)


@pytest.mark.parametrize("name", NAMES)
def test_buildings_and_parts_with_hard_names(view, tmp_path, name):
    assert len(view.buildings) == 3
    assert len(view.parts) == 4
    assert {part.roof for part in view.parts} == {"flat", "gabled"}
    path, told = written(name, view, tmp_path)
    writer(FORMATS[name]).prove(path, view, told)
    found = READERS[name](path)
    if name != "3dtiles":
        assert found.layers == {"buildings": 3 if name == "kmz_3d" else 4} == told.layers
    if name != "step":
        assert HARD in found.texts
    assert "© OpenStreetMap contributors" in found.notice
    assert "data of 2024-05-06" in found.notice
    assert "Łódź 地" in found.notice


def test_what_a_city_model_tells_of_a_building(view, tmp_path):
    """Storeys, heights, kinds, identifiers and roofs, in CityJSON, CityGML and IFC alike."""
    import ifcopenshell
    import ifcopenshell.util.element as elements
    from lxml import etree

    objects = city_of(written("cityjson", view, tmp_path)[0]).j["CityObjects"].values()
    known = {one["attributes"].get("function"): one for one in objects if one["type"] == "Building"}
    assert known["office"]["attributes"]["measuredHeight"] == 30
    assert known["office"]["attributes"]["storeysAboveGround"] == 9
    assert known["house"]["attributes"]["storeysAboveGround"] == 2
    assert re.fullmatch(r"way/\d+", known["house"]["attributes"]["osm_id"])
    assert known["yes"]["attributes"]["roofType"] == "gabled"
    assert [shape["lod"] for shape in known["yes"]["geometry"]] == ["2.0"]
    assert len(known["office"]["children"]) == 2
    space = {"b": "http://www.opengis.net/citygml/building/2.0"}
    tree = etree.parse(str(written("citygml", view, tmp_path)[0]))
    assert len(tree.findall(".//b:lod1Solid", space)) == 3
    assert len(tree.findall(".//b:lod2Solid", space)) == 1
    # Two slopes of two triangles each.
    assert len(tree.findall(".//b:RoofSurface//{http://www.opengis.net/gml}Polygon", space)) == 4
    assert len(tree.findall(".//b:BuildingPart", space)) == 2
    model = ifcopenshell.open(str(written("ifc", view, tmp_path)[0]))
    office = next(one for one in model.by_type("IfcBuilding") if one.ObjectType == "office")
    assert elements.get_psets(office)["Pset_BuildingCommon"]["NumberOfStoreys"] == 9
    assert elements.get_psets(office)["OpenStreetMap"]["height"] == 30
    levels = [one for one in model.by_type("IfcBuildingStorey") if elements.get_aggregate(one) == office]
    assert [one.Elevation for one in levels] == pytest.approx([30 * level / 9 for level in range(9)], abs=0.001)
    (gabled,) = model.by_type("IfcTriangulatedFaceSet")
    assert gabled.Closed is True
    colors = {tuple(round(255 * value) for value in tuple(one)[1:]) for one in model.by_type("IfcColourRgb")}
    wanted = {tuple(int(one.color[at : at + 2], 16) for at in (1, 3, 5)) for one in view.materials}
    assert colors == wanted


def test_an_assumed_height_is_no_measured_one(qgis, tmp_path):
    import ifcopenshell
    import ifcopenshell.util.element as elements
    from lxml import etree

    town = Sketch().area(0, 0, 9, 9, building="yes").area(20, 0, 29, 9, building="yes", building__levels="2")
    town.area(40, 0, 49, 9, building="yes", height="12").area(60, 0, 80, 9, building="yes")
    town.area(60, 0, 70, 9, building__part="yes").area(70, 0, 80, 9, building__part="yes", height="7")
    view = Stages(town.request(tmp_path, ("glb",)), tmp_path).scene(Feedback())
    wanted = [
        ("assumed", None),
        ("levels", 6.0),
        ("height", 12.0),
        ("assumed", None),
        ("assumed", None),
        ("height", 7.0),
    ]
    objects = city_of(written("cityjson", view, tmp_path)[0]).j["CityObjects"].values()
    known = [one["attributes"] for one in objects]
    assert [(one["heightSource"], one.get("measuredHeight")) for one in known] == wanted
    tree = etree.parse(str(written("citygml", view, tmp_path)[0]))
    found = []
    for one in (*tree.iterfind(".//{*}Building"), *tree.iterfind(".//{*}BuildingPart")):
        high = one.findtext("{*}measuredHeight")
        source = one.findtext("{*}stringAttribute[@name='heightSource']/{*}value")
        found.append((source, None if high is None else float(high)))
    assert found == wanted
    model = ifcopenshell.open(str(written("ifc", view, tmp_path)[0]))
    sets = [elements.get_psets(one)["OpenStreetMap"] for one in model.by_type("IfcBuilding")]
    assert [(one["heightSource"], one.get("height")) for one in sets] == wanted[:4]


def test_an_ifc_model_is_like_no_other(view, tmp_path):
    """Its identifiers are those of its place, date and title, and its CRS is named as software looks it up."""
    import ifcopenshell

    def model(view):
        return ifcopenshell.open(str(written("ifc", view, tmp_path)[0]))

    def identifiers(view):
        return {one.GlobalId for one in model(view).by_type("IfcRoot")}

    known = identifiers(view)
    assert identifiers(view) == known
    for other in (replace(view, date="2025-01-01"), replace(view, origin=(11.0, 47.0))):
        assert not identifiers(other) & known
    (crs,) = model(view).by_type("IfcProjectedCRS")
    assert (crs.Name, crs.Description) == ("EPSG:32632", "WGS 84 / UTM zone 32N")
    assert (crs.MapProjection, crs.MapZone) == ("UTM", "32N")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_the_scene_does_not_prove_good(view, tmp_path, name):
    path, told = written(name, view, tmp_path)
    prove = writer(FORMATS[name]).prove
    others = [replace(view, parts=(*view.parts, view.parts[0]))]
    if name == "3dtiles":
        others = [replace(view, meshes=view.meshes * 2)]
    elif name == "kmz_3d":
        others = [replace(view, buildings=view.buildings[:-1])]
    elif name != "step":
        others.append(replace(view, buildings=view.buildings[:-1]))
    for other in others:
        with pytest.raises(WriteError):
            prove(path, other, told)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(WriteError):
        prove(path, view, told)


@pytest.mark.parametrize("name", NAMES)
def test_a_stop_is_heard(view, tmp_path, name):
    with pytest.raises(Cancelled):
        written(name, view, tmp_path, feedback=Feedback(is_cancelled=lambda: True))


def test_a_kmz_has_holes_and_heights(view, tmp_path):
    path, _ = written("kmz_3d", view, tmp_path)
    with zipfile.ZipFile(path) as archive:
        text = archive.read("doc.kml").decode()
    # The office's parts, the house: raised by the viewer; the gabled roof has faces of its own.
    assert text.count("<extrude>1</extrude>") == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a'b\\c", "'a''b\\\\c'"), ("é", "'\\X2\\00E9\\X0\\'"), ("Łó d", "'\\X2\\014100F3\\X0\\ d'"),
        ("\U0001f600", "'\\X4\\0001F600\\X0\\'"),
        ("é\U0001f600", "'\\X2\\00E9\\X0\\\\X4\\0001F600\\X0\\'"), ("a\nb", "'a b'"),
    ],
)  # fmt: skip
def test_strings_of_step(text, wanted):
    assert step_text.string(text) == wanted
