"""Polish maps: roads that routes are found along, areas with holes, letters of one code page, hostile names."""

import pytest
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.contract import Written
from osm2cdr.processing_provider.formats.navigation import polish_mp
from osm2cdr.processing_provider.pipeline import run as pipeline
from readers.navigation import mkgmap, places, sections

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

HARD = '[END]\r\n[POI]\nType=0x2a00\n;x ~[0x1e]= "\\'
CHINESE = "中文路"


def exported(sketch, folder, told=None, **fields):
    """The file, and warnings go into `told`."""
    feedback = Feedback(None, lambda code, text: told.append((code, str(text))) if told is not None else None)
    (result,) = pipeline.run(sketch.request(folder, ("polish_mp",), **fields), folder, feedback)
    assert result.error is None, result.error
    return result.path


def read(path, section):
    found, _ = sections(path)
    return [dict(told) for name, told in found if name == section]


def streets():
    sketch = Sketch()
    sketch.way((-100, 0), (0, 0), (100, 0), highway="residential", name="south")
    sketch.way((-100, 100), (0, 100), (100, 100), highway="primary", name="north", ref="B 96;B 5", maxspeed="50")
    sketch.way((-100, 0), (-100, 100), highway="footway", name="west")
    sketch.way((0, 0), (0, 100), highway="residential", name="middle", oneway="yes")
    sketch.way((100, 100), (100, 0), highway="residential", name="east", oneway="-1", maxspeed="30")
    return sketch.way((-50, 0), (-50, -50), (-20, -50), (-50, 0), highway="service", name="loop")


def graph_of(path):
    """The roads as a directed graph of their nodes, without those that cars may not use."""
    import networkx

    graph = networkx.DiGraph()
    for road in read(path, "POLYLINE"):
        nodes = [tuple(map(int, road[f"Nod{n}"].split(","))) for n in range(1, 61) if f"Nod{n}" in road]
        points, param = places(road["Data0"]), road["RouteParam"].split(",")
        assert len({node for _, node, _ in nodes}) == len(nodes)
        assert (nodes[0][0], nodes[-1][0]) == (0, len(points) - 1)
        if param[6] == "1":
            continue
        for (a, first, _), (b, second, _) in zip(nodes, nodes[1:]):
            graph.add_node(first, at=points[a])
            graph.add_node(second, at=points[b])
            graph.add_edge(first, second)
            if param[2] == "0":
                graph.add_edge(second, first)
    return graph


def test_roads_lead_where_cars_may_go(qgis, tmp_path):
    import networkx

    path = exported(streets(), tmp_path)
    graph = graph_of(path)

    def node(x, y):
        lon, lat = lonlat(x, y)
        return min(graph, key=lambda one: abs(graph.nodes[one]["at"] - (lon, lat)).sum())

    def steps(start, end):
        return networkx.shortest_path_length(graph, node(*start), node(*end))

    assert steps((0, 0), (0, 100)) == 1
    # Not against the one-way street, nor along the footway.
    assert not networkx.has_path(graph, node(0, 100), node(0, 0))
    assert steps((100, 0), (100, 100)) == 1
    assert not networkx.has_path(graph, node(100, 100), node(100, 0))
    assert steps((-50, 0), (-50, 0)) == 0
    roads = {road.get("Label2", road["Label"]): road for road in read(path, "POLYLINE")}
    assert roads["north"]["Label"] == "~[0x04]B 96"
    assert (roads["north"]["Type"], roads["north"]["RouteParam"]) == ("0x3", "3,3,0,0,0,0,0,0,0,0,0,0")
    assert roads["west"]["RouteParam"].split(",")[4:] == ["0", "1", "1", "1", "1", "0", "1", "1"]
    assert (roads["east"]["RouteParam"][:5], roads["east"]["DirIndicator"]) == ("2,0,1", "1")
    mkgmap(path, tmp_path, "--route")


def crossing():
    """Five streets that meet in the middle, 1 from the west, 2 to the east, 3 to the north, 4 and 5 to the south."""
    sketch = Sketch()
    for number, end in enumerate(((-100, 0), (100, 0), (0, 100), (0, -100), (50, -100)), 1):
        sketch.way(end, (0, 0), highway="residential", name=str(number))
    # 6 is a dual carriageway's other side, that 4 leads to over 7.
    sketch.way((-50, -100), (-50, -150), highway="residential", name="6", oneway="yes")
    sketch.way((0, -100), (-50, -100), highway="residential", name="7")
    return sketch.way((0, -100), (0, -150), highway="residential", name="8")


def turns_of(path):
    """The names of the roads of each forbidden turn, with who may make it."""
    names = {road["RoadID"]: road["Label"] for road in read(path, "POLYLINE")}
    nodes = {
        road["RoadID"]: {road[key].split(",")[1] for key in road if key.startswith("Nod")}
        for road in read(path, "POLYLINE")
    }
    found = {}
    for turn in read(path, "Restrict"):
        points, over = turn["TraffPoints"].split(","), turn["TraffRoads"].split(",")
        assert len(points) == len(over) + 1
        assert turn["Nod"] == points[1]
        for road, ends in zip(over, zip(points, points[1:])):
            assert set(ends) <= nodes[road]
        found["".join(names[road] for road in over)] = turn["RestrParam"]
    return found


def test_turns_that_are_forbidden(qgis, tmp_path):
    told, sketch = [], crossing()
    sketch.relation((1, "from"), (3, "to"), type="restriction", restriction="no_left_turn", **{"except": "bicycle;psv"})
    sketch.relation((3, "from"), (1, "to"), type="restriction", restriction__hgv="no_right_turn")
    sketch.relation((2, "from"), (4, "to"), type="restriction", restriction="only_left_turn")
    sketch.relation((4, "from"), (7, "via"), (6, "to"), type="restriction", restriction="no_u_turn")
    # By time, with a way that is not there, that meet nowhere, and against a one-way street.
    sketch.relation((1, "from"), (2, "to"), type="restriction", restriction__conditional="no_straight_on @ (Mo)")
    sketch.relation((1, "from"), (99, "to"), type="restriction", restriction="no_left_turn")
    sketch.relation((1, "from"), (6, "to"), type="restriction", restriction="no_left_turn")
    sketch.relation((6, "from"), (7, "to"), type="restriction", restriction="no_left_turn")
    path = exported(sketch, tmp_path, told)
    all_but_trucks, nobody = "1,1,1,1,1,1,1,0", "1,0,0,0,0,1,0,0"
    assert turns_of(path) == {
        "13": "1,0,0,1,1,1,1,0", "31": all_but_trucks, "21": nobody, "23": nobody, "25": nobody, "476": nobody,
    }  # fmt: skip
    assert ("turns_left_out", "3 restrictions of turns") in [(code, text[:23]) for code, text in told]
    log = tmp_path / "log.properties"
    log.write_text("handlers: java.util.logging.ConsoleHandler\n.level=INFO\n", encoding="utf-8")
    said = mkgmap(path, tmp_path, "--route", java=f"-Dlog.config={log}")
    assert said.count("route restriction(s) to img file") == 6
    assert "restriction ignored" not in said


def test_house_numbers_run_along_their_street(qgis, tmp_path):
    told, sketch = [], Sketch()
    # To the east past a crossing, to the west against its nodes, a pavement of the same name, and a namesake far away.
    sketch.way((-100, 0), (0, 0), (100, 0), highway="residential", name="High Street")
    sketch.way((0, 0), (0, 50), highway="residential", name="Side Street")
    sketch.way((100, 100), (-100, 100), highway="residential", name="Back Lane", oneway="-1")
    sketch.way((-100, 5), (100, 5), highway="footway", name="High Street")
    for x, y, number in ((-90, 9, "1"), (-20, 9, "5;3"), (-50, -9, "2-8"), (20, -9, "10a"), (90, -9, "9")):
        sketch.point(x, y, addr__housenumber=number, addr__street="High street")
    for x, y, number in ((-50, 110, "30"), (50, 110, "20"), (0, 90, "7")):
        sketch.point(x, y, addr__housenumber=number, addr__street="Back Lane")
    sketch.point(0, -20, addr__housenumber="1", addr__street="Nowhere Road")
    sketch.point(100, -160, addr__housenumber="1", addr__street="High Street").point(0, 0, addr__housenumber="x")
    path = exported(sketch, tmp_path, told)
    roads = [road for road in read(path, "POLYLINE") if "Numbers1" in road]
    numbers = {road["Label"]: [road[f"Numbers{n}"] for n in (1, 2) if f"Numbers{n}" in road] for road in roads}
    assert len(roads) == 2
    # North is on the left of who goes east; the lane runs from west to east, as its traffic does.
    assert numbers == {
        "High Street": ["0,O,1,5,E,2,8", "1,N,-1,-1,B,10,9"], "Back Lane": ["0,E,30,20,O,7,7"],
    }  # fmt: skip
    assert ("numbers_left_out", "2 house numbers have no") in [(code, text[:23]) for code, text in told]
    assert "not_held" not in dict(told)
    mkgmap(path, tmp_path, "--route", "--index")


def test_areas_with_holes_are_cut_through_them(qgis, tmp_path):
    """The pieces cover what the area covers, without a hole or what lies beside it."""
    import shapely
    from osgeo import ogr

    from osm2cdr.processing_provider.formats.navigation.areas import without_holes

    square = shapely.box(0, 0, 100, 60)
    holes = [shapely.box(x, y, x + 4, y + 7) for x in range(5, 95, 9) for y in range(5, 50, 11)]
    area = square.difference(shapely.union_all(holes))
    pieces = [shapely.Polygon(ring) for ring in without_holes(ogr.CreateGeometryFromWkt(area.wkt))]
    assert len(pieces) > 2
    assert all(piece.is_valid for piece in pieces)
    assert sum(piece.area for piece in pieces) == pytest.approx(area.area)
    assert shapely.union_all(pieces).symmetric_difference(area).area == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("names", "asked", "number"),
    [
        (("Straße", "Łódź"), "auto", "1250"), (("Невский", "Straße"), "auto", "1251"), (("plain",), "auto", "1252"),
        ((CHINESE,), "auto", None), (("Невский",), "1252", "1252"), (("Straße",), "unicode", None),
    ],
)  # fmt: skip
def test_the_code_page_is_that_of_the_names(qgis, tmp_path, names, asked, number):
    sketch, told = Sketch(), []
    for place, name in enumerate(names):
        sketch.way((-100, 20 * place), (100, 20 * place), highway="residential", name=name)
    path = exported(sketch, tmp_path, told, options={"code_page": asked})
    assert read(path, "IMG ID")[0].get("CodePage") == number
    labels = {road["Label"] for road in read(path, "POLYLINE")}
    if asked == "1252":
        assert labels == {"???????"}
        assert ("letters_lost", "1 names have letters") in [(code, text[:20]) for code, text in told]
    else:
        assert labels == {{"Straße": "Strasse"}.get(name, name) if number == "1251" else name for name in names}
        assert "letters_lost" not in dict(told)
    if number is None:
        mkgmap(path, tmp_path, "--unicode", "--index", "--gmapsupp", "--route")


def test_hostile_names_stay_names(qgis, tmp_path):
    sketch, told = Sketch().way((-90, 0), (90, 0), highway="residential", name=HARD), []
    sketch.way((-90, 50), (90, 50), highway="residential", name="ж" * 10_000)
    sketch.area(-50, -50, -20, -20, building="yes", name="=" + HARD)
    sketch.point(30, 30, amenity="pharmacy", name="[END]", phone="1\n[END]")
    path = exported(sketch, tmp_path, told, title=" ".join(HARD.split()))
    assert [len(read(path, name)) for name in ("POI", "POLYLINE", "POLYGON")] == [1, 2, 2]
    label = '[END] [POI] Type=0x2a00 ;x ~ [0x1e]= "\\'
    roads = read(path, "POLYLINE")
    assert roads[0]["Label"] == label
    assert len(roads[1]["Label"]) == 120
    assert read(path, "POLYGON")[1]["Label"] == "=" + label
    assert read(path, "POI")[0]["Phone"] == "1 [END]"
    assert "names_cut" in dict(told)
    mkgmap(path, tmp_path, "--route")


def test_a_map_without_streets_or_ground(qgis, tmp_path):
    told = []
    path = exported(streets().area(-9, 20, 9, 40, building="yes"), tmp_path, told, layers="buildings")
    assert "no_routes" in dict(told)
    assert read(path, "IMG ID")[0]["Routing"] == "N"
    assert [area["Type"] for area in read(path, "POLYGON")] == ["0x4b", "0x13"]
    path = exported(streets(), tmp_path, name="over", options={"transparent": True})
    assert read(path, "IMG ID")[0]["Transparent"] == "Y"
    assert read(path, "POLYGON") == []


def test_a_file_that_is_not_whole_is_not_proven(tmp_path):
    file = tmp_path / "broken.mp"
    file.write_bytes(b"; " + b"x" * 100 + b"\r\n[POI]\r\nType=0x2a00\r\n")
    with pytest.raises(WriteError, match="does not hold"):
        polish_mp.prove(file, None, Written({"points": 1}))


def test_every_kind_of_the_layer_table_has_a_type():
    """And the kinds that are held are all in the table of types, spelled as they are there."""
    from osm2cdr.processing_provider.formats.navigation import garmin_types
    from osm2cdr.processing_provider.osm.tables.layers import TABLES

    known = {table.name: {kind.id for kind in table.kinds} for table in TABLES}
    for table in TABLES:
        if garmin_types.is_held(table.name):
            for kind in table.kinds:
                found = garmin_types.garmin(table.name, table.geometry, kind.id, None)
                assert found.type > 0
                assert found.end < len(garmin_types.LEVELS)
    for name, kind, _ in garmin_types._TYPES:
        assert name in known
        assert kind in known[name] | {""}
    assert set(known) >= garmin_types._NOT_HELD
