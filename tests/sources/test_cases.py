"""Small inputs on which readers fall short, each with what is right of it: kept beside the extracts, where they are."""

import json
import subprocess

import pytest
from stores import both, built, differences, read

from areas import SHARED
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.tables.layers import TABLES
from osm2cdr.processing_provider.request.plan import margin
from osm2cdr.processing_provider.sources import extract, opening

CASES = SHARED.parent / "cases" / "reader"
BOX = (16.368, 48.199, 16.378, 48.206)
ALL = (16.368, 48.199, 16.39, 48.211)
KEPT = {("pois", "keep_c"), ("buildings", "keep_b"), ("roads", "keep_r"), ("water", "keep_w")}
# What lands in tables by name, and words of the warning.
RIGHT = {
    **dict.fromkeys(("f02_order.osm", "f11_low.osm.pbf", "f11_nodense.osm.pbf"), (KEPT, "")),
    **dict.fromkeys(("f12_turbo.osm", "f13_xmlgeom.osm"), (KEPT, "")),
    **dict.fromkeys(("f07_comma.osm", "f07_nan.osm"), (KEPT, "node 90")),
    "f05_deleted.osm": (KEPT, "deleted are left out: node"),
    "f10_center.json": ({("pois", "keep_c"), ("pois", "keep_b")}, "way 5"),
    "relation_before_way.osm": ({("water", "Lake")}, ""),
}
FILES = [path.name for path in sorted(CASES.glob("*")) if path.suffix != ".json" or path.name in RIGHT]
# Its border is made of ways without a name.
ELSEWHERE = {"g47_admin": "admin_areas"}
NAMES = {table.name for table in TABLES}
pytestmark = pytest.mark.skipif(not CASES.exists(), reason=f"{CASES} is not there")


def stage(path, work, box):
    """The staged tables of a file in a box with all that no other table has, and what was told."""
    told = []
    work.mkdir()
    feedback = Feedback(warning=lambda _code, text: told.append(str(text)))
    found = opening.open_source(str(path), box, (), 6, 60, work, feedback)
    raw = extract.read(found.path, box, work, feedback, True)
    return staging.stage(raw, (), 6, feedback, box, rest=True), told


def named(staged):
    """The rows that have a name: table and name, and the square metres where it is an area."""
    found = {}
    for table, rows in staged.rows.items():
        columns = [name for name, _ in rows.table.columns]
        for values in rows.values:
            row = dict(zip(columns, values))
            if row.get("name"):
                found[table, row["name"]] = row.get("area")
    return found


@pytest.mark.parametrize("name", RIGHT)
def test_each_file_gives_what_is_right(qgis, tmp_path, name):
    wanted, words = RIGHT[name]
    box = (0.0, 0.0, 0.02, 0.02) if name.startswith("relation") else BOX
    staged, told = stage(CASES / name, tmp_path / "work", box)
    assert set(named(staged)) == wanted
    assert [words in text for text in told] == [True] * bool(words)
    assert staged.account.adds_up
    assert sum(staged.account.objects.values()) == staged.account.in_tables


@pytest.mark.parametrize("name", FILES)
def test_the_account_of_each_file_adds_up(qgis, tmp_path, name):
    box = margin(Box(opening.whole_box(str(CASES / name))))
    account = stage(CASES / name, tmp_path / "work", box)[0].account
    assert account.adds_up
    assert account.in_tables > 0
    # At the finest level with the tables for the rest nothing is left out but what has no shape.
    assert set(account.left_out) <= {"shapeless"}


class Box:
    """The sides of a box, as a request's area has them."""

    def __init__(self, box):
        self.west, self.south, self.east, self.north = box


@pytest.mark.parametrize("suffix", [".osm", ".osm.pbf"])
@pytest.mark.parametrize("name", ["geom", "n"])
def test_areas_and_lines_have_their_tables_and_sizes(qgis, tmp_path, name, suffix):
    source = CASES / f"{name}.osm"
    if suffix == ".osm.pbf":
        source = tmp_path / f"{name}.osm.pbf"
        subprocess.run(["osmium", "cat", str(CASES / f"{name}.osm"), "-o", str(source)], check=True)
    direct, stored = both(read(source, ALL, tmp_path / "raw"), built(source, tmp_path / "store"), ALL, 6, rest=True)
    assert differences(direct, stored) == []
    assert stored.account == direct.account
    found = named(direct)
    wrong = [] if name == "n" else [f"{one}: {found}" for one, right in expected() if not is_right(found, one, right)]
    assert wrong == []
    holes = {one: area for (_, one), area in found.items() if one.startswith("n0")}
    right = {"n01_corner_800": 1200, "n02_collinear_no_nodes": 1400, "n03_hole_touches_twice": 1200,
             "n04_three_holes_chain": 3300, "n05_hole_vertex_on_edge": 1400, "n06_two_far_holes": 2200}  # fmt: skip
    for one, area in right.items() if name == "n" else ():
        assert holes[one] == pytest.approx(area, rel=0.01), one


def expected():
    """What is right of each name of geom.osm."""
    return json.loads((CASES / "geom_expect.json").read_text()).items()


def is_right(found, name, right):
    """Whether a name is in its table alone or in none that says what it is, with its size."""
    tables = {table: area for (table, one), area in found.items() if one == name}
    if right["t"] == "NONE" or (right.get("area", 1) or 0) == 0:
        return all(table.startswith("others_") for table in tables)
    wanted = {table for table in ELSEWHERE.get(name, right["t"]).split("+") if table in NAMES}
    areas = [area for area in tables.values() if area is not None]
    if "area" in right and not any(area == pytest.approx(right["area"], rel=0.01) for area in areas):
        return False
    return bool(tables) or "?" in right["t"] if not wanted else wanted <= set(tables)
