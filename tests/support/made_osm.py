"""Small files of OSM XML made of nodes on a grid, ways and relations."""

from osm_files import document

STEP = 0.001
PLACE = (10.0, 50.0)


def degrees(x, y):
    """A point of the grid as longitude and latitude."""
    return PLACE[0] + x * STEP, PLACE[1] + y * STEP


class Made:
    """Ways through points of a grid, and relations of them; a point that several ways have is one node."""

    def __init__(self):
        self.nodes, self.tags, self.elements = {}, {}, []

    def at(self, *point, **tags):
        """The number of the node at a point."""
        number = self.nodes.setdefault(point, len(self.nodes) + 1)
        self.tags.setdefault(number, {}).update(tags)
        return number

    def way(self, number, *points, **tags):
        """A way."""
        refs = "".join(f'<nd ref="{self.at(*point)}"/>' for point in points)
        self.elements.append((1, number, f'<way id="{number}" version="1">{refs}{tagged(tags)}</way>\n'))
        return self

    def square(self, number, x, y, side, **tags):
        """A square from its south-western corner."""
        return self.way(number, (x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y), **tags)

    def relation(self, number, *members, **tags):
        """A relation; its members are `way 1 outer` and the like."""
        rows = [member.split() for member in members]
        inner = "".join(f'<member type="{row[0]}" ref="{row[1]}" role="{"".join(row[2:])}"/>' for row in rows)
        self.elements.append((2, number, f'<relation id="{number}" version="1">{inner}{tagged(tags)}</relation>\n'))
        return self

    def area(self, number, *members, **tags):
        """A multipolygon of ways: `1` is an outer one, `-2` an inner one."""
        words = [f"way {abs(way)} {'inner' if way < 0 else 'outer'}" for way in members]
        return self.relation(number, *words, type="multipolygon", **tags)

    def text(self):
        """All of it as a file."""
        nodes = []
        for point, number in self.nodes.items():
            lon, lat = degrees(*point)
            nodes.append(
                f'<node id="{number}" version="1" lon="{lon:.7f}" lat="{lat:.7f}">{tagged(self.tags[number])}</node>\n'
            )
        return document([*nodes, *(text for _, _, text in sorted(self.elements))])


def tagged(tags):
    """Tags as XML."""
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
