"""The options of an export, in one table: Processing's parameters, the launcher's arguments, the API's schema and
docs/options.md are made of it. A new option is a row here, its field of ExportRequest, and the code that heeds it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Callable, Mapping, Sequence, Union

from ..cartography.themes.loading import style_names
from ..formats.catalogue import FORMATS, Format
from ..osm.tables.extra_tags import CHOICES as TAGS
from ..osm.tables.layers import GROUPS
from .papers import FIT, ORIENTATIONS, PAGES

# What an option can be.
Value = Union[bool, int, str]
# A word of a list, several of them, a whole number, a text, a file or address, yes or no, an object of other options.
KINDS = ("word", "words", "whole", "text", "file", "flag", "object")
# What an option rules: where the data come from, how the map looks, what is in it, its page, the rest.
OPTION_GROUPS = ("where", "look", "what", "page", "more")


@dataclass(frozen=True)
class Option:
    """One option. `field` is its name in ExportRequest, in the launcher (`--field`) and, unless `api` says otherwise,
    in the API (none where `api` is empty); `parameter` is its name in Processing, the field in capitals by itself.

    `label` is what a dialog calls it, `about` what it does, for all doors; `files` what is to say only where files
    can be given. `choices` are asked for when they are needed; `low` and `high` bound a number, `zero` says what 0
    means beside them. `heeded` says which formats it makes a difference to: words of HEEDERS, ids of formats, or
    `-id` for one that it makes none to, `id+option` for one where that option of formats is set.
    """

    field: str
    kind: str
    group: str
    label: str
    about: str
    default: Value = ""
    heeded: str = "all"
    choices: Callable[[], Sequence[Value]] | None = None
    low: int = 0
    high: int = 0
    zero: str = ""
    files: str = ""
    metavar: str = ""
    example: Value | list[str] | None = None
    api: str | None = None
    parameter: str = ""
    # Whether Processing takes a blank for the default.
    blank: bool = True
    # Whether a dialog folds it away.
    advanced: bool = True

    @property
    def api_name(self) -> str:
        """Its name in the API; empty where the API has it not."""
        return self.field if self.api is None else self.api

    @property
    def parameter_name(self) -> str:
        """Its name in Processing."""
        return self.parameter or self.field.upper()

    def is_heeded_by(self, item: Format, options: Mapping[str, Value] = MappingProxyType({})) -> bool:
        """Whether it makes a difference to a format where these options of formats are set."""
        words = self.heeded.split()
        if f"-{item.id}" in words:
            return False
        # What stands behind a plus has to be set as well.
        usable = [
            word for word, _, other in (entry.partition("+") for entry in words) if not other or options.get(other)
        ]
        return any(HEEDERS[word](item) if word in HEEDERS else word == item.id for word in usable)


# Which formats heed an option, by what the catalogue says of them.
HEEDERS: dict[str, Callable[[Format], bool]] = {
    "all": lambda item: True,
    "pages": lambda item: item.is_page,
    "pictures": lambda item: item.view == "picture",
    "drawings": lambda item: item.view == "drawing",
    "toolpaths": lambda item: item.view == "toolpaths",
    "data": lambda item: item.view == "data",
    "tables": lambda item: item.view == "data" and item.layers != "none",
    "titled": lambda item: "no_title" not in item.abilities,
    "attributes": lambda item: item.view == "data" and item.attributes == "all",
    "names": lambda item: item.is_page or item.view == "data",
    "scenes": lambda item: item.view == "scene",
    "vector_tiles": lambda item: item.view == "tiles" and not item.is_painted,
    "painted_tiles": lambda item: item.view == "tiles" and item.is_painted,
    "crs": lambda item: not item.has_fixed_crs,
    "cad_data": lambda item: item.family == "cad" and item.view == "data",
}

OPTIONS: tuple[Option, ...] = (
    Option(
        "style", "word", "look", "Map style", "Map style.", "default",
        "pages painted_tiles mvt mbtiles+web_map pmtiles+web_map leaflet kml kmz dxf dxf_r2004 dxf_r2007 "
        "dxf_r2010 dxf_r2013 dxf_r2018 dwg scenes -stl qgz",
        choices=lambda: tuple(style_names()), metavar="NAME|FILE", api="map_style", blank=False, advanced=False,
        files="One of the styles that travel along, one of your own in the folder osm2cdr/styles of the QGIS profile, "
        "or, from scripts, models and qgis_process, the path of any style file NAME.json.",
    ),
    Option(
        "detail", "whole", "look", "Detail level (1 overview to 6 site, 0 automatic)",
        "Detail level, 1 overview to 6 site.", 0, low=1, high=6, zero="what suits the scale, or else the area",
        api="detail_level", parameter="DETAIL_LEVEL", advanced=False,
    ),
    Option(
        "layers", "words", "what", "Layers (none: all)", "Layer groups; all where left out.",
        choices=lambda: tuple(GROUPS), metavar="A,B", example=["buildings", "roads", "water"],
    ),
    Option(
        "crs", "text", "where", "CRS (EPSG:n or ESRI:n)", "Coordinate system, EPSG:n or ESRI:n.", heeded="crs",
        example="EPSG:32637",
    ),
    Option(
        "source", "file", "where", "OpenStreetMap data (empty: Overpass)",
        "An OSM extract, 'sample', or an Overpass server; else Overpass.", metavar="FILE|URL", api="", advanced=False,
        files="Empty for the public Overpass servers, which suit small areas; or an OSM extract (.osm.pbf, .osm), an "
        "answer of Overpass as JSON, the address of a server (https://.../api/interpreter), or 'sample' for central "
        "Helsinki.",
    ),
    Option(
        "page", "word", "page", "Page (fit: cut to the map)", "Paper of artwork and images; fit is cut to the map.",
        FIT, "pages qgz", choices=lambda: PAGES,
    ),
    Option(
        "orientation", "word", "page", "Orientation of the page", "How the page is turned; auto as the area lies.",
        ORIENTATIONS[0], "pages qgz", choices=lambda: ORIENTATIONS,
    ),
    Option(
        "scale", "whole", "page", "Scale 1:n (0 as fits)", "Scale 1:n.", 0, "pages qgz", low=50, high=50_000_000,
        zero="as fits",
    ),
    Option(
        "dpi", "whole", "page", "Resolution of images in DPI", "Resolution of images.", 300, "pictures", low=36,
        high=1200,
    ),
    Option(
        "title", "text", "page", "Title", "Title of the map, one line of at most 200 characters.",
        heeded="titled",
    ),
    Option(
        "text", "word", "look", "Names in artwork",
        "Names in artwork: live, text in the fonts that travel along; outlines, shapes, for who has not these fonts; "
        "system, text in Arial, Times New Roman and Courier New.",
        "live", "drawings", choices=lambda: ("live", "outlines", "system"), blank=False,
    ),
    Option(
        "colors", "word", "look", "Colours in artwork",
        "Colours in artwork: cmyk where a format has it (PDF, Illustrator, EPS, PostScript and CorelDRAW).",
        "rgb", "pdf geopdf ai eps ps cdr", choices=lambda: ("rgb", "cmyk"), blank=False,
    ),
    Option(
        "options", "object", "more", "Options of formats, as JSON", "Options of formats.", metavar="JSON",
    ),
    Option(
        "timeout", "whole", "where", "Seconds that Overpass may take",
        "Seconds that Overpass may take, where it is the source: the query, the network and all parts of a large "
        "area together.", 180, low=1, high=3600, metavar="SECONDS",
    ),
    Option(
        "tags", "word", "what", "Attributes",
        "Attributes of data formats: table, the columns of the layer table; names, also a column for each name:*, such "
        "as name_en; all, also every tag of an object, as JSON in the column tags.",
        TAGS[0], "attributes vector_tiles", choices=lambda: TAGS, metavar="CHOICE", blank=False,
    ),
    Option(
        "language", "text", "look", "Language of names (empty: local)",
        "Language of names, as in OpenStreetMap's keys name:*, such as en, ru, zh-Hant or sr-Latn; those of the place "
        "where left out. Pictures and CAD texts show the name in that language where an object has one, else the "
        "local one; data formats keep the local one in the column name and get the other in one more, such as "
        "name_ru.", heeded="names vector_tiles painted_tiles graphml -gpx", metavar="CODE",
    ),
    Option(
        "name", "text", "more", "Name of the files", "Name of the files; letters and digits.", example="map",
    ),
)  # fmt: skip
# What the zooms of tiles can be.
_ZOOMS = range(21)
# Width and height of what machines reach, in mm.
BEDS = ("any", "200x200", "300x200", "300x300", "400x400", "600x400", "900x600", "1300x900")
HOOPS = ("130x180", "100x100", "160x260", "200x300", "360x200")
# Options of some formats alone, what `options` holds: each is one of its choices, the first by itself.
FORMAT_OPTIONS: tuple[Option, ...] = (
    Option(
        "merge_buildings", "flag", "more", "", "Joins houses that touch.", False, "drawings"
    ),
    Option(
        "roads", "word", "more", "", "Roads as lines, or as areas (outlines).", "lines",
        "drawings", choices=lambda: ("lines", "outlines"),
    ),
    Option("fonts", "flag", "more", "", "Makes a zip with the fonts.", False, "drawings"),
    Option(
        "swatches", "flag", "more", "",
        "Names the colours of PDF, Illustrator and PostScript files by the style.", False, "pdf geopdf ai eps ps",
    ),
    Option(
        "spreadsheet_safe", "flag", "more", "",
        "Puts an apostrophe before texts of CSV files that a spreadsheet would run as formulas.", False,
        "csv_wkt csv_xy",
    ),
    Option(
        "quality", "word", "more", "", "Makes images that lose something smaller, or better and larger.", "standard",
        "jpg webp avif jpg_wld garmin_kmz kmz_overlay", choices=lambda: ("standard", "small", "best"),
    ),
    Option(
        "cad_layers", "word", "more", "",
        "What CAD layers are called: by the US National CAD Standard (V-BLDG-OTLN-E), in plain words (Buildings), or "
        "by ISO 13567 (G-BLDGOTE-E).", "ncs", "cad_data", choices=lambda: ("ncs", "human", "iso13567"),
    ),
    Option(
        "quantization", "word", "more", "",
        "Grid of TopoJSON: data, as fine as the data, or steps along each side of the map.", "data", "topojson",
        choices=lambda: ("data", "1e6", "1e5", "1e4"),
    ),
    Option(
        "empty_tables", "flag", "more", "", "Keeps tables that hold nothing.", False, "tables csv_xy -gpx -leaflet"
    ),
    Option(
        "web_map", "flag", "more", "",
        "Makes a zip of the vector tiles with a MapLibre style, its glyphs and icons, and a page that shows the map "
        "without a server; a folder of tiles always has them.", False, "mbtiles pmtiles",
    ),
    Option(
        "min_zoom", "whole", "more", "", "Lowest zoom of tiles; 0 what suits the area.", 0,
        "vector_tiles painted_tiles", choices=lambda: _ZOOMS,
    ),
    Option(
        "max_zoom", "whole", "more", "", "Highest zoom of tiles; 0 what suits the detail level.", 0,
        "vector_tiles painted_tiles", choices=lambda: _ZOOMS,
    ),
    Option(
        "tile_size", "whole", "more", "",
        "Pixels along a side of painted tiles: 512 makes a quarter as many, for screens of fine pixels.", 256,
        "painted_tiles", choices=lambda: (256, 512),
    ),
    Option(
        "drive_side", "word", "more", "",
        "Side of the road that traffic keeps to; auto as roundabouts of the data go round, else as the country has it.",
        "auto", "sumo", choices=lambda: ("auto", "right", "left"),
    ),
    Option(
        "stroke_names", "flag", "more", "",
        "Draws the names of streets, places and waters, with letters of one stroke, for plotters, lasers and needles.",
        False, "toolpaths",
    ),
    Option(
        "hatch", "word", "more", "",
        "Fills water and green with lines so many millimetres apart; auto is none for cutters and plotters, 0.5 for "
        "embroidery.", "auto", "toolpaths", choices=lambda: ("auto", "none", "0.5", "1", "2"),
    ),
    Option(
        "bed", "word", "more", "",
        "Refuses a map that is larger than the machine's bed, in millimetres; any checks nothing.", "any",
        "hpgl gcode svg_laser dxf_laser lbrn2", choices=lambda: BEDS,
    ),
    Option(
        "hoop", "word", "more", "", "Hoop that embroidery is made to fit, in millimetres.", HOOPS[0], "dst pes",
        choices=lambda: HOOPS,
    ),
    Option(
        "tool", "word", "more", "", "What G-code moves: a laser (M4, power), or a pen that is lifted (Z).", "laser",
        "gcode", choices=lambda: ("laser", "pen"),
    ),
    Option(
        "feed", "whole", "more", "", "Speed of G-code while it draws, in millimetres a minute.", 1000, "gcode",
        choices=lambda: (1000, 200, 300, 500, 1500, 2000, 3000, 5000),
    ),
    Option(
        "power", "whole", "more", "",
        "Power of the laser of G-code where it cuts, in percent; scoring takes half, engraving a quarter of it.", 80,
        "gcode", choices=lambda: (80, 5, 10, 20, 30, 40, 50, 60, 70, 90, 100),
    ),
)  # fmt: skip


def _plain(word: str) -> str:
    return word.lstrip("-").partition("+")[0]


def by_field(options: tuple[Option, ...]) -> dict[str, Option]:
    """The options by their field; ValueError for a word in the table that nobody knows."""
    for option in options:
        wrong = [word for word in option.heeded.split() if word not in HEEDERS and _plain(word) not in FORMATS]
        if option.kind not in KINDS or option.group not in OPTION_GROUPS or wrong:
            raise ValueError(f"options.py: {option.field} has {option.kind}, {option.group} or {wrong}, unknown here.")
    return {option.field: option for option in options}


BY_FIELD = by_field(OPTIONS)
BY_FORMAT_OPTION = by_field(FORMAT_OPTIONS)


def values(option: Option) -> tuple[Value, ...]:
    """What an option of few choices can be, its default first."""
    if option.kind == "flag":
        return option.default, not option.default
    return tuple(option.choices()) if option.choices else ()
