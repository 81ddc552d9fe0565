"""DGN V7 by its elements (Intergraph, Standard File Formats): levels, lines, shapes, texts, units and global origin."""

import struct
from pathlib import Path

from readers.found import Found, union

LINE, STRING, SHAPE, TCB, CHAIN, COMPLEX, TEXT = 3, 4, 6, 9, 12, 14, 17


def whole(data, at):
    """A number of 32 bits, its upper half first."""
    high, low = struct.unpack_from("<hH", data, at)
    return high * 65536 + low


def vax(data, at):
    """A VAX D float: words of 16 bits, 8 bits of exponent, 55 of fraction behind a hidden bit."""
    a, b, c, d = struct.unpack_from("<4H", data, at)
    bits = a << 48 | b << 32 | c << 16 | d
    exponent = bits >> 55 & 0xFF
    if not exponent:
        return 0.0
    fraction = (bits & (1 << 55) - 1 | 1 << 55) / (1 << 56)
    return (-1 if bits >> 63 else 1) * fraction * 2.0 ** (exponent - 128)


class Design:
    """`drawn` has (kind, level, points in master units, bytes of the text) of each element, `views` the lower left and
    upper right corner that each view shows, and how many dots of a screen that is high.
    """

    def __init__(self, data):
        at, self.drawn, self.units = 0, [], ""
        # How many words are left of a complex element.
        while data[at : at + 2] != b"\xff\xff":
            level, kind, words = data[at] & 63, data[at + 1] & 127, struct.unpack_from("<H", data, at + 2)[0]
            element = data[at : at + 4 + 2 * words]
            part = bool(data[at] & 128)
            assert len(element) == 4 + 2 * words
            if kind == TCB:
                self.units = (element[1120:1122] + element[1122:1124]).decode("ascii").replace("\0", "")
                per_master = whole(element, 1112) * whole(element, 1116)
                self.scale = 1 / per_master
                self.origin = tuple(vax(element, 1240 + 8 * n) * self.scale for n in range(2))
                self.views = [self.view(element, 46 + 118 * n) for n in range(8)]
            elif kind in (LINE, STRING, SHAPE):
                count, first = (2, 36) if kind == LINE else (struct.unpack_from("<H", element, 36)[0], 38)
                points = [self.place(element, first + 8 * n) for n in range(count)]
                if part:
                    self.drawn[-1][2].extend(points)
                else:
                    self.drawn.append((kind, level, points, b""))
            elif kind in (CHAIN, COMPLEX):
                self.drawn.append((kind, level, [], b""))
            elif kind == TEXT:
                text = element[60 : 60 + element[58]]
                self.drawn.append((kind, level, [self.place(element, 50)], text))
            at += len(element)

    def view(self, element, at):
        low = self.place(element, at + 10)
        wide, high = (whole(element, at + 22 + 4 * n) for n in range(2))
        return low, (low[0] + wide * self.scale, low[1] + high * self.scale), vax(element, at + 106) * high

    def place(self, element, at):
        return tuple(whole(element, at + 4 * n) * self.scale - self.origin[n] for n in range(2))


def dgn(path: Path) -> Found:
    """Lines, shapes and levels as GDAL finds them; texts are bytes of a code page, which it knows nothing of."""
    from osgeo import ogr

    found, design = Found(), Design(path.read_bytes())
    assert design.units == "mmm"
    legend = [text.decode("cp1252").split(" = ") for _, level, _, text in design.drawn if level == 63]
    names = {int(number): name for number, name in legend}
    boxes = []
    dataset = ogr.Open(str(path))
    for feature in dataset.GetLayer(0):
        level, geometry = feature["Level"], feature.GetGeometryRef()
        if level == 63:
            continue
        found.layers[names[level]] = found.layers.get(names[level], 0) + 1
        if feature["Type"] != TEXT:
            xmin, xmax, ymin, ymax = geometry.GetEnvelope()
            boxes.append((xmin, ymin, xmax, ymax))
        if feature["Type"] in (SHAPE, COMPLEX):
            assert geometry.GetGeometryName() == "POLYGON"
    found.texts = {text.decode("cp1252") for kind, _, _, text in design.drawn if kind == TEXT}
    found.box = union(boxes)
    # The elements say the same.
    xs, ys = zip(*(point for kind, level, points, _ in design.drawn if kind != TEXT for point in points))
    assert max(abs(a - b) for a, b in zip(found.box, (min(xs), min(ys), max(xs), max(ys)))) < 1e-6
    found.notice = " ".join(text for text in found.texts if "OpenStreetMap" in text)
    return found


READERS = {"dgn": dgn}
