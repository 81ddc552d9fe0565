"""Seconds to write each format from staged data, beside GDAL's ogr2ogr from the finished GeoPackage where it can.

The data are those of Monaco at detail level 5. A picture has its styling and its page in its time. ogr2ogr writes the
same tables without layers' notices, names, colours or proof.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from clock import cpu

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
# The driver that writes something alike, and what it needs.
PEERS: dict[str, list[str]] = {
    "gpkg": ["GPKG"], "shp": ["ESRI Shapefile"], "kml": ["KML"], "csv_wkt": ["CSV"],
    "gml": ["GML"], "flatgeobuf": ["FlatGeobuf"], "xlsx": ["XLSX"], "spatialite": ["SQLite", "-dsco", "SPATIALITE=YES"],
}  # fmt: skip


def peer(data: Path, folder: Path, driver: list[str]) -> float:
    """Seconds of ogr2ogr for all tables."""
    start = cpu()
    # This driver alone looks at the name.
    target = folder / ("peer.xlsx" if driver[0] == "XLSX" else "peer")
    command = ["ogr2ogr", "-q", "-f", *driver, str(target), str(data)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return cpu() - start


def report(source: str, box: str) -> str:
    """One table as Markdown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication

    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import availability, writer, written_formats
    from osm2cdr.processing_provider.pipeline import view_builders
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    application = QgsApplication([], False)
    application.initQgis()
    lines = ["| format | size | seconds | proof | ogr2ogr | ratio |", "|---|---:|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        request = make_request({"bbox": box, "formats": "gpkg", "detail": 5, "source": source})
        data: Path | None = None
        for item in written_formats():
            if availability(item):
                continue
            times, proofs, others, size = [], [], [], 0
            for number in range(ROUNDS):
                work = folder / f"{item.id}{number}"
                work.mkdir()
                pipeline = Stages(request, work)
                pipeline.staged(Feedback())
                if item.view == "data":
                    view_builders.build(pipeline, item, Feedback())
                private = work / "private"
                private.mkdir()
                path = private / f"map.{item.extension}"
                start = cpu()
                view = view_builders.build(pipeline, item, Feedback())
                module = writer(item)
                sheet = pipeline.plan.sheet() if "sheet" in item.abilities else None
                job = Job(item, notice=view.notice, theme=pipeline.plan.theme, page=sheet, detail=request.detail)
                written = module.write(view, path, job)
                times.append(cpu() - start)
                start = cpu()
                module.prove(path, view, written)
                proofs.append(cpu() - start)
                size = path.stat().st_size
                if item.id == "gpkg" and data is None:
                    data = path
                if item.id in PEERS and data is not None:
                    others.append(peer(data, work, PEERS[item.id]))
            mine, proof = statistics.median(times), statistics.median(proofs)
            other = statistics.median(others) if others else 0.0
            beside = f"{other:.2f} | {mine / other:.1f}" if other else "| "
            lines.append(f"| {item.id} | {size / 1024:,.0f} kB | {mine:.2f} | {proof:.2f} | {beside} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(sys.argv[1], sys.argv[2]))
