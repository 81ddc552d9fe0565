"""Artwork: seconds and size of each format beside Qt's QSvgGenerator, and how large drawings become CorelDRAW files.

Every format is written from one recorded drawing; QSvgGenerator is what QGIS's own SVG export paints into. The large
drawings are that one again and again, side by side; LibreOffice, where it is installed, opens the largest.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

from clock import cpu

from osm2cdr.processing_provider.cartography.rendering.settings import map_settings

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, DPI, LEVEL = 3, 600, 4
# LibreOffice may take so many times as long as writing.
PATIENCE = 12
COUNTS = (12_500, 25_000, 50_000, 100_000)


def seconds(work: Callable[[], Any]) -> float:
    """How long it takes."""
    start = cpu()
    work()
    return cpu() - start


def started() -> Any:
    """QGIS, ready."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    return application


def pipeline(source: str, box: str, folder: Path) -> Any:
    """Monaco on A4."""
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    fields = {"bbox": box, "formats": "svg", "detail": LEVEL, "source": source, "page": "A4"}
    return Stages(make_request(fields), folder)


def generated(picture: Any, path: Path) -> Callable[[], None]:
    """QGIS painting the same layers and names into QSvgGenerator."""
    from qgis.core import QgsMapRendererCustomPainterJob, QgsMapSettings
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QPainter
    from qgis.PyQt.QtSvg import QSvgGenerator

    def draw() -> None:
        settings = map_settings(picture, DPI)
        settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, True)
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setResolution(DPI)
        generator.setSize(QSize(settings.outputSize().width(), settings.outputSize().height()))
        painter = QPainter(generator)
        job = QgsMapRendererCustomPainterJob(settings, painter)
        job.start()
        job.waitForFinished()
        painter.end()

    return draw


def formats(source: str, box: str, folder: Path) -> list[str]:
    """Rows of a table: each artwork format, then Qt's."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import writer, written_formats

    made = pipeline(source, box, folder)
    picture = made.picture("", Feedback())
    names = [item for item in written_formats() if item.view == "drawing"]
    view = made.drawing("", Feedback())
    recording = statistics.median(seconds(lambda: _again(made)) for _ in range(ROUNDS))
    times: dict[str, list[tuple[float, float]]] = {}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        for item in names:
            path = folder / f"map-{item.id}.{item.extension}"
            module, start = writer(item), cpu()
            written = module.write(view, path, Job(item, dpi=300))
            middle = cpu()
            module.prove(path, view, written)
            times.setdefault(item.id, []).append((middle - start, cpu() - middle))
            sizes[item.id] = path.stat().st_size
        path = folder / "peer.svg"
        times.setdefault("QSvgGenerator", []).append((seconds(generated(picture, path)), 0.0))
        sizes["QSvgGenerator"] = path.stat().st_size
    objects = sum(1 for _ in view.items)
    rows = [
        f"{objects:,} objects, recorded in {recording:.2f} s, which each format but Qt's has besides:", "",
        "| format | seconds | proof, s | size | of Qt's |", "|---|---:|---:|---:|---:|",
    ]  # fmt: skip
    for name, taken in times.items():
        write, proof = (statistics.median(part) for part in zip(*taken))
        share = sizes[name] / sizes["QSvgGenerator"]
        rows.append(f"| {name} | {write:.2f} | {proof:.2f} | {sizes[name] / 1024:,.0f} kB | {share:.2f} |")
    return rows


def _again(made: Any) -> None:
    """Record once more."""
    from osm2cdr.processing_provider.feedback import Feedback

    made._drawings.clear()
    made.drawing("", Feedback())


def repeated(drawing: Any, count: int) -> Any:
    """A drawing of so many objects: this one side by side, on a page of the same size."""
    from osm2cdr.processing_provider.drawing.model import Group, Layer, Path, Text

    layers = [
        Layer(layer.name, [Group(group.name, [], group.token) for group in layer.groups]) for layer in drawing.layers
    ]
    made, tile = 0, 0
    while made < count:
        x, y = drawing.width * (tile % 8) / 8, drawing.height * (tile // 8 % 8) / 8
        tile += 1
        for layer, target in zip(drawing.layers, layers):
            for group, found in zip(layer.groups, target.groups):
                for item in group.items[: max(0, count - made)]:
                    if isinstance(item, Path):
                        found.items.append(replace(item, points=item.points / 8 + (x, y)))
                    elif isinstance(item, Text):
                        lines = [replace(line, x=line.x / 8 + x, y=line.y / 8 + y, path=None) for line in item.lines]
                        found.items.append(replace(item, lines=lines))
                    made += 1
    return replace(drawing, layers=layers)


def large(source: str, box: str, count: int, target: Path) -> None:
    """Write a large drawing; prints seconds, MB that writing took at most, and MB of the file."""
    import tracemalloc

    application = started()
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.artwork.cdr import writer
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    with tempfile.TemporaryDirectory() as name:
        drawing = repeated(pipeline(source, box, Path(name)).drawing("", Feedback()), count)
    taken = seconds(lambda: writer.write(drawing, target, Job(FORMATS["cdr"])))
    # Once more, since watching memory takes time.
    tracemalloc.start()
    writer.write(drawing, target, Job(FORMATS["cdr"]))
    most = tracemalloc.get_traced_memory()[1]
    print(f"{taken:.2f} {most / 1e6:.0f} {target.stat().st_size / 1e6:.1f}")
    application.exitQgis()


def opened(path: Path, folder: Path, limit: float) -> str:
    """Seconds in which LibreOffice opens and draws a file; it is stopped after `limit`."""
    program = shutil.which("soffice")
    if program is None:
        return "not installed"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "png", "--outdir", str(folder), str(path)]
    start = time.perf_counter()
    # The program starts another one, which would outlive it.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        try:
            run.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return f"more than {limit:.0f}"
    taken = time.perf_counter() - start
    return f"{taken:.0f}" if path.with_suffix(".png").exists() else "cannot"


def report(source: str, box: str) -> str:
    """Both tables as Markdown."""
    application = started()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = formats(source, box, folder)
        rows += ["", "CorelDRAW files of large drawings:", ""]
        rows += ["| objects | seconds | memory | file | LibreOffice opens it in, s |", "|---:|---:|---:|---:|---:|"]
        for count in COUNTS:
            path = folder / f"{count}.cdr"
            command = [sys.executable, __file__, source, box, str(count), str(path)]
            told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-3:]
            shown = opened(path, folder, PATIENCE * float(told[0])) if count == COUNTS[-1] else ""
            rows.append(f"| {count:,} | {told[0]} | {told[1]} MB | {told[2]} MB | {shown} |")
    application.exitQgis()
    return "\n".join(rows)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        large(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        print(report(sys.argv[1], sys.argv[2]))
