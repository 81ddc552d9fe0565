"""Markers of a project's layers: painted once and placed often, as QGIS paints each; progress; what cannot be read."""

import shutil
import subprocess

import drawn_by
import numpy as np
import pytest
from canvas_project import memory, picture

from areas import ROOT
from osm2cdr.processing_provider.drawing.clean.stamps import without_stamps
from osm2cdr.processing_provider.drawing.clean.tidy import tidy
from osm2cdr.processing_provider.drawing.model import Stamp
from osm2cdr.processing_provider.drawing.record import stamping
from osm2cdr.processing_provider.drawing.record.recorder import record
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline.events import Warned, read_events
from osm2cdr.processing_provider.tools import child_environment, qgis_process

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H10V10H0Z" fill="#c00"/>
<circle cx="4" cy="6" r="2" fill="#0a0" stroke="#00f" stroke-width="0.5"/><path d="M1 1C3 5 7 5 9 1" fill="none"
stroke="#000"/></svg>"""


@pytest.fixture
def layer(qgis, tmp_path):
    """100 points in rows, some of them at the page's edge, with a marker of three shapes below a plain one."""
    from qgis.core import QgsMarkerSymbol, QgsSimpleMarkerSymbolLayer, QgsSingleSymbolRenderer, QgsSvgMarkerSymbolLayer

    (tmp_path / "marker.svg").write_text(SVG, encoding="utf-8")
    rows = [(f"POINT({500000 + x * 110} {5500000 + y * 110})", f"n{x}-{y}") for x in range(10) for y in range(10)]
    made = memory("Point", "Markers", ["name:string"], rows)
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, QgsSvgMarkerSymbolLayer(str(tmp_path / "marker.svg"), 6.0, 20.0))
    symbol.appendSymbolLayer(QgsSimpleMarkerSymbolLayer())
    made.setRenderer(QgsSingleSymbolRenderer(symbol))
    return made


def items(drawing, kind):
    return [item for item in drawing.items if isinstance(item, kind)]


def test_stamps_are_what_qgis_paints_for_each_marker(layer, monkeypatch):
    view = picture(layer)
    stamped = tidy(record(view, Feedback()))
    stamps = items(stamped, Stamp)
    assert len({id(stamp.symbol) for stamp in stamps}) == 1
    # Those that reach over the page's edge are cut.
    assert len(stamps) == 8 * 8
    assert stamps[0].name.startswith("n")
    monkeypatch.setattr(stamping, "_KINDS", ())
    anew = tidy(record(view, Feedback()))
    assert not items(anew, Stamp)
    one, other = list(without_stamps(stamped).items), list(anew.items)
    assert len(one) == len(other) > 3 * 64
    for mine, theirs in zip(one, other):
        assert type(mine) is type(theirs)
        if hasattr(mine, "points"):
            assert np.allclose(mine.points, theirs.points, atol=1e-3)
            assert (mine.kinds == theirs.kinds).all()
            assert (mine.fill, mine.stroke, mine.name) == (theirs.fill, theirs.stroke, theirs.name)


def test_a_marker_that_differs_from_one_to_another_is_painted_each_time(layer):
    from qgis.core import QgsProperty, QgsSymbolLayer

    symbol = layer.renderer().symbol()
    symbol.symbolLayer(0).setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertySize, QgsProperty.fromExpression("$id % 5 + 2")
    )
    drawing = record(picture(layer), Feedback())
    assert not items(drawing, Stamp)


def test_markers_that_would_not_fit_as_paths_are_refused_in_a_sentence(layer, monkeypatch):
    from osm2cdr.processing_provider.drawing.clean import stamps as module
    from osm2cdr.processing_provider.errors import WriteError

    drawing = record(picture(layer), Feedback())
    stamps = items(drawing, Stamp)
    points = len(stamps) * sum(len(path.points) for path in stamps[0].symbol.paths)
    monkeypatch.setattr(module, "MAX_POINTS", points)
    without_stamps(drawing)
    monkeypatch.setattr(module, "MAX_POINTS", points - 1)
    with pytest.raises(WriteError, match=rf"The markers of the layer Markers have {points:,} points"):
        without_stamps(drawing)


def write(name, drawing, target):
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import writer

    job = Job(FORMATS[name], title="t", name="t", feedback=Feedback(), notice="")  # fmt: skip
    module = writer(FORMATS[name])
    view = drawing if "symbols" in FORMATS[name].abilities else without_stamps(drawing)
    module.prove(target, view, module.write(view, target, job))
    return target


def test_the_font_of_the_notice_is_there_before_it_is_asked_for(layer, monkeypatch):
    """Qt keeps another one in its place for the whole session, in which areas are exported as well."""
    from osm2cdr.processing_provider.cartography.fonts import font_files

    called = []
    monkeypatch.setattr(font_files, "register", lambda: called.append(True))
    picture(layer)
    assert called


def test_readers_draw_them_as_qgis_does(layer, tmp_path):
    from osm2cdr.processing_provider.cartography.rendering.paint import image

    view = picture(layer)
    drawing = tidy(record(view, Feedback()))
    png = tmp_path / "qgis.png"
    image(view, 100, Feedback()).save(str(png))
    qgis = drawn_by.image(png).astype(int)
    svg = write("svg_layers", drawing, tmp_path / "map.svg")
    text = svg.read_text(encoding="utf-8")
    assert text.count("<symbol ") == 1
    assert text.count("<use ") == 64
    pictures = [drawn_by.rsvg(svg, 100), drawn_by.poppler(write("pdf", drawing, tmp_path / "map.pdf"), 100)]
    # It is not on the second system.
    if shutil.which("inkscape"):
        pictures.append(drawn_by.inkscape(svg, 100))
    for found in pictures:
        height, width = (min(one, other) for one, other in zip(found.shape, qgis.shape[:2]))
        mine, theirs = found.astype(int)[:height, :width, :3], qgis[:height, :width, :3]
        # Edges of shapes are painted differently; a marker that is off or gone is far more.
        assert (np.abs(mine - theirs).max(axis=2) > 96).mean() < 0.01


def test_progress_moves_while_a_layer_is_drawn(layer):
    percents = []
    record(picture(layer), Feedback(lambda percent, _step, _text: percents.append(percent)))
    assert percents == sorted(percents)
    # The preview has the first 5 percent of the drawing, the layer goes on to 70.
    assert len({percent for percent in percents if 5 < percent < 70}) > 50


@pytest.fixture
def run(tmp_path):
    """run(*layers): exportcanvas of files as layers; what it warned of, and its result."""

    def start(*layers):
        environment = child_environment(ROOT, tmp_path)
        (tmp_path / "report.jsonl").unlink(missing_ok=True)
        environment["OSM2CDR_REPORT"] = str(tmp_path / "report.jsonl")
        command = [qgis_process(), "run", "osm2cdr:exportcanvas", *(f"--INPUT={path}" for path in layers)]
        command += ["--EXTENT=500000,501000,5500000,5501000 [EPSG:32633]", f"--OUTPUT_FOLDER={tmp_path / 'out'}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        events = read_events(tmp_path / "report.jsonl")
        return done, [event.text for event in events if isinstance(event, Warned)]

    return start


def saved(layer, path):
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = path.stem
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), QgsCoordinateTransformContext(), options)
    return path


def test_a_layer_that_breaks_in_the_middle_or_has_no_shapes_is_named(qgis, run, tmp_path):
    rows = [(f"POINT({500000 + n % 100 * 10} {5500000 + n / 10})", "x" * 200) for n in range(5000)]
    good = saved(memory("Point", "good", ["name:string"], rows[:10]), tmp_path / "good.gpkg")
    broken = saved(memory("Point", "broken", ["name:string"], rows), tmp_path / "broken.gpkg")
    with broken.open("r+b") as file:
        # Pages of the table's data; its head and its end are as they were.
        size = broken.stat().st_size
        file.seek(size // 4)
        file.write(b"\xff" * (size // 4))
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    done, told = run(good, broken, table)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The layer table is left out: it is a table without shapes." in told
    assert any(text.startswith("The layer broken is not ") for text in told), told
    assert not any("good" in text for text in told)
    shutil.rmtree(tmp_path / "out")
    done, told = run(good, tmp_path / "nowhere.gpkg")
    assert done.returncode != 0
    assert "nowhere.gpkg" in done.stdout + done.stderr
    assert told == []
