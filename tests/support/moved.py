"""An extract with its objects at other coordinates, once or many times side by side."""

from pathlib import Path
from typing import Union

Box = tuple[float, float, float, float]
# Ids of a copy stand so far from those of the one before it.
_APART = 50_000_000_000


def move(
    source: Path, target: Path, box: Box, to: Box, grid: tuple[int, int] = (1, 1), covers: Union[Box, None] = None
) -> None:
    """Copy what lies in and round `box` (west, south, east, north), so that its middle lies in the middle of `to`.

    `grid` copies, in columns and rows, lie side by side with `box` as their step. The header says that the extract has
    all of `covers`, or of `to`.
    """
    import osmium

    mutable = osmium.osm.mutable
    west, south, east, north = box
    columns, rows = grid
    width, height = east - west, north - south
    x0 = (to[0] + to[2]) / 2 - (west + east) / 2 - width * (columns - 1) / 2
    y0 = (to[1] + to[3]) / 2 - (south + north) / 2 - height * (rows - 1) / 2
    shifts = [(x0 + width * column, y0 + height * row) for row in range(rows) for column in range(columns)]
    header = osmium.io.Header()
    edges = covers or to
    header.add_box(osmium.osm.Box(osmium.osm.Location(*edges[:2]), osmium.osm.Location(*edges[2:])))
    writer = osmium.SimpleWriter(str(target), bufsz=8 << 20, header=header, overwrite=True)
    # Nodes, ways, relations, each from the lowest id on, as in any extract.
    for copy, (dx, dy) in enumerate(shifts):
        for node in osmium.FileProcessor(str(source), osmium.osm.NODE):
            place = (node.lon + dx, node.lat + dy)
            writer.add_node(mutable.Node(id=node.id + copy * _APART, location=place, tags=node.tags, version=1))
    for copy in range(len(shifts)):
        for way in osmium.FileProcessor(str(source), osmium.osm.WAY):
            nodes = [node.ref + copy * _APART for node in way.nodes]
            writer.add_way(mutable.Way(id=way.id + copy * _APART, nodes=nodes, tags=way.tags, version=1))
    for copy in range(len(shifts)):
        for relation in osmium.FileProcessor(str(source), osmium.osm.RELATION):
            members = [(member.type, member.ref + copy * _APART, member.role) for member in relation.members]
            number = relation.id + copy * _APART
            writer.add_relation(mutable.Relation(id=number, members=members, tags=relation.tags, version=1))
    writer.close()
