"""Progress moves, and a cancel is heard, while QGIS paints pixels: images, and layers that are kept as pictures."""

import threading

import pytest
from canvas_project import memory, picture

from osm2cdr.processing_provider.errors import Cancelled
from osm2cdr.processing_provider.feedback import Feedback

# Only a progress that stands still is waited for so long.
PATIENCE = 30
HEARD = 4


class Moving:
    """Counts what is told, and says when it was told often enough."""

    def __init__(self, stops=False):
        self.percents, self.enough, self.stops = [], threading.Event(), stops
        self.feedback = Feedback(self.told, None, lambda: self.stops and self.enough.is_set())
        self.painting = False

    def told(self, percent, _step, _text):
        self.percents.append(percent)
        # What is told before a feature is painted is no sign.
        if self.painting and len({one for one in self.percents if one > self.before}) >= HEARD:
            self.enough.set()

    def hold(self):
        """Called where QGIS paints: it goes no further before enough was told."""
        if not self.painting:
            self.before, self.painting = max(self.percents, default=0.0), True
        return self.enough.wait(PATIENCE)


@pytest.fixture
def slow(qgis):
    """slow(moving): a layer that is not done before progress moved, and cannot be taken apart into objects."""
    from qgis.core import QgsExpression, QgsFillSymbol, QgsProperty, QgsSymbolLayer, qgsfunction

    moving = []

    @qgsfunction(args=0, group="Tests")
    def osm2cdr_hold(values, feature, parent):
        """Wait."""
        if moving:
            moving[0].hold()
        return "#ff0000"

    def start(one):
        moving.append(one)
        box = "POLYGON((500100 5500100, 500100 5500900, 500900 5500900, 500900 5500100, 500100 5500100))"
        made = memory("Polygon", "Slow", ["name:string"], [(box, "one")])
        symbol = QgsFillSymbol.createSimple({"color": "#ff0000"})
        symbol.symbolLayer(0).setDataDefinedProperty(
            QgsSymbolLayer.Property.PropertyFillColor, QgsProperty.fromExpression("osm2cdr_hold()")
        )
        made.renderer().setSymbol(symbol)
        return made

    yield start
    QgsExpression.unregisterFunction("osm2cdr_hold")


def render(view, feedback):
    from osm2cdr.processing_provider.cartography.rendering.paint import image

    image(view, 100, feedback)


def keep(view, feedback):
    from osm2cdr.processing_provider.drawing.record.pixels import as_picture

    assert as_picture(view.layers[0], view, feedback)


@pytest.mark.parametrize("work", [render, keep])
def test_progress_moves_while_pixels_are_painted(slow, work):
    moving = Moving()
    work(picture(slow(moving)), moving.feedback)
    assert moving.enough.is_set(), "it stood still"
    assert moving.percents == sorted(moving.percents)
    assert max(moving.percents) <= 100


@pytest.mark.parametrize("work", [render, keep])
def test_a_cancel_is_heard_while_pixels_are_painted(slow, work):
    moving = Moving(stops=True)
    view = picture(slow(moving))
    with pytest.raises(Cancelled):
        work(view, moving.feedback)
    assert moving.enough.is_set()


def test_a_layer_that_is_kept_as_a_picture_goes_on_from_where_it_was_tried(slow):
    from qgis.core import QgsFillSymbol, QgsShapeburstFillSymbolLayer

    from osm2cdr.processing_provider.drawing.record.recorder import record

    moving = Moving()
    layer = slow(moving)
    symbol = QgsFillSymbol()
    symbol.changeSymbolLayer(0, QgsShapeburstFillSymbolLayer())
    symbol.appendSymbolLayer(layer.renderer().symbol().symbolLayer(0).clone())
    layer.renderer().setSymbol(symbol)
    warned = []
    told = Feedback(moving.told, lambda code, _text: warned.append(code))
    record(picture(layer), told)
    assert warned == ["layer_as_picture"]
    assert moving.enough.is_set(), "it stood still"
    assert moving.percents == sorted(moving.percents)
