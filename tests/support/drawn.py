"""Which labels QGIS drew where, and which names the data hold: read from QGIS's results and the data themselves."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from osgeo import ogr
from shapely import from_wkb, polygons
from shapely.affinity import affine_transform
from shapely.ops import linemerge, unary_union

from osm2cdr.processing_provider.cartography.rendering.settings import map_settings

# Layers of the map that hold names; the others are marks.
NAMES = (
    "Place names", "Street names", "River names", "Water names", "Water names along their areas",
    "Park names", "Park names along their areas", "Square names", "Square names along their areas", "House numbers",
    "Names of grounds", "Names of grounds along their areas", "Ferry names", "Names of points of interest",
    "Road numbers", "Line numbers", "Notice",
)  # fmt: skip


@dataclass
class Drawn:
    """One label: its text, the title of its layer, its font, and the boxes of its glyphs (n, 4, 2) in mm, y upwards."""

    text: str
    layer: str
    feature: int
    font: object
    boxes: np.ndarray

    @property
    def centre(self):
        """The middle of its glyphs."""
        return self.boxes.mean((0, 1))

    @property
    def shape(self):
        """Its glyphs' boxes as one shape."""
        return unary_union(polygons(self.boxes))


@dataclass
class Map:
    """A picture with its labels and its data on paper (shapely geometries in mm, y upwards)."""

    picture: object
    labels: list
    tables: dict
    theme: object
    detail: int

    def of(self, *layers):
        """The labels of some layers."""
        return [label for label in self.labels if label.layer in layers]


def make(bbox, source, detail, style, work, dpi=150):
    """Build a picture as an export does, and ask QGIS which labels it draws."""
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    fields = {"bbox": bbox, "formats": ["png"], "style": style, "detail": detail, "source": str(source), "dpi": dpi}
    line = Stages(make_request(fields), work)
    picture = line.picture("", Feedback())
    [path] = work.glob("page*.gpkg")
    return Map(picture, drawn(picture, dpi), _tables(path, picture.page), load_theme(style), detail)


def drawn(picture, dpi=150):
    """The labels of a picture as QGIS draws them at `dpi`."""
    from qgis.core import QgsMapRendererParallelJob

    job = QgsMapRendererParallelJob(map_settings(picture, dpi))
    job.start()
    job.waitForFinished()
    titles = {layer.id(): layer.name() for layer in picture.layers}
    page = picture.page
    factor = page.width_mm / (page.xmax - page.xmin)
    glyphs = defaultdict(list)
    for position in job.takeLabelingResults().allLabels():
        if not position.isUnplaced and titles[position.layerID] in NAMES:
            key = (position.layerID, position.featureId, position.labelText)
            corners = [((p.x() - page.xmin) * factor, (p.y() - page.ymin) * factor) for p in position.cornerPoints]
            glyphs[key].append((corners, position.labelFont))
    return [
        Drawn(text, titles[layer], feature, parts[0][1], np.array([corners for corners, _ in parts]))
        for (layer, feature, text), parts in glyphs.items()
    ]


def _tables(path, page):
    """Every table as a list of (values, shape on paper)."""
    factor = page.width_mm / (page.xmax - page.xmin)
    to_paper = [factor, 0, 0, factor, -page.xmin * factor, -page.ymin * factor]
    tables = {}
    file = ogr.Open(str(path))
    for number in range(file.GetLayerCount()):
        layer = file.GetLayer(number)
        tables[layer.GetName()] = [
            (feature.items(), affine_transform(from_wkb(bytes(feature.GetGeometryRef().ExportToWkb())), to_paper))
            for feature in layer
        ]
    return tables


@dataclass
class Named:
    """A thing of the data that has a name: what it measures on paper, what its text needs, and whether it is drawn."""

    name: str
    size: float
    need: float
    drawn: bool
    reason: str


def streets(made):
    """Every named street outside tunnels: its longest merged line beside the width of its name in full, in mm."""
    from osm2cdr.processing_provider.cartography.labels.text_size import abbreviated
    from osm2cdr.processing_provider.cartography.symbology.label_styles import Labels
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    styles = Labels(made.theme, Widths(made.theme, made.picture.page.scale), made.detail).street_styles()
    of_kind = {kind: style for style in styles for kind in style.kinds}
    groups = defaultdict(list)
    for values, shape in made.tables["roads"] + made.tables.get("paths", []):
        if values["name"] and not values["tunnel"] and values["kind"] in of_kind:
            groups[values["name"]].append((values["kind"], shape))
    texts = {label.text for label in made.of("Street names")}
    found = []
    for name, parts in groups.items():
        lines = [line for _, shape in parts for line in getattr(shape, "geoms", [shape])]
        merged = linemerge(lines)
        longest = max(line.length for line in getattr(merged, "geoms", [merged]))
        kinds = defaultdict(float)
        for kind, shape in parts:
            kinds[kind] += shape.length
        style = of_kind[max(kinds, key=kinds.get)]
        is_drawn = name in texts or abbreviated(name) in texts
        found.append(Named(name, longest, text_width(style.text, name), is_drawn, _reason(made, name)))
    return found


def text_width(text, name):
    """The width of a text in mm, by Qt at a size at which no rounding counts."""
    from qgis.PyQt.QtGui import QFont, QFontMetricsF

    font = QFont(text.font())
    font.setPixelSize(1000)
    return QFontMetricsF(font).horizontalAdvance(name) / 1000 * text.size() * 25.4 / 72


def places(made):
    """Every place, and whether it is named."""
    texts = {label.text.replace("\n", " ").casefold() for label in made.of("Place names")}
    return [
        Named(values["name"], 0, 0, values["name"].casefold() in texts, _reason(made, values["name"]))
        for values, _ in made.tables.get("places", []) if values["name"]
    ]  # fmt: skip


def areas(made, *kinds, table="green", layers=("Park names", "Park names along their areas")):
    """Every named area of some kinds with its cm2 on paper, and whether it is named."""
    texts = {label.text.replace("\n", " ") for label in made.of(*layers)}
    largest = defaultdict(float)
    for values, shape in made.tables.get(table, []):
        if values["name"] and values["kind"] in kinds:
            largest[values["name"]] = max(largest[values["name"]], shape.area / 100)
    return [Named(name, area, 0, name in texts, _reason(made, name)) for name, area in largest.items()]


def _reason(made, name):
    return next((why for (_, other), why in made.picture.unnamed.items() if other == name), "")
