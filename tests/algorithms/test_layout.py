"""osm2cdr:exportlayout: the pages of a made project's layouts, read by others than who wrote them."""

import re
import subprocess
from pathlib import Path

import pytest
from canvas_project import svg_layers, tags, texts
from layout_project import CLAUSE, LABEL, NAMES, PAGES, make_project

from areas import ROOT
from osm2cdr.processing_provider.pipeline.events import Made, Warned, read_events
from osm2cdr.processing_provider.tools import child_environment, qgis_process

FORMATS = "svg_layers,pdf,cdr,png"
TOWN = ["Background", "Relief", "Parks", "Roads", "People", "People – names", "Grids", "Frame"]
AFTERWARDS = ["Title", "Scale bar", "Legend", "North arrow", "Table"]
# A page is so many whole dots: QGIS leaves out what is over.
DPI = 127


@pytest.fixture(scope="module")
def project(qgis, tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def run(project, tmp_path_factory):
    """run(*arguments): exit code, what was said, the events of the report, the folder; by a bare qgis_process."""

    def start(*arguments):
        folder = tmp_path_factory.mktemp("run")
        environment = child_environment(ROOT, folder)
        environment["OSM2CDR_REPORT"] = str(folder / "report.jsonl")
        command = [qgis_process(), "run", "osm2cdr:exportlayout", f"--PROJECT_PATH={project}", *map(str, arguments)]
        command += [f"--OUTPUT_FOLDER={folder / 'out'}"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr, read_events(folder / "report.jsonl"), folder / "out"

    return start


@pytest.fixture(scope="module")
def sheet(run):
    """Both pages of the sheet in several formats: events and folder."""
    code, said, events, folder = run("--LAYOUT=Sheet", f"--FORMATS={FORMATS}", f"--DPI={DPI}")
    assert code == 0, said
    return events, folder


def test_a_file_for_each_page_of_each_format(sheet):
    made = [Path(event.path).name for event in sheet[0] if isinstance(event, Made)]
    endings = {"svg_layers": "svg", "pdf": "pdf", "cdr": "cdr", "png": "png"}
    names = [f"Sheet_{name}{page}.{endings[name]}" for page in ("", "-2") for name in FORMATS.split(",")]
    assert made == names
    assert sorted(path.name for path in sheet[1].iterdir()) == sorted(names)


def test_items_are_layers_and_maps_their_own(sheet):
    layers = svg_layers(sheet[1] / "Sheet_svg_layers.svg")
    assert list(layers) == [
        "Paper", *TOWN, "Background (2)", "Parks (2)", "Roads (2)", "Frame (2)", *AFTERWARDS
    ]  # fmt: skip
    parents = {name: layer.getparent().get("id") for name, layer in layers.items()}
    assert {parents[name] for name in TOWN} == {"Town"}
    assert {parents[name] for name in ("Background (2)", "Parks (2)", "Roads (2)", "Frame (2)")} == {"Overview"}
    assert tags(layers["Relief"]) == {"image"}
    assert "image" not in set().union(*(tags(layer) for name, layer in layers.items() if name != "Relief"))
    assert texts(layers["Title"]) == [LABEL]
    # With what shines round them.
    assert set(texts(layers["People – names"])) == set(NAMES)
    assert [*texts(layers["Table"])][-6:] == ["2", "Bob", "2", "3", "Café", "3"]
    assert {"People", "Roads", "Parks"} <= set(texts(layers["Legend"]))
    assert "200 m" in texts(layers["Scale bar"])
    assert texts(layers["Grids"]).count("500200.000") == 2
    second = svg_layers(sheet[1] / "Sheet_svg_layers-2.svg")
    assert list(second) == ["Paper", "Clause"]
    assert texts(second["Clause"]) == [CLAUSE]


def test_nothing_of_a_map_reaches_beyond_its_frame(sheet):
    """A wide road crosses both: it stays a line, and ends flat where it is cut."""
    layers = svg_layers(sheet[1] / "Sheet_svg_layers.svg")
    for name, (left, width) in (("Roads", (15, 180)), ("Roads (2)", (205, 80))):
        (road,) = layers[name].iter("{*}path")
        marked = [*road.iterancestors(), road]
        looks = [group.get("stroke-linecap") for group in marked if group.get("stroke-linecap")]
        assert looks[-1:] in ([], ["butt"])
        xs = [float(x) / 72 * 25.4 for x, _ in re.findall(r"(-?[\d.]+)[ ,](-?[\d.]+)", road.get("d"))]
        assert min(xs) == pytest.approx(left, abs=0.02)
        assert max(xs) == pytest.approx(left + width, abs=0.02)


def test_what_becomes_a_picture_is_told_before_any_file(sheet):
    events = sheet[0]
    told = [event.text for event in events if isinstance(event, Warned)]
    assert told[:2] == [
        "The layer Relief is kept as a picture: it has no objects.",
        "As pictures, not as objects, come 1 of the 18 layers of a page: Town – Relief.",
    ]
    assert told.count(told[0]) == 1
    assert not [text for text in told if "Sheet" in text]
    first = next(number for number, event in enumerate(events) if isinstance(event, Made))
    assert all(events.index(event) < first for event in events if isinstance(event, Warned))


def test_the_pdf_has_pages_of_their_size_and_the_words(sheet):
    import pikepdf

    for ending, size in zip(("", "-2"), PAGES):
        with pikepdf.open(sheet[1] / f"Sheet_pdf{ending}.pdf") as pdf:
            assert len(pdf.pages) == 1
            assert [float(side) / 72 * 25.4 for side in pdf.pages[0].MediaBox[2:]] == pytest.approx(size, abs=0.01)
            names = [str(layer.Name) for layer in pdf.Root.OCProperties.OCGs]
        assert "Paper" in names
        words = _words(sheet[1] / f"Sheet_pdf{ending}.pdf")
        wanted = [LABEL, *NAMES, "200 m", "Roads"] if not ending else [CLAUSE]
        assert [word for word in wanted if word not in words] == []


def _words(path):
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_libcdr_reads_the_words_of_the_cdr(sheet):
    from lxml import etree

    told = subprocess.run(["cdr2xhtml", str(sheet[1] / "Sheet_cdr.cdr")], capture_output=True, check=True).stdout
    words = "".join(etree.fromstring(told, etree.XMLParser(recover=True)).itertext())
    assert [word for word in (LABEL, *NAMES, "200 m", "Roads") if word not in words] == []


def test_a_page_looks_as_qgis_draws_it(sheet, project):
    """QGIS's own exporter, beside librsvg and Poppler."""
    import drawn_by
    from likeness import difference

    own = drawn_by.image(_exported_by_qgis(project, sheet[1].parent)[0])
    for made in (
        drawn_by.rsvg(sheet[1] / "Sheet_svg_layers.svg", DPI),
        drawn_by.poppler(sheet[1] / "Sheet_pdf.pdf", DPI),
        drawn_by.image(sheet[1] / "Sheet_png.png"),
    ):
        # Edges of letters and of thin lines.
        assert difference(made, own, dpi=DPI) < 0.012


@pytest.fixture
def here(qgis, project, tmp_path):
    """here(**parameters): the warnings and the folder of an export in this process."""
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

    from osm2cdr.processing_provider.algorithms.exportlayout import ExportLayout

    def start(**fields):
        loaded, context = QgsProject(), QgsProcessingContext()
        assert loaded.read(str(project))
        context.setProject(loaded)
        given = {**fields, "OUTPUT_FOLDER": str(tmp_path / "out")}
        results, worked = ExportLayout().create().run(given, context, QgsProcessingFeedback())
        loaded.clear()
        assert worked
        return results["WARNINGS"].splitlines(), tmp_path / "out"

    return start


def test_turned_maps_overviews_and_what_no_drawing_holds(here, project):
    import drawn_by
    from likeness import difference

    told, folder = here(LAYOUT="Hard", FORMATS="svg_layers")
    assert told == [
        "The item Turned item is kept as a picture: it is turned, or cut by a shape.",
        "The item Faint is kept as a picture: effects or transparency.",
        "The item Gradient is kept as a picture: patterns or gradients.",
        "As pictures, not as objects, come 3 of the 17 layers of a page: Turned item, Faint, Gradient.",
    ]
    layers = svg_layers(folder / "Hard_svg_layers.svg")
    # Names lie on the overview, as in QGIS.
    assert list(layers) == [
        "Paper", *("Background", "Parks", "Roads", "People", "People – names", "Frame"), "Turned item",
        *(f"{name} (2)" for name in ("Background", "Parks", "Roads", "People")), "Overview", "People – names (2)",
        "Faint", "Gradient", "Over the edge of the page",
    ]  # fmt: skip
    (own,) = _exported_by_qgis(project, folder.parent, "Hard")
    assert difference(drawn_by.rsvg(folder / "Hard_svg_layers.svg", DPI), drawn_by.image(own), dpi=DPI) < 0.012


def _exported_by_qgis(project, folder, name="Sheet"):
    from qgis.core import QgsLayoutExporter, QgsProject

    loaded = QgsProject()
    assert loaded.read(str(project))
    layout = loaded.layoutManager().layoutByName(name)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = DPI
    assert QgsLayoutExporter(layout).exportToImage(str(folder / "qgis.png"), settings) == 0
    loaded.clear()
    return sorted(folder.glob("qgis*.png"))


def test_an_atlas_has_a_page_for_each_feature(here):
    told, folder = here(LAYOUT="Atlas", FORMATS="svg", NAME="town")
    assert told == []
    assert sorted(path.name for path in folder.iterdir()) == [
        f"town_svg-page_{name}.svg" for name in sorted(NAMES)
    ]  # fmt: skip
    for name in NAMES:
        content = (folder / f"town_svg-page_{name}.svg").read_text(encoding="utf-8")
        assert f"Here lives {name}" in content


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"LAYOUT": "Shet"},
         "Print layout: The project has no print layout 'Shet' (did you mean 'Sheet'?); there are Sheet, Atlas, Hard."),
        ({"PAGES": "3"}, "Pages: The layout has the pages 1 to 2, and not 3."),
        ({"PAGES": "all"}, "Pages: Pages are numbers such as 1,3-4; leave it empty for all."),
        ({"FORMATS": "dxf"},
         "Formats: DXF (AutoCAD 2010) does not hold the page of a layout; take a format of artwork, or an image."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(qgis, project, fields, text):
    from qgis.core import QgsProcessingContext, QgsProject

    from osm2cdr.processing_provider.algorithms.exportlayout import ExportLayout

    loaded, context = QgsProject(), QgsProcessingContext()
    assert loaded.read(str(project))
    context.setProject(loaded)
    given = {"LAYOUT": "Sheet", "OUTPUT_FOLDER": "/tmp/never", **fields}
    assert ExportLayout().create().checkParameterValues(given, context) == (False, text)
    loaded.clear()
