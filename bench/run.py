"""`make bench`: every benchmark on real data; prints the tables and writes docs/performance.md.

`bench/run.py styles` runs one part alone (reading, growth, batch, formats, drawings, tiles, styles, markers, artwork,
toolpaths, solids, server, scale) and puts it in its place on the page.

The data are those of the tests (OSM2CDR_TEST_DATA, else ../shared/data): Berlin-Wedding's tile repeated ten times ten
makes an extract of 74 MB, larger than a town and denser than most; 18 times 18 one of a region, and of a city each.
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import artwork
import batch
import formats
import growth
import reading
import scale
import styles
import tiles
from drawings import SECTION as DRAWINGS

import server

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("OSM2CDR_TEST_DATA", ROOT.parent / "shared" / "data"))
CITY = ROOT / "build" / "bench" / "city.osm.pbf"
REGION = CITY.with_name("region.osm.pbf")
BOXES = {
    25: "13.519862,52.647817,13.594011,52.692781",
    100: "13.482788,52.625335,13.631086,52.715263",
    400: "13.408639,52.580371,13.705235,52.760227",
}
# In the middle of the region, as wide as high, and the whole of it.
AREAS = {
    25: "13.716048,52.751909,13.790183,52.796833",
    100: "13.678981,52.729447,13.827250,52.819295",
    400: "13.604846,52.684523,13.901385,52.864219",
    1300: "13.485870,52.612434,14.020361,52.936308",
    3000: "13.320000,52.545000,14.186000,53.003000",
}
SAMPLE, CORNER = ROOT / "build" / "sample" / "helsinki.osm.pbf", "24.9440,60.1725,24.9516,60.1775"
WEDDING = "13.3083345,52.5384309,13.3577584,52.5646472"
MONACO = "7.4098,43.7238,7.4387,43.7503"
HEAD = """# Performance

Made by `make bench` on {machine}. Ratios count, seconds are this machine's: every peer ran in the same run, by turns,
three rounds, medians. But for the server's they are seconds of the processor, of all threads and programs together.
"""
READING = """## From an extract to themed, mended, cut tables

The tile of Berlin-Wedding repeated ten times ten (74 MB, {size} objects), detail level 6, all layers; net of process
start, which is shown below, and of the proof. "Lost" are objects that touch the box and are not in the peer's file:
`ogr2ogr -clipsrc` drops areas that are not valid and those that hold the whole box.

Seconds of the clock stood here until 29 November 2026, in which two threads read beside each other: 0.81 of ogr2ogr's
at 25 km2. In seconds of the processor the code of that day took 8.5 to ogr2ogr's 7.0; since small parts of a file are
read in one run, by the same turns, it is 7.0 (the look at the whole file before, 0.9 s, is not in it).

{table}
"""
GROWTH = """## From a town to a region

Berlin-Wedding's tile repeated 18 times 18 (239 MB, 3,150 km2, as dense everywhere), detail level 3, style `minimal`,
seconds of the processor for the whole job; without a store where that is not too long to wait for. Beside it `ogr2ogr
-spat -clipsrc`, which themes, mends, simplifies and draws nothing. Below, seconds and the highest memory of each step.

{table}
"""
BATCH = """## The batch example over dense cities

The example of the API, byte for byte but for address and key, with three workers: each city is the same tile 18 times
18. Each has 180 seconds of its own; two jobs run at once.

{table}
"""
FORMATS = """## Writing

Monaco, detail level 5, in UTM where a format's default is that. Where the time goes is mostly the format's library.

{table}
"""
TILES = """## Tiles

400 km2 of the town of 74 MB as PMTiles, detail level {level} (zooms up to {highest}), the whole job once. tilemaker has
the OpenMapTiles schema of its own example, which holds fewer objects and tags; tippecanoe encodes the objects of our
own file as one layer. The store of an extract is made once, for all jobs of it. Memory is that of the largest process.

{table}
"""
STYLES = """## Styling and drawing

Monaco on A4, its tables already cut. "Styling" makes QGIS's layers with symbols, labels and places for names; the PNG
has {dpi} DPI; "recording" makes the drawing that all vector formats share, and counts in their ratios. Beside it, QGIS
alone: the same tables with its default single symbols and without names as a PNG; and its layout exporter with our
styled layers.

{table}
"""
MARKERS = """## A project's markers

5,000 points with an SVG marker of QGIS's own library, exported by `exportcanvas` as SVG (recorded, written and proved),
and the same layer rendered by QGIS itself. A marker is painted once and is a symbol of the file.

{table}
"""
ARTWORK = """## Artwork

Monaco on A4, detail level {level}: one recorded drawing as each format. Beside it Qt's QSvgGenerator, into which QGIS
paints the same layers; its file has no layers and no names, and its seconds are all that there is. The larger drawings
are that one side by side, up to so many objects; memory is what writing took at most beside the drawing itself.
LibreOffice is stopped when it has taken twelve times as long as writing took.

Seconds of the clock stood here until 29 November 2026, 0.10 for SVG and 0.14 for PDF. By turns on one machine the code
of that day takes 0.13 and 0.16 seconds of the processor, today's 0.13 and 0.17 for 3 % more objects.

{table}
"""
SERVER = """## The server

A corner of central Helsinki (0.2 km2, detail level 3), by turns, medians of {rounds}: the bare algorithm in a process
that has run it before; the same through a server that has had nothing to do for a second, from POST to completed; a
second task right behind the first, for which a child waits as well (for a third none does); and a qgis_process from its
start.

{table}

{polling}
"""
SOLIDS = """## Buildings with roofs

10,000 buildings of Berlin-Wedding, each with one of the twelve shapes of roofs by turns, from their footprints to a
file; beside it trimesh's `extrude_polygon` of the same footprints, one by one, with flat roofs and without a file. Ours
are closed bodies in which houses that touch are one; trimesh's stand in each other.

{table}
"""
TOOLPATHS = """## Toolpaths

Monaco on A4, detail level 5: the lines of each operation of a plotter, thrown together and put in order, and the same
lines by vpype's `linesort`; vpype's seconds are of its whole run.

{table}
"""
SCALE = """## The server with a million tasks

Each documented call in turn, over one connection that is kept, while files that no task has are swept and tasks whose
time is over expire; jobs do nothing. Below, how long each transaction held the write lock, and how late the event loop
was.

{table}
"""
# As they stand on the page.
SECTIONS = (
    READING,
    GROWTH,
    BATCH,
    FORMATS,
    DRAWINGS,
    TILES,
    STYLES,
    ARTWORK,
    SERVER,
    MARKERS,
    TOOLPATHS,
    SOLIDS,
    SCALE,
)


def large(path: Path, side: int) -> Path:
    """An extract of a tile repeated, made once."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name("draft.osm.pbf")
        script, tile = DATA / "replicate.py", DATA / "wedding-tile.osm.pbf"
        subprocess.run([sys.executable, str(script), str(tile), str(draft), str(side), str(side)], check=True)
        draft.rename(path)
    return path


def part_reading() -> str:
    """The section on reading."""
    source = str(large(CITY, 10))
    told = subprocess.run(["osmium", "fileinfo", "-e", "-j", source], check=True, capture_output=True, text=True).stdout
    counts = json.loads(told)["data"]["count"]
    size = f"{sum(counts[kind] for kind in ('nodes', 'ways', 'relations')):,}"
    return READING.format(size=size, table=reading.report(source, list(BOXES.values())))


def part_growth() -> str:
    """The section on areas of all sizes."""
    return GROWTH.format(table=growth.report(str(large(REGION, 18)), AREAS, 400))


def part_batch() -> str:
    """The section on the documented example."""
    return BATCH.format(table=batch.report(DATA / "wedding-tile.osm.pbf", CITY.with_name("cities")))


def part_formats() -> str:
    """The section on writing."""
    return FORMATS.format(table=formats.report(str(DATA / "monaco.osm.pbf"), MONACO))


def part_tiles() -> str:
    """The section on tiles."""
    table = tiles.report(str(large(CITY, 10)), BOXES[400])
    return TILES.format(level=tiles.LEVEL, highest=tiles.HIGHEST, table=table)


def part_styles() -> str:
    """The section on drawing."""
    return STYLES.format(dpi=styles.DPI, table=styles.report(str(DATA / "monaco.osm.pbf"), MONACO))


def part_markers() -> str:
    """The section on a project's markers."""
    return MARKERS.format(table=_alone("markers.py"))


def _alone(program: str, *words: str) -> str:
    """What a benchmark prints in a process of its own, which ends with its QGIS."""
    command = [sys.executable, str(ROOT / "bench" / program), *words]
    return subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True).stdout.strip()


def part_solids() -> str:
    """The section on 3D models."""
    return SOLIDS.format(table=_alone("solids.py", str(DATA / "berlin-wedding.osm.pbf"), WEDDING))


def part_artwork() -> str:
    """The section on artwork."""
    return ARTWORK.format(level=artwork.LEVEL, table=artwork.report(str(DATA / "monaco.osm.pbf"), MONACO))


def part_server() -> str:
    """The section on the server."""
    table, polling = server.report(str(SAMPLE), CORNER)
    return SERVER.format(rounds=server.ROUNDS, table=table, polling=polling)


def part_scale() -> str:
    """The section on many tasks."""
    return SCALE.format(table=scale.report())


PARTS = {
    "reading": part_reading,
    "growth": part_growth,
    "batch": part_batch,
    "formats": part_formats,
    "drawings": lambda: DRAWINGS.format(table=_alone("drawings.py", str(large(CITY, 10)), BOXES[25])),
    "tiles": part_tiles,
    "styles": part_styles,
    "markers": part_markers,
    "solids": part_solids,
    "artwork": part_artwork,
    "toolpaths": lambda: TOOLPATHS.format(table=_alone("toolpaths.py", str(DATA / "monaco.osm.pbf"), MONACO)),
    "server": part_server,
    "scale": part_scale,
}


def main() -> None:
    """Run what is asked for, print it, write the page."""
    asked = sys.argv[1:] or list(PARTS)
    if set(asked) - set(PARTS):
        sys.exit(f"The parts are {', '.join(PARTS)}.")
    if not (DATA / "replicate.py").exists():
        sys.exit(f"The data are not in {DATA}; OSM2CDR_TEST_DATA names their folder.")
    from osgeo import gdal
    from qgis.core import Qgis

    versions = f"QGIS {Qgis.QGIS_VERSION.split('-')[0]}, GDAL {gdal.VersionInfo('RELEASE_NAME')}"
    head = HEAD.format(machine=f"{os.cpu_count()} cores, {versions}, {platform.system()}")
    page = ROOT / "docs" / "performance.md"
    sections = {text.split("\n", 1)[0]: f"## {text}" for text in page.read_text(encoding="utf-8").split("\n## ")[1:]}
    for name, part in PARTS.items():
        if name in asked:
            text = part()
            sections[text.split("\n", 1)[0][3:]] = text
            print(text)
    titles = [text.split("\n", 1)[0][3:] for text in SECTIONS]
    # The last ones are not made here.
    ordered = [sections[title] for title in [*titles, *(title for title in sections if title not in titles)]
               if title in sections]  # fmt: skip
    page.write_text("\n".join(text.rstrip() + "\n" for text in [head, *ordered]), encoding="utf-8")


if __name__ == "__main__":
    main()
