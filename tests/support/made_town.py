"""A town in a file whose objects are difficult for stores: what is decided by level, by box, or by neighbours."""

from pathlib import Path

# A house with a court in the old style (its way has the tags), one whose relation has tags of its own and its way a
# name, a pond that only its way shows at a coarse level; a forest round everything; a house cut open at the edge of the
# area; a field that crosses itself. Then (MORE) two roads with a bus line along them, a border whose way has no tag,
# the coast, and values that list several; and a way that lacks a node, which comes last.
MADE = """<?xml version="1.0"?><osm version="0.6">
{nodes}
{ways}
<relation id="1" version="1"><member type="way" ref="1" role="outer"/><member type="way" ref="2" role="inner"/>
<tag k="type" v="multipolygon"/></relation>
<relation id="2" version="1"><member type="way" ref="3" role="outer"/><member type="way" ref="4" role="inner"/>
<tag k="type" v="multipolygon"/><tag k="building" v="yes"/></relation>
<relation id="3" version="1"><member type="way" ref="5" role="outer"/><member type="way" ref="6" role="inner"/>
<tag k="type" v="multipolygon"/><tag k="natural" v="wood"/></relation>
<relation id="4" version="1"><member type="way" ref="13" role=""/><member type="way" ref="12" role=""/>
<tag k="type" v="route"/><tag k="route" v="bus"/><tag k="ref" v="7"/><tag k="colour" v="red"/></relation>
<relation id="5" version="1"><member type="way" ref="14" role="outer"/>
<tag k="type" v="boundary"/><tag k="boundary" v="administrative"/><tag k="admin_level" v="8"/></relation>
</osm>"""
WAYS = [
    ([(0, 0), (40, 0), (40, 40), (0, 40)], {"building": "yes", "name": "Двор", "name:en": "Court", "name:ru": "Двор"}),
    ([(10, 10), (30, 10), (30, 30), (10, 30)], {}),
    ([(100, 0), (140, 0), (140, 40), (100, 40)], {"building": "yes", "name": "Кремль", "name:de": 'Der "Kreml"'}),
    ([(110, 10), (130, 10), (130, 30), (110, 30)], {}),
    ([(0, 100), (60, 100), (60, 160), (0, 160)], {"natural": "wood"}),
    ([(1, 101), (59, 101), (59, 159), (1, 159)], {"natural": "water"}),
    ([(-900, -900), (900, -900), (900, 900), (-900, 900)], {"landuse": "forest"}),
    ([(200, 100), (300, 200), (300, 100), (200, 200)], {"landuse": "farmland"}),
    ([(0, -100), (8, -100), (8, -92), (0, -92)], {"building": "chapel"}),
    ([(50, -100), (58, -100), (58, -92), (50, -92)], {"building": "yes", "shop": "bakery", "name": "Булочная"}),
]
OPEN = [(380, 0), (480, 0), (480, 60), (380, 60)]
MORE = [
    ([(-800, 500), (0, 500)], {"highway": "residential", "name": "ถนนสุขุมวิท", "name:en": "Sukhumvit", "width": "3 m"}),
    ([(0, 500), (800, 600)], {"highway": "primary", "ref": "A 1;B 2", "maxspeed": "30 mph", "bridge": "yes"}),
    ([(-700, -700), (700, -700), (700, 700), (-700, 700), (-700, -700)], {}),
    ([(-850, -600), (0, -650), (850, -600)], {"natural": "coastline"}),
    ([(400, 400), (440, 400), (440, 440), (400, 440), (400, 400)], {"amenity": "cafe;bar", "cuisine": "شاي;coffee"}),
    ([(500, 400), (540, 400), (540, 440)], {"barrier": "fence", "colour": "#0f0"}),
]
PLACE = (10.0, 47.0)
STEP = 1e-5


def degrees(point):
    """A place in metres or so (east, north) as lon, lat."""
    return PLACE[0] + point[0] * STEP, PLACE[1] + point[1] * STEP


def write_town(path: Path) -> Path:
    """Write the file of what is difficult (OSM XML)."""
    nodes: list[str] = []
    ways: list[str] = []
    for number, (points, tags) in enumerate([*WAYS, (OPEN, {"building": "yes"}), *MORE], 1):
        first = len(nodes) + 1
        for point in points:
            lon, lat = degrees(point)
            nodes.append(f'<node id="{len(nodes) + 1}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"/>')
        refs = [*range(first, first + len(points)), *([first] if number <= len(WAYS) else [])]
        if number == len(WAYS) + 1 + len(MORE):
            refs.append(10**6)
        inside = [f'<nd ref="{ref}"/>' for ref in refs]
        inside += [f'<tag k="{key}" v="{value.replace(chr(34), "&quot;")}"/>' for key, value in tags.items()]
        ways.append(f'<way id="{number}" version="1">{"".join(inside)}</way>')
    path.write_text(MADE.format(nodes="\n".join(nodes), ways="\n".join(ways)), encoding="utf-8")
    return path
