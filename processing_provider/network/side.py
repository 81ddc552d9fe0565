"""Which side of the road traffic keeps to: as roundabouts of the data go round, else as the country has it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import numpy as np

from .model import Direction, Floats, Network

# Where traffic keeps left, as boxes (west, south, east, north), and the parts of them where it keeps right:
# https://en.wikipedia.org/wiki/Left-_and_right-hand_traffic. Rough at borders, where drive_side says it.
_LEFT = (
    (-8.7, 49.8, 1.8, 61.0), (-10.8, 51.3, -5.4, 55.5), (-2.75, 49.1, -1.98, 49.75), (14.1, 35.7, 14.7, 36.1),
    (32.2, 34.5, 34.7, 35.8), (68.0, 5.5, 92.0, 30.5), (61.5, 24.5, 79.2, 36.5), (92.0, 22.0, 97.0, 29.0),
    (91.9, 20.7, 92.4, 22.0), (92.0, 6.5, 94.3, 14.0), (97.8, 5.7, 102.2, 19.8), (102.2, 14.3, 105.5, 17.8),
    (102.2, 11.6, 102.9, 12.9), (99.5, 1.1, 104.6, 6.7), (95.0, -11.2, 141.1, 6.0), (109.5, 0.8, 119.4, 7.4),
    (122.9, 24.0, 146.0, 45.6), (113.52, 22.1, 113.6, 22.215), (113.82, 22.15, 114.45, 22.51),
    (112.5, -44.0, 154.0, -10.0), (141.0, -12.0, 180.0, -1.0), (166.0, -48.0, 180.0, -33.5),
    (176.8, -19.5, 180.0, -16.0), (-180.0, -24.0, -157.0, -8.0), (11.7, -35.0, 33.0, -17.3),
    (21.9, -18.2, 41.0, -8.2), (29.5, -11.8, 41.9, 4.3), (55.2, -20.6, 64.0, -3.5), (-78.5, 17.6, -76.0, 18.6),
    (-79.5, 20.9, -71.0, 27.3), (-62.0, 10.0, -59.3, 18.8), (-62.9, 16.6, -62.0, 17.5), (-63.5, 18.14, -62.9, 18.3),
    (-61.4, 1.1, -53.9, 8.6), (-65.1, 17.6, -64.2, 18.8), (-81.5, 19.2, -79.6, 19.8), (-65.0, 32.2, -64.6, 32.5),
    (-61.5, -53.0, -57.5, -51.0),
)  # fmt: skip
_RIGHT = (
    (-0.5, 49.0, 2.6, 50.45), (1.45, 50.4, 2.6, 51.05), (33.0, 4.3, 48.0, 15.0), (29.0, 0.9, 30.6, 4.3),
    (28.9, -4.5, 30.85, -1.3), (24.4, -11.9, 28.4, -8.0), (60.5, 29.8, 66.2, 38.5), (66.2, 31.9, 69.3, 38.5),
    (69.3, 33.2, 70.9, 38.5), (84.5, 28.6, 97.0, 31.0), (94.7, 16.0, 97.5, 25.5), (97.6, 10.5, 98.6, 16.4),
    (122.9, 33.0, 129.15, 43.0), (130.0, 42.0, 135.5, 46.0), (145.3, 43.75, 149.0, 46.0), (-79.5, 20.0, -75.4, 21.75),
    (-61.9, 15.8, -60.95, 16.6), (-61.3, 14.35, -60.75, 14.95), (-61.4, 1.0, -59.95, 5.2),
    (-171.2, -14.6, -169.3, -14.1), (-178.3, -14.5, -176.0, -13.1),
)  # fmt: skip
_ROUND = ("roundabout", "circular")


def keeps_left(network: Network, asked: object = None) -> bool:
    """Whether traffic keeps left there, as `asked` (`left`, `right`) or else as roundabouts go, or the country."""
    if asked in ("left", "right"):
        return asked == "left"
    turning = _turning(network)
    if turning:
        return turning < 0
    lon, lat = np.median(network.nodes.lonlat, axis=0).tolist()
    return _lies_in(lon, lat, _LEFT) and not _lies_in(lon, lat, _RIGHT)


def _turning(network: Network) -> float:
    """How much more roundabouts turn left than right, in radians."""
    edges, total = network.edges, 0.0
    one_way = {Direction.FORWARD: 1, Direction.BACKWARD: -1}
    for edge, number in enumerate(edges.ways.tolist()):
        way = network.ways[number]
        if way.junction in _ROUND and way.direction in one_way:
            total += one_way[way.direction] * _bend(edges.lonlat[edges.starts[edge] : edges.starts[edge + 1]])
    return total


def _bend(lonlat: Floats) -> float:
    """By how much a line turns left from its first step to its last, in radians."""
    steps = np.diff(lonlat, axis=0) * (np.cos(np.radians(lonlat[0, 1])), 1.0)
    headings = np.arctan2(steps[:, 1], steps[:, 0])
    return float(np.sum((np.diff(headings) + np.pi) % (2 * np.pi) - np.pi))


def _lies_in(lon: float, lat: float, boxes: tuple[tuple[float, float, float, float], ...]) -> bool:
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in boxes)
