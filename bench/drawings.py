"""25 km2 of a dense town as CAD drawings, beside QGIS's own QgsDxfExport, by turns, medians, processor seconds.

QgsDxfExport gets the same cut tables with fills, street names as labels and markers as blocks, so that it writes as
many hatches, polylines and inserts; it has no attributes of blocks, no extended data, no sheet, and one layer for each
table.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from clock import cpu

SECTION = """## Drawings

25 km2 of the town of 74 MB, detail level 6, as CAD files, beside QGIS's QgsDxfExport of the same cut tables with as
many hatches, polylines and blocks, and with the names of streets; by turns.

{table}
"""
ROUNDS = 3
LEVEL = 6
FORMATS = ("dxf", "dxf_r2018", "dxf_r12", "dwg", "dgn", "scr", "landxml")
_SCALE = 5000


def _layers(data: Path) -> list:
    """The tables as layers with the symbols that make hatches, polylines, texts and blocks of them."""
    from osgeo import ogr
    from qgis.core import (
        QgsFillSymbol,
        QgsPalLayerSettings,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
        QgsWkbTypes,
    )

    dataset = ogr.Open(str(data))
    names = [dataset.GetLayer(number).GetName() for number in range(dataset.GetLayerCount())]
    dataset = None
    layers = []
    for name in names:
        layer = QgsVectorLayer(f"{data}|layername={name}", name, "ogr")
        if layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry:
            layer.renderer().setSymbol(QgsFillSymbol.createSimple({"color": "#ddd2c6", "outline_color": "#000000"}))
        if name == "roads":
            labels = QgsPalLayerSettings()
            labels.fieldName = "name"
            labels.placement = QgsPalLayerSettings.Placement.Line
            layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
            layer.setLabelsEnabled(True)
        layers.append(layer)
    return layers


def peer(data: Path, target: Path) -> float:
    """Seconds of QgsDxfExport; its layers are open already."""
    from qgis.core import QgsDxfExport, QgsMapSettings, QgsRectangle
    from qgis.PyQt.QtCore import QFile, QIODevice, QSize

    layers = _layers(data)
    extent = QgsRectangle()
    for layer in layers:
        extent.combineExtentWith(layer.extent())
    start = cpu()
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1000, 1000))
    export = QgsDxfExport()
    export.setMapSettings(settings)
    export.addLayers([QgsDxfExport.DxfLayer(layer) for layer in layers])
    export.setSymbologyScale(_SCALE)
    export.setSymbologyExport(getattr(QgsDxfExport, "FeatureSymbology", None) or export.symbologyExport())
    export.setDestinationCrs(layers[0].crs())
    export.setExtent(extent)
    file = QFile(str(target))
    file.open(QIODevice.OpenModeFlag.WriteOnly)
    done = export.writeToFile(file, "cp1252")
    file.close()
    if int(done):
        raise RuntimeError(f"QgsDxfExport: {done}")
    return cpu() - start


def report(source: str, box: str) -> str:
    """One table as Markdown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication

    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.catalogue import FORMATS as ALL
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import availability, writer
    from osm2cdr.processing_provider.pipeline import view_builders
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    application = QgsApplication([], False)
    application.initQgis()
    items = [ALL[name] for name in FORMATS if not availability(ALL[name])]
    taken: dict[str, list[tuple[float, float]]] = {item.id: [] for item in items}
    told, others = {}, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        request = make_request({"bbox": box, "formats": "gpkg", "detail": LEVEL, "source": source})
        stages = Stages(request, folder)
        stages.staged(Feedback())
        views = {item.id: view_builders.build(stages, item, Feedback()) for item in items}
        for _ in range(ROUNDS):
            for item in items:
                view, module, path = views[item.id], writer(item), folder / f"map.{item.extension}"
                start = cpu()
                written = module.write(view, path, Job(item, notice=view.notice, theme=stages.plan.theme))
                middle = cpu()
                module.prove(path, view, written)
                taken[item.id].append((middle - start, cpu() - middle))
                told[item.id] = f"{written.features:,}", f"{path.stat().st_size / 1e6:.1f} MB"
            others.append(peer(views["dxf"].path, folder / "peer.dxf"))
        size = f"{(folder / 'peer.dxf').stat().st_size / 1e6:.1f} MB"
    theirs = statistics.median(others)
    lines = ["| | objects | size | seconds | proof | ratio |", "|---|---:|---:|---:|---:|---:|"]
    for item in items:
        seconds, proof = (statistics.median(column) for column in zip(*taken[item.id]))
        count, weight = told[item.id]
        ratio = f"{seconds / theirs:.2f}" if item.id.startswith("dxf") else ""
        lines.append(f"| {item.id} | {count} | {weight} | {seconds:.2f} | {proof:.2f} | {ratio} |")
    lines.append(f"| QgsDxfExport |  | {size} | {theirs:.2f} |  |  |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(*sys.argv[1:3]))
