"""OpenStreetMap extracts (.osm.pbf, .osm, both unpacked: see packed.py) read by GDAL's OSM driver.

Points are read apart from lines: in one run with them a spatial filter makes the driver forget the nodes outside the
box, and the ways at the edge are cut short. Multipolygons are read apart too: for them the driver keeps every way of
the file, and two cores do beside each other what one does in the time of both.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from functools import partial
from itertools import product
from pathlib import Path
from typing import Callable, Sequence, Tuple

from osgeo import gdal, ogr

from ..background import Watch, together
from ..errors import SourceError
from ..feedback import Feedback
from ..geo.gdal_settings import Errors, options, quiet
from ..geo.sql import sql
from ..osm.tables import several
from ..osm.tables.colours import colour
from ..osm.tables.extra_tags import INSIGNIFICANT, as_json, main_value, tagged
from ..osm.tables.layer_sql import RAW
from ..osm.tables.layers import COMMON_KEYS, TABLES
from ..osm.tables.numbers import number
from ..osm.tables.rules import column
from ..text.sentence import say
from . import dates, incomplete, old_style, part_areas, part_reading, restrictions, routes
from .borders import border_ways, mark
from .overpass.saved import misnamed
from .relations import read_relations

Box = tuple[float, float, float, float]
SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
RAW_LAYERS = ("points", "lines", "multipolygons")
# What is read beside each other, each of it in runs of some layers.
Runs = Tuple[Tuple[Tuple[str, ...], ...], ...]
# The driver's own index of nodes, and its slower one for numbers that do not rise.
_INDEXING = ("YES", "NO")
# Memory in MB that the driver may use for its node table before it goes to disk.
_MEMORY_MB = "200"
# The largest distance in degrees between the box and the edge of an area round it, and the width of a ray that is
# an area.
_FAR, _THIN = 1.0, 1e-7
# The percent of reading that the driver takes; what it does not do is the rest.
_READ = 80


def configuration(all_tags: bool = False, keys: tuple[str, ...] = (), is_part: bool = False) -> str:
    """The OSM driver's configuration: the layer table's keys and `keys` as columns; and all tags in one more.

    Of a part of a file (see part_reading.py) ways have all tags and no columns.
    """
    wanted = {layer: _columns(layer, keys) for layer in RAW_LAYERS}
    if is_part:
        wanted[part_reading.LINES] = []
    everything = {layer: all_tags or (is_part and layer == part_reading.LINES) for layer in RAW_LAYERS}
    # No closed way becomes a polygon by its tags: the driver would drop it where a relation has it as its outer ring
    # with other tags, and where it is a fence as well as a pitch, the fence would be gone.
    lines = [
        "attribute_name_laundering=yes",
        # A border may be a way without a tag of its own.
        "report_all_ways=yes",
        "report_all_nodes=no",
    ]
    for layer in RAW_LAYERS:
        lines += [
            f"[{layer}]",
            "osm_id=yes",
            "attributes=" + ",".join(wanted[layer]),
            "unsignificant=" + ",".join(INSIGNIFICANT),
            f"all_tags={'yes' if everything[layer] else 'no'}",
            # Of ways all are read: one has to know which have a tag.
            f"other_tags={'yes' if layer == 'lines' and not everything[layer] else 'no'}",
        ]
    for layer in ("multilinestrings", "other_relations"):
        lines += [f"[{layer}]", "osm_id=yes", "attributes=name,type", "other_tags=no"]
    return "\n".join(lines) + "\n"


def _columns(layer: str, keys: tuple[str, ...]) -> list[str]:
    """The keys that are columns of a raw layer: those of the layer table, and `keys`."""
    wanted = {*COMMON_KEYS, "highway", *keys}
    for table in TABLES:
        wanted |= table.keys if layer in map(RAW.__getitem__, table.source) else set()
    return sorted(wanted)


def check_file(path: Path) -> None:
    """Raise SourceError where `path` is no readable OSM extract."""
    if not path.exists():
        raise SourceError("no_source", say("The source {0} does not exist.", path), "source")
    if not path.is_file():
        raise SourceError("bad_source", say("The source {0} is not a file.", path), "source")
    fault = misnamed(path, SUFFIXES)
    if fault:
        raise SourceError("bad_source", say("The source {0} {1}.", path.name, fault), "source")
    try:
        with path.open("rb") as file:
            if not file.read(16):
                raise SourceError("bad_source", say("The source {0} is empty.", path.name), "source")
    except OSError as error:
        raise SourceError(
            "bad_source", say("The source {0} cannot be read: {1}.", path.name, error.strerror), "source"
        ) from error


def read(
    path: Path, box: Box | None, folder: Path, feedback: Feedback, all_tags: bool = False, keys: tuple[str, ...] = ()
) -> Path:
    """Read what touches `box` (west, south, east, north; None: all) into files in `folder`, whole ways and relations.

    With `all_tags` every object carries them all (see tags.py); `keys` are read beside those of the layer table.
    Returns the folder that connect() opens.
    """
    check_file(path)
    settings = folder / "osmconf.ini"
    raw = folder / "raw"
    clean = partial(shutil.rmtree, folder, ignore_errors=True)
    text = say("reading {0}", path.name)
    # Two readings side by side, one core each: a driver with threads of its own is no faster. Of a part of a file ways
    # and areas take less together.
    whole: tuple[Runs, bool] = ((("lines",),), (("multipolygons",), ("points",))), False
    part: tuple[Runs, bool] = (((part_reading.LINES, part_reading.AREAS),), (("points",),)), True
    for (runs, is_part), indexing in product([part, whole] if part_reading.is_part(path, box) else [whole], _INDEXING):
        raw.mkdir()
        settings.write_text(configuration(all_tags, keys, is_part), encoding="utf-8")
        lacking = incomplete.Incomplete()
        calls = [partial(_layers, path, raw, settings, layers, box, indexing, lacking) for layers in runs]
        *done, relations = together([*calls, lambda _watch: read_relations(path)], feedback.part(0, _READ), text, clean)
        files = layer_file(raw, part_reading.LINES), layer_file(raw, part_reading.AREAS)
        if all(done) and (not is_part or part_reading.settle(*files, _columns(part_reading.LINES, keys))):
            break
        shutil.rmtree(raw)
    _check_tables(raw)
    lines = layer_file(raw, "lines")
    near = touched("multipolygons", box) if box is not None else None
    area_keys, route_keys = _columns("multipolygons", keys), _columns(routes.LAYER, keys)
    # Each looks through what was read, and is silent meanwhile. Ways are marked as borders once areas have their tags.
    steps: tuple[Callable[[], object], ...] = (
        lambda: incomplete.keep(lacking, relations, raw, near),
        lambda: part_areas.add(path, raw, relations, incomplete.kept(raw), near, area_keys, all_tags),
        lambda: old_style.take_tags(raw, relations, area_keys, all_tags),
        lambda: mark(lines, border_ways(relations.named)),
        lambda: routes.build(layer_file(raw, routes.LAYER), relations.named, lines, route_keys, all_tags),
        lambda: restrictions.keep(raw, relations.named),
        lambda: _mark_several(raw),
    )  # fmt: skip
    together([partial(_in_turn, steps)], feedback.part(_READ, 100), text, clean)
    return raw


def _in_turn(steps: Sequence[Callable[[], object]], watch: Watch) -> None:
    """Take steps one after the other until somebody stops them."""
    for done, step in enumerate(steps):
        if not watch.tell(done / len(steps)):
            return
        step()


def layer_file(raw: Path, layer: str) -> Path:
    """The GeoPackage of one layer of what was read."""
    return raw / f"{layer}.gpkg"


def connect(raw: Path) -> sqlite3.Connection:
    """A connection that sees the tables `points`, `lines`, `multipolygons` and `routes` of what was read."""
    database = sqlite3.connect(":memory:")
    database.create_function("osm_number", 2, number, deterministic=True)
    for name, function in (("osm_tagged", tagged), ("osm_json", as_json), ("osm_main", main_value)):
        database.create_function(name, 1, function, deterministic=True)
    database.create_function("osm_colour", 1, colour, deterministic=True)
    several.register(database)
    for layer in (*RAW_LAYERS, routes.LAYER):
        database.execute(f"ATTACH DATABASE ? AS {layer}_file", (str(layer_file(raw, layer)),))
    return database


def _mark_several(raw: Path) -> None:
    """Mark the objects with values that list several (see several.py)."""
    for layer in (*RAW_LAYERS, routes.LAYER):
        keys = {key for table in TABLES if layer in map(RAW.__getitem__, table.source) for key in table.listing}
        with closing(sqlite3.connect(layer_file(raw, layer))) as database, database:
            database.execute("PRAGMA synchronous=OFF")
            several.mark(database, layer, map(column, keys))


def _layers(
    path: Path,
    raw: Path,
    settings: Path,
    runs: tuple[tuple[str, ...], ...],
    box: Box | None,
    indexing: str,
    lacking: incomplete.Incomplete,
    watch: Watch,
) -> bool:
    """Read some layers, one run after the other, each into a file with the name of its first (see _translate)."""
    return all(
        watch.stopped or _translate(path, layer_file(raw, run[0]), settings, run, box, indexing, lacking, watch)
        for run in runs
    )


def _translate(
    path: Path,
    target: Path,
    settings: Path,
    layers: tuple[str, ...],
    box: Box | None,
    indexing: str,
    lacking: incomplete.Incomplete,
    watch: Watch,
) -> bool:
    """Write raw layers; False where the driver's own index of nodes does not take the file's numbers.

    That index wants numbers that are positive and rise, as every extract has them; a file that an editor saved may
    not, and is read with the slower one.
    """
    settled = {
        "OSM_USE_CUSTOM_INDEXING": indexing, "OSM_MAX_TMPFILE_SIZE": _MEMORY_MB, "OGR_SQLITE_SYNCHRONOUS": "OFF",
        "GDAL_NUM_THREADS": "1", "CPL_DEBUG": "OSM", "CPL_TMPDIR": str(target.parent),
    }  # fmt: skip
    with quiet() as errors, options(**settled):
        errors.hear = lacking.hear
        source = result = None
        try:
            source = gdal.OpenEx(
                str(path), gdal.OF_VECTOR, allowed_drivers=["OSM"], open_options=[f"CONFIG_FILE={settings}"]
            )
            if source is not None:
                for layer in layers:
                    source.GetLayerByName(layer).SetSpatialFilter(None if box is None else touched(layer, box))
                result = gdal.VectorTranslate(
                    str(target),
                    source,
                    format="GPKG",
                    layers=list(layers),
                    layerCreationOptions=["SPATIAL_INDEX=NO", "GEOMETRY_NAME=geom"],
                    callback=watch.tell,
                )
        except RuntimeError as error:
            errors.failures.append(str(error))
        finally:
            opened, done = source is not None, result is not None
            source = result = None
    if watch.stopped:
        return True
    if indexing == "YES" and any("OSM_USE_CUSTOM_INDEXING" in message for message in errors.failures):
        return False
    if not opened and not errors.failures:
        # The driver takes it for no file of its own, and has nothing to say to that.
        raise SourceError("bad_source", say("The source {0} {1}.", path.name, say("is no OSM extract")), "source")
    if not opened or not done or _broken(errors):
        raise SourceError("bad_source", say("The source {0} could not be read: {1}.", path.name, errors.text), "source")
    return True


def touched(layer: str, box: Box) -> ogr.Geometry:
    """What an object of a raw layer must touch to be read: the box, and for lines a ray that leads away from it too.

    A closed way round the whole box, as of a forest, touches the box nowhere; but it must cross the ray.
    """
    west, south, east, north = box
    middle = (south + north) / 2
    ray = f", ({east} {middle}, {min(east + _FAR, 180.0)} {middle}, {east} {middle + _THIN}, {east} {middle})"
    return ogr.CreateGeometryFromWkt(
        f"MULTIPOLYGON ((({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"
        + (f", ({ray[2:]})" if layer == "lines" else "")
        + ")"
    )


def _broken(errors: Errors) -> bool:
    """Whether a message tells of a broken file; rings that do not close and the like are data, not faults."""
    faults = ("parsing", "pbf", "blob", "truncat", "error occurred", "unexpected end", "malformed")
    return any(any(word in message.lower() for word in faults) for message in errors.failures)


def _check_tables(raw: Path) -> None:
    with closing(connect(raw)) as database:
        names = {
            row[0] for layer in RAW_LAYERS
            for row in database.execute(sql("SELECT table_name FROM {file!i}.gpkg_contents", file=f"{layer}_file"))
        }  # fmt: skip
    missing = [layer for layer in RAW_LAYERS if layer not in names]
    if missing:
        raise SourceError("bad_source", say("The source gave no {0}.", " and no ".join(missing)), "source")


def data_date(path: Path) -> str:
    """The date of the data (ISO 8601) as the file's header tells it; empty where it does not."""
    return dates.data_date(path)
