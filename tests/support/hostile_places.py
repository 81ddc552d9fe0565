"""A small extract whose names would run, break or turn a page that took them for more than text."""

from xml.sax.saxutils import quoteattr

BOX = (13.37, 52.515, 13.39, 52.525)
# Whatever runs of these says so in the page's window.
NAMES = (
    "</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", '"\'`${window.hit=1}`', "=1+1;a,b",
    "\u202eright to left", "Ω" * 9000 + "<b>end", "<!--", "]]>", "&lt;i&gt;", "line\u2028line", "Żółć, 中文, עברית",
)  # fmt: skip
# More than that XML cannot say, or OpenStreetMap does not take.
STREET = NAMES[0]


def write(path):
    """Write it: a named point, a street, a house and a park for each name; the path."""
    west, south, east, north = BOX
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    ways, number = [], 0

    def way(tags, *corners):
        nonlocal number
        refs = []
        for lon, lat in corners:
            number += 1
            refs.append(number)
            lines.append(f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"/>')
        if "highway" not in tags:
            refs.append(refs[0])
        ways.append((len(ways) + 1, refs, tags))

    step = (north - south) / (len(NAMES) + 2)
    for row, name in enumerate(NAMES, 1):
        lat, lon = south + row * step, west + 0.0012
        number += 1
        tags = f'<tag k="amenity" v="pub"/><tag k="name" v={quoteattr(name)}/><tag k="website" v="javascript:hit=1"/>'
        lines.append(f'<node id="{number}" version="1" lat="{lat + 0.0003:.7f}" lon="{lon:.7f}">{tags}</node>')
        way({"highway": "primary", "name": name}, (west + 0.001, lat), (east - 0.001, lat))
        for kind, place in (({"building": "yes"}, 0.004), ({"leisure": "park"}, 0.008)):
            x, y = west + place, lat + 0.0001
            way({**kind, "name": name}, (x, y), (x + 0.002, y), (x + 0.002, y + 0.0003), (x, y + 0.0003))
    for identity, refs, tags in ways:
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        inner += "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())
        lines.append(f'<way id="{identity}" version="1">{inner}</way>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path
