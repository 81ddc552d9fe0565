"""CorelDRAW files of drawings, for the tests of the writer."""

import io

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


def picture(width=5, height=3, turn=0.0, alpha=255):
    """A picture of so many pixels, 30 x 20 mm, no two rows and columns alike, turned round its middle (degrees)."""
    import PIL.Image

    from osm2cdr.processing_provider.drawing import model as m

    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 0], pixels[..., 1] = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    pixels[..., 3] = 255
    pixels[0, 0, 3] = alpha
    data = io.BytesIO()
    PIL.Image.fromarray(pixels).save(data, "PNG")
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    across, down = np.array([cos, sin]) * 30, np.array([-sin, cos]) * 20
    start = np.array([60.0, 40.0]) - (across + down) / 2
    return m.Image(data.getvalue(), tuple(float(value) for value in (*across, *down, *start)), "Aerial")
