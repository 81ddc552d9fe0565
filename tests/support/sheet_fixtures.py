"""Fixtures of the tests of sheets: the sample's roads on one, and one without a map."""

import pytest

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request import pages
from osm2cdr.processing_provider.request.checks import make_request

SAMPLE, BOX = AREAS["sample"]
DATE = "2024-05-06T07:08:09Z"


def request(**fields):
    area = {} if "geometry" in fields else {"bbox": BOX}
    return make_request({**area, "formats": "svg", "source": str(SAMPLE), **fields})


@pytest.fixture(scope="module")
def picture(qgis, tmp_path_factory):
    """picture(**fields): the sample's roads on a sheet; read once."""
    folder, staged = tmp_path_factory.mktemp("sheets"), {}

    def make(**fields):
        asked = request(**{"detail": 3, "layers": "roads", **fields})
        line = Stages(asked, folder)
        key = asked.detail, asked.layers
        if key not in staged:
            staged[key] = Stages(asked, tmp_path_factory.mktemp("read")).staged(Feedback())
        line._staged[asked.detail], line._reading.date = staged[key], DATE
        for path in folder.glob("*.gpkg"):
            path.unlink()
        return line.picture(asked.crs, Feedback())

    return make


@pytest.fixture(scope="module")
def bare(qgis):
    """bare(**fields): a picture without a map."""
    from osm2cdr.processing_provider.cartography.fonts import font_files
    from osm2cdr.processing_provider.cartography.rendering.picture import Picture, reference_system
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    font_files.register()

    def make(**fields):
        page = pages.make_page(request(**fields))
        theme = load_theme(fields.get("style", "default"))
        return Picture([], page, reference_system(page.crs), "#FFFFFF", theme, date=DATE)

    return make


def drawing(view):
    from osm2cdr.processing_provider.drawing.clean.tidy import tidy
    from osm2cdr.processing_provider.drawing.record.recorder import record

    return tidy(record(view, Feedback()))


def written(view, name, path, dpi=36):
    from osm2cdr.processing_provider.cartography.rendering.picture import Picture
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import writer

    file = path / f"sheet_{name}.{FORMATS[name].extension}"
    if FORMATS[name].view == "drawing" and isinstance(view, Picture):
        view = drawing(view)
    done = writer(FORMATS[name]).write(view, file, Job(FORMATS[name], dpi=dpi))
    writer(FORMATS[name]).prove(file, view, done)
    return file
