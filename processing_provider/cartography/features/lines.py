"""Lines taken apart and put together: parts, ends, chains that keep their direction."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsGeometry, QgsLineString, QgsPointXY

Node = tuple[int, int]


def node(point: QgsPointXY) -> Node:
    """A point as a key: to the decimetre, so that what was cut at a frame still meets."""
    return round(point.x() * 10), round(point.y() * 10)


def curve(part: QgsGeometry) -> QgsLineString:
    """The line of a geometry that has one part."""
    single = QgsGeometry(part)
    single.convertToSingleType()
    return single.constGet()  # type: ignore[no-any-return]


def ends(line: QgsLineString) -> tuple[QgsPointXY, QgsPointXY]:
    """Both ends of a line."""
    return QgsPointXY(line.startPoint()), QgsPointXY(line.endPoint())


def tips(part: QgsGeometry) -> tuple[QgsPointXY, QgsPointXY]:
    """Both ends of a line of one part."""
    return ends(curve(part))


def parts(geometry: QgsGeometry) -> list[QgsGeometry]:
    """The single parts of a geometry."""
    return [part for part in geometry.asGeometryCollection() if not part.isEmpty()]


def chained(lines: list[QgsGeometry]) -> list[QgsGeometry]:
    """Lines joined end to start where nothing else of them meets, each in its own direction."""
    pieces = [part for line in lines for part in parts(line)]
    at = [tuple(node(point) for point in tips(part)) for part in pieces]
    starts: dict[Node, list[int]] = {}
    ends: dict[Node, list[int]] = {}
    for number, (start, end) in enumerate(at):
        starts.setdefault(start, []).append(number)
        ends.setdefault(end, []).append(number)

    def follower(number: int) -> int | None:
        going, coming = starts.get(at[number][1], []), ends[at[number][1]]
        return going[0] if len(going) == 1 and len(coming) == 1 else None

    after = {number: follower(number) for number in range(len(pieces))}
    led = {number for number in after.values() if number is not None}
    heads = [number for number in after if number not in led] + list(after)
    seen: set[int] = set()
    result = []
    for head in heads:
        chain, number = [], head
        while number is not None and number not in seen:
            seen.add(number)
            chain.append(number)
            number = after[number]  # type: ignore[assignment]
        if chain:
            line = curve(pieces[chain[0]]).clone()
            for following in chain[1:]:
                line.append(curve(pieces[following]))
            result.append(QgsGeometry(line))
    return result
