"""What became of the source's objects: each counted once, with the best of what befell it, and it adds up."""

import numpy as np
import pytest
from sketch import Sketch, lonlat

from areas import WINDOWS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.account_counting import account_of
from osm2cdr.processing_provider.osm.tables.account import DETAIL, REFUSED, RULE, SIZE, TABLE
from osm2cdr.processing_provider.osm.tables.layer_sql import select
from osm2cdr.processing_provider.osm.tables.layers import chosen
from osm2cdr.processing_provider.sources import extract


@pytest.fixture
def staged(qgis, tmp_path):
    """staged(sketch, level, groups): the staged tables of a sketch."""

    def stage(sketch, level=6, groups=()):
        sketch.write(tmp_path / "sketch.osm")
        folder = tmp_path / f"read{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        box = (*lonlat(-200, -200), *lonlat(200, 200))
        raw = extract.read(tmp_path / "sketch.osm", box, folder, Feedback())
        return staging.stage(raw, groups, level, Feedback(), box)

    return stage


def test_an_object_counts_once_with_the_best_of_its_outcomes():
    kinds = np.array([0, 1, 1, 1, 2, 2], np.uint8)
    ids = np.array([7, 7, 7, 8, 7, -(2**62)], np.int64)
    outcomes = np.array([RULE, SIZE, TABLE, DETAIL, REFUSED, TABLE], np.uint8)
    account = account_of(kinds, ids, outcomes)
    assert account.objects == {"node": 1, "way": 2, "relation": 2}
    assert account.in_tables == 2
    assert account.left_out == {"detail": 1, "rule": 1}
    assert account.refused == {"shape": 1}
    assert account.first == {"shape": ["relation 7"]}
    assert account.adds_up


def test_each_object_has_its_outcome(staged):
    sketch = Sketch().area(-50, -50, -20, -20, building="yes", addr__housenumber="7").point(0, 0, natural="tree")
    sketch.way((20, 20), (50, 20), highway="residential").area(60, 60, 62, 62, landuse="grass")
    # No tag, one that says nothing, one that no table knows.
    sketch.way((70, 70), (80, 80)).way((70, 60), (80, 60), source="survey").way((70, 50), (80, 50), strange="yes")
    account = staged(sketch).account
    assert (account.objects, account.in_tables) == ({"node": 1, "way": 4, "relation": 0}, 4)
    assert account.left_out == {"rule": 1}
    coarse = staged(sketch, 3).account
    assert (coarse.in_tables, coarse.left_out) == (2, {"detail": 1, "size": 1, "rule": 1})
    some = staged(sketch, 6, ("roads",)).account
    assert (some.in_tables, some.left_out) == (1, {"layers": 4})
    assert coarse.adds_up
    assert some.adds_up


def test_what_makes_no_shape_is_refused_by_name(staged):
    sketch = Sketch().way((0, 0), (10, 0), (0, 0), building="yes").point(5, 5, natural="tree")
    # Two nodes at one place.
    sketch.way((50, 50), (50, 50 + 1e-7), highway="residential").way((60, 50), (60, 50 + 1e-7), strange="yes")
    account = staged(sketch).account
    assert (account.in_tables, account.left_out) == (1, {"rule": 1})
    assert (account.refused, account.first) == ({"shape": 2}, {"shape": ["way 1", "way 2"]})


@pytest.mark.parametrize("name", WINDOWS)
def test_one_look_finds_what_a_look_for_each_table_finds(qgis, tmp_path, name):
    source, box = WINDOWS[name]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    raw = extract.read(source, box, tmp_path, Feedback())
    with_all = staging.stage(raw, (), 6, Feedback(), box)
    database = extract.connect(raw)
    for table in chosen(()):
        apart = [
            (values[0], values[1], values[3])
            for source in table.source if table.kinds[0].rule
            for _, *values in database.execute(select(table, source, 6))
        ]  # fmt: skip
        together = [(values[0], values[1], values[3]) for values in with_all.rows[table.name].values]
        # An area is there once, though a relation and its outer way may both have its tags.
        assert together == apart or (table.geometry == "polygon" and set(together) <= set(apart)), table.name
    assert with_all.account.adds_up
    assert with_all.account.in_tables > 1000


def test_levels_that_share_one_look_are_as_by_themselves(qgis, tmp_path):
    """Rows and accounts both, whichever level comes first; another choice of the rest is another look."""
    source, box = WINDOWS[next(iter(WINDOWS))]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    raw = extract.read(source, box, tmp_path, Feedback(), True)
    scans = {}
    for level, rest in ((6, True), (4, False), (1, False), (3, False), (6, False)):
        shared = staging.stage(raw, (), level, Feedback(), box, rest=rest, scans=scans)
        alone = staging.stage(raw, (), level, Feedback(), box, rest=rest)
        assert shared.account == alone.account
        assert [(name, rows.blobs, rows.values) for name, rows in shared.rows.items()] == [
            (name, rows.blobs, rows.values) for name, rows in alone.rows.items()
        ]
    assert set(scans) == {True, False}
