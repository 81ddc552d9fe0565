"""Routes are relations: their ways are joined to lines in the order of the route, and each is a row of its own."""

import json

import pytest
from osm_files import document

from areas import SHARED
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.tables.colours import colour
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.sources import extract, restrictions
from osm2cdr.processing_provider.sources.relations import read_relations

BOX = (9.9, 49.9, 10.1, 50.1)
# Node n lies 0.001 degrees east of the one before it.
WAYS = {1: (1, 2), 2: (3, 2), 3: (3, 4), 4: (5, 6), 5: (2, 3), 6: (7, 8)}
ROUTES = {
    # Ways against each other, one twice, a gap, a platform beside, one that is not in the file.
    10: ("type=route route=hiking name=Ridge ref=7 colour=red network=lwn", "1 2 3 2 4 6:platform 99"),
    11: ("type=route route=bus colour=#0a0 from=Here to=There", "3:backward 2 1"),
    12: ("type=route route=foot;bicycle", "4"),
    13: ("type=route route=horse colour=reddish", "6"),
    14: ("type=route route=tram", "99"),
    15: ("type=superroute route=hiking", "1"),
    16: ("type=route", "1"),
    17: ("type=route route=bus", "6:platform_entry_only"),
    # Of turns.
    18: ("type=restriction restriction=no_left_turn except=bus name=x", "1:from 2:to"),
    19: ("type=restriction restriction:hgv=only_u_turn", "3:to 4:via 1:from"),
}


def osm():
    nodes = [f'<node id="{n}" lon="{10 + n / 1000}" lat="50"/>' for n in range(1, 9)]
    ways = [
        f'<way id="{number}">' + "".join(f'<nd ref="{node}"/>' for node in refs) + "</way>"
        for number, refs in WAYS.items()
    ]
    relations = []
    for number, (text, members) in ROUTES.items():
        inner = "".join(
            f'<member type="way" ref="{way}" role="{role}"/>'
            for way, _, role in (member.partition(":") for member in members.split())
        )
        tags = "".join('<tag k="{}" v="{}"/>'.format(*pair.split("=")) for pair in text.split())
        relations.append(f'<relation id="{number}">{inner}{tags}</relation>')
    return document([*nodes, *ways, *relations])


@pytest.fixture(scope="module", params=["osm", "osm.pbf"])
def file(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("routes") / "routes.osm"
    path.write_text(osm(), encoding="utf-8")
    if request.param != "osm":
        import osmium

        packed = path.with_suffix(".osm.pbf")
        with osmium.SimpleWriter(str(packed)) as writer:
            for item in osmium.FileProcessor(str(path)):
                writer.add(item)
        return packed
    return path


@pytest.fixture
def rows(qgis, file, tmp_path):
    table = staging.stage(extract.read(file, BOX, tmp_path, Feedback(), True), (), 6, Feedback(), tags="all").rows[
        "routes"
    ]
    columns = [name for name, _ in table.table.columns]
    return {row["osm_id"]: row for row in (dict(zip(columns, values)) for values in table.values)}, {
        values[0]: shape for values, shape in zip(table.values, table.geometries)
    }


def xs(line):
    return [round((point[0] - 10) * 1000) for point in line.GetPoints(2)]


def test_each_route_is_a_row_of_joined_lines(rows):
    values, shapes = rows
    assert {number: row["kind"] for number, row in values.items()} == {
        10: "hiking", 11: "bus", 12: "hiking", 13: "other",
    }  # fmt: skip
    parts = {n: [xs(shape.GetGeometryRef(i)) for i in range(shape.GetGeometryCount())] for n, shape in shapes.items()}
    assert parts[10] == [[1, 2, 3, 4], [5, 6]]
    # In the direction of the route.
    assert parts[11] == [[4, 3, 2, 1]]
    assert parts[12] == [[5, 6]]


def test_what_is_known_of_a_route(rows):
    values, _ = rows
    row = values[10]
    assert (row["osm_type"], row["class"], row["name"], row["ref"]) == ("relation", "hiking", "Ridge", "7")
    assert (row["network"], row["colour"], row["origin"]) == ("lwn", "#FF0000", None)
    assert (values[11]["colour"], values[11]["origin"], values[11]["destination"]) == ("#00AA00", "Here", "There")
    assert values[12]["class"] == "foot"
    assert values[13]["colour"] is None
    assert json.loads(row["tags"])["network"] == "lwn"


def test_roles_come_along(file):
    found = {relation.id: relation for relation in read_relations(file).named}
    assert sorted(found) == [10, 11, 12, 13, 14, 17, 18, 19]
    assert found[10].ways.tolist() == [1, 2, 3, 2, 4, 6, 99]
    assert found[10].roles[-2:] == ("platform", "")


def test_restrictions_of_turns_are_kept(file, tmp_path):
    restrictions.keep(tmp_path, read_relations(file).named)
    assert restrictions.kept(tmp_path) == [
        restrictions.Restriction(18, {"restriction": "no_left_turn", "except": "bus"}, ((1,), (), (2,))),
        restrictions.Restriction(19, {"restriction:hgv": "only_u_turn"}, ((1,), (4,), (3,))),
    ]


def test_colours():
    known = {"red": "#FF0000", "#f00": "#FF0000", " #00ff00": "#00FF00", "Dark Green": "#006400"}
    assert {text: colour(text) for text in known} == known
    for text in (None, "", "reddish", "#12345", "transparent", "#ff0000;#00ff00", "rgb(1,2,3)"):
        assert colour(text) is None


def test_routes_are_tracks_of_a_device_and_in_pictures_where_asked(qgis, tmp_path):
    source = SHARED / "monaco.osm.pbf"
    if not source.exists():
        pytest.skip(f"{source} is not there")
    fields = {"bbox": (7.415, 43.73, 7.425, 43.735), "detail": 4, "source": str(source)}
    for layers in ("routes", ""):
        request = make_request({**fields, "layers": layers, "formats": "gpx,svg"})
        gpx, svg = pipeline.run(request, tmp_path / (layers or "all"), Feedback())
        assert gpx.layers["routes"] > 10
        assert "<name>Parcours Princesse Grace</name>" in gpx.path.read_text(encoding="utf-8")
        assert ("routes" in str(svg.layers).lower()) == bool(layers)
