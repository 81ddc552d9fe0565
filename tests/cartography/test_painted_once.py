"""A picture that several formats want is painted once, and none of them sees what another did to it."""

import numpy as np
import pytest
from PIL import Image

from areas import SAMPLE
from osm2cdr.processing_provider.cartography.rendering import paint
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

BOX = (24.9416, 60.1690, 24.9440, 60.1705)


def run(folder, formats):
    fields = {"bbox": BOX, "formats": formats, "detail": 4, "source": str(SAMPLE), "name": "x", "dpi": 60}
    return {result.format: result for result in pipeline.run(make_request(fields), folder, Feedback())}


@pytest.fixture
def count(monkeypatch):
    """How often a map was painted."""
    seen = []
    real = paint.paint
    monkeypatch.setattr(paint, "paint", lambda *words, **more: seen.append(1) or real(*words, **more))
    return seen


def test_each_page_is_painted_once_for_all_its_formats(qgis, tmp_path, count):
    together = run(tmp_path, "png,bmp,jpg,geotiff,jp2")
    # The sheet, and the map in its CRS alone.
    assert len(count) == 2
    for name in ("bmp", "jpg", "geotiff", "png"):
        one, other = (Image.open(made[name].path) for made in (together, run(tmp_path / name, name)))
        assert (one.mode, one.size, set(one.info)) == (other.mode, other.size, other.info.keys()), name
        # Qt paints letters a grey value or two otherwise from run to run.
        apart = np.abs(np.asarray(one.convert("RGB"), int) - np.asarray(other.convert("RGB"), int))
        assert apart.mean() < 0.05, name
    assert len(count) == 6
