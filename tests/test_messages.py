"""A fault is told by the name that the dialog has for the parameter, whatever the request calls its field."""

import pytest

from areas import SAMPLE

GOOD = {"EXTENT": "24.942,24.947,60.169,60.1715 [EPSG:4326]", "SOURCE": str(SAMPLE), "OUTPUT_FOLDER": "/tmp/never"}
BAD = {
    "EXTENT": "10,10,50,50 [EPSG:4326]", "FORMATS": "svgg", "STYLE": "darkk", "DETAIL_LEVEL": 9, "LAYERS": "roadz",
    "CRS": "31370", "SOURCE": "/nowhere.osm.pbf", "PAGE": "A17", "ORIENTATION": "askew", "SCALE": 7, "DPI": 7,
    "TITLE": "two\nlines", "NAME": "a/b", "TEXT": "loud", "COLORS": "grey", "OPTIONS": "{", "TIMEOUT": 0,
    "TAGS": "some", "LANGUAGE": "german",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_told_in_the_words_of_the_dialog(qgis, name):
    from qgis.core import QgsProcessingContext

    from osm2cdr.processing_provider.algorithms.exportarea import ExportArea

    algorithm = ExportArea().create()
    label = algorithm.parameterDefinition(name).description().partition(" (")[0]
    good, said = algorithm.checkParameterValues({**GOOD, name: BAD[name]}, QgsProcessingContext())
    assert not good
    assert said.startswith(f"{label}: ")
    # Nothing of the command line, and not twice.
    assert "--" not in said
    assert said.count(f"{label}: ") == 1


def test_all_parameters_that_can_be_wrong_are_tried(qgis):
    from osm2cdr.processing_provider.algorithms.exportarea import ExportArea

    algorithm = ExportArea().create()
    names = {parameter.name() for parameter in algorithm.parameterDefinitions()}
    # Polygons come as a layer, and these take anything.
    assert names - set(BAD) == {"MASK", "OVERWRITE", "OUTPUT_FOLDER"}
