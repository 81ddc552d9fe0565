"""Every format of the catalogue that has a writer, on real data, against what its independent reader finds.

A new format enters by its row in the catalogue and its reader in `readers.READERS`.
"""

import pytest

from areas import AREAS
from names import DATE, HOUSE, PLACE, STREET
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.osm.tables.layers import BY_NAME, TABLES
from readers import READERS

WRITTEN = [item.id for item in written_formats()]
# A name of the area with letters beyond ASCII.
ACCENTED = {"sample": "Töölönlahdenkatu", "monaco": "Boulevard de la République"}
# What the catalogue calls the geometries of the layer table.
KINDS = {"point": "points", "line": "lines", "polygon": "areas"}
# What was read, so that each file is read once.
READ = {}
TOLERANCE = {"degree": 2e-6, "metre": 0.2, "mm": 0.1}


def first_of_each_kind(items):
    """Those whose writers do what no other before them does: of the same view, in the same CRS, with as much in it."""
    kinds = {}
    for item in items:
        if item.view == "tiles" and item.is_painted:
            # Pictures, of which there are others.
            continue
        room = item.writer.partition(".")[0]
        kinds.setdefault((item.view, item.crs, item.geometries, item.abilities, room), item.id)
    return set(kinds.values())


# Each format has the sample. A coast, another zone and another language come with the view, so that of the formats that
# do the same with it one is enough there; and those that shape what they are given in a way of their own.
SHAPED = {"step", "ifc", "cityjson", "citygml", "3dtiles", "pdf", "eps", "emf", "dwg", "dgn", "topojson"}
ELSEWHERE = first_of_each_kind(written_formats()) | SHAPED
CASES = [(name, area) for name in WRITTEN for area in AREAS if area == "sample" or name in ELSEWHERE]


@pytest.fixture(params=CASES, ids="-".join)
def case(request):
    return request.param


@pytest.fixture
def area(case):
    return case[1]


@pytest.fixture
def found(case, export):
    """The format, what was told of its file, and what another program finds in it."""
    name, area = case
    item = FORMATS[name]
    assert item.id in READERS, f"{item.id} has a writer and no reader in tests/conformance/readers"
    result = export(area)[item.id]
    assert result.path.name.endswith(f".{item.extension}")
    if result.path not in READ:
        READ[result.path] = READERS[item.id](result.path)
    return item, result, READ[result.path]


def expected_box(area, crs):
    """The box of the area's outline in a CRS, its edges followed."""
    import numpy as np
    import pyproj

    west, south, east, north = AREAS[area][1]
    along = np.linspace(0, 1, 101)
    xs = np.concatenate([west + along * (east - west)] * 2 + [np.full(101, west), np.full(101, east)])
    ys = np.concatenate([np.full(101, south), np.full(101, north)] + [south + along * (north - south)] * 2)
    x, y = pyproj.Transformer.from_crs(4326, crs, always_xy=True).transform(xs, ys)
    return x.min(), y.min(), x.max(), y.max()


def test_no_kind_of_format_is_tried_on_one_area_alone():
    """A second of a kind adds none, one in another CRS, with less in it or of another view does."""
    from dataclasses import replace

    svg = FORMATS["svg"]
    alike, others = (
        replace(svg, id="alike"),
        [replace(svg, id=word, **{word: "other"}) for word in ("view", "crs", "geometries", "abilities")],
    )
    assert first_of_each_kind([svg, alike, *others]) == {"svg", "view", "crs", "geometries", "abilities"}
    assert {FORMATS[name].view for name in ELSEWHERE} == {item.view for item in written_formats()}
    assert len(CASES) < len(WRITTEN) * 1.5
    assert set(FORMATS) >= SHAPED


def test_layers_and_counts(found, export, area):
    item, result, seen = found
    reference = READERS["gpkg"](export(area)["gpkg"].path).layers
    assert {"land", "buildings", "roads"} <= set(reference)
    if "drawn_names" in item.abilities:
        known = {kind.cad.layer for table in TABLES if table.name in reference for kind in table.kinds}
        notes = {"V-ANNO-STRT-E", "V-ANNO-ATTR-E", "V-ROAD-TUNL-E", "V-BRDG-DECK-E"}
        assert {"V-BLDG-OTLN-E", "V-ROAD-LOCL-E", "V-ANNO-STRT-E", "V-ANNO-ATTR-E"} <= set(seen.layers)
        filled = item.writer in ("cad.dxf", "cad.dwg")
        fills = {name.removesuffix("-E") + "-PATT-E" for name in known if filled}
        assert set(seen.layers) <= known | notes | fills
        assert sum(seen.layers.values()) == result.features
    elif item.holds_features:
        held = {name for name in reference if KINDS[BY_NAME[name].geometry] in item.geometries}
        reference = {name: count for name, count in reference.items() if name in held}
        assert seen.layers == reference
        assert sum(reference.values()) == result.features
    elif item.view == "source":
        assert seen.layers == result.layers
        assert sum(seen.layers.values()) == result.features
        assert seen.layers["ways"] > reference["buildings"]
    elif item.view == "scene":
        # Where a building is one object, its parts are within.
        assert reference["buildings"] * (0.7 if item.id == "kmz_3d" else 0.8) < result.features
        # Bodies as such, or the triangles of them all.
        assert seen.layers == result.layers or sum(seen.layers.values()) >= 8 * result.features
        if item.layers == "inside":
            assert set(seen.layers) == set(result.layers)
    elif item.view == "heights":
        assert reference["buildings"] * 0.8 < result.features
        west, south, east, north = expected_box(area, {"sample": 32635, "monaco": 32632}[area])
        assert seen.layers["cells"] == pytest.approx((east - west) * (north - south), rel=0.1)
        assert seen.layers["buildings"] > 10 * result.features
    elif item.view == "network":
        assert seen.layers == result.layers
        if "edges" in seen.layers:
            # Each street is one edge at least, and most of them can be gone either way.
            assert seen.layers["edges"] > 1.5 * (reference["roads"] + reference["paths"])
        else:
            # Streets for cars alone, from junction to junction; a way through one for each two that meet.
            assert next(iter(seen.layers.values())) > 0.5 * reference["roads"]
            assert (
                seen.layers["connections"]
                > seen.layers.get("junctions", 0.5 * reference["roads"])
                > 0.2 * reference["roads"]
            )
    elif item.view == "navigation":
        if item.id == "garmin_img":
            # Lines of one name that go on are joined, areas smaller than a metre or two are left out.
            assert 0.8 < seen.layers["lines"] / result.layers["lines"] <= 1
            assert 0.9 < seen.layers["areas"] / result.layers["areas"] < 1.1
        else:
            # Streets that go on are one line, an area with holes is several.
            assert seen.layers == result.layers
        assert seen.layers["points"] == reference["pois"] + reference["places"]
        assert seen.layers["lines"] > 0.5 * (reference["roads"] + reference["paths"])
        assert seen.layers["areas"] > reference["buildings"]
    elif item.view == "toolpaths":
        assert result.features > 500
        if item.layers == "inside":
            assert seen.layers == result.layers
            assert {"Engrave", "Cut", "Score", "Text", "Frame"} <= set(seen.layers)
        else:
            assert sum(seen.layers.values()) == result.features
    else:
        # Where many objects would be too many, what looks alike is one.
        assert result.features > 500
    if item.view == "drawing" and item.layers == "inside" and item.id != "cdr":
        assert list(seen.layers) == list(result.layers)
        if any(seen.layers.values()):
            assert seen.layers == result.layers


def test_extent_and_crs(found, export, area):
    item, _, seen = found
    if item.view == "toolpaths":
        # Lines reach from edge to edge of the map; a hoop is smaller than the page.
        width, height = READERS["svg"](export(area)["svg"].path).size_mm
        left, bottom, right, top = seen.box
        if "stitches" in item.abilities:
            assert max(right - left, top - bottom) <= 170
            assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.25)
        else:
            assert (left, right - left) == pytest.approx((0, width), abs=0.2)
            assert top - bottom <= height + 0.1
    elif item.is_page and (seen.box is None or item.view == "drawing"):
        sizes = READERS["svg"](export(area)["svg"].path).size_mm
        assert seen.size_mm == pytest.approx(sizes, abs=0.4 if item.id == "eps" else 0.2)
        assert max(seen.size_mm) <= 297
        if seen.box is not None:
            # The page is upright in a local CRS, and a little larger than the area.
            assert seen.box == pytest.approx(AREAS[area][1], abs=2e-4)
    elif item.view == "scene":
        xmin, ymin, xmax, ymax = seen.box
        west, south, east, north = expected_box(area, {"sample": 32635, "monaco": 32632}[area])
        assert -(east - west) * 0.51 <= xmin < xmax <= (east - west) * 0.51
        assert -(north - south) * 0.51 <= ymin < ymax <= (north - south) * 0.51
        assert xmax - xmin > 0.7 * (east - west)
    else:
        utm = {"sample": 32635, "monaco": 32632}[area]
        crs = {"utm": utm, "zone": utm, "3857": 3857, "mercator": 3395}.get(item.crs, 4326)
        assert seen.crs in (crs, 0)
        # A raster is cut to whole pixels.
        if item.view in ("data", "network") and "areas" not in item.geometries:
            # Only the ground fills the area to its edges; of a network these are the nodes that are not outside.
            low, high = expected_box(area, crs)[:2], expected_box(area, crs)[2:]
            if "connections" in seen.layers:
                # Carriageways go on to the next junction beyond.
                low, high = ([value + more for value in some] for some, more in ((low, -0.01), (high, 0.01)))
                assert all(a < b for a, b in zip((*seen.box[:2], *low), (*high, *seen.box[2:])))
            assert all(edge - 1e-6 <= value for edge, value in zip(low, seen.box[:2]))
            assert all(value <= edge + 1e-6 for edge, value in zip(high, seen.box[2:]))
            return
        slack = TOLERANCE["degree" if crs == 4326 else "metre"]
        if item.is_painted:
            # Painted tiles are whole pixels of two zooms.
            slack = 2.5 if item.view == "tiles" else 2e-5 if crs == 4326 else 1.0
        if item.id == "garmin_img":
            # Its unit is a part of the circle.
            slack = 360 / (1 << 24)
        assert seen.box == pytest.approx(expected_box(area, crs), abs=slack)


def test_names_in_every_script(found, area):
    item, _, seen = found
    if item.holds_features or item.view in ("source", "network", "navigation"):
        # A CAD drawing has texts for streets and places.
        houses = {HOUSE} if "areas" in item.geometries and "drawn_names" not in item.abilities else set()
        streets = {STREET, ACCENTED[area]} if "lines" in item.geometries else set()
        places = set() if item.view == "network" else {PLACE}
        if item.texts == "codepage" and "drawn_names" in item.abilities:
            # One code page for all texts, that of most letters.
            places, streets = set(), {ACCENTED[area]}
        if item.view == "navigation":
            places, streets, houses = set(), {ACCENTED[area]}, set()
        assert places | streets | houses <= seen.texts
    elif item.view == "drawing" and item.texts == "unicode":
        # Spaced names come letter by letter, in order.
        assert "".join(PLACE.split()).casefold() in seen.flow


def test_the_notice(found):
    item, _, seen = found
    if item.notice == "nowhere":
        assert seen.notice == ""
        return
    assert "© OpenStreetMap contributors" in seen.notice, item.id


def test_the_date_of_the_data_and_where_they_came_from(found, area):
    item, _, seen = found
    if item.notice == "nowhere":
        return
    assert DATE[:10] in seen.notice, item.id
    if item.id != "stl":
        # A header of 80 bytes has no room for more.
        assert f"{area}.osm.pbf" in seen.notice, item.id
