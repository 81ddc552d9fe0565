"""Shared fixtures: QGIS without a display, and each area exported once in every format."""

import os
import subprocess

import as_package  # noqa: F401
import one_system
import pytest
from budget import Budget
from names_fixtures import make  # noqa: F401
from overpass_fixtures import ask, overpass_places, serve  # noqa: F401
from proved import Proved
from sheet_fixtures import bare, picture  # noqa: F401
from window_fixtures import window, window_of_module  # noqa: F401

from areas import AREAS, ROOT
from names import with_names
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.registry import written_formats

BUDGET = Budget(FORMATS)
PROVED = Proved(FORMATS, BUDGET.format_of)
# Not for a run that a test starts.
SECONDS = os.environ.pop("OSM2CDR_TEST_SECONDS", "")
# A store is used and built by the tests that are about it alone.
os.environ["OSM2CDR_STORE"] = "off"


def pytest_collection_modifyitems(items):
    """What the next Debian does without is known by its marker."""
    one_system.mark(items)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    """What each format and each file of tests takes is told at the end."""
    with BUDGET.test(item.nodeid):
        yield


def pytest_runtest_logreport(report):
    """Which formats were proved is told at the end too."""
    PROVED.note(report)


def pytest_terminal_summary(terminalreporter):
    """How many formats were proved; what they took, and which took more than their share; what the files took.

    OSM2CDR_TEST_SECONDS names a CSV file for what each test took.
    """
    if SECONDS:
        BUDGET.write(SECONDS)
    told = {
        "formats": PROVED.told(),
        "processor seconds of formats": BUDGET.told(),
        "processor seconds of files": BUDGET.files_told(),
    }
    for title, lines in told.items():
        if lines:
            terminalreporter.section(title)
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def _priority():
    """No test lowers the priority of those that come after it: they would starve on a machine that is not quiet."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    yield
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


@pytest.fixture(scope="session")
def qgis():
    """A QgsApplication for the whole run."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    yield application
    application.exitQgis()


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """The zip of `make package`, made in a checkout called anything."""
    checkout = tmp_path_factory.mktemp("package") / "any name"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(checkout)], check=True)
    (checkout / ".venv").symlink_to(ROOT / ".venv")
    subprocess.run([str(checkout / ".ci" / "package")], check=True, capture_output=True)
    return checkout / "build" / "osm2cdr.zip"


def unpaid(stage):
    """A stage of an export that is on nobody's account."""

    def run(*arguments, **options):
        with BUDGET.account():
            return stage(*arguments, **options)

    return run


class Exported(dict):
    """Results by format, of one area in one style: each is made when it is asked for, the data are read once."""

    def __init__(self, fields, folder):
        from osm2cdr.processing_provider.feedback import Feedback
        from osm2cdr.processing_provider.pipeline.stages import Stages
        from osm2cdr.processing_provider.request.checks import make_request

        super().__init__()
        # Asked for as one request: some data are read only where a format wants them.
        names = [item.id for item in written_formats()]
        self.stages, self.folder = Stages(make_request({**fields, "formats": names}), folder / "work"), folder
        self.stages.work.mkdir()
        with BUDGET.account():
            self.stages.read(Feedback())
        # Made once for all formats: not the first one's.
        self.stages.picture, self.stages.drawing = map(unpaid, (self.stages.picture, self.stages.drawing))

    def __missing__(self, name):
        from osm2cdr.processing_provider.cartography.rendering.layered import layers
        from osm2cdr.processing_provider.feedback import Feedback
        from osm2cdr.processing_provider.pipeline import run
        from osm2cdr.processing_provider.pipeline.delivery import deliver

        item = FORMATS[name]
        if item.view == "picture" and item.layers != "none":
            # Painted once for all that have layers.
            with BUDGET.account():
                list(layers(self.stages.picture("", Feedback()), self.stages.request.dpi, Feedback()))
        with BUDGET.account(name):
            result = run.one(self.stages, item, None, Feedback())
            deliver([result], self.folder, "map", False, Feedback())
        assert result.error is None
        self[name] = result
        return result


@pytest.fixture(scope="session")
def export(qgis, tmp_path_factory):
    """export(area, style): one area in any format, each made once; the results by format."""
    made = {}
    folder = tmp_path_factory.mktemp("named")

    def run(area, style="default"):
        original, bbox = AREAS[area]
        if not original.exists():
            pytest.skip(f"{original} is not there")
        source = folder / f"{area}.osm.pbf"
        if not source.exists():
            with_names(original, source, bbox)
        if (area, style) not in made:
            fields = {"bbox": bbox, "style": style, "detail": 5, "source": str(source), "dpi": 150}
            made[area, style] = Exported(fields, tmp_path_factory.mktemp(f"{area}-{style}"))
        return made[area, style]

    return run


@pytest.fixture(scope="session")
def recorded(qgis, tmp_path_factory):
    """recorded(area, style): the picture and its drawing, made once; regression.BOXES says where."""
    import regression

    from osm2cdr.processing_provider.drawing.clean.tidy import tidy
    from osm2cdr.processing_provider.drawing.record.recorder import record
    from osm2cdr.processing_provider.feedback import Feedback

    made = {}

    def build(area, style):
        if not AREAS[area][0].exists():
            pytest.skip(f"{AREAS[area][0]} is not there")
        if (area, style) not in made:
            with BUDGET.account():
                picture = regression.picture(area, style, tmp_path_factory.mktemp("drawing"))
                made[area, style] = picture, tidy(record(picture, Feedback()))
        return made[area, style]

    return build
