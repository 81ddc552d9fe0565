"""How the house is built: the catalogue, and which way imports may run."""

import ast
import subprocess
from collections import Counter
from dataclasses import replace

import pytest

from areas import ROOT
from osm2cdr.processing_provider.formats import registry
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.osm.tables.layers import COMMON_KEYS, TABLES

FREE_OF_QGIS = [
    "errors", "feedback", "text.phrases", "geo.area", "geo.geodesy", "pipeline.events", "request.options",
    "request.checks", "request.papers", "formats.catalogue", "formats.registry", "osm.tables.map_data",
    "osm.tables.layers", "osm.tables.rules", "sources.dates", "sources.opening", "sources.overpass.query",
    "cartography.themes.loading",
]  # fmt: skip


def test_the_catalogue_has_127_formats():
    """At least: whoever adds one more need not ask."""
    assert len(FORMATS) >= 127
    tiers = Counter(item.tier for item in FORMATS.values())
    assert all(tiers[tier] >= count for tier, count in {"free": 20, "basic": 40, "pro": 64, "enterprise": 3}.items())


def test_what_is_not_written_says_so():
    assert len(registry.written_formats()) >= 12
    unwritten = replace(FORMATS["svg"], writer="")
    assert "not available yet" in registry.availability(unwritten)
    for item in registry.written_formats():
        module = registry.writer(item)
        assert callable(module.write)
        assert callable(module.prove)


def test_every_rule_of_the_layer_table_is_sql():
    import sqlite3

    from osm2cdr.processing_provider.osm.tables import layer_sql, numbers, several
    from osm2cdr.processing_provider.osm.tables.rules import column
    from osm2cdr.processing_provider.sources import extract

    database = sqlite3.connect(":memory:")
    database.create_function("osm_number", 2, numbers.number)
    database.create_function("osm_colour", 1, str)
    database.create_function("osm_tagged", 1, bool)
    several.register(database)
    database.execute("ATTACH ':memory:' AS raw")
    keys = [line.split("=", 1)[1] for line in extract.configuration().splitlines() if line.startswith("attributes=")]
    routes = {key for table in TABLES if table.source == ("routes",) for key in table.keys}
    keys[3:] = [",".join({*COMMON_KEYS, *routes})]
    for layer, listed in zip(("points", "lines", "multipolygons", "routes"), keys):
        columns = ", ".join(f'"{column(key)}"' for key in sorted({*listed.split(","), "highway"}))
        database.execute(f"CREATE TABLE raw.{layer} (geom, osm_id, osm_way_id, several, {columns})")
    checked = 0
    for table in TABLES:
        for source in table.source:
            sql = layer_sql.select(table, source, 6)
            assert database.execute(sql).fetchall() == []
            checked += 1
    assert checked > 20


@pytest.mark.parametrize(
    "room", ["processing_provider", "cli", "server", "server/domain", "server/store", "osm2cdr_plugin"]
)
def test_imports_run_one_way(room):
    forbidden = {
        "processing_provider": ("osm2cdr_plugin", "cli", "server", "qgis.gui", "qgis.utils", "QtWidgets"),
        "cli": ("osm2cdr_plugin", "qgis"),
        "server": ("osm2cdr_plugin", "cli", "qgis.gui", "qgis.utils"),
        # What is known of tasks, whatever keeps them and whoever asks.
        "server/domain": ("osm2cdr_plugin", "cli", "store", "api", "engine", "sqlite3", "aiohttp"),
        "server/store": ("osm2cdr_plugin", "cli", "api", "workers", "aiohttp"),
        "osm2cdr_plugin": ("cli", "server"),
    }[room]
    for path in (ROOT / room).rglob("*.py"):
        if "_vendor" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            assert not [
                n for n in names for word in forbidden if word in n.split(".") or f"{n}.".startswith(f"{word}.")
            ], path


def test_nobody_but_its_own_folder_knows_which_store_there_is():
    """SQLite is met in server/store/sqlite, and a store's own folders where one is opened."""
    own, opening, met = ROOT / "server" / "store", ROOT / "server" / "store" / "opening.py", 0
    for path in [path for room in ("server", "cli") for path in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            names += (node.module or "").split(".") if isinstance(node, ast.ImportFrom) else []
            met += "sqlite3" in names
            assert "sqlite3" not in names or path.parent == own / "sqlite", path
            assert not {"sqlite", "local"} & set(names) or path == opening, path
    assert met > 5


def test_what_the_web_process_reads_needs_neither_qgis_nor_gdal():
    code = (
        "import sys, importlib\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('qgis', 'osgeo'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        f"sys.path.insert(0, {str(ROOT / 'build' / 'plugins')!r})\n"
        f"[importlib.import_module('osm2cdr.processing_provider.' + m) for m in {FREE_OF_QGIS!r}]\n"
        "print('free')\n"
    )
    done = subprocess.run(["/usr/bin/python3", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "free\n", done.stderr


def test_the_web_process_needs_neither_qgis_nor_gdal_and_the_supervisor_no_more():
    code = (
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('qgis', 'osgeo', 'processing'): raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        f"sys.path.insert(0, {str(ROOT / 'build' / 'plugins')!r})\n"
        "import osm2cdr.server.web, osm2cdr.server.__main__\n"
        "print('free')\n"
    )
    python = str(ROOT / ".venv" / "bin" / "python")
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "free\n", done.stderr


def test_pages_made_from_tables_are_up_to_date():
    done = subprocess.run([str(ROOT / ".ci" / "docs"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_gallery_shows_every_style():
    from osm2cdr.processing_provider.cartography.themes.loading import style_names

    done = subprocess.run([str(ROOT / ".ci" / "gallery"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    images = ROOT / "docs" / "images"
    drawn = {path.name for path in (images / "gallery").iterdir()}
    assert drawn <= {f"{style}-{area}.webp" for style in style_names() for area in ("helsinki", "monaco")}
    assert len(drawn) >= 2 * 17
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert all(f'"images/gallery/{name}"' in page for name in drawn)
    assert all(f"| **`{style}`**" in page for style in style_names())
    assert all(1000 < path.stat().st_size <= 45_000 for path in (images / "gallery").iterdir())
    assert (images / "helsinki.png").stat().st_size < 300_000
