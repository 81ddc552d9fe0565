"""What stands beside a map: letters of the grid, legend and index; each says what is on it, and none meets another."""

import itertools
import json
import re

import pytest
from sheet_fixtures import drawing, request, written

from osm2cdr.processing_provider.cartography.rendering.entries import PLACES, SIGHTS, STREETS, IndexEntry
from osm2cdr.processing_provider.cartography.sheet.index_grid import IndexGrid
from osm2cdr.processing_provider.cartography.sheet.layout import furniture
from osm2cdr.processing_provider.errors import RequestError

PARTS = "grid,legend,index"


def words(view, name):
    return [piece for piece in furniture(view) if piece.name == name and hasattr(piece, "text")]


def test_parts_stand_on_a_paper_and_are_named_as_they_are_known():
    assert request(sheet="legend").page == request(sheet="legend", page="fit").page == "A4"
    assert request(sheet="legend", page="A2").page == "A2"
    assert request().page == ""
    with pytest.raises(RequestError, match=r"no part of a sheet 'legnd' .did you mean 'legend'"):
        request(sheet="legnd", page="A4")
    assert request(sheet="index, grid", page="A4").sheet == ("grid", "index")


def test_a_request_carries_them_between_processes():
    asked = request(sheet=PARTS, page="A4")
    assert type(asked).from_json(asked.to_json()) == asked
    assert json.loads(asked.to_json())["sheet"] == ["grid", "legend", "index"]


def test_letters_and_numbers_stand_round_the_map(bare):
    view = bare(page="A4", sheet="grid")
    sheet, grid = view.page.sheet, IndexGrid.of(view.page.sheet)
    letters = words(view, "grid")
    assert [piece.text for piece in letters].count("A") == 2
    assert len(letters) == 2 * (grid.columns + grid.rows)
    for piece in letters:
        inside = sheet.left < piece.box.center().x() < sheet.left + sheet.map_width
        assert inside == piece.text.isalpha()
    assert not words(bare(page="A4"), "grid")


def entry(number):
    return IndexEntry(STREETS, f"Street {number}.", ("B2", "B3"), number)


@pytest.mark.parametrize("turned", ["portrait", "landscape"])
@pytest.mark.parametrize("count", [3, 60, 2000])
@pytest.mark.parametrize("page", ["A5", "A3"])
def test_nothing_in_the_panel_meets_anything(bare, page, turned, count):
    from osm2cdr.processing_provider.cartography.sheet.ink import Ink
    from osm2cdr.processing_provider.cartography.sheet.panel import arranged

    view = bare(page=page, orientation=turned, sheet=PARTS)
    view.index = [IndexEntry(PLACES, "Töölö", ("A1",), 1e6), *map(entry, range(count))]
    left, top, width, height = view.page.sheet.panel
    texts = words(view, "index")
    boxes = [piece.box for piece in texts]
    # The box of a text has room for its tallest letters: the lines of one column may share that.
    for box in boxes:
        assert left - 0.01 <= box.left()
        assert box.right() <= left + width + 0.01
        assert top - 0.5 <= box.top()
        assert box.bottom() <= top + height + 0.5
    lines = sorted((round(piece.y, 2), piece.box.left(), piece.box.right()) for piece in texts)
    for (y, _, right), (other, start, _) in itertools.pairwise(lines):
        assert y != other or start >= right - 0.01
    names = {piece.text for piece in texts}
    # The most important is there, and what has no room is counted.
    assert "Töölö" in names
    shown = sum(name.startswith("Street ") for name in names)
    assert arranged(view, Ink(view)).left_out == count - shown
    if count == 2000:
        assert "Street 1999." in names
        assert "Street 0." not in names


def test_names_stand_in_the_cells_that_the_index_says(picture):
    from qgis.core import QgsGeometry, QgsRectangle

    view = picture(page="A4", sheet="index", layers="", detail=5)
    page, grid = view.page, IndexGrid.of(view.page.sheet)
    assert {item.group for item in view.index} == {PLACES, STREETS, SIGHTS}
    streets = {}
    for layer in view.layers:
        if layer.name().startswith("Roads – ") and "outlines" not in layer.name():
            for feature in layer.getFeatures():
                if feature["name"]:
                    streets.setdefault(feature["name"].casefold(), []).append(feature.geometry())
    tried = 0
    for item in view.index:
        if item.group != STREETS or item.name.casefold() not in streets:
            continue
        whole = QgsGeometry.collectGeometry(streets[item.name.casefold()])
        for cell in item.cells:
            column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
            wide, high = (page.xmax - page.xmin) / grid.columns, (page.ymax - page.ymin) / grid.rows
            x, y = page.xmin + column * wide, page.ymax - (row + 1) * high
            assert whole.intersects(QgsGeometry.fromRect(QgsRectangle(x, y, x + wide, y + high))), (item, cell)
            tried += 1
    assert tried > 10
    names = [item.name for item in view.index if item.group == STREETS]
    assert len(names) == len(set(names))


def test_a_legend_has_the_classes_that_are_drawn_and_no_other(picture):
    roads = {key.label for key in picture(page="A4", sheet="legend", layers="roads", detail=3).keys}
    assert {"Primary roads", "Minor roads"} <= roads
    assert not {"Buildings", "Parks"} & roads
    every = picture(page="A4", sheet="legend", layers="", detail=5).keys
    labels = [key.label for key in every]
    assert len(labels) == len(set(labels))
    assert {"Buildings", "Footpaths", "Tramways"} <= set(labels)
    road = next(key for key in every if key.label == "Primary roads")
    # Its edge and its fill, the edge the wider.
    assert len(road.look.strokes) == 2
    assert road.look.strokes[0][1] > road.look.strokes[1][1]


def test_a_legend_speaks_the_language_of_the_map(picture):
    view = picture(page="A4", sheet="legend", layers="roads", detail=3, language="ru")
    assert "Главные дороги" in {piece.text for piece in words(view, "legend")}
    assert "Условные знаки" in {piece.text for piece in words(view, "legend")}


def test_grid_legend_and_index_are_groups_of_a_drawing(picture, tmp_path):
    text = written(drawing(picture(page="A4", sheet=PARTS, layers="roads")), "svg_layers", tmp_path).read_text("utf-8")
    for name in ("Index grid", "Letters of the grid", "Legend", "Index"):
        assert f'inkscape:label="{name}"' in text, name
    assert re.search(r">Mannerheimintie<", text)


@pytest.mark.parametrize(
    ("scale", "metric", "imperial"),
    [(500, "m", "ft"), (10_000, "m", "ft"), (50_000, "km", "mi"), (2_000_000, "km", "mi")],
)
def test_bars_in_both_systems_are_as_long_as_they_say(scale, metric, imperial):
    from osm2cdr.processing_provider.cartography.sheet.scale_bar import longest_bar

    metres = {"m": 1.0, "km": 1000.0, "ft": 0.3048, "mi": 1609.344}
    for is_imperial, unit in ((False, metric), (True, imperial)):
        bar = longest_bar(scale, 40, is_imperial)
        number, _, told = bar.labels[bar.parts].partition(" ")
        assert told == unit
        assert bar.length(scale) == pytest.approx(float(number) * metres[unit] * 1000 / scale)
        # Round, and not much shorter than there is room for.
        assert number.rstrip("0") in list("12345")
        assert 20 - 1e-6 <= bar.length(scale) <= 40 + 1e-6 or number == "5"
    assert longest_bar(1, 0.2, True) is None


@pytest.mark.parametrize("turned", ["portrait", "landscape"])
@pytest.mark.parametrize("page", ["A5", "A4", "A2"])
def test_a_second_bar_meets_nothing(bare, page, turned):
    view = bare(page=page, orientation=turned, sheet="miles", title="A title", subtitle="Zwei Zeilen – Привет")
    pieces = [piece for piece in furniture(view) if piece.name in ("bar", "bar label", "scale", "notice", "subtitle")]
    assert sum(piece.name == "bar" for piece in pieces) == 2
    assert [piece.text for piece in words(view, "bar label")][-1].split()[-1] in ("ft", "mi")
    texts = [piece for piece in pieces if hasattr(piece, "text")]
    for one, other in itertools.combinations(texts, 2):
        # Lines of one text may share the room of their tallest letters.
        assert one.name == other.name or not one.box.intersects(other.box), (one.text, other.text)
    sheet = view.page.sheet
    assert all(piece.box.right() <= sheet.left + sheet.map_width + 0.01 for piece in pieces)
    (line,) = words(view, "subtitle")
    (title,) = words(view, "title")
    assert title.y < line.y < sheet.top
    assert line.size < title.size


@pytest.mark.parametrize("page", ["fit", "A4"])
@pytest.mark.parametrize("title", ["", "A title"])
def test_a_subtitle_has_a_band_of_its_own(bare, page, title):
    plain = bare(page=page, title=title).page.sheet
    view = bare(page=page, title=title, subtitle="Ein sehr langer Untertitel, " * 7)
    sheet = view.page.sheet
    (line,) = words(view, "subtitle")
    assert sheet.top > plain.top
    assert line.box.top() > 0
    assert line.box.left() >= 0
    assert line.box.right() <= sheet.width
    assert line.y < sheet.top
    assert not any(piece.box.intersects(line.box) for piece in words(view, "title"))
    # Only what is drawn takes room.
    assert bare(page=page, title=title, subtitle="").page.sheet == plain


def test_a_subtitle_is_one_line():
    assert request(subtitle=" Town walks ").subtitle == "Town walks"
    for wrong in ("two\nlines", "x" * 201, "turned \u202e round"):
        with pytest.raises(RequestError, match="subtitle") as error:
            request(subtitle=wrong)
        assert error.value.field == "subtitle"
