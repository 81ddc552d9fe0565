"""A made-up network of numbered roads near Berlin: a dual motorway of two numbers, smaller ones, a link."""

from pathlib import Path

BOX = (13.30, 52.48, 13.40, 52.53)
# Tags, then points as (longitude, latitude).
ROADS = (
    ("motorway", "A 100;E 26", "Stadtring", "yes", ((13.29, 52.500), (13.34, 52.502), (13.41, 52.504))),
    ("motorway", "A 100;E 26", "Stadtring", "yes", ((13.41, 52.5043), (13.34, 52.5023), (13.29, 52.5003))),
    ("motorway_link", "A 100", "", "yes", ((13.34, 52.5023), (13.345, 52.506))),
    ("trunk", "B 96", "Müllerstraße", "no", ((13.345, 52.47), (13.345, 52.506), (13.35, 52.54))),
    ("primary", "B 2", "Kaiserdamm", "no", ((13.29, 52.515), (13.345, 52.516), (13.41, 52.514))),
    ("secondary", "L 1121", "Hauptstraße", "no", ((13.29, 52.490), (13.345, 52.489), (13.41, 52.492))),
    ("tertiary", "K 7", "Dorfstraße", "no", ((13.37, 52.47), (13.371, 52.50), (13.375, 52.54))),
    ("tertiary", "Uferweg 12 b", "Uferweg", "no", ((13.32, 52.47), (13.321, 52.50), (13.325, 52.54))),
    ("residential", "", "Gartenweg", "no", ((13.31, 52.48), (13.31, 52.53))),
)  # fmt: skip


def write_roads(path: Path) -> None:
    """Write the network as OSM XML."""
    lines, number = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6' generator='tests'>"], 0
    ways = []
    for index, (highway, ref, name, oneway, points) in enumerate(ROADS, 1):
        nodes = []
        for lon, lat in points:
            number += 1
            nodes.append(f"<nd ref='{number}'/>")
            lines.append(f"<node id='{number}' version='1' lat='{lat}' lon='{lon}'/>")
        tags = {"highway": highway, "ref": ref, "name": name, "oneway": oneway}
        text = "".join(f"<tag k='{key}' v='{value}'/>" for key, value in tags.items() if value)
        ways.append(f"<way id='{index}' version='1'>{''.join(nodes)}{text}</way>")
    path.write_text("\n".join([*lines, *ways, "</osm>"]) + "\n", encoding="utf-8")
