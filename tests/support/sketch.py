"""Small maps made up in metres, drawn by the whole way of the data, and looked at pixel by pixel."""

import math
from xml.sax.saxutils import quoteattr

from PIL import Image

from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

LON, LAT = 10.0, 47.0


def lonlat(x, y):
    """Metres from the middle as degrees (WGS 84, the radii of curvature at the middle)."""
    sine = math.sin(math.radians(LAT))
    root = 1 - 0.00669437999014 * sine * sine
    north = 6378137 * (1 - 0.00669437999014) / root**1.5
    east = 6378137 / math.sqrt(root) * math.cos(math.radians(LAT))
    return LON + math.degrees(x / east), LAT + math.degrees(y / north)


def is_blend(color, one, other):
    """Whether a colour lies between two others, as the pixels of a soft edge do; roundings are let pass."""
    c, a, b = ([int(text[n : n + 2], 16) for n in (1, 3, 5)] for text in (color, one, other))
    shares = [n / 64 for n in range(65)]
    return any(all(abs(z - (x + (y - x) * share)) <= 3 for x, y, z in zip(a, b, c)) for share in shares)


class Sketch:
    """A made-up piece of the world, `size` metres wide and high."""

    def __init__(self, size=400):
        self.size = size
        self.ways = []
        self.points = []
        self.relations = []

    def point(self, x, y, **tags):
        """A node with tags."""
        self.points.append(((x, y), {key.replace("__", ":"): value for key, value in tags.items()}))
        return self

    def way(self, *points, **tags):
        """A way through points in metres from the middle; `__` in a key stands for `:`."""
        self.ways.append((points, {key.replace("__", ":"): value for key, value in tags.items()}))
        return self

    def area(self, west, south, east, north, **tags):
        """A rectangle."""
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        return self.way(*corners, **tags)

    def relation(self, *members, **tags):
        """A relation of ways, each the number of one, counted from 1, and its role."""
        self.relations.append((members, {key.replace("__", ":"): value for key, value in tags.items()}))
        return self

    def write(self, path):
        """As OSM XML; a point that several ways have is one node."""
        numbers = {}
        for points, _ in self.ways:
            for point in points:
                numbers.setdefault(point, len(numbers) + 1)
        lines = ['<?xml version="1.0"?><osm version="0.6">']
        for point, number in numbers.items():
            lon, lat = lonlat(*point)
            lines.append(f'<node id="{number}" version="1" lat="{lat:.9f}" lon="{lon:.9f}"/>')
        for number, (point, tags) in enumerate(self.points, len(numbers) + 1):
            lon, lat = lonlat(*point)
            lines.append(f'<node id="{number}" version="1" lat="{lat:.9f}" lon="{lon:.9f}">')
            lines += [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
            lines.append("</node>")
        for number, (points, tags) in enumerate(self.ways, 1):
            lines.append(f'<way id="{number}" version="1">')
            lines += [f'<nd ref="{numbers[point]}"/>' for point in points]
            lines += [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
            lines.append("</way>")
        for number, (members, tags) in enumerate(self.relations, 1):
            lines.append(f'<relation id="{number}" version="1">')
            lines += [f'<member type="way" ref="{way}" role={quoteattr(role)}/>' for way, role in members]
            lines += [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]
            lines.append("</relation>")
        path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")

    def request(self, folder, formats, **fields):
        """The request that exports all of it."""
        self.write(folder / "sketch.osm")
        (west, south), (east, north) = lonlat(-self.size / 2, -self.size / 2), lonlat(self.size / 2, self.size / 2)
        asked = {"detail": 5, "dpi": 150, "scale": 4000, **fields}
        return make_request(
            {"bbox": (west, south, east, north), "formats": formats, "source": str(folder / "sketch.osm"), **asked}
        )

    def drawn(self, folder, style="default", **fields):
        """The picture in a style."""
        result = pipeline.run(self.request(folder, ("png",), style=style, **fields), folder, Feedback())[0]
        assert result.error is None, result.error
        return Drawn(Image.open(result.path).convert("RGB"), self.size, style, result.layers)


class Drawn:
    """A picture whose pixels are found in metres from the middle."""

    def __init__(self, image, size, style, layers):
        self.image, self.size, self.layers = image, size, layers
        self.color = {token: value and value.upper() for token, value in load_theme(style).color.items()}

    def at(self, x, y):
        """The colour of a place as #RRGGBB."""
        width, height = self.image.size
        place = (round(width * (0.5 + x / self.size)), round(height * (0.5 - y / self.size)))
        return "#{:02X}{:02X}{:02X}".format(*self.image.getpixel(place))

    def along(self, start, end, steps=60):
        """The colours met on the way from one place to another."""
        (x0, y0), (x1, y1) = start, end
        return [self.at(x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps) for n in range(steps + 1)]
