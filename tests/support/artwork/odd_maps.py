"""Drawings that no map should be: names and shapes of every kind; and how one is written and proven."""

import numpy as np

NAMES = (
    "Töölö Ærø Łódź Ñandú", "東京 · 北京", "\u05e9\u05dc\u05d5\u05dd \u0639\u0644\u064a\u0643\u0645", "]]>", " ",
    "Park 🌳", "<b>&amp;\"'</b>", "(%s) \\ {0} $x_^~#%", "e\u0301\u0323 \u200f", "x" * 3000, "100 % -- ``a'' <<b>>",
    "\\input{/etc/passwd}", "# 6 0 0 0 0\\001", "-6",
)  # fmt: skip


def written(drawing, format_id, folder, told=None):
    """The drawing as a file of a format, proven as the product proves it; its path and what was written."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.catalogue import FORMATS as CATALOGUE
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import writer

    item = CATALOGUE[format_id]
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"map.{item.extension}"
    feedback = Feedback(None, lambda code, text: told.append(code) if told is not None else None, None)
    made = writer(item).write(drawing, path, Job(item, title="A \\ {map} % öß", feedback=feedback))
    writer(item).prove(path, drawing, made)
    return path, made


def wrongly_proven(drawing, format_id, folder):
    """What a writer's proof takes for the drawing and is not: other layers, other counts, a file that is cut."""
    from osm2cdr.processing_provider.errors import WriteError
    from osm2cdr.processing_provider.formats.catalogue import FORMATS as CATALOGUE
    from osm2cdr.processing_provider.formats.contract import Written
    from osm2cdr.processing_provider.formats.registry import writer

    path, made = written(drawing, format_id, folder)
    prove, (first, *rest) = writer(CATALOGUE[format_id]).prove, list(made.layers.items())
    data = path.read_bytes()
    wrong = {
        "a layer too few": (rest, data),
        "another order": ([*rest[::-1], first], data),
        "an object more": ([(first[0], first[1] + 1), *rest], data),
        "another name": ([("Other", first[1]), *rest], data),
        **{name: ([first, *rest], data[:size]) for name, size in (("cut", -9), ("half", len(data) // 2), ("empty", 0))},
    }
    taken = []
    for name, (held, content) in wrong.items():
        path.write_bytes(content)
        try:
            prove(path, drawing, Written(dict(held)))
        except WriteError:
            continue
        taken.append(name)
    return taken


def page(*layers):
    """A page of layers, each a name with groups, its frame 5 mm inside."""
    from osm2cdr.processing_provider.drawing import model as m

    white, frame = m.Color(255, 255, 255), (5.0, 5.0, 115.0, 75.0)
    return m.Drawing(120.0, 80.0, white, frame, [m.Layer(name, groups) for name, groups in layers], "© a notice")


def odd_names():
    """A layer for each name, called so, with three objects: a turned text, one that bends, a dashed line."""
    from osm2cdr.processing_provider.drawing import model as m

    arc, red = np.array([(10.0, 40.0), (20.0, 20.0), (30.0, 33.0)]), m.Color(255, 0, 0, 0.5)
    layers = []
    for number, name in enumerate(NAMES):
        item = m.Text([m.Line(name, 10.0, 40.0, 50.0)], m.Font(name[:40], 12.0), red, m.Halo(red, 0.3), 30.0, name)
        bent = m.Text([m.Line(name[:40], 10.0, 40.0, 50.0, arc)], m.Font("Noto Sans", 9.0), red, name=name)
        line = m.Path(arc, np.array([0, 1, 1], np.uint8), None, m.Stroke(red, 1.0, dash=(1.0, 2.0, 3.0)), name)
        layers.append((f"N{number} {name}", [m.Group(name, [item, bent, line])]))
    return page(*layers)


def odd_shapes():
    """Nine: rings with holes, curves, mixed subpaths, one point, what lies far away, a picture; layers of nothing."""
    from qgis.PyQt.QtGui import QImage

    from osm2cdr.processing_provider.cartography.rendering.png import png
    from osm2cdr.processing_provider.drawing import model as m

    red, pen = m.Color(255, 0, 0), m.Stroke(m.Color(0, 0, 255), 0.5, "square", "miter", miter=7.0)
    ring = np.array([(10, 10), (60, 10), (60, 60), (10, 10)], float)
    curve = np.array([(10, 10), (20, 0), (30, 50), (60, 60), (10, 10)], float)
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    odd = [
        m.Path(ring, np.array([0, 1, 1, 1], np.uint8), red, pen),
        m.Path(np.vstack([ring, ring / 2 + 12]), np.array([0, 1, 1, 1] * 2, np.uint8), red, pen),
        m.Path(np.vstack([curve, ring]), np.array([0, 2, 3, 3, 1, 0, 1, 1, 1], np.uint8), red, pen),
        m.Path(ring[:3], np.array([0, 1, 1], np.uint8), red, pen), m.Path(ring[:3], np.array([0, 1, 1], np.uint8), red),
        m.Path(ring[:2] * 1000, np.array([0, 1], np.uint8), None, m.Stroke(red, 0.0)),
        m.Path(ring[[0, 0]], np.array([0, 1], np.uint8), None, m.Stroke(red, 10_000.0)),
        m.Path(ring[[0, 0, 0]], np.array([0, 1, 1], np.uint8), red),
        m.Image(png(image), (20.0, 5.0, -5.0, 20.0, 30.0, 10.0)),
    ]  # fmt: skip
    layers = [("Odd", [m.Group("", odd), m.Group("Void")]), ("Empty", [])]
    return page(*layers)
