"""The band of a sheet's title is there where a letter of it can be drawn."""

import pytest
import scripts_data

from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request


@pytest.mark.parametrize("page", ["fit", "A5"])
@pytest.mark.parametrize(("title", "has_band"), [("🍕🍕", False), ("   ", False), ("", False), ("🍕 Giza", True)])
def test_a_title_that_no_font_has_leaves_no_band(qgis, tmp_path, page, title, has_band):
    fields = {"bbox": scripts_data.BOX, "formats": "svg", "source": "sample", "title": title, "page": page}
    (made,) = Stages(make_request(fields), tmp_path).plan.pages.values()
    assert (made.sheet.head is not None) == has_band
