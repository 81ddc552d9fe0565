"""CorelDRAW files of drawings, for the tests of the writer."""

import kits
import numpy as np
import pytest

from areas import SAMPLE


@pytest.fixture(scope="module", autouse=True)
def corel_fonts(qgis):
    """The fonts that travel with the product."""
    from osm2cdr.processing_provider.cartography.fonts.font_files import register

    register()


@pytest.fixture(scope="module", name="drawing")
def few_streets(qgis, tmp_path_factory):
    """A few streets of the sample, as the kit has them."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    fields = {"bbox": kits.BOX, "formats": "cdr", "detail": 5, "source": str(SAMPLE)}
    return Stages(make_request(fields), tmp_path_factory.mktemp("cdr")).drawing("", Feedback())


def write(drawing, path, press=False, title="", notice=""):
    """The drawing as a file, proven as the product proves it."""
    from osm2cdr.processing_provider.formats.artwork.cdr import writer
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    job = Job(FORMATS["cdr"], title=title, colors="cmyk" if press else "rgb", notice=notice)
    writer.prove(path, drawing, writer.write(drawing, path, job))
    return path


def page(*items, name="Layer", group="Group"):
    """A drawing of one layer and one group."""
    from osm2cdr.processing_provider.drawing import model as m

    layers = [m.Layer(name, [m.Group(group, list(items))])] if items else []
    return m.Drawing(*kits.SIZE, m.Color(255, 255, 255), (0.0, 0.0, *kits.SIZE), layers)


def circle(count, radius, x=60.0, y=40.0):
    """A closed ring of points and what each is."""
    angles = np.linspace(0, 2 * np.pi, count)
    points = np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)
    points[-1] = points[0]
    return points, np.array([0] + [1] * (count - 1), np.uint8)
