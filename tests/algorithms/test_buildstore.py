"""The algorithm that builds a store: what it gives back and says, and that its button stops it."""

import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.osm.store import keeper


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of stores of this test alone."""
    monkeypatch.setenv(keeper.VARIABLE, str(tmp_path / "stores"))
    return tmp_path / "stores"


def run(source, stop=lambda percent: False):
    """The outputs of the algorithm, and what it reported: percents and sentences; `stop` may press the button."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback

    from osm2cdr.processing_provider.algorithms.buildstore import BuildStore

    class Heard(QgsProcessingFeedback):
        percents, said = [], []

        def setProgress(self, percent):  # noqa: N802
            self.percents.append(percent)
            if stop(percent):
                self.cancel()

        def pushInfo(self, text):  # noqa: N802
            self.said.append(text)

    heard = Heard()
    heard.percents, heard.said = [], []
    algorithm = BuildStore().create()
    outputs, good = algorithm.run({"SOURCE": str(source)}, QgsProcessingContext(), heard)
    return outputs, good, heard


def test_a_store_is_built_and_its_extract_handed_on(folder, qgis):
    outputs, good, heard = run(SAMPLE)
    (entry,) = keeper.listed()
    assert good
    assert outputs == {"EXTRACT": str(SAMPLE), "ROWS": entry.rows, "BYTES": entry.bytes}
    assert heard.percents == sorted(heard.percents)
    assert heard.percents[-1] == 100
    assert heard.said[-1].startswith(f"The store of {SAMPLE.name}: {entry.rows} rows, ")
    before = (folder / entry.key / "blocks").stat().st_mtime_ns
    assert run(SAMPLE)[0] == outputs
    assert (folder / entry.key / "blocks").stat().st_mtime_ns == before


def test_the_button_stops_it_and_nothing_stays(folder, qgis):
    outputs, good, heard = run(SAMPLE, lambda percent: percent > 50)
    assert (outputs, good) == ({}, True)
    assert heard.said[-1] == "Cancelled: nothing was written."
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("overpass", "The source overpass is not a file."),
        ("/nowhere.osm.pbf", "The source /nowhere.osm.pbf is not a file; give"),
    ],
)
def test_a_source_that_is_no_file_is_one_sentence(folder, qgis, source, said):
    from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

    from osm2cdr.processing_provider.algorithms.buildstore import BuildStore

    algorithm = BuildStore().create()
    with pytest.raises(QgsProcessingException, match=f"^OpenStreetMap extract: {said}"):
        algorithm.processAlgorithm({"SOURCE": source}, QgsProcessingContext(), QgsProcessingFeedback())
