"""Which way imports run between the rooms: from the lower to the higher, and no two files import each other."""

import ast

import pytest

from areas import ROOT

OUTER = ("osm2cdr_plugin", "cli", "server")
ROOMLESS = ("osm2cdr_plugin", "cli")
# Each row may import what stands above it, and its own rooms each other. A longer name is more special.
ORDER = (
    ("errors", "feedback", "background", "tools", "libraries", "text"),
    ("geo",),
    ("osm.tables",),
    ("sources",),
    ("formats.catalogue", "formats.registry", "formats.press_profile"),
    ("cartography.themes", "cartography.fonts"),
    ("request",),
    ("osm", "network", "scene"),
    ("cartography.features",),
    ("cartography.occupancy",),
    ("cartography.symbology",),
    ("cartography.rendering.picture", "cartography.rendering.entries"),
    ("cartography.sheet",),
    ("cartography.rendering",),
    ("cartography.stages",),
    ("cartography.labels",),
    ("cartography", "cartography.styles"),
    (
        "drawing.alike",
        "drawing.model",
        "drawing.pieces",
        "drawing.shapes",
        "drawing.shaping",
        "drawing.spans",
        "drawing.straight",
        "drawing.things",
        "drawing.winding",
    ),
    ("drawing.record",),
    ("drawing.clean",),
    ("drawing.layouts", "drawing.toolpaths"),
    ("tiles",),
    ("webmap",),
    ("formats",),
    ("pipeline",),
    ("algorithms",),
    ("provider",),
)
# The same of the server, which stands above all of those.
SERVER = (
    ("domain", "provider_settings", "settings", "logs", "disk_space", "sources", "starting"),
    ("version",),
    ("store.errors", "store.blobs", "store.bell", "store.people", "store.identities", "store.places"),
    ("store.interfaces",),
    ("store.sqlite", "store.local"),
    ("store.opening",),
    ("workers", "web_processes"),
    ("quickstart",),
    ("api",),
    ("website",),
    ("connection_limit", "web", "__main__"),
)
RANK = {f"processing_provider.{room}": number for number, row in enumerate(ORDER) for room in row}
RANK.update({f"server.{room}": len(ORDER) + number for number, row in enumerate(SERVER) for room in row})


def modules():
    """The file of each module of the product, by its dotted name below the package."""
    found = {}
    for room in ("processing_provider", *OUTER):
        for path in (ROOT / room).rglob("*.py"):
            if "_vendor" not in path.parts:
                parts = path.relative_to(ROOT).with_suffix("").parts
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(module, path, known):
    """What a file imports of the product, wherever in it: also for types alone, and inside functions."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        parts = package.split(".")
        base = ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])
        for alias in node.names:
            found.add(f"{base}.{alias.name}" if f"{base}.{alias.name}" in known else base)
    return found & known.keys()


@pytest.fixture(scope="module")
def graph():
    known = modules()
    return {module: imported(module, path, known) for module, path in known.items()}


def rank(module):
    """The row of the room that a module stands in; None outside."""
    while module and module not in RANK:
        module = module.rpartition(".")[0]
    return RANK.get(module)


def test_every_module_is_in_a_room(graph):
    roomless = [
        module for module in graph if module.count(".") and not module.startswith(ROOMLESS) and rank(module) is None
    ]
    assert [module for module in roomless if modules()[module].stat().st_size] == []
    assert len(graph) > 300


def test_imports_run_from_room_to_room_one_way(graph):
    wrong = [
        f"{module} imports {other}"
        for module, others in graph.items()
        for other in others
        if rank(module) is not None and rank(other) is not None and rank(other) > rank(module)
    ]
    assert wrong == []


def test_no_two_files_import_each_other(graph):
    def reached(start):
        seen, waiting = set(), list(graph[start])
        while waiting:
            module = waiting.pop()
            if module not in seen:
                seen.add(module)
                waiting += graph[module]
        return seen

    assert [module for module in graph if module in reached(module)] == []


def test_a_wrong_import_is_found(graph):
    """Each kind: at the top of a file, inside a function, for types alone."""
    assert "processing_provider.geo.area" in graph["processing_provider.geo.projection"]
    assert "processing_provider.drawing.record.recorder" in graph["processing_provider.pipeline.drawings"]
    assert "processing_provider.scene.model" in graph["processing_provider.pipeline.stages"]
    assert rank("processing_provider.formats.catalogue") < rank("processing_provider.request.checks")
    assert rank("server.api.tasks") > rank("server.store.sqlite.jobs") > rank("server.domain.jobs")
    assert "server.store.interfaces" in graph["server.store.sqlite.connections"]
    assert rank("processing_provider.formats.gis.gpkg") > rank("processing_provider.drawing.clean.tidy")
