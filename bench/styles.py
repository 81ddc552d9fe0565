"""Seconds to style a map and to draw it, by level and by style, beside QGIS drawing the same data by itself.

Monaco on A4, the tables already cut. Peers in the same run, by turns: QGIS rendering the same tables with its default
single symbols and no names (PNG), and its layout exporter writing our styled layers (SVG, PDF), vectors
and text as text.
"""

import copy
import os
import statistics
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Callable

from clock import cpu

from osm2cdr.processing_provider.cartography.rendering.settings import map_settings

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, DPI, LEVELS, LEVEL = 3, 200, (2, 3, 4, 5, 6), 4


def seconds(work: Callable[[], Any]) -> float:
    """How long it takes."""
    start = cpu()
    work()
    return cpu() - start


def plain(view: Any, path: Path) -> Callable[[], None]:
    """QGIS with its default symbols: all tables of a GeoPackage, areas beneath lines beneath points, as a PNG."""
    from qgis.core import QgsMapRendererParallelJob, QgsProviderRegistry, QgsVectorLayer

    def draw() -> None:
        uris = [item.uri() for item in QgsProviderRegistry.instance().querySublayers(str(path))]
        layers = [QgsVectorLayer(uri, "layer", "ogr") for uri in uris]
        for layer in layers:
            layer.setCrs(view.crs)
        layers.sort(key=lambda layer: layer.geometryType())
        settings = map_settings(view, DPI)
        settings.setLayers(layers)
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        job.renderedImage().save(str(path.with_suffix(".png")))

    return draw


def layout(view: Any, path: Path) -> Callable[[], None]:
    """QGIS's layout exporter on our layers, in the format of the suffix."""
    from qgis.core import (
        Qgis,
        QgsLayoutExporter,
        QgsLayoutItemMap,
        QgsLayoutSize,
        QgsPrintLayout,
        QgsProject,
        QgsRectangle,
        QgsUnitTypes,
    )

    def export() -> None:
        project = QgsProject()
        project.setCrs(view.crs)
        made = QgsPrintLayout(project)
        made.initializeDefaults()
        page, mm = view.page, QgsUnitTypes.LayoutUnit.LayoutMillimeters
        made.pageCollection().page(0).setPageSize(QgsLayoutSize(page.width_mm, page.height_mm, mm))
        item = QgsLayoutItemMap(made)
        item.attemptResize(QgsLayoutSize(page.width_mm, page.height_mm, mm))
        item.setCrs(view.crs)
        item.setLayers(view.layers)
        item.setKeepLayerSet(True)
        item.zoomToExtent(QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax))
        made.addLayoutItem(item)
        exporter = QgsLayoutExporter(made)
        if path.suffix == ".svg":
            settings = QgsLayoutExporter.SvgExportSettings()
            settings.dpi, settings.forceVectorOutput = 600, True
            settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
            code = exporter.exportToSvg(str(path), settings)
        else:
            settings = QgsLayoutExporter.PdfExportSettings()
            settings.dpi, settings.forceVectorOutput = 600, True
            settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
            code = exporter.exportToPdf(str(path), settings)
        if code != QgsLayoutExporter.ExportResult.Success:
            raise RuntimeError(f"QGIS's layout exporter failed: {exporter.errorMessage()}")

    return export


class Map:
    """Monaco at one level, read and cut once."""

    def __init__(self, source: str, box: str, level: int, folder: Path) -> None:
        from osm2cdr.processing_provider.feedback import Feedback
        from osm2cdr.processing_provider.pipeline.stages import Stages
        from osm2cdr.processing_provider.request.checks import make_request

        request = make_request({"bbox": box, "formats": "png", "detail": level, "source": source, "page": "A4"})
        self.folder = folder
        self.pipeline = Stages(request, folder)
        self.pipeline.staged(Feedback())
        cut, kept = self.pipeline._cut, []

        def once(*arguments: Any) -> Any:
            if not kept:
                kept.append(cut(*arguments))
            return kept[0]

        self.pipeline._cut = once  # type: ignore[method-assign]
        self.pipeline.picture("", Feedback())
        self.data = kept[0]

    def measure(self, style: str, peers: bool) -> dict[str, float]:
        """Medians of seconds, and objects."""
        from osm2cdr.processing_provider.cartography.themes.loading import load_theme
        from osm2cdr.processing_provider.feedback import Feedback
        from osm2cdr.processing_provider.formats.catalogue import FORMATS
        from osm2cdr.processing_provider.formats.contract import Job
        from osm2cdr.processing_provider.formats.registry import writer

        times: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            one = copy.copy(self.pipeline)
            one.request = replace(one.request, style=style)
            one.plan = replace(one.plan, request=one.request, theme=load_theme(style))
            one._pictures, one._drawings = {}, {}
            work = Path(tempfile.mkdtemp(dir=self.folder))
            start = cpu()
            view = one.picture("", Feedback())
            times.setdefault("style", []).append(cpu() - start)
            times.setdefault("record", []).append(seconds(lambda one=one: one.drawing("", Feedback())))
            for name in ("png", "svg", "pdf"):
                item = FORMATS[name]
                write = partial(
                    writer(item).write,
                    view if name == "png" else one.drawing("", Feedback(), name == "svg"),
                    work / f"map.{name}",
                    Job(item, dpi=DPI),
                )
                times.setdefault(name, []).append(seconds(write))
            if peers:
                for name in ("svg", "pdf"):
                    times.setdefault(f"layout {name}", []).append(seconds(layout(view, work / f"peer.{name}")))
                times.setdefault("plain", []).append(seconds(plain(view, Path(self.data.path))))
        result = {name: statistics.median(values) for name, values in times.items()}
        return {**result, "objects": sum(table.features for table in self.data.tables)}


def report(source: str, box: str) -> str:
    """Both tables as Markdown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication

    from osm2cdr.processing_provider.cartography.themes.loading import style_names

    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as name:
        maps = {level: Map(source, box, level, Path(tempfile.mkdtemp(dir=name))) for level in LEVELS}
        levels = [
            "| level | objects | styling, s | PNG, s | QGIS, default symbols, s | ratio | recording, s "
            "| SVG, s | layout, s | ratio | PDF, s | layout, s | ratio |",
            "|" + "---:|" * 13,
        ]
        for level, drawn in maps.items():
            row = drawn.measure("default", True)
            vectors = [(row["record"] + row[name]) / row[f"layout {name}"] for name in ("svg", "pdf")]
            shares = [row["png"] / row["plain"], *vectors]
            shown = [row[name] for name in ("style", "png", "plain")] + [shares[0], row["record"]]
            shown += [row["svg"], row["layout svg"], shares[1], row["pdf"], row["layout pdf"], shares[2]]
            cells = " | ".join(f"{value:.2f}" for value in shown)
            levels.append(f"| {level} | {row['objects']:,} | {cells} |")
        styles = ["| style | styling, s | PNG, s | recording, s | SVG, s | PDF, s |", "|---|" + "---:|" * 5]
        for style in style_names():
            row = maps[LEVEL].measure(style, False)
            cells = " | ".join(f"{row[part]:.2f}" for part in ("style", "png", "record", "svg", "pdf"))
            styles.append(f"| {style} | {cells} |")
    return "\n".join(
        ["Style `default`, by level of detail:", "", *levels, "", f"By style, level {LEVEL}:", "", *styles]
    )


if __name__ == "__main__":
    print(report(sys.argv[1], sys.argv[2]))
