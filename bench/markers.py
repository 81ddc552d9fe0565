"""SVG markers of a project's layer: an export of ours beside QGIS's own rendering of the same layer.

.venv/bin/python bench/markers.py [points]   (part `markers` of bench/run.py)
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any, Callable

from clock import cpu

from osm2cdr.processing_provider.cartography.rendering.settings import map_settings

ROOT = Path(__file__).resolve().parent.parent
SIDE, SVG = 4000.0, "amenity/amenity_bench.svg"


def layer(points: int) -> Any:
    """Points in rows, each with a marker of QGIS's own library."""
    from qgis.core import (
        QgsApplication,
        QgsFeature,
        QgsGeometry,
        QgsMarkerSymbol,
        QgsPointXY,
        QgsSingleSymbolRenderer,
        QgsSvgMarkerSymbolLayer,
        QgsVectorLayer,
    )

    made = QgsVectorLayer("Point?crs=EPSG:32633&field=name:string", "Markers", "memory")
    row = int(points**0.5)
    features = []
    for number in range(points):
        feature = QgsFeature(made.fields())
        x, y = number % row, number // row
        feature.setGeometry(
            QgsGeometry.fromPointXY(QgsPointXY(500000 + (x + 0.5) * SIDE / row, 5500000 + (y + 0.5) * SIDE / row))
        )
        feature.setAttributes([f"n{number}"])
        features.append(feature)
    made.dataProvider().addFeatures(features)
    folder = next(Path(path) for path in QgsApplication.svgPaths() if (Path(path) / SVG).exists())
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, QgsSvgMarkerSymbolLayer(str(folder / SVG), 3.0))
    made.setRenderer(QgsSingleSymbolRenderer(symbol))
    return made


def picture(made: Any) -> Any:
    """The layer on an A4 page."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsRectangle

    from osm2cdr.processing_provider.cartography.rendering.canvas import Canvas
    from osm2cdr.processing_provider.cartography.rendering.canvas_area import area_of
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.request.pages import make_page

    crs, context = QgsCoordinateReferenceSystem("EPSG:32633"), QgsProcessingContext()
    box = QgsRectangle(500000, 5500000, 500000 + SIDE, 5500000 + SIDE)
    area = area_of(box, crs, crs, context.transformContext())
    request = make_request({"formats": "svg_layers", "crs": "EPSG:32633"}, area=area)
    canvas = Canvas.take([made], crs, context)
    canvas.adopt()
    return canvas.picture(make_page(request, "EPSG:32633"), Feedback())


def ours(view: Any, target: Path) -> None:
    """Recorded and written as SVG."""
    from osm2cdr.processing_provider.drawing.clean.sanitize import sound
    from osm2cdr.processing_provider.drawing.clean.tidy import tidy
    from osm2cdr.processing_provider.drawing.record.recorder import record
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import writer

    drawing = sound(tidy(record(view, Feedback())), Feedback())
    job = Job(FORMATS["svg_layers"], title="t", name="t", dpi=300, options={}, feedback=Feedback(), date="",
              source="", notice="", colors="rgb")  # fmt: skip
    module = writer(FORMATS["svg_layers"])
    module.prove(target, drawing, module.write(drawing, target, job))


def qgis_svg(view: Any, target: Path) -> None:
    """As QGIS draws it into Qt's SVG."""
    from qgis.core import QgsMapSettings
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QPainter
    from qgis.PyQt.QtSvg import QSvgGenerator

    from osm2cdr.processing_provider.cartography.rendering.paint import paint
    from osm2cdr.processing_provider.feedback import Feedback

    settings = map_settings(view, 600)
    settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, True)
    generator = QSvgGenerator()
    generator.setFileName(str(target))
    generator.setResolution(600)
    generator.setSize(QSize(settings.outputSize()))
    painter = QPainter(generator)
    paint(settings, painter, Feedback())
    painter.end()


def qgis_png(view: Any, target: Path) -> None:
    """As QGIS draws it into an image of 300 dpi."""
    from osm2cdr.processing_provider.cartography.rendering.paint import image
    from osm2cdr.processing_provider.feedback import Feedback

    image(view, 300, Feedback()).save(str(target))


def timed(action: Callable[[Any, Path], None], view: Any, target: Path) -> float:
    """Seconds of the faster of two runs."""
    taken = []
    for _ in range(2):
        start = cpu()
        action(view, target)
        taken.append(cpu() - start)
    return min(taken)


def main() -> None:
    """Print the times and their ratios."""
    from qgis.core import QgsApplication

    points = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    application = QgsApplication([], False)
    application.initQgis()
    view = picture(layer(points))
    with tempfile.TemporaryDirectory() as folder:
        own, svg, png = Path(folder, "own.svg"), Path(folder, "qgis.svg"), Path(folder, "qgis.png")
        seconds, by_svg, by_png = timed(ours, view, own), timed(qgis_svg, view, svg), timed(qgis_png, view, png)
        print("| | seconds | MB | ours takes |\n|---|---:|---:|---:|")
        print(f"| ours, SVG | {seconds:.2f} | {own.stat().st_size / 1e6:.1f} | |")
        print(f"| QGIS, SVG | {by_svg:.2f} | {svg.stat().st_size / 1e6:.1f} | {seconds / by_svg:.1f} times as long |")
        print(f"| QGIS, PNG | {by_png:.2f} | {png.stat().st_size / 1e6:.1f} | {seconds / by_png:.1f} times as long |")
    del view
    application.exitQgis()


if __name__ == "__main__":
    main()
