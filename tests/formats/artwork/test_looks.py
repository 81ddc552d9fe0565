"""What writers keep of one object for the next is what each has, whatever stands between them."""

import numpy as np
import pytest

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


@pytest.fixture(name="drawing")
def many_looks(qgis):
    """Lines and areas whose colours, widths and dashes change at every step, some by the same objects as before."""
    from osm2cdr.processing_provider.drawing import model as m

    red, blue, clear = m.Color(255, 0, 0), m.Color(0, 0, 255), m.Color(0, 128, 0, 0.5)
    thin, wide = m.Stroke(blue, 0.5), m.Stroke(red, 2.0, "butt", "miter", (4.0, 2.0))
    # Between lines of one pen an area of another colour; line and area with one pen, and without.
    looks = [
        (None, thin),
        (red, None),
        (None, thin),
        (red, thin),
        (blue, wide),
        (red, thin),
        (clear, None),
        (None, wide),
    ]

    def group(name, order):
        items = []
        for number, (fill, stroke) in enumerate(order):
            box = m.rectangle(5 + 12 * number, 5 if name == "One" else 40, 13 + 12 * number, 30, fill or red)
            items.append(m.Path(box.points, box.kinds, fill, stroke))
        return m.Group(name, items)

    layers = [m.Layer("A", [group("One", looks)]), m.Layer("B", [group("Two", looks[::-1])], clipped=False)]
    return m.Drawing(110.0, 80.0, m.Color(255, 255, 255), (0.0, 0.0, 110.0, 80.0), layers)


@pytest.mark.parametrize("format_id", ["svg", "pdf", "eps", "cdr"])
def test_each_object_has_its_own_look(drawing, tmp_path, format_id):
    """By other programs, in pixels: the middle of an area and of its upper edge."""
    import likeness

    path = likeness.write(drawing, format_id, tmp_path)
    seen = likeness.DRAWN_BY[format_id](path, 254)
    for layer in drawing.layers:
        for item in layer.items:
            left, top, right, bottom = item.box
            middle = seen[round((top + bottom) * 5), round((left + right) * 5)].astype(int)
            fill = item.fill
            wanted = (255, 255, 255) if fill is None else (fill.red, fill.green, fill.blue)
            if fill is not None and fill.alpha < 1:
                wanted = (127, 192, 127)
            assert np.abs(middle - wanted).max() <= 4, (layer.name, item)
            edge = seen[round(top * 10), round((left + right) * 5)].astype(int)
            if item.stroke is not None and not item.stroke.dash:
                assert np.abs(edge - (0, 0, 255)).max() <= 40, (layer.name, item)
