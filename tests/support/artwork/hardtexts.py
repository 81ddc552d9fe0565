"""Names that break files, and a map in which a cafe, a house and a road bear each of them."""

from xml.sax.saxutils import quoteattr

TEXTS = {
    "line": "One line\nand another", "tab": "A\tB", "return": "A\rB", "quote": 'They say "yes"',
    "markup": "Bread & Sons' <i>x</i>", "separators": "a,b;c|d", "backslash": "C:\\new\\table", "emoji": "Pizza 🍕🏳️‍🌈",
    "cyrillic": "Кафе «Ёлка» №7", "arabic": "مقهى", "thai": "ร้านกาแฟ", "joiner": "a\u200db",
    "bidi": "\u202eabc\u202c", "soft": "a\u00adb",
    "percent": "50% %%c %%d %%p %%u", "caret": "^J ^I ^ ^M", "equals": "=2+3", "at": "@SUM(A1)",
    "minus": "-7+9", "plus": "+7+9", "escape": "\\U+0416 \\P {\\fArial;x} \\~",
    "long": "Ж" * 250, "longascii": "x" * 255, "fits": "Ж" * 127, "blanks": "  before and behind  ",
    "digits": "007", "fraction": "3/4", "word": "true", "null": "NULL", "script": "<script>alert(1)</script>",
    "cdata": "]]>", "entity": "&amp; &#10;", "separator": "a\u2028b", "combining": "e\u0301", "plane": "𝔘𝔫",
    "mark": "\ufeffmark", "hash": "#N/A", "list": "a;=2+3", "dollar": "$(id) `id`",
}  # fmt: skip
BOX = (0.0, 0.0, 0.01, 0.01)
_ORDER = list(TEXTS)
# A house, and a road beside it, by their distance in degrees from the cafe.
_CORNERS = ((0.0002, 0.0002), (0.0004, 0.0002), (0.0004, 0.0004), (0.0002, 0.0004), (0.0, 0.0007), (0.0009, 0.0007))


def key_of(number):
    """The text that an object bears, by its osm_id."""
    return _ORDER[number // 10 - 1]


def write(path, texts=None):
    """The map as OSM XML; a cafe's `operator` and a road's `ref` are the text, too."""
    nodes, ways = [], []
    for place, text in enumerate((texts or TEXTS).values()):
        number = (place + 1) * 10
        x, y = 0.0005 + 0.0012 * (place % 7), 0.0005 + 0.0012 * (place // 7)
        inner = "".join(f"<tag k={quoteattr(k)} v={_value(v)}/>" for k, v in _cafe(text).items())
        nodes.append(f'<node id="{number}" version="1" lon="{x:.7f}" lat="{y:.7f}">{inner}</node>')
        for corner, (dx, dy) in enumerate(_CORNERS, 1):
            nodes.append(f'<node id="{number + corner}" version="1" lon="{x + dx:.7f}" lat="{y + dy:.7f}"/>')
        ring = "".join(f'<nd ref="{number + corner}"/>' for corner in (1, 2, 3, 4, 1))
        house = f'<tag k="building" v="yes"/><tag k="name" v={_value(text)}/>'
        ways.append(f'<way id="{number}" version="1">{ring}{house}</way>')
        line = f'<nd ref="{number + 5}"/><nd ref="{number + 6}"/>'
        road = f'<tag k="highway" v="residential"/><tag k="name" v={_value(text)}/><tag k="ref" v={_value(text)}/>'
        ways.append(f'<way id="{number + 1}" version="1">{line}{road}</way>')
    path.write_text("\n".join(['<osm version="0.6">', *nodes, *ways, "</osm>"]), encoding="utf-8", newline="")
    return path


def _cafe(text):
    return {"amenity": "cafe", "name": text, "operator": text}


def _value(text):
    return quoteattr(text, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
