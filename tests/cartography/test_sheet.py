"""Sheets: their size in every file, what they show, and that nothing on them meets anything else."""

import itertools
import math
import re
import subprocess

import numpy as np
import pyproj
import pytest
from drawn import drawn
from sheet_fixtures import BOX, drawing, written

from osm2cdr.processing_provider.cartography.rendering.settings import plates
from osm2cdr.processing_provider.cartography.sheet.layout import furniture
from osm2cdr.processing_provider.cartography.themes.loading import style_names
from osm2cdr.processing_provider.request import papers

NOTICE = "© OpenStreetMap contributors · ODbL 1.0 · openstreetmap.org/copyright · data of 2024-05-06"
ARABIC = "حديقة كايسانييمي في هلسنكي"
TITLES = {
    "none": "", "short": "Helsinki", "long": ("Kaisaniemen puisto ja Töölönlahden ranta " * 5)[:200].strip(),
    "one word": "Ö" * 200, "Arabic": ARABIC, "Chinese": "赫尔辛基市中心地图" * 20, "mixed": "Helsinki هلسنكي Хельсинки",
}  # fmt: skip


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


REST = pytest.mark.one_system("A4 shows it for all papers")


@pytest.mark.parametrize("turned", ["portrait", "landscape"])
@pytest.mark.parametrize("name", ["A4", *(pytest.param(name, marks=REST) for name in papers.PAPERS if name != "A4")])
def test_a_sheet_has_the_size_of_its_paper_in_every_file(picture, tmp_path, name, turned):
    from lxml import etree
    from PIL import Image

    short, long = sorted(papers.PAPERS[name])
    size = (short, long) if turned == "portrait" else (long, short)
    view = picture(page=name, orientation=turned, title="Helsinki", layers="water")
    made = drawing(view)
    points = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", output("pdfinfo", written(made, "pdf", tmp_path)))
    assert [float(side) / 72 * 25.4 for side in points.groups()] == pytest.approx(size, abs=0.002)
    root = etree.parse(str(written(made, "svg", tmp_path)), etree.XMLParser(huge_tree=True)).getroot()
    assert [float(root.get(side).removesuffix("mm")) for side in ("width", "height")] == pytest.approx(size, abs=1e-6)
    image = Image.open(written(view, "png", tmp_path))
    assert image.size == tuple(round(side / 25.4 * 36) for side in size)
    assert image.info["dpi"] == pytest.approx((36, 36), abs=0.02)


def test_a_geotiff_is_the_map_of_the_sheet_alone(picture, tmp_path):
    from osgeo import gdal

    view = picture(page="A5", crs="EPSG:32635", title="Helsinki")
    dataset = gdal.Open(str(written(view, "geotiff", tmp_path, 100)))
    left, step, _, top, _, _ = dataset.GetGeoTransform()
    assert (left, top) == pytest.approx((view.page.xmin, view.page.ymax))
    # Metres of the ground to a millimetre of paper.
    scale = step / 0.9996 * 100 / 25.4 * 1000
    assert dataset.RasterXSize == pytest.approx(view.page.sheet.map_width / 25.4 * 100, abs=0.5)
    assert scale == pytest.approx(view.page.scale, rel=2e-3)


@pytest.mark.parametrize("style", style_names())
def test_texts_are_texts_in_pdf(bare, tmp_path, style):
    view = bare(page="A4", style=style, title="Äußere Straßen", scale=10000)
    text = " ".join(output("pdftotext", "-layout", written(view, "pdf", tmp_path), "-").split())
    title = "Äußere Straßen"
    assert (title.upper() if view.theme.font["place_caps"] else title) in text
    assert "1 : 10 000" in text
    assert "0 200 400 m" in text
    for part in NOTICE.split(" · "):
        assert part in text


def test_texts_are_texts_in_svg_and_in_drawings(bare, tmp_path):
    from lxml import etree

    view = bare(page="A4", title=ARABIC, scale=10000)
    for name in ("svg_layers", "svg"):
        root = etree.parse(str(written(view, name, tmp_path))).getroot()
        texts = ["".join(text.itertext()).strip() for text in root.iter("{*}text")]
        assert {"1 : 10 000", NOTICE} <= set(texts)
        # Qt hands over a text of two directions in pieces.
        assert ARABIC in texts or set(ARABIC.split()) <= set(" ".join(texts).split())


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("style", style_names())
def test_nothing_meets_anything_on_a_sheet(bare, style, title):
    pages = [
        {"page": "A5", "orientation": "portrait", "scale": 12500}, {"page": "A5", "orientation": "landscape"},
        {"page": "A4", "crs": "EPSG:32633"}, {"page": "square"}, {"page": "A0"}, {}, {"scale": 25000},
        {"scale": 50000}, {"crs": "EPSG:32633", "scale": 15000},
    ]  # fmt: skip
    for fields in pages:
        view = bare(style=style, title=TITLES[title], **fields)
        sheet = view.page.sheet
        pieces = furniture(view)
        names = {piece.name for piece in pieces}
        # The largest letters leave no room for it on the smallest page: a warning says so (test_text_size.py).
        assert "notice" in names or (style == "contrast" and sheet.width < 20)
        assert ("title" in names) == bool(TITLES[title])
        for piece in pieces:
            box = piece.box
            assert box.left() >= -0.01, (fields, piece)
            assert box.right() <= sheet.width + 0.01, (fields, piece)
            assert box.top() >= -0.01, (fields, piece)
            assert box.bottom() <= sheet.height + 0.01, (fields, piece)
        apart = [p for p in pieces if p.name not in ("plate", "gap", "frame", "rule")]
        for one, other in itertools.combinations(apart, 2):
            if one.name != other.name or one.name == "bar label":
                assert not one.box.intersects(other.box), (fields, one, other)
        if sheet.named:
            frame_box = next(p.box for p in pieces if p.name == "frame")
            assert not any(p.box.intersects(frame_box) for p in apart), fields
            assert min(p.size for p in pieces if p.name == "notice") >= 6 / 72 * 25.4 - 1e-6, fields
        notice = " · ".join(p.text for p in pieces if p.name == "notice")
        if sheet.width < 40:
            # There is no room for all of it.
            said = " ".join(p.text for p in pieces if p.name == "notice")
            assert NOTICE.replace(" ·", "").startswith(said.replace(" ·", "")), fields
            continue
        assert notice == NOTICE or " ".join(p.text for p in pieces if p.name == "notice").replace(" ·", "") == (
            NOTICE.replace(" ·", "")
        )


def test_a_long_title_is_whole_and_in_order(bare):
    for title in ("long", "one word", "Chinese", "Arabic"):
        view = bare(page="A5", title=TITLES[title])
        lines = [piece for piece in furniture(view) if piece.name == "title"]
        whole = "".join("".join(line.text.split()) for line in lines)
        assert whole.casefold() == "".join(TITLES[title].split()).casefold()
        assert all(one.y < other.y for one, other in zip(lines, lines[1:]))
        head = view.page.sheet.head
        assert all(head[0] - 0.01 <= line.box.left() and line.box.right() <= head[0] + head[2] + 0.01 for line in lines)
    assert not any(p.lettering.spacing for p in furniture(bare(page="A5", title=ARABIC)) if p.name == "title")


@pytest.mark.parametrize(("crs", "shown"), [
    ("", False), ("EPSG:3857", False), ("EPSG:32635", True), ("EPSG:32633", True), ("EPSG:32637", True),
    ("EPSG:3035", True),
])  # fmt: skip
def test_an_arrow_shows_where_north_is_and_only_where_it_is_not_up(bare, crs, shown):
    view = bare(page="A4", crs=crs)
    lon, lat = (BOX[0] + BOX[2]) / 2, (BOX[1] + BOX[3]) / 2
    convergence = pyproj.Proj(view.page.crs).get_factors(lon, lat).meridian_convergence
    # PROJ counts the other way round: from true north to the map's up.
    assert view.page.north == pytest.approx(-convergence, abs=0.01)
    arrows = [piece for piece in furniture(view) if piece.name == "north"]
    assert bool(arrows) == shown
    for arrow in arrows:
        tip, right, notch, left = (arrow.path.elementAt(number) for number in range(4))
        x, y = tip.x - (right.x + left.x) / 2, tip.y - (right.y + left.y) / 2
        assert math.degrees(math.atan2(x, -y)) == pytest.approx(view.page.north, abs=0.01)
        assert notch.y < max(left.y, right.y)


def test_the_map_ends_at_its_frame(picture, tmp_path):
    from PIL import Image

    view = picture(page="A5", detail=5, layers="", style="dark", scale=12500)
    sheet = view.page.sheet
    stem = tmp_path / "pdf"
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-r", "127", written(view, "pdf", tmp_path), stem], check=True)
    svg = tmp_path / "svg.png"
    wide = round(sheet.width * 5)
    subprocess.run(["rsvg-convert", written(view, "svg", tmp_path), "-w", str(wide), "-o", svg], check=True)
    for path in (f"{stem}.png", svg):
        pixels = np.asarray(Image.open(path).convert("RGB"), int)
        left, top, right = (round(edge * 5) for edge in (sheet.left, sheet.top, sheet.left + sheet.map_width))
        for margin in (pixels[2:-3, 2 : left - 3], pixels[2:-3, right + 3 : wide - 3], pixels[2 : top - 3, 2:-3]):
            assert np.ptp(margin.reshape(-1, 3), axis=0).max() <= 2, path
        assert np.ptp(pixels[top + 5 : -200, left + 5 : right - 5].reshape(-1, 3), axis=0).min() > 50
    for label in drawn(view):
        assert label.boxes[..., 0].min() >= -0.5, label.text
        assert label.boxes[..., 0].max() <= sheet.map_width + 0.5, label.text


def test_labels_keep_clear_of_what_stands_on_the_map(picture):
    view = picture(detail=5, layers="")
    found = plates(view)
    assert len(found) == 2
    height = view.page.height_mm
    for label in drawn(view):
        x, y = label.boxes[..., 0], height - label.boxes[..., 1]
        for plate in found:
            inside = (x.max((1,)) > plate.left()) & (x.min((1,)) < plate.right()) & (y.max((1,)) > plate.top())
            assert not inside.any(), label.text
