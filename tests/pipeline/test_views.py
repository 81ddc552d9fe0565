"""Each view is a type with one builder; a word of the catalogue that nobody knows raises, and nothing falls through."""

import copy
import csv
import importlib

import pytest

from areas import AREAS, ROOT
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats import catalogue
from osm2cdr.processing_provider.formats.catalogue import CRS_RULES, FORMATS, VIEWS
from osm2cdr.processing_provider.formats.registry import written_formats
from osm2cdr.processing_provider.geo import projection
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.plan import crs_of

CATALOGUE = ROOT / "processing_provider" / "formats" / "catalogue.csv"
BOX = "24.94,60.168,24.942,60.169"
WRITTEN = [item.id for item in written_formats()]


def rows():
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "column", ["view", "tier", "crs", "geometries", "layers", "notice", "texts", "attributes", "abilities"]
)
@pytest.mark.parametrize("which", ["written", "not yet written"])
def test_a_word_that_nobody_knows_raises(column, which):
    some = rows()
    row = some[0]
    if which == "not yet written":
        row["writer"] = ""
    row[column] = "sculpture"
    with pytest.raises(ValueError, match=f"{row['id']} has the {column} 'sculpture'; there are"):
        catalogue.read(some)


def test_a_page_in_degrees_and_an_id_that_is_there_twice_raise():
    some = rows()
    next(row for row in some if row["view"] == "picture")["crs"] = "4326"
    with pytest.raises(ValueError, match="is a page"):
        catalogue.read(some)
    with pytest.raises(ValueError, match="is there twice"):
        catalogue.read([*rows(), rows()[0]])


def test_each_view_is_a_class_and_has_one_builder(qgis):
    from osm2cdr.processing_provider.pipeline.view_builders import BUILDERS

    assert set(BUILDERS) == set(VIEWS)
    for place in VIEWS.values():
        module, name = place.rsplit(".", 1)
        assert isinstance(getattr(importlib.import_module(f"osm2cdr.processing_provider.{module}"), name), type)
    assert {item.view for item in FORMATS.values()} == set(VIEWS)


@pytest.mark.parametrize("rule", CRS_RULES)
def test_each_rule_of_a_crs_has_its_crs(rule):
    """By itself, and whether another one that is asked for is heeded."""
    asked = make_request({"bbox": BOX, "formats": "svg", "crs": "EPSG:3067"})
    own = make_request({"bbox": BOX, "formats": "svg"})
    expected = {
        "page": "", "utm": "EPSG:32635", "4326": "EPSG:4326", "lonlat": "EPSG:4326",
        "local": projection.local_crs(own.area), "3857": "EPSG:3857",
        "zone": "EPSG:32635", "platecarree": projection.plate_carree(own.area), "mercator": "EPSG:3395",
    }[rule]  # fmt: skip
    for item in FORMATS.values():
        if item.crs == rule:
            assert crs_of(own, item) == expected, item.id
            assert crs_of(asked, item) == (expected if item.has_fixed_crs else "EPSG:3067"), item.id


def asked(*names):
    fields = {"bbox": BOX, "formats": names, "crs": "EPSG:3067", "source": str(AREAS["sample"][0]), "detail": 3}
    return make_request(fields)


@pytest.fixture(scope="module")
def read(qgis, tmp_path_factory):
    """The area read once for all formats, with what was made of it so far."""
    from osm2cdr.processing_provider.pipeline.stages import Stages

    stages = Stages(asked(*WRITTEN), tmp_path_factory.mktemp("views"))
    stages.read(Feedback())
    return stages


@pytest.mark.parametrize("name", WRITTEN)
def test_each_format_gets_the_class_of_its_row_in_its_crs(read, name):
    """And a CRS that is asked for in vain is told."""
    from osm2cdr.processing_provider.pipeline import view_builders

    item, told, stages = FORMATS[name], [], copy.copy(read)
    stages.request = asked(name)
    view = view_builders.build(stages, item, Feedback(None, lambda code, text: told.append(code)))
    assert f"{type(view).__module__}.{type(view).__name__}" == f"osm2cdr.processing_provider.{VIEWS[item.view]}"
    assert ("crs_ignored" in told) == item.has_fixed_crs
    if item.view in ("data", "drawing", "network"):
        assert view.crs == crs_of(stages.request, item)


def test_formats_that_keep_their_crs_tell_it_in_one_sentence(qgis, tmp_path):
    """The job once, each of their files as well; of a format that heeds it nothing is told."""
    from osm2cdr.processing_provider.pipeline import run

    told = []
    fields = {"bbox": BOX, "formats": "glb,geojson,kml,stl", "crs": "EPSG:3067", "source": str(AREAS["sample"][0])}
    feedback = Feedback(None, lambda code, text: told.append(str(text)) if code == "crs_ignored" else None)
    results = run.run(make_request({**fields, "detail": 3}), tmp_path, feedback)
    names = [FORMATS[name].name for name in ("glb", "stl")]
    local = f"Always in metres round the middle of the area: {', '.join(names)}."
    assert local in told
    assert len(told) == len(set(told)) == 1 + sum(FORMATS[name].has_fixed_crs for name in ("geojson", "kml"))
    assert [local in map(str, result.told) for result in results] == [True, False, False, True]


@pytest.mark.one_system("types, which are of no version")
def test_the_writers_are_held_to_their_views(tmp_path):
    """The check of `make lint`, by a catalogue in which a table's writer would get a picture."""
    import shutil
    import subprocess

    copy = tmp_path / "a copy"
    copy.mkdir()
    for name in (".ci", "processing_provider", "__init__.py", "pyproject.toml", "metadata.txt"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    for name in ("cli", "server", "osm2cdr_plugin", "i18n"):
        (copy / name).symlink_to(ROOT / name)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    subprocess.run([str(copy / ".ci" / "links")], check=True, capture_output=True)
    catalogue = copy / "processing_provider" / "formats" / "catalogue.csv"
    text = catalogue.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("geotiff,"))
    catalogue.write_text(text.replace(row, row.replace(",image.geotiff,", ",gis.shp,")), encoding="utf-8")
    done = subprocess.run([str(copy / ".ci" / "writers")], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "geotiff_writer" in done.stdout or "Writer[Picture]" in done.stdout
    assert "Found 1 error" in done.stdout
