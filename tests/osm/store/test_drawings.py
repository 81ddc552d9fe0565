"""A picture and a drawing are the same with a store and without: of names in many scripts too."""

import pytest
import scripts_data

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.store import keeper
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

SCRIPTS = ("arabic", "japanese", "thai", "cyrillic")
# Qt paints a drawing that is the same to the byte with edges that are another by a level or two, at each run.
LEVELS, SHARE = 16, 0.001


def drawn(source, folder):
    """The picture as an image, the drawings as bytes, and what was said."""
    from qgis.PyQt.QtGui import QImage

    told = []
    fields = {"bbox": list(scripts_data.BOX), "formats": "png,svg,cdr", "source": str(source), "detail": 4, "dpi": 72}
    results = pipeline.run(make_request(fields), folder, Feedback(None, lambda *said: told.append(said)))
    assert [result.error for result in results] == [None] * 3
    paths = {result.format: result.path for result in results}
    return QImage(str(paths["png"])), [paths[name].read_bytes() for name in ("svg", "cdr")], told


@pytest.mark.one_system("the rows are compared on both")
def test_a_store_changes_no_drawing(stores, tmp_path, qgis):
    import numpy as np

    source = tmp_path / "town.osm"
    scripts_data.write(source, SCRIPTS)
    picture, drawings, told = drawn(source, tmp_path / "plain")
    keeper.make(source, Feedback())
    other, *same = drawn(source, tmp_path / "stored")
    assert same == [drawings, told]
    pixels = []
    for image in (picture, other):
        image = image.convertToFormat(image.Format.Format_RGB888)
        data = image.constBits().asstring(image.sizeInBytes())
        pixels.append(np.frombuffer(data, np.uint8).reshape(image.height(), -1)[:, : 3 * image.width()])
    assert (abs(np.subtract(*pixels, dtype=np.int16)) > LEVELS).mean() < SHARE
