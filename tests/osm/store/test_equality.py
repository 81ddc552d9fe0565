"""A store gives row by row what reading the extract gives: at all levels, in all boxes, with tags and names."""

import pytest
from made_town import degrees, write_town
from stores import both, built, differences, opened, quarter, read

from areas import AREAS, WINDOWS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.detail import DETAILS
from osm2cdr.processing_provider.osm.tables.language import Names

EXTRACTS = {**WINDOWS, **AREAS}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The file of what is difficult."""
    return write_town(tmp_path_factory.mktemp("made") / "made.osm")


@pytest.mark.parametrize("name", EXTRACTS)
def test_real_extracts_give_the_same_rows_either_way(name, tmp_path, qgis):
    path, box = EXTRACTS[name]
    if not path.exists():
        pytest.skip("its extract is not here")
    spoken = Names("ru", True)
    folder = built(path, tmp_path / "store")
    for number, window in enumerate((box, quarter(box))):
        raw = read(path, window, tmp_path / f"raw{number}", spoken.keys)
        for level in (6, 3, 2) if number else (5, 4, 1):
            direct, stored = both(raw, folder, window, level, rest=level == 6)
            assert differences(direct, stored) == [], (level, window)
            assert stored.account.adds_up
            assert stored.account.objects == direct.account.objects
            assert stored.account == direct.account, (level, window)
            assert stored.without_rest == direct.without_rest, (level, window)
        direct, stored = both(raw, folder, window, 4, "all", spoken, 400.0)
        assert differences(direct, stored) == []
        assert stored.features > 10
        direct, stored = both(raw, folder, window, 5, "names", Names("", True), 0.0, ("water", "buildings"))
        assert differences(direct, stored) == []
        assert (stored.account.objects, stored.account.in_tables) == (direct.account.objects, direct.account.in_tables)


def test_what_is_decided_by_level_box_and_neighbours_is_decided_alike(made, tmp_path, qgis):
    folder = built(made, tmp_path / "store")
    spoken = Names("de", True)
    seen: dict[int, set[tuple[object, ...]]] = {}
    # All of it; the edge goes through the open house; inside the court, where lines touch nothing.
    boxes = ((-950, -950, 950, 950), (-50, -150, 400, 250), (14, 14, 26, 26), (9, 109, 40, 140))
    for number, corners in enumerate(boxes):
        box = (*degrees(corners[:2]), *degrees(corners[2:]))
        raw = read(made, box, tmp_path / f"raw{number}", spoken.keys)
        for level in DETAILS:
            for least in (0.0, 700.0):
                direct, stored = both(raw, folder, box, level, "all", spoken, least)
                assert differences(direct, stored) == [], (corners, level, least)
                assert stored.account == direct.account, (corners, level, least)
                rows = {(name, *row[:2]) for name, rows in stored.rows.items() for row in rows.values}
                seen.setdefault(number, set()).update(rows)
    # The relation and not its way; and the house that the edge has cut open, there alone.
    assert {("buildings", 3, "way"), ("buildings", 11, "way")}.isdisjoint(seen[0])
    assert {("buildings", 2, "relation"), ("landuse", 8, "way"), ("green", 3, "relation")} <= seen[0]
    assert ("buildings", 11, "way") in seen[1]
    assert ("green", 7, "way") in seen[2]


def test_a_relation_takes_the_name_of_its_way(made, tmp_path, qgis):
    folder = built(made, tmp_path / "store")
    box = (*degrees((-950, -950)), *degrees((950, 950)))
    store = opened(folder)
    rows = store.stage(box, (), 6, Feedback(), box).rows["buildings"]
    store.close()
    names = {row[0]: row[4] for row in rows.values if row[1] == "relation"}
    assert names[2] == "Кремль"
