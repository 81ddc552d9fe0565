"""Relations as files have them: old-style multipolygons, those that lack ways, do not close, or have no shape."""

import pytest
from made_osm import Made, degrees
from osm_files import put
from stores import both, built, differences, read

from osm2cdr.processing_provider.osm.tables.account import RINGS
from osm2cdr.processing_provider.pipeline import data_warnings
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.sources import incomplete, whole_ways
from osm2cdr.processing_provider.sources.relations import read_relations

FORMS = [".osm", ".osm.pbf"]
WHOLE = (*degrees(-1, -1), *degrees(100, 100))


@pytest.fixture(params=FORMS)
def staged(qgis, tmp_path, request):
    """staged(made, corners): what reading a made file gives in a box, and a store of it the same."""

    def stage(made, corners=(-1, -1, 100, 100), level=6):
        source = put(tmp_path, made.text(), request.param)
        box = (*degrees(*corners[:2]), *degrees(*corners[2:]))
        number = len(list(tmp_path.iterdir()))
        raw = read(source, box, tmp_path / f"raw{number}")
        direct, stored = both(raw, built(source, tmp_path / f"store{number}"), box, level, rest=level == 6)
        assert differences(direct, stored) == []
        assert stored.account == direct.account
        assert sorted(map(list, stored.hurt)) == sorted(map(list, direct.hurt))
        assert direct.account.adds_up
        return direct

    return stage


def rings(staged, table):
    """Of each row of a table its object, and how many rings each of its polygons has."""
    rows = staged.rows[table]
    return {
        f"{row[1]} {row[0]}": [polygon.GetGeometryCount() for polygon in shape]
        for row, shape in zip(rows.values, rows.geometries)
    }


def test_an_old_style_multipolygon_is_what_its_way_is_with_its_hole(staged):
    made = Made().square(1, 0, 0, 10, building="yes", name="Court", addr__x="1").square(2, 2, 2, 2)
    made.square(3, 20, 0, 10, barrier="fence").square(4, 22, 2, 2).area(10, 1, -2).area(11, 3, -4, source="survey")
    # A building's edge in pieces.
    made.way(5, (40, 0), (50, 0), (50, 10), building="yes").way(6, (50, 10), (40, 10), (40, 0), building="yes")
    made.square(7, 42, 2, 2).area(12, 5, 6, -7)
    found = staged(made)
    assert rings(found, "buildings") == {"relation 10": [2], "relation 12": [2]}
    assert found.rows["buildings"].values[0][4] == "Court"
    assert [row[:2] for row in found.rows["barriers"].values] == [(3, "way")]
    assert rings(found, "others_areas") == {"relation 11": [2]}


def test_an_area_that_lacks_ways_is_there_as_far_as_it_closes(staged):
    forest = {"landuse": "forest"}
    made = Made().square(1, 0, 0, 20).square(2, 4, 4, 8).square(3, 6, 6, 2).square(4, 40, 0, 5)
    made.way(5, (60, 0), (70, 0), (70, 10)).way(6, (70, 10), (60, 10), (60, 0)).way(7, (80, 0), (90, 0), (90, 10))
    made.area(10, 1, -2, 3, 99, **forest).area(11, 4, -98, **forest).area(12, 5, 6, 97, **forest)
    # Nothing closes; a hole alone; a border is its edge.
    made.area(13, 7, 96, **forest).area(14, 95, -2, **forest)
    made.relation(15, "way 1 outer", "way 94 outer", type="boundary", boundary="protected_area")
    found = staged(made)
    assert rings(found, "green") == {"relation 10": [1, 2], "relation 11": [1], "relation 12": [1]}
    assert found.account.incomplete == {"members": 3}
    assert found.account.refused == {"members": 3}
    assert len(found.account.first["members"]) == 6
    # What lies far away is read all the same; and what only a ray from the box has met is not.
    near = staged(made, (0, 0, 1, 1))
    assert rings(near, "green") == {"relation 10": [1, 2]}
    (row,) = (values for values in found.rows["green"].values if values[0] == 10)
    assert near.rows["green"].values[0] == row


def test_an_edge_that_does_not_close_is_counted_and_told(staged):
    lake = {"natural": "water"}
    made = Made().square(1, 0, 0, 10).way(2, (20, 0), (30, 0), (30, 10)).way(3, (30, 10), (20, 10))
    made.way(4, (8, 30), (9, 31)).area(10, 1, **lake).area(11, 2, 3, **lake).area(12, 1, 4, **lake)
    made.area(13, 2, note="nothing that a map shows")
    found = staged(made)
    assert (found.account.refused, found.account.incomplete) == ({"rings": 2}, {"rings": 1})
    assert found.account.first["rings"] == ["relation 11", "relation 13", "relation 12"]
    assert told(found, WHOLE) == ["relation 11, relation 12"]
    assert told(found, (*degrees(25, -1), *degrees(40, 40))) == ["relation 11"]
    assert told(found, (*degrees(60, 60), *degrees(70, 70))) == []


def told(staged, shown):
    """The areas that a warning names."""

    class Heard:
        def __init__(self):
            self.texts = []

        def warning(self, code, text):
            if code == "areas_incomplete":
                self.texts.append(str(text).split(": ", 1)[1].split(";")[0])

    heard = Heard()
    request = make_request({"bbox": shown, "formats": "gpkg", "source": "overpass"})
    data_warnings.tell(request, staged, None, lambda: None, "made.osm", shown, heard)
    return heard.texts


def test_relations_without_a_shape_are_counted_where_a_member_was_read(staged):
    made = Made().way(1, (0, 0), (5, 0), highway="residential").way(2, (60, 0), (65, 0), highway="residential")
    made.at(5, 0, highway="traffic_signals")
    made.relation(10, "way 1 from", "node 2 via", "way 1 to", type="restriction", restriction="no_u_turn")
    made.relation(11, "node 2", type="site", site="junction").relation(12, "relation 10", type="network")
    made.relation(13, "relation 12", type="collection").relation(14, "way 2", type="street", name="Far")
    made.relation(15, "relation 14", "relation 15", type="superroute").relation(16, "way 99", type="site")
    made.relation(17, "relation 14 outer", type="multipolygon", natural="water").relation(18, "way 1", source="survey")
    made.relation(19, "way 1", type="route", route="bus", ref="7")
    found = staged(made)
    assert found.account.objects == {"node": 1, "way": 2, "relation": 8}
    assert found.account.left_out == {"shapeless": 7}
    near = staged(made, (0, 0, 10, 10)).account
    assert (near.objects["relation"], near.left_out) == (5, {"shapeless": 4})


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("shift", [0, 2**62 - 1000])
def test_relations_come_whole_from_every_form(tmp_path, suffix, shift):
    made = Made().square(1 + shift, 0, 0, 2)
    made.relation(10 + shift, f"way {1 + shift} inner", "node 1 label", type="multipolygon", natural="water")
    made.relation(11, f"way {1 + shift}", f"relation {10 + shift} x", type="site")
    made.relation(12, f"way {1 + shift} outer", type="multipolygon", created_by="me")
    source = put(tmp_path, made.text(), suffix)
    found = read_relations(source)
    areas, others = found.areas, found.shapeless
    rows = [(int(areas.ids[of]), *row) for of, *row in zip(areas.of, areas.kinds, areas.refs, areas.roles)]
    assert rows == sorted(
        [(10 + shift, 1, 1 + shift, 1), (10 + shift, 0, 1, 2), (12, 1, 1 + shift, 0)],
        key=lambda row: list(areas.ids).index(row[0]),
    )
    assert sorted(zip(areas.ids.tolist(), found.multi, found.bare)) == sorted([(10 + shift, 1, 0), (12, 1, 1)])
    assert (others.ids.tolist(), others.kinds.tolist()) == ([11], [1, 2])
    assert others.refs.tolist() == [1 + shift, 10 + shift]
    assert found.tags_of(others.ids) == {11: {"type": "site"}}
    (shape,) = whole_ways.shapes(source, {1 + shift, 5}).values()
    assert shape[1].tolist()[1] == pytest.approx(degrees(2, 0))


def test_a_way_that_is_not_in_the_shape_is_found_without_its_relation_in_the_box(qgis, tmp_path):
    """A ray that leads away from the box meets an area far from it, which is nothing to tell."""
    source = put(tmp_path, Made().square(1, 50, -20, 60).area(10, 1, natural="water").text())
    raw = read(source, (*degrees(0, 0), *degrees(10, 10)), tmp_path / "raw")
    assert [one for one in incomplete.kept(raw).beside if one.outcome == RINGS] == []
