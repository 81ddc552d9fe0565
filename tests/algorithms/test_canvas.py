"""osm2cdr:exportcanvas: a project of its own through every kind of format, read by others than who wrote it."""

import base64
import io
import json
import re
import subprocess

import cdrdump
import pytest
from canvas_project import BOX, EXTENT, make_project, svg_layers, tags, texts
from cdrmodel import BITMAP

from areas import ROOT
from osm2cdr.processing_provider.pipeline.events import Failed, Warned, read_events
from osm2cdr.processing_provider.tools import child_environment, qgis_process

FORMATS = "png,svg_layers,pdf,eps,geotiff,gpkg,geojson,dxf"
LAYERS = ["Background", "Heights", "Land use", "Parcels", "Zones", "Streams", "Places"]
XLINK = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def project(qgis, tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """run(*arguments): exit code, what was said, the events of the report, the folder; by a bare qgis_process."""

    def start(*arguments, extent=BOX):
        folder = tmp_path_factory.mktemp("run")
        environment = child_environment(ROOT, folder)
        environment["OSM2CDR_REPORT"] = str(folder / "report.jsonl")
        command = [qgis_process(), "run", "osm2cdr:exportcanvas", *map(str, arguments)]
        command += [f"--OUTPUT_FOLDER={folder / 'out'}", *([f"--EXTENT={extent}"] if extent else [])]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr, read_events(folder / "report.jsonl"), folder / "out"

    return start


@pytest.fixture(scope="module")
def whole(project, run):
    """The visible layers in several formats: events and folder."""
    code, said, events, folder = run(f"--PROJECT_PATH={project}", f"--FORMATS={FORMATS}", "--DPI=120")
    assert code == 0, said
    return events, folder


def test_layers_are_named_and_lie_as_in_the_project(whole):
    layers = svg_layers(whole[1] / "town_svg_layers.svg")
    assert list(layers) == [*LAYERS, "Places – names", "Sheet"]
    assert tags(layers["Heights"]) == tags(layers["Parcels"]) == tags(layers["Zones"]) == {"image"}
    for name in ("Land use", "Streams", "Places"):
        assert "path" in tags(layers[name])
        assert "image" not in tags(layers[name])
    assert texts(layers["Places – names"]) == ["Place 1", "Place 2", "Place 3"]
    assert tags(layers["Places – names"]) == {"text"}


def test_classes_are_groups(whole):
    layers = svg_layers(whole[1] / "town_svg_layers.svg")

    def groups(name):
        ids = [group.get("id") for group in layers[name].iter("{*}g") if group.get("id")]
        return [re.sub(r"_x([0-9A-F]+)_", lambda found: chr(int(found[1], 16)), word) for word in ids[1:]]

    assert groups("Land use") == ["Woods", "Fields"]
    assert groups("Streams") == ["Small", "Large"]
    assert len(list(layers["Streams"].iter("{*}path"))) == 3
    assert groups("Places") == ["Few", "Many"]


def test_what_is_no_vector_is_a_picture_at_its_place_and_told_of(whole):
    from PIL import Image

    events, folder = whole
    told = [event.text for event in events if isinstance(event, Warned)]
    # The machine's fonts are its own affair.
    told = [text for text in told if "that this machine lacks" not in text]
    # Newer QGIS lays lines of a pattern inside a clip.
    told = [text.replace("picture: clipping.", "picture: patterns or gradients.") for text in told]
    assert told == [
        "The layer Lost is left out: it cannot be read.",
        "The layer Heights has no features: data are without it.",
        "The layer Heights is kept as a picture: it has no objects.",
        "The layer Parcels is kept as a picture: patterns or gradients.",
        "The layer Zones is kept as a picture: effects or transparency.",
    ]
    layers = svg_layers(folder / "town_svg_layers.svg")
    (heights,) = layers["Heights"].iter("{*}image")
    a, b, c, d, x, y = map(float, heights.get("transform").removeprefix("matrix(").removesuffix(")").split())
    # 800 x 500 m from the middle of the upper edge, at 1:6000, in points.
    scale = 72 / 25.4 * 1000 / 6000
    assert (b, c) == (0, 0)
    assert (a, d, x, y) == pytest.approx((800 * scale, 500 * scale, 800 * scale, 0), abs=0.3)
    pixels = Image.open(io.BytesIO(base64.b64decode(heights.get(XLINK).split(",")[1]))).convert("RGB")
    assert [color for _, color in pixels.getcolors()] == [(40, 160, 90)]
    (zone,) = layers["Zones"].iter("{*}image")
    pixels = Image.open(io.BytesIO(base64.b64decode(zone.get(XLINK).split(",")[1])))
    assert pixels.getpixel((pixels.width // 2, pixels.height // 2)) == pytest.approx((0x15, 0x65, 0xC0, 128), abs=2)


def test_the_pdf_has_the_layers_and_the_words(whole):
    import pikepdf

    path = whole[1] / "town_pdf.pdf"
    with pikepdf.open(path) as pdf:
        assert [float(side) / 72 * 25.4 for side in pdf.pages[0].MediaBox[2:]] == pytest.approx(
            [1600 / 6, 1000 / 6], abs=0.2
        )
        layers = [str(layer.Name) for layer in pdf.Root.OCProperties.OCGs]
    # Those of names lie in one.
    assert layers[:-1] == [*LAYERS, "Labels", "Places – names"]
    listed = subprocess.run(["pdfimages", "-list", str(path)], capture_output=True, text=True, check=True).stdout
    assert [line.split()[2] for line in listed.splitlines()[2:]].count("image") == 3
    words = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert all(word in words for word in ("Place 1", "Place 2", "Place 3", "1 : 6 000", "Town of Example 2026"))
    assert "OpenStreetMap" not in words


def test_an_eps_looks_like_the_pdf(whole):
    """With rasters, patterns, and a layer that others shine through."""
    import drawn_by
    from likeness import difference

    pdf, eps = drawn_by.poppler(whole[1] / "town_pdf.pdf", 150), drawn_by.ghostscript(whole[1] / "town_eps.eps", 150)
    assert difference(eps, pdf, dpi=150) < 0.01


def test_the_extent_is_exact_in_a_picture_with_a_place(whole):
    done = subprocess.run(
        ["gdalinfo", "-json", str(whole[1] / "town_geotiff.tif")], capture_output=True, text=True, check=True
    )
    corners = json.loads(done.stdout)["cornerCoordinates"]
    west, south, east, north = EXTENT
    assert [*corners["upperLeft"], *corners["lowerRight"]] == pytest.approx([west, north, east, south], abs=1e-6)


def test_vector_layers_are_data_cut_at_the_extent(whole):
    from shapely.geometry import box, shape

    folder = whole[1]
    done = subprocess.run(
        ["ogrinfo", "-al", "-so", str(folder / "town_gpkg.gpkg")], capture_output=True, text=True, check=True
    ).stdout
    assert done.count("Layer name: ") == 5
    assert 'ID["EPSG",32633]' in done
    streams = done.split("Layer name: Streams")[1].split("Layer name:")[0]
    numbers = streams.split("Extent: ")[1].splitlines()[0].replace(") - (", ",").strip("()").split(",")
    assert [float(numbers[0]), float(numbers[2])] == pytest.approx([EXTENT[0], EXTENT[2]], abs=1e-3)
    data = json.loads((folder / "town_geojson.geojson").read_text(encoding="utf-8"))
    frame = box(*EXTENT).buffer(0.01)
    assert len(data["features"]) == 11
    assert all(frame.covers(shape(feature["geometry"])) for feature in data["features"])
    places = [feature["properties"] for feature in data["features"] if feature["properties"].get("name")]
    people = {place["name"]: place["people"] for place in places}
    assert people == {"Place 1": 100, "Place 2": 200, "Place 3": 300}


def test_cad_has_the_layers(whole):
    import ezdxf

    drawing = ezdxf.readfile(whole[1] / "town_dxf.dxf")
    used = {entity.dxf.layer for entity in drawing.modelspace()}
    assert {"LAND_USE", "PARCELS", "ZONES", "STREAMS", "PLACES"} <= used


def test_the_png_is_what_qgis_itself_renders(whole, project):
    import numpy as np
    from PIL import Image
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRectangle
    from qgis.PyQt.QtCore import QSize

    made = Image.open(whole[1] / "town_png.png").convert("RGB")
    own = QgsProject()
    assert own.read(str(project))
    settings = QgsMapSettings()
    settings.setLayers([layer for layer in own.layerTreeRoot().checkedLayers() if layer.isValid()])
    settings.setDestinationCrs(own.crs())
    settings.setExtent(QgsRectangle(*EXTENT))
    settings.setOutputSize(QSize(*made.size))
    settings.setOutputDpi(120)
    settings.setBackgroundColor(own.backgroundColor())
    settings.setLabelingEngineSettings(own.labelingEngineSettings())
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    path = whole[1] / "qgis.png"
    assert job.renderedImage().save(str(path))
    theirs = np.asarray(Image.open(path).convert("RGB"), int)
    different = np.abs(np.asarray(made, int) - theirs).max(axis=2) > 24
    # Scale and notice stand at the foot.
    foot = int(made.height * 0.97)
    assert different[:foot].mean() < 0.002
    assert different[foot:].any()


def test_a_theme_has_its_layers_and_its_styles(project, run):
    code, said, events, folder = run(f"--PROJECT_PATH={project}", "--THEME=Water", "--FORMATS=svg_layers")
    assert code == 0, said
    layers = svg_layers(folder / "town_svg_layers.svg")
    assert list(layers) == ["Background", "Streams", "Sheet"]
    assert {group.get("stroke") for group in layers["Streams"].iter("{*}g")} - {None} == {"#FF0000"}
    assert not [event for event in events if isinstance(event, Warned)]


def test_what_a_project_in_degrees_shows_is_drawn_in_metres(run, tmp_path):
    """Without a project, of a file alone; the whole world, which no transverse Mercator can show."""
    from shapely.geometry import shape

    path = tmp_path / "lands.geojson"
    ring = [[-170, -60], [170, -60], [170, 70], [-170, 70], [-170, -60]]
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    for extent, width in (("-180,180,-90,90 [EPSG:4326]", 2.0), ("10,11,60,60.5 [EPSG:4326]", 1.0)):
        code, said, _, folder = run(f"--INPUT={path}", "--FORMATS=svg_layers,geojson", extent=extent)
        assert code == 0, said
        assert "counts in degrees" in said
        head = (folder / "map_svg_layers.svg").read_text(encoding="utf-8")[:2000]
        sides = [float(re.search(rf'{side}="([\d.]+)mm"', head)[1]) for side in ("width", "height")]
        assert sides[0] / sides[1] == pytest.approx(width, abs=0.02)
    (feature,) = json.loads((folder / "map_geojson.geojson").read_text(encoding="utf-8"))["features"]
    assert shape(feature["geometry"]).bounds == (10, 60, 11, 60.5)


def test_named_layers_are_drawn_in_the_projects_order(project, run):
    names = ("Places", "Land use", "Heights", "Hidden")
    arguments = [*(f"--INPUT={name}" for name in names), "--FORMATS=svg_layers,cdr", "--CRS=EPSG:3857"]
    code, said, _, folder = run(f"--PROJECT_PATH={project}", *arguments)
    assert code == 0, said
    layers = list(svg_layers(folder / "town_svg_layers.svg"))
    assert [name for name in layers if name in names] == ["Heights", "Land use", "Places", "Hidden"]
    heights = next(layer for layer in cdrdump.dump(folder / "town_cdr.cdr").layers if layer.name == "Heights")
    (raster,) = heights.shapes()
    assert raster.kind == BITMAP
    assert (raster.image == (40, 160, 90)).all()


@pytest.mark.one_system("sentences of ours, which leave QGIS as any error does")
@pytest.mark.parametrize(
    ("arguments", "extent", "words"),
    [
        ([], "", "Give an extent"),
        (["--INPUT=Nowhere"], BOX, "The layer 'Nowhere' of “Layers” cannot be read."),
        (["--THEME=Watr"], BOX, "no map theme 'Watr' (did you mean 'Water'?)"),
        (["--FORMATS=svg,osm"], BOX, "OSM XML is made of OpenStreetMap's own data"),
        (["--FORMATS=stl"], BOX, "STL (3D print) is made of OpenStreetMap's own data"),
        (["--INPUT=Heights", "--FORMATS=gpkg"], BOX, "None of the layers has features"),
    ],
)
def test_what_is_wrong_is_one_sentence(project, run, arguments, extent, words):
    code, said, events, folder = run(f"--PROJECT_PATH={project}", *arguments, extent=extent)
    assert code != 0
    assert words in said
    assert "Traceback" not in said
    assert len([event for event in events if isinstance(event, Failed)]) == 1
    assert not folder.exists() or not list(folder.iterdir())
