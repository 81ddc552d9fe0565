"""Shared fixtures: QGIS without a display, the sample area, one export of it in every format."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "build" / "sample" / "helsinki.osm.pbf"
SHARED = Path(os.environ.get("OSM2CDR_TEST_DATA", ROOT.parent / "shared" / "data"))
AREAS = {
    "sample": (SAMPLE, (24.9368, 60.1652, 24.9516, 60.1775)),
    "monaco": (SHARED / "monaco.osm.pbf", (7.4098, 43.7238, 7.4387, 43.7503)),
}


@pytest.fixture(scope="session")
def qgis():
    """A QgsApplication for the whole run."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    yield application
    application.exitQgis()


@pytest.fixture(scope="session")
def export(qgis, tmp_path_factory):
    """export(area, style): all formats of one area, made once; the results by format."""
    from osm2cdr.processing_provider import pipeline
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.registry import written_formats
    from osm2cdr.processing_provider.request import make_request

    made = {}

    def run(area, style="default"):
        source, bbox = AREAS[area]
        if not source.exists():
            pytest.skip(f"{source} is not there")
        if (area, style) not in made:
            names = [item.id for item in written_formats() if style == "default" or item.view == "picture"]
            fields = {"bbox": bbox, "formats": names, "style": style, "detail": 5, "source": str(source), "dpi": 150}
            folder = tmp_path_factory.mktemp(f"{area}-{style}")
            results = pipeline.run(make_request(fields), folder, Feedback())
            assert [result.error for result in results] == [None] * len(results)
            made[area, style] = {result.format: result for result in results}
        return made[area, style]

    return run
