"""No text on paper is below 5 points, or what its style sets as its least: names, numbers and all that stands round."""

import pytest
from sheet_fixtures import bare  # noqa: F401
from sketch import Sketch

from osm2cdr.processing_provider.cartography.sheet.layout import furniture
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request import pages

MM = 25.4 / 72
LEAST = {"contrast": 7.0}
# What is drawn at which detail level and scale; all titles together are all texts of a map.
VIEWS = {(1, 400000): 40000, (2, 150000): 15000, (3, 60000): 6000, (5, 5000): 500, (5, 10000): 1000}
TITLES = {
    "Place names", "Street names", "River names", "Water names", "Park names", "Square names", "House numbers",
    "Names of points of interest", "Road numbers",
}  # fmt: skip


def sketch(size):
    """Every kind of text on a square `size` metres wide."""
    made, s = Sketch(size), size / 1000

    def at(*numbers):
        return tuple(number * s for number in numbers)

    for number, kind in enumerate(("city", "suburb", "quarter", "neighbourhood", "village", "hamlet", "locality")):
        made.point(*at(-400 + 120 * number, 450), place=kind, name=f"A {kind}")
    made.way(at(-500, 0), at(500, 0), highway="primary", name="Hauptstraße", ref="B 1")
    made.way(at(-500, -60), at(500, -60), highway="residential", name="Nebenstraße mit langem Namen")
    made.way(at(-100, -120), at(0, -120), highway="service", name="Kurzer Weg")
    made.way(at(-500, 300), at(500, 320), waterway="river", name="Bach")
    made.area(*at(-450, -450, -150, -150), natural="water", name="Weiher")
    made.area(*at(-100, -450, 200, -150), leisure="park", name="Stadtgarten")
    made.area(*at(250, -450, 450, -250), place="square", name="Marktplatz")
    made.area(*at(-300, 60, -200, 120), building="yes", addr__housenumber="12", addr__street="Hauptstraße")
    made.area(*at(0, 60, 120, 160), building="cathedral", name="Dom")
    made.point(*at(-50, 200), amenity="restaurant", name="Krone")
    made.point(*at(250, 200), tourism="museum", name="Museum am Ring")
    made.point(*at(350, 100), natural="peak", name="Spitz", ele="900")
    return made


@pytest.fixture(scope="module")
def staged(qgis, tmp_path_factory):
    """The request, data and page of each view, once for all styles."""
    made = {}
    for (detail, scale), size in VIEWS.items():
        folder = tmp_path_factory.mktemp("view")
        asked = sketch(size).request(folder, ("png",), detail=detail, scale=scale)
        line = Stages(asked, folder)
        page = pages.make_page(asked, "")
        from osgeo import ogr

        polygon = ogr.CreateGeometryFromWkt(page.wkt)
        made[detail, scale] = line._cut(page.crs, polygon, "page.gpkg", True, Feedback(), detail), page
    return made


def sizes(picture):
    """Every size of text in points, with what it is of."""
    for layer in picture.layers:
        rules = layer.labeling().rootRule().children() if layer.labelsEnabled() else []
        written = [rule for rule in rules if rule.settings().drawLabels]
        if not written:
            continue
        for feature in layer.getFeatures():
            size = feature["size"] if "size" in feature.fields().names() and feature["size"] else None
            for rule in written:
                yield layer.name(), size if size is not None else rule.settings().format().size()
    for piece in furniture(picture):
        if hasattr(piece, "lettering"):
            yield piece.name, piece.size / MM


@pytest.mark.parametrize("style", style_names())
def test_no_text_is_below_the_least_of_its_style(staged, style):
    from osm2cdr.processing_provider.cartography.build import build_picture

    theme, least = load_theme(style), LEAST.get(style, 5.0)
    seen = set()
    for (detail, _), (data, page) in staged.items():
        for title, size in sizes(build_picture(data, page, theme, detail, Feedback())):
            assert size >= least - 1e-6, (title, size, detail, page.scale)
            seen.add(title)
    if style in ("default", "contrast", "blueprint"):
        assert seen >= TITLES, TITLES - seen
    assert {"notice", "scale", "bar label"} <= seen


@pytest.mark.parametrize("style", style_names())
def test_no_text_of_a_small_sheet_is_below_the_least(bare, style):  # noqa: F811
    """Small sheets and long titles: lines are broken, the notice says less, and all is inside."""
    title = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 2
    for fields in ({"scale": scale} for scale in (15000, 25000, 40000, 60000, 90000)):
        for more in ({}, {"title": title}):
            view = bare(style=style, **fields, **more)
            texts = [piece for piece in furniture(view) if hasattr(piece, "lettering")]
            for piece in texts:
                assert piece.size / MM >= LEAST.get(style, 5.0) - 1e-6, (fields, piece.name, piece.size / MM)
                assert piece.box.left() >= -0.01, (fields, piece)
                assert piece.box.right() <= view.page.sheet.width + 0.01, (fields, piece)
            notice = " ".join(piece.text for piece in texts if piece.name == "notice")
            assert not notice or notice.startswith("© OpenStreetMap")
            # About as wide as the shortest notice.
            assert notice or view.page.sheet.width < 22, fields


def test_a_page_too_small_for_the_notice_says_so(qgis, tmp_path):
    told = []
    asked = sketch(300).request(tmp_path, ("png",), detail=4, scale=50000)
    [result] = pipeline.run(asked, tmp_path, Feedback(None, lambda code, text: told.append((code, text))))
    assert result.error is None
    assert [code for code, _ in told] == ["no_notice"]
    assert "© OpenStreetMap contributors" in told[0][1]
