"""An extract with objects that the tests add: names in scripts and with signs that real extracts have seldom."""

from pathlib import Path

STREET = "Проверочная улица"
HOUSE = 'Łódź „& <Ünïcode>" 中文'
PLACE = "Новый Город"
DATE = "2024-05-06T07:08:09Z"
FIRST_ID = 20_000_000_000


def with_names(source: Path, target: Path, box: tuple[float, float, float, float]) -> None:
    """Copy `source` to `target` and add a street, a house and a place inside `box`."""
    import osmium

    west, south, east, north = box
    width, height = east - west, north - south

    def at(x: float, y: float) -> tuple[float, float]:
        return west + x * width, south + y * height

    spots = [at(0.30, 0.52), at(0.70, 0.53), at(0.4, 0.6), at(0.43, 0.6), at(0.43, 0.62), at(0.4, 0.62), at(0.5, 0.22)]

    class Copy(osmium.SimpleHandler):
        def __init__(self) -> None:
            super().__init__()
            header = osmium.io.Header()
            header.set("osmosis_replication_timestamp", DATE)
            self.writer = osmium.SimpleWriter(str(target), header=header, overwrite=True)
            self.done = 0

        def node(self, node) -> None:
            self.writer.add_node(node)

        def way(self, way) -> None:
            self.nodes()
            self.writer.add_way(way)

        def relation(self, relation) -> None:
            self.nodes()
            self.ways()
            self.writer.add_relation(relation)

        def nodes(self) -> None:
            if self.done == 0:
                self.done = 1
                for number, spot in enumerate(spots):
                    tags = {"place": "town", "name": PLACE} if number == 6 else {}
                    node = osmium.osm.mutable.Node(id=FIRST_ID + number, location=spot, tags=tags, version=1)
                    self.writer.add_node(node)

        def ways(self) -> None:
            if self.done == 1:
                self.done = 2
                for number, (nodes, tags) in enumerate(
                    [((0, 1), {"highway": "residential", "name": STREET}),
                     ((2, 3, 4, 5, 2), {"building": "yes", "name": HOUSE, "height": "33.5"})]
                ):  # fmt: skip
                    way = osmium.osm.mutable.Way(
                        id=FIRST_ID + number, nodes=[FIRST_ID + n for n in nodes], tags=tags, version=1
                    )
                    self.writer.add_way(way)

    copy = Copy()
    copy.apply_file(str(source))
    copy.nodes()
    copy.ways()
    copy.writer.close()
