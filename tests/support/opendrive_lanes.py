"""OpenDRIVE read by the book (ASAM OpenDRIVE 1.6): reference lines, lane borders and links, evaluated by ourselves."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Road:
    """`pieces` are (s, x, y, heading, length, polynomials of 0 to 1 or None); `widths` the cubics by lane id."""

    id: str
    junction: str
    length: float
    name: str
    rule: str
    pieces: list
    offset: float
    widths: dict
    lane_links: dict
    link: dict = field(default_factory=dict)

    def pose(self, piece, p):
        """Place and heading in a piece, p from 0 to 1."""
        _, x, y, heading, length, curve = piece
        u, v, du, dv = p * length, 0.0, 1.0, 0.0
        if curve is not None:
            u, v = (np.polyval(side[::-1], p) for side in curve)
            du, dv = (np.polyval(np.polyder(side[::-1]), p) for side in curve)
        c, s = np.cos(heading), np.sin(heading)
        return np.array([x + u * c - v * s, y + u * s + v * c]), heading + np.arctan2(dv, du)

    def end(self, last):
        """Place and heading of the reference line's beginning or end."""
        return self.pose(self.pieces[-1] if last else self.pieces[0], 1.0 if last else 0.0)

    def borders(self, lane, last):
        """The places of a lane's inner and outer border at an end."""
        place, heading = self.end(last)
        left = np.array([-np.sin(heading), np.cos(heading)])
        s = self.length if last else 0.0
        sign = 1 if lane > 0 else -1
        widths = [np.polyval(self.widths[sign * n][::-1], s) for n in range(1, abs(lane) + 1)]
        inner, outer = sum(widths[:-1]), sum(widths)
        return place + left * (self.offset + sign * inner), place + left * (self.offset + sign * outer)


def read_roads(root):
    """The roads of a file by id."""
    roads = {}
    for element in root.iter("road"):
        pieces = []
        for piece in element.iter("geometry"):
            values = [float(piece.get(name)) for name in ("s", "x", "y", "hdg", "length")]
            curve = piece.find("paramPoly3")
            sides = curve is not None and [[float(curve.get(a + side)) for a in "abcd"] for side in ("U", "V")]
            pieces.append((*values, np.array(sides) if sides else None))
        lanes = [lane for lane in element.iter("lane") if lane.get("id") != "0"]
        widths = {int(lane.get("id")): np.array([float(lane.find("width").get(a)) for a in "abcd"]) for lane in lanes}
        links = {int(lane.get("id")): {link.tag: int(link.get("id")) for link in lane.find("link")} for lane in lanes}
        roads[element.get("id")] = Road(
            element.get("id"), element.get("junction"), float(element.get("length")), element.get("name", ""),
            element.get("rule"), pieces, float(element.find("lanes/laneOffset").get("a")), widths, links,
            {link.tag: dict(link.attrib) for link in element.find("link")},
        )  # fmt: skip
    return roads


def gaps(roads):
    """The largest gap in metres within lines, the largest kink in radians times half the width, and between lanes."""
    within, kink, between = 0.0, 0.0, 0.0
    for road in roads.values():
        along = 0.0
        for one, two in zip(road.pieces, road.pieces[1:]):
            (place, heading), (start, begin) = road.pose(one, 1.0), road.pose(two, 0.0)
            within = max(within, np.hypot(*(place - start)))
            turn = abs((heading - begin + np.pi) % (2 * np.pi) - np.pi)
            kink = max(kink, turn * sum(widths[0] for widths in road.widths.values()))
        for s, *_, length, _ in road.pieces:
            assert abs(s - along) < 1e-3
            along += length
        assert abs(along - road.length) < 1e-3
        if road.junction == "-1":
            continue
        for word, mine_last in (("predecessor", False), ("successor", True)):
            other, last = roads[road.link[word]["elementId"]], road.link[word]["contactPoint"] == "end"
            for lane, links in road.lane_links.items():
                ours, theirs = road.borders(lane, mine_last), other.borders(links[word], last)
                between = max(between, *(np.hypot(*(a - b)) for a, b in zip(ours, theirs)))
    return within, kink, between
