"""No edge of a road shows in the gaps of a street's name, nor beside its dots: all below a name is of one colour."""

import numpy as np
import pytest
from drawn import drawn, make
from sketch import Sketch, lonlat

from osm2cdr.processing_provider.cartography.rendering.settings import map_settings
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names

KINDS = (
    "primary", "secondary", "tertiary", "residential", "living_street", "pedestrian", "service", "footway", "track",
)  # fmt: skip
DPI = 300
# Those whose roads have edges that stand out from the halo.
STYLES = [name for name in style_names() if load_theme(name).flags["street_ground"]]
# The widest letters, and the heaviest lines; both at other scales as well.
WIDE = ("blueprint", "toner")


def streets(folder, style, size):
    """A street of every kind from side to side of a map that many metres wide, its name short words with dots."""
    sketch = Sketch(size)
    for number, kind in enumerate(KINDS):
        y = round((number + 0.7) / len(KINDS) * size - size / 2)
        sketch.way((-0.48 * size, y), (0.48 * size, y), highway=kind, name=f"Ulica K. {kind} i F.")
    sketch.write(folder / "sketch.osm")
    bbox = (*lonlat(-size / 2, -size / 2), *lonlat(size / 2, size / 2))
    return make(bbox, folder / "sketch.osm", 5, style, folder)


def without_letters(picture):
    """The picture with the letters of street names in the colour of what surrounds them, (rows, columns, 3)."""
    from qgis.core import QgsMapRendererParallelJob
    from qgis.PyQt.QtGui import QImage

    [layer] = [layer for layer in picture.layers if layer.name() == "Street names"]
    labeling = layer.labeling().clone()
    for rule in labeling.rootRule().children():
        settings = rule.settings()
        text = settings.format()
        text.setColor(text.buffer().color())
        settings.setFormat(text)
        rule.setSettings(settings)
    layer.setLabeling(labeling)
    job = QgsMapRendererParallelJob(map_settings(picture, DPI))
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(QImage.Format.Format_RGB32)
    data = image.constBits()
    data.setsize(image.sizeInBytes())
    rows = np.frombuffer(data, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def spots(made):
    """How far the colours below the middle of each street's name are from the one that most of it has (0 to 255)."""
    labels, pixels = drawn(made.picture, DPI), without_letters(made.picture)
    found = {}
    for label in labels:
        if label.layer != "Street names":
            continue
        (left, low), (right, high) = label.boxes.min((0, 1)), label.boxes.max((0, 1))
        rest = 0.25 * (high - low)
        # Its ends are no gaps.
        columns = slice(*(round(x * DPI / 25.4) for x in (left + 0.3, right - 0.3)))
        rows = slice(*(round(len(pixels) - y * DPI / 25.4) for y in (high - rest, low + rest)))
        strip = pixels[rows, columns].reshape(-1, 3).astype(int)
        found[label.text] = max(found.get(label.text, 0), int(np.abs(strip - np.median(strip, 0)).max()))
    return found


@pytest.mark.parametrize(
    ("style", "size"), [*((name, 1000) for name in STYLES), *((name, n) for name in WIDE for n in (500, 4000))]
)
def test_what_lies_below_the_names_of_streets_is_of_one_colour(qgis, tmp_path, style, size):
    found = spots(streets(tmp_path, style, size))
    assert len(found) > 3
    assert {name: far for name, far in found.items() if far > 24} == {}


def test_without_its_ground_a_name_shows_the_edges_of_its_street(qgis, tmp_path, monkeypatch):
    """So that the test before this one tells of it."""
    from osm2cdr.processing_provider.cartography.labels import name_grounds

    monkeypatch.setattr(name_grounds, "cases", lambda styles, things: [])
    assert max(spots(streets(tmp_path, "blueprint", 1000)).values()) > 100
