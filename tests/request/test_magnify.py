"""A map that is enlarged as a whole: paper, scale and place are those asked for, letters and lines larger."""

import re

import pytest
from PIL import Image

from areas import AREAS
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.pages import make_page

BOX = (24.9413, 60.1690, 24.9488, 60.1724)
DPI = 72


def fields(**more):
    return {"bbox": BOX, "formats": "svg", "page": "A5", **more}


@pytest.mark.parametrize("page", ["A4", ""])
@pytest.mark.parametrize("factor", ["1", "1.4", "3"])
def test_the_paper_and_the_scale_are_those_asked_for(page, factor):
    made = make_page(make_request(fields(page=page, scale=5000, magnify=factor)))
    assert made.printed_scale == 5000
    assert made.scale == round(5000 * float(factor))
    width = (made.xmax - made.xmin) * 1000 / 5000
    assert made.width_mm * float(factor) == pytest.approx(width, rel=1e-6)
    if page:
        sides = sorted((made.sheet.width * float(factor), made.sheet.height * float(factor)))
        assert sides == pytest.approx([210, 297])


def test_a_scale_that_does_not_fit_is_told_in_its_own_figures():
    with pytest.raises(RequestError, match=r"^At 1:1000 the area is 4\d\d x 3\d\d mm and does not fit"):
        make_page(make_request(fields(scale=1000, magnify="2")))


@pytest.fixture(scope="module")
def files(qgis, tmp_path_factory):
    """The map at once and twice its size in three formats."""
    made = {}
    for factor in ("1", "2"):
        folder = tmp_path_factory.mktemp(f"enlarged {factor}")
        wanted = fields(formats=["svg", "png", "geotiff", "psd"], scale=5000, dpi=DPI, detail=5, title="A")
        request = make_request({**wanted, "magnify": factor, "source": str(AREAS["sample"][0])})
        results = pipeline.run(request, folder, Feedback())
        assert [result.error for result in results] == [None] * 4
        made[factor] = {result.format: result.path for result in results}
    return made


def sizes(path):
    """Width of the page and sizes of its texts by what they say, in points; widths of its lines."""
    text = path.read_text(encoding="utf-8")
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', text)[1])
    lines = sorted({float(value) for value in re.findall(r'stroke-width="([\d.]+)"', text)})
    names = re.findall(r'<text[^>]*class="name"[^>]*font-size="([\d.]+)"[^>]*>([^<]+)</text>', text)
    return width, {name: float(size) for size, name in names}, lines


def test_letters_and_lines_of_artwork_are_larger_on_the_same_paper(files):
    (width, names, lines), (same, larger, wider) = (sizes(files[factor]["svg"]) for factor in ("1", "2"))
    assert width == same == pytest.approx(210 / 25.4 * 72, abs=0.02)
    both = set(names) & set(larger)
    assert {"1 : 5 000", "Kaivokatu"} & both
    assert larger["1 : 5 000"] > 1.5 * names["1 : 5 000"]
    assert wider[0] == pytest.approx(2 * lines[0], abs=0.002)
    # What is larger needs more room.
    assert 0 < len(larger) < len(names)


def test_pictures_are_as_the_drawing(files, tmp_path):
    import subprocess

    import numpy as np
    import regression

    one, other = (Image.open(files[factor]["png"]) for factor in ("1", "2"))
    assert one.size == other.size == (595, 420)
    assert other.info["dpi"] == pytest.approx((DPI, DPI), abs=0.05)
    layered = Image.open(files["2"]["psd"])
    assert layered.size == other.size
    assert regression.far(np.asarray(layered.convert("RGB")), np.asarray(other.convert("RGB"))).mean() < 0.02
    path = tmp_path / "drawn.png"
    subprocess.run(["rsvg-convert", "-w", "595", "-h", "420", files["2"]["svg"], "-o", path], check=True)
    drawn = np.asarray(Image.open(path).convert("RGB"))
    assert regression.far(drawn, np.asarray(other.convert("RGB"))).mean() < 0.12
    assert regression.far(drawn, np.asarray(one.convert("RGB"))).mean() > 0.2


def test_the_place_is_where_it_was(files):
    from osgeo import gdal

    one, other = (gdal.Open(str(files[factor]["geotiff"])) for factor in ("1", "2"))
    # The sheet's margins are enlarged too: less of the world is in the frame, at as many metres to a dot.
    steps = [source.GetGeoTransform() for source in (one, other)]
    assert steps[0][1] == pytest.approx(steps[1][1], rel=2e-3)
    assert steps[1][1] == pytest.approx(5000 * 25.4 / 1000 / DPI, rel=5e-3)
    middles = [
        [step[0] + step[1] * source.RasterXSize / 2, step[3] + step[5] * source.RasterYSize / 2]
        for source, step in zip((one, other), steps)
    ]
    assert middles[0] == pytest.approx(middles[1], abs=2 * steps[0][1])
