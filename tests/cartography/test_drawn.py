"""What the styles draw: expressions that QGIS can read, no layer that stays empty, nothing where a token is null."""

import json

import pytest

from areas import AREAS, SAMPLE
from osm2cdr.processing_provider.cartography.rendering.settings import map_settings
from osm2cdr.processing_provider.cartography.themes.loading import FOLDER, Theme, load_theme, style_names
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.pages import make_page

FOUR = ("default", "minimal", "blueprint", "dark")
LEVELS = (1, 2, 3, 4, 5, 6)
# In no style: what is drawn in any colour differs from it.
NOWHERE = "#FF00FE"
# A corner of the sample with the sea, a park, trams and houses.
PLACES = {**AREAS, "small": (SAMPLE, (24.9440, 60.1725, 24.9516, 60.1775))}


@pytest.fixture(scope="module")
def picture(qgis, tmp_path_factory):
    """picture(theme or name, detail, area): the styled map; an area is read once per level."""
    from osgeo import ogr

    from osm2cdr.processing_provider.cartography.build import build_picture
    from osm2cdr.processing_provider.osm.cut import cut
    from osm2cdr.processing_provider.pipeline.asked_layers import painted
    from osm2cdr.processing_provider.pipeline.stages import Stages

    read = {}

    def make(style, detail=5, area="sample"):
        source, bbox = PLACES[area]
        if not source.exists():
            pytest.skip(f"{source} is not there")
        if (area, detail) not in read:
            # The corner on a small page, since room for names is sought all over it.
            scale = 8000 if area == "small" else 0
            fields = {"bbox": bbox, "formats": "png", "detail": detail, "source": str(source), "scale": scale}
            request = make_request(fields)
            pipeline = Stages(request, tmp_path_factory.mktemp("read"))
            page = make_page(request, "")
            frame = ogr.CreateGeometryFromWkt(page.wkt)
            staged = painted(pipeline.staged(Feedback()), ())
            data = cut(staged, page.crs, frame, pipeline.work / "page.gpkg", Feedback())
            read[area, detail] = data, page
        theme = style if isinstance(style, Theme) else load_theme(style)
        return build_picture(*read[area, detail], theme, detail, Feedback())

    return make


def rendered(picture, layers, background, dpi=40):
    """The colours of a picture of some layers, each with its number of pixels."""
    from PIL import Image
    from qgis.core import QgsMapRendererSequentialJob
    from qgis.PyQt.QtGui import QColor, QImage

    settings = map_settings(picture, dpi)
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor(background))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    bits.setsize(image.sizeInBytes())
    rows = Image.frombytes("RGB", (image.width(), image.height()), bytes(bits), "raw", "RGB", image.bytesPerLine())
    return {"#{:02X}{:02X}{:02X}".format(*color): count for count, color in rows.getcolors(rows.width * rows.height)}


def expressions(layer):
    """Every expression of a layer's rules, labels and data-defined properties."""
    from qgis.core import QgsRuleBasedLabeling, QgsRuleBasedRenderer

    found = []
    if isinstance(layer.renderer(), QgsRuleBasedRenderer):
        found += [rule.filterExpression() for rule in layer.renderer().rootRule().descendants()]
    if isinstance(layer.labeling(), QgsRuleBasedLabeling):
        for rule in layer.labeling().rootRule().descendants():
            settings = rule.settings()
            found += [rule.filterExpression(), settings.fieldName if settings.isExpression else ""]
            properties = settings.dataDefinedProperties()
            found += [properties.property(key).asExpression() for key in properties.propertyKeys()]
    return [text for text in found if text]


@pytest.mark.parametrize("name", style_names())
def test_every_expression_can_be_read(picture, name):
    """QGIS says nothing of one that it cannot read: the layer is just empty."""
    from qgis.core import QgsExpression

    seen = set()
    for detail in LEVELS:
        for layer in picture(name, detail, "small").layers:
            for text in expressions(layer):
                expression = QgsExpression(text)
                assert not expression.hasParserError(), (layer.name(), text, expression.parserErrorString())
                unknown = {column for column in expression.referencedColumns() if layer.fields().indexOf(column) < 0}
                assert not unknown, (layer.name(), text)
                seen.add(text)
    assert len(seen) > (2 if name in ("figureground", "lineart") else 40)


@pytest.mark.parametrize("area", ["sample", "monaco"])
@pytest.mark.parametrize("name", FOUR)
def test_no_layer_that_has_data_is_empty(picture, name, area):
    made = picture(name, 5, area)
    assert len(made.layers) > 10
    for layer in made.layers:
        # Names give way to one another; alone, a layer shows at least one of its own.
        colors = rendered(made, [layer], NOWHERE, 110)
        assert len(colors) > 1, layer.name()


def nothing(theme, keep):
    """The theme with no colour but those that are kept."""
    color = {token: value if token in keep else None for token, value in theme.color.items()}
    return Theme(theme.name, color, theme.width, theme.font, theme.flags)


@pytest.mark.parametrize("detail", [2, 5])
@pytest.mark.parametrize("area", ["sample", "monaco"])
def test_null_draws_nothing(picture, area, detail):
    theme = nothing(load_theme("default"), {"text", "halo"})
    made = picture(theme, detail, area)
    assert made.layers == []
    assert made.background == "#FFFFFF"


@pytest.mark.parametrize("half", [0, 1])
def test_half_of_the_colors_leave_without_a_trace(picture, half):
    """Every other token is null: nothing is drawn in its colour, and no error comes of it."""
    theme = load_theme("default")
    values = list(theme.color.values())
    gone = {token for number, token in enumerate(theme.color) if number % 2 == half} - {"text"}
    made = picture(nothing(theme, set(theme.color) - gone), 5, "small")
    drawn = rendered(made, made.layers, made.background, 80)
    # Some pixels of it come from mixing at edges.
    once = {token for token in gone if values.count(theme.color[token]) == 1}
    assert not {token: drawn[theme.color[token]] for token in once if drawn.get(theme.color[token], 0) > 100}
    assert len(drawn) > 100


def symbol_layers(made):
    """Every symbol layer of every rule of a picture."""
    for layer in made.layers:
        renderer = layer.renderer()
        for rule in renderer.rootRule().descendants() if hasattr(renderer, "rootRule") else ():
            if rule.symbol():
                yield from (rule.symbol().symbolLayer(number).clone() for number in range(len(rule.symbol())))


@pytest.mark.parametrize("area", ["sample", "monaco"])
def test_lineart_is_hairlines_in_three_colors_without_fills(picture, area):
    from qgis.core import QgsSimpleFillSymbolLayer
    from qgis.PyQt.QtCore import Qt

    colors = set()
    for layer in symbol_layers(picture("lineart", 5, area)):
        if isinstance(layer, QgsSimpleFillSymbolLayer):
            assert layer.brushStyle() == Qt.BrushStyle.NoBrush
            colors.add(layer.strokeColor().name())
            assert layer.strokeWidth() < 0.06
        else:
            colors.add(layer.color().name())
            assert layer.width() < 0.06
    assert colors == {"#ff0000", "#0000ff", "#000000"}


def test_figureground_is_black_houses_on_white_and_grey_water(picture):
    made = picture("figureground", 5, "small")
    colors = rendered(made, made.layers, "#FFFFFF", 60)
    total = sum(colors.values())
    assert colors["#000000"] / total > 0.08
    assert colors["#D9D9D9"] / total > 0.03
    assert (colors["#000000"] + colors["#D9D9D9"] + colors["#FFFFFF"]) / total > 0.8


def test_transport_names_stations_alone(picture):
    made = picture("transport", 5, "small")
    names = {layer.name(): layer for layer in made.layers}
    kinds = {feature["kind"] for feature in names["Points of interest"].getFeatures()}
    assert kinds == {"transport"}


def test_a_theme_says_only_what_differs():
    base = json.loads((FOLDER / "default.json").read_text(encoding="utf-8"))
    for name in style_names()[1:]:
        data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        assert data["extends"] == "default"
        for part in ("color", "width", "font", "flags"):
            same = [token for token, value in data.get(part, {}).items() if base[part][token] == value]
            assert not same or set(same) <= {"poi", "motorway"}, (name, same)
