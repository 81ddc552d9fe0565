"""What is read, against an independent reading: pyosmium's areas and lines, cut by shapely, object by object."""

import sqlite3

import pytest

from areas import WINDOWS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.layers import TABLES
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.gis import gpkg

# Objects that differ, and why.
EXPLAINED = {
    ("liechtenstein", "paths", ("way", 351947855)): "goes back over itself: shapely's clip keeps the way there once",
}
THEMES = [table for table in TABLES if table.name not in ("land", "sea") and not table.rest]


def holds(alternative, tags):
    return all(term.holds(tags) for term in alternative)


def kind_of(table, tags, closed_way):
    """The kind that takes an object; a closed way that is a highway is an area only where it says so."""
    if any(holds(alternative, tags) for alternative in table.unless):
        return None
    for kind in table.kinds:
        for alternative in kind.rule:
            if holds(alternative, tags):
                site = tags.get("highway") in ("platform", "rest_area", "services")
                loop = table.loops or (alternative[0].key == "highway" and not site)
                if not (closed_way and loop and tags.get("area") != "yes"):
                    return kind.id
    return None


def independent(path, box):
    """{table: {(type, id): (kind, measure)}} by pyosmium and shapely; the measure is area, length, or None."""
    import osmium
    import shapely
    from shapely import wkb
    from shapely.geometry import box as make_box

    frame = make_box(*box)
    factory = osmium.geom.WKBFactory()
    found = {table.name: {} for table in THEMES}

    def put(table, key, kind, geometry):
        if not frame.intersects(geometry):
            return
        if table.geometry == "point":
            # The point of an area that crosses the edge may lie on either side of it.
            if geometry.geom_type == "Point" or frame.contains(geometry):
                found[table.name][key] = (kind, None)
            return
        dimension = 1 if table.geometry == "line" else 2
        if dimension == 2:
            geometry = shapely.make_valid(geometry)
        parts = shapely.get_parts(shapely.intersection(geometry, frame))
        parts = parts[shapely.get_dimensions(parts) == dimension]
        if len(parts):
            measure = (shapely.length if dimension == 1 else shapely.area)(parts).sum()
            found[table.name][key] = (kind, measure)

    levels, routes = border_levels(path), route_ways(path)
    parts_of = {}
    for item in osmium.FileProcessor(str(path)).with_locations().with_areas():
        tags = {tag.k: tag.v for tag in item.tags}
        if (
            item.is_way()
            and item.id in levels
            and (tags.get("boundary") != "administrative" or "admin_level" not in tags)
        ):
            tags |= {"boundary": "administrative", "admin_level": str(levels[item.id])}
        if not tags and not (item.is_way() and item.id in routes):
            continue
        if item.is_node():
            kinds, key, geometry = ("point",), ("node", item.id), shapely.Point(item.lon, item.lat)
        elif item.is_way():
            kinds, key = ("line",), ("way", item.id)
            geometry = wkb.loads(factory.create_linestring(item), hex=True)
            for route in routes.get(item.id, ()):
                parts_of.setdefault(route, []).append(geometry)
        elif item.is_area():
            kinds, key = ("polygon", "point"), ("way" if item.from_way() else "relation", item.orig_id())
            geometry = wkb.loads(factory.create_multipolygon(item), hex=True)
        else:
            continue
        for table in (table for table in THEMES if table.name != "routes"):
            if table.geometry not in kinds or (item.is_node() and "points" not in table.source):
                continue
            if item.is_area() and ("rings" if item.from_way() else "multipolygons") not in table.source:
                continue
            drawn_as_area = tags.get("area") != "no" if table.open else tags.get("area") == "yes"
            if item.is_way() and item.is_closed() and drawn_as_area:
                continue
            kind = kind_of(table, tags, item.is_area() and item.from_way())
            if kind:
                put(table, key, kind, geometry)
    [table] = [table for table in THEMES if table.name == "routes"]
    for relation in osmium.FileProcessor(str(path), osmium.osm.RELATION):
        kind = kind_of(table, {tag.k: tag.v for tag in relation.tags}, False)
        if relation.id in parts_of and kind:
            put(table, ("relation", relation.id), kind, shapely.MultiLineString(parts_of[relation.id]))
    return found


def route_ways(path):
    """The routes that run along each way, but those that only wait beside it."""
    import osmium

    found = {}
    for relation in osmium.FileProcessor(str(path), osmium.osm.RELATION):
        if relation.tags.get("type") == "route" and "route" in relation.tags:
            for member in relation.members:
                if member.type == "w" and not member.role.startswith(("platform", "stop")):
                    found.setdefault(member.ref, {})[relation.id] = None
    return found


def border_levels(path):
    """The lowest admin_level of each way that is a member of an administrative boundary."""
    import osmium

    levels = {}
    for relation in osmium.FileProcessor(str(path), osmium.osm.RELATION):
        level = relation.tags.get("admin_level", "")
        if relation.tags.get("boundary") == "administrative" and level.isdigit():
            for member in relation.members:
                if member.type == "w":
                    levels[member.ref] = min(int(level), levels.get(member.ref, 99))
    return levels


def ours(path):
    """The same of a GeoPackage that the product wrote."""
    from shapely import wkb

    database = sqlite3.connect(path)
    names = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
    found = {}
    for table in THEMES:
        rows = {}
        if table.name in names:
            for blob, number, kind_of_object, kind in database.execute(
                f'SELECT geom, osm_id, osm_type, kind FROM "{table.name}"'
            ):
                shape = wkb.loads(blob[8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7] :])
                assert shape.is_valid or table.geometry == "line"
                measure = {"point": None, "line": shape.length, "polygon": shape.area}[table.geometry]
                assert (kind_of_object, number) not in rows, "an object twice in one table"
                rows[kind_of_object, number] = (kind, measure)
        found[table.name] = rows
    database.close()
    return found


@pytest.fixture(scope="module")
def exported(qgis, tmp_path_factory):
    """exported(path, box): the result of all of a box at full detail, made once."""
    made = {}

    def run(path, box):
        if path not in made:
            fields = {"bbox": box, "formats": "gpkg", "detail": 6, "source": str(path)}
            (made[path],) = pipeline.run(make_request(fields), tmp_path_factory.mktemp("trust"), Feedback())
        return made[path]

    return run


@pytest.mark.parametrize("area", list(WINDOWS))
def test_every_object_is_there_whole_and_cut_exactly(exported, area):
    path, box = WINDOWS[area]
    if not path.exists():
        pytest.skip(f"{path} is not there")
    result = exported(path, box)
    assert result.error is None
    seen = gpkg(result.path)
    assert all(low >= edge - 1e-9 for low, edge in zip(seen.box[:2], box[:2]))
    assert all(high <= edge + 1e-9 for high, edge in zip(seen.box[2:], box[2:]))
    mine, theirs = ours(result.path), independent(path, box)
    swapped = old_style(path)
    differences = []
    compared = 0
    for table in THEMES:
        left, right = mine[table.name], theirs[table.name]
        for key in left.keys() | right.keys():
            if (area, table.name, key) in EXPLAINED:
                continue
            edge = table.geometry == "point" and key[0] != "node" and key not in right
            if key not in left or key not in right:
                if not edge and key not in swapped:
                    differences.append((table.name, key, "missing" if key not in left else "extra"))
                continue
            compared += 1
            (kind, measure), (other_kind, other) = left[key], right[key]
            if kind != other_kind:
                differences.append((table.name, key, kind, other_kind))
            elif measure is not None and key not in swapped and abs(measure - other) > 1e-3 * max(measure, other):
                differences.append((table.name, key, measure, other))
    assert differences == []
    assert compared > 3000


@pytest.mark.parametrize("area", list(WINDOWS))
def test_lines_and_relations_equal_what_ogr2ogr_reads_of_the_whole_file(exported, area, tmp_path):
    """The same driver without a filter, in a program of its own, mended and cut by shapely."""
    import subprocess

    import shapely
    from shapely import wkb

    path, box = WINDOWS[area]
    if not path.exists():
        pytest.skip(f"{path} is not there")
    whole = tmp_path / "whole.gpkg"
    command = ["ogr2ogr", "-q", "-f", "GPKG", whole, path, "lines", "multipolygons", "-lco", "SPATIAL_INDEX=NO"]
    subprocess.run(command, check=True, capture_output=True)
    frame = shapely.box(*box)
    theirs = {}
    database = sqlite3.connect(whole)
    for layer, kind in (("lines", "way"), ("multipolygons", "relation")):
        for number, blob in database.execute(f"SELECT osm_id, geom FROM {layer} WHERE osm_id IS NOT NULL"):
            shape = wkb.loads(blob[8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7] :])
            if frame.intersects(shape):
                cut = shapely.intersection(shapely.make_valid(shape) if kind == "relation" else shape, frame)
                theirs[kind, int(number)] = cut.length if kind == "way" else cut.area
    database.close()
    mine, compared = ours(exported(path, box).path), 0
    for table in THEMES:
        for key, (_, measure) in mine[table.name].items():
            # Closed ways are areas of ours by rules of ours; the other reading checks those.
            alike = key[0] == "relation" if table.geometry == "polygon" else key[0] == "way"
            if table.geometry == "point" or not alike or key not in theirs:
                continue
            if (area, table.name, key) not in EXPLAINED:
                assert measure == pytest.approx(theirs[key], rel=1e-3), (table.name, key)
                compared += 1
    assert compared > 500


def old_style(path):
    """Multipolygons whose outer way has their tags, or some like them: here the relation stands for the way."""
    import osmium

    keys = set()
    for item in osmium.FileProcessor(str(path), osmium.osm.RELATION):
        if item.tags.get("type") == "multipolygon":
            keys.add(("relation", item.id))
            keys |= {("way", member.ref) for member in item.members if member.type == "w" and member.role != "inner"}
    return keys
