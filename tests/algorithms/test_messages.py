"""A fault is told by the name that the dialog has for the parameter, whatever the request calls its field."""

import re

import pytest

from areas import SAMPLE

GOOD = {"EXTENT": "24.942,24.947,60.169,60.1715 [EPSG:4326]", "SOURCE": str(SAMPLE), "OUTPUT_FOLDER": "/tmp/never"}
BAD = {
    "EXTENT": "10,10,50,50 [EPSG:4326]", "FORMATS": "svgg", "STYLE": "darkk", "DETAIL_LEVEL": 9, "LAYERS": "roadz",
    "CRS": "31370", "SOURCE": "/nowhere.osm.pbf", "PAGE": "A17", "ORIENTATION": "askew", "SCALE": 7, "DPI": 7,
    "TITLE": "two\nlines", "NAME": "a/b", "TEXT": "loud", "COLORS": "grey", "OPTIONS": "{", "TIMEOUT": 0,
    "TAGS": "some", "LANGUAGE": "german", "PROFILE": "/nowhere.icc", "POIS": "muzeum", "SHEET": "legnd",
    "MAGNIFY": "huge", "OVERLAY": "/nowhere.gpx", "SUBTITLE": "two\nlines",
}  # fmt: skip


# What of the algorithms' parameters takes anything, or is tried beside its layers in tests of their own.
ANYTHING = {"REQUEST", "MASK", "INPUT", "THEME", "OVERWRITE", "OUTPUT_FOLDER", "OUTPUT"}
ALGORITHMS = {"exportarea": "ExportArea", "exportformat": "ExportFormat", "downloadosm": "DownloadOsm"}


def made(name):
    from importlib import import_module

    module = import_module(f"osm2cdr.processing_provider.algorithms.{name}")
    return getattr(module, {**ALGORITHMS, "exportcanvas": "ExportCanvas", "applystyle": "ApplyStyle"}[name])().create()


def label(algorithm, name):
    return algorithm.parameterDefinition(name).description().partition(" (")[0]


def test_a_fault_is_told_in_the_words_of_the_dialog(qgis):
    from qgis.core import QgsProcessingContext

    for algorithm in map(made, ALGORITHMS):
        names = {parameter.name() for parameter in algorithm.parameterDefinitions()}
        wrong = {"FORMAT": "svgg", **BAD}
        # Nothing that can be wrong is left untried.
        assert names - set(wrong) <= ANYTHING
        for name in names & set(wrong):
            good, said = algorithm.checkParameterValues({**GOOD, name: wrong[name]}, QgsProcessingContext())
            assert not good, name
            assert said.startswith(f"{label(algorithm, name)}: "), said
            # Nothing of the command line or of requests, and not twice.
            assert "--" not in said
            assert said.count(f"{label(algorithm, name)}: ") == 1
            assert not re.search(r"\b(bbox|dpi|detail_level|DETAIL_LEVEL|EXTENT|MASK|INPUT|TIMEOUT|SOURCE)\b", said), (
                said
            )


@pytest.mark.parametrize(
    ("name", "field", "text", "shown"),
    [
        ("exportarea", "", "The server is busy; take an extract with SOURCE.",
         "The server is busy; take an extract with “OpenStreetMap data”."),
        ("downloadosm", "timeout", "No whole answer within TIMEOUT; raise TIMEOUT, or go.",
         "Seconds that Overpass may take: No whole answer within “Seconds that Overpass may take”; raise “Seconds that "
         "Overpass may take”, or go."),
        ("exportformat", "input", "The layer 'INPUT' of INPUT cannot be read.",
         "Layers in place of OpenStreetMap: The layer 'INPUT' of “Layers in place of OpenStreetMap” cannot be read."),
        ("applystyle", "input", "The layer 'x' of INPUT cannot be read.",
         "Layers or GeoPackage: The layer 'x' of “Layers or GeoPackage” cannot be read."),
        ("exportcanvas", "dpi", "The dpi 7 is not a whole number from 36 to 1200.",
         "Resolution in DPI: The “Resolution in DPI” 7 is not a whole number from 36 to 1200."),
        ("exportarea", "source", "The source /a/SOURCE.osm.pbf is empty.",
         "OpenStreetMap data: The source /a/SOURCE.osm.pbf is empty."),
    ],
)  # fmt: skip
def test_parameters_inside_a_sentence_go_by_their_labels(qgis, name, field, text, shown):
    from osm2cdr.processing_provider.algorithms.speaking import about, said

    algorithm = made(name)
    dpi = algorithm.parameterDefinition("DPI")
    if dpi is not None:
        shown = shown.replace("Resolution in DPI", dpi.description().partition(" (")[0])
    assert about(algorithm, field) + said(algorithm, text) == shown


def test_the_command_line_speaks_of_its_options():
    from osm2cdr.cli.wording import said

    text = "No answer within TIMEOUT; raise TIMEOUT, or take an extract with SOURCE."
    assert said(text) == "No answer within --timeout; raise --timeout, or take an extract with --source."
    assert said("The source /a/SOURCE.osm is 'SOURCE'.") == "The source /a/SOURCE.osm is 'SOURCE'."
    assert said("Give OSM2CDR_SOURCE and --bbox.") == "Give OSM2CDR_SOURCE and --bbox."
