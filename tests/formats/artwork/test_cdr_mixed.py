"""Names of CorelDRAW files as they come by themselves, names of objects, and pictures, in what other programs read."""

from collections import Counter

import cdrdump
import libcdr
import numpy as np
import pytest
from cdragree import agree
from cdrmade import circle, corel_fonts, few_streets, page, write  # noqa: F401
from cdrmodel import CURVE, TEXT, Group, things
from painted import picture

from areas import SAMPLE

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

BOX = "24.9405,60.1690,24.9430,60.1702"


@pytest.fixture(scope="module", name="built")
def views(qgis, tmp_path_factory):
    """built(text, format): the drawing that a format gets of a few streets, names as asked for."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.pipeline import view_builders
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    fields = {"bbox": BOX, "formats": "cdr,svg", "detail": 5, "source": str(SAMPLE)}
    stages = Stages(make_request(fields), tmp_path_factory.mktemp("mixed"))

    def build(text, format_id):
        from dataclasses import replace

        stages.request = replace(stages.request, text=text)
        return view_builders.build(stages, FORMATS[format_id], Feedback())

    return build


def kinds(drawing):
    """How many texts a drawing has, how many of them any program shows."""
    from osm2cdr.processing_provider.drawing.clean.outlining import is_plain
    from osm2cdr.processing_provider.drawing.model import Text

    texts = [item for item in drawing.items if isinstance(item, Text)]
    return len(texts), sum(map(is_plain, texts))


def test_names_are_mixed_by_themselves_in_coreldraw_alone(built):
    live = kinds(built("auto", "svg"))
    assert 0 < live[1] < live[0]
    assert kinds(built("auto", "cdr")) == (live[1], live[1])
    for format_id in ("svg", "cdr"):
        assert kinds(built("live", format_id)) == live
        assert kinds(built("mixed", format_id)) == (live[1], live[1])
        assert kinds(built("outlines", format_id)) == (0, 0)


def test_each_name_is_one_thing(built, tmp_path):
    """Under its own name: text or outlines, and what shines round them; as many names as there are live."""
    drawing, live = built("auto", "cdr"), built("live", "cdr")
    document = cdrdump.dump(write(drawing, tmp_path / "a.cdr"))
    agree(drawing, document)
    before = cdrdump.dump(write(live, tmp_path / "b.cdr"))
    agree(live, before)
    assert document.names.keys() == {thing.number for thing in all_of(document) if thing.name}
    named, wanted = (names_of(found) for found in (document, before))
    assert named == wanted
    streets = next(layer for layer in document.layers if layer.name.endswith("Street names"))
    for thing in streets.children[0].children:
        assert isinstance(thing, Group)
        letters, halo = thing.children
        assert halo.kind == CURVE
        assert halo.width > 0
        assert letters.kind in (CURVE, TEXT)
        assert letters.width == 0
    assert {shape.kind for shape in streets.shapes()} >= {CURVE}


def all_of(document):
    return [thing for layer in document.layers for thing in things(layer.children)]


def names_of(document):
    """Of all layers of names: what each thing is called."""
    layers = [layer for layer in document.layers if layer.name.startswith("Labels")]
    return Counter(thing.name for layer in layers for block in layer.children for thing in block.children)


def test_letters_that_are_outlines_have_inks_of_letters(built, tmp_path):
    """Black ink alone for dark grey, as it would be printed of text, not four inks beside one another."""
    drawing = built("outlines", "cdr")
    document = cdrdump.dump(write(drawing, tmp_path / "a.cdr", True))
    streets = next(layer for layer in document.layers if layer.name.endswith("Street names"))
    letters = [shape.fill.values for shape in streets.shapes() if not shape.width]
    assert letters
    assert all(sum(value > 0 for value in values) <= 2 for values in letters)


@pytest.mark.parametrize("turn", [0, 20])
def test_pictures_are_where_they_belong(qgis, tmp_path, turn):
    """Level and turned, by our reader and by libcdr as pixels; the same picture twice is in the file once."""
    import drawn_by

    one = picture(50, 30, turn)
    path = write(page(one, one), tmp_path / "a.cdr")
    document = cdrdump.dump(path)
    agree(page(one, one), document)
    assert document.sizes["bmp ", 0x76 + 152 * 30] == 1
    assert libcdr.differences(document, path)[0] == []
    seen = drawn_by.libcdr(path, 127)
    a, b, c, d, e, f = one.matrix
    for u, v in ((0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.5, 0.5)):
        x, y = round((a * u + c * v + e) * 5), round((b * u + d * v + f) * 5)
        assert np.abs(seen[y, x].astype(int) - (255 * u, 255 * v, 0)).max() < 30
    assert tuple(seen[5, 5]) == (255, 255, 255)


def test_a_clear_pixel_shows_what_lies_below(qgis, tmp_path):
    """Nothing is known of clear pictures in this version: what is seen through them is painted in."""
    from osm2cdr.processing_provider.drawing import model as m

    ring, kinds_of = circle(100, 35)
    red = m.Path(ring, kinds_of, m.Color(200, 0, 0))
    document = cdrdump.dump(write(page(red, picture(alpha=0)), tmp_path / "a.cdr"))
    found = document.shapes[0].image
    height, width = found.shape[:2]
    assert tuple(found[height // 10, width // 10]) == (200, 0, 0)
    assert tuple(found[-1, -1]) == (255, 255, 0)
