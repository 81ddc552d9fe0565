"""The options of an export, in one table: Processing's parameters, the launcher's arguments, the API's schema and
docs/options.md are made of it, and of `format_options.py`. A new option is a row here, its field of ExportRequest, and
the code that heeds it; one of some formats is a row there.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..cartography.themes.loading import style_names
from ..osm.tables.extra_tags import CHOICES as TAGS
from ..osm.tables.layers import GROUPS
from .format_options import AUTO_TEXT, FORMAT_OPTIONS
from .option import Option, Value, by_field, values
from .papers import FIT, MAGNIFICATIONS, ORIENTATIONS, PAGES, PARTS

__all__ = ["BY_FIELD", "BY_FORMAT_OPTION", "FORMAT_OPTIONS", "OPTIONS", "Option", "Value", "by_field", "values"]

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
        "sheet", "words", "page", "Beside the map (none: nothing)",
        "What stands beside the map on a paper, A4 where none is chosen: grid, letters and figures round it; legend, "
        "the classes that are drawn; index, streets, places and sights with their cells of the grid; "
        "miles, a second scale bar.",
        heeded="pages", choices=lambda: PARTS, metavar="A,B", example=["grid", "index"],
    ),
    Option(
        "scale", "whole", "page", "Scale 1:n (0 as fits)", "Scale 1:n.", 0, "pages qgz", low=50, high=50_000_000,
        zero="as fits",
    ),
    Option(
        "magnify", "word", "page", "Enlargement (posters)", "Enlarges text, lines and icons for a map that is looked "
        "at from afar, as a poster is: 1.4 makes all of them 1.4 times as large, and fewer names find room.",
        MAGNIFICATIONS[0], "pages", choices=lambda: MAGNIFICATIONS, blank=False,
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
        "subtitle", "text", "page", "Subtitle",
        "Subtitle of the map, below its title on a sheet: one line of at most 200 characters.", heeded="pages",
    ),
    Option(
        "text", "word", "look", "Names in artwork",
        "Names in artwork: auto, mixed in CorelDRAW and live elsewhere; live, text in the fonts that travel along; "
        "mixed, live but for turned, bent, bold, italic and spaced ones and what shines round names, which are shapes, "
        "as not every program shows them; outlines, all of them shapes, for who has not these fonts; system, text in "
        "Arial, Times New Roman and Courier New.",
        AUTO_TEXT, "drawings", choices=lambda: (AUTO_TEXT, "live", "mixed", "outlines", "system"), blank=False,
    ),
    Option(
        "colors", "word", "look", "Colours in artwork",
        "Colours in artwork: cmyk where a format has it (PDF, Illustrator, EPS, PostScript and CorelDRAW).",
        "rgb", "pdf geopdf ai ai8 eps ps cdr cmx", choices=lambda: ("rgb", "cmyk"), blank=False,
    ),
    Option(
        "profile", "file", "look", "Colour profile (ICC)",
        "An ICC profile of the inks and the paper, for CMYK colours; else one of this machine.",
        heeded="pdf_cmyk tiff_cmyk pdf geopdf ai ai8 eps ps cdr cmx", metavar="FILE", api="",
        files="An ICC profile (.icc, .icm) of the inks and the paper that CMYK colours are for, as a print shop gives "
        "it; empty for the first that this machine has: FOGRA39 of colord, that of Ghostscript, the system's own.",
    ),
    Option(
        "pois", "text", "look", "Points of interest (empty: as the style)",
        "Points of interest of the map: none; few, the sights, stations and hospitals; many, all that have room; or "
        "kinds of them with commas, such as food,museum. As the style says where left out.",
        heeded="pages painted_tiles mvt mbtiles+web_map pmtiles+web_map qgz", metavar="none|few|many|A,B",
        example="few",
    ),
    Option(
        "overlay", "file", "what", "Your own data over the map",
        "Your own data over the map: points with their names, lines, and areas as a tint below houses and streets. A "
        "file of GPX, GeoJSON, GeoPackage, KML or KMZ, or several with commas; in the API GeoJSON itself. Colours of "
        "simplestyle (stroke, fill, marker-color, title) and of KML are heeded.",
        heeded="pages data vector_tiles painted_tiles toolpaths", metavar="FILE",
        files="A file of your own to be laid over the map, or several with commas: GPX, GeoJSON, GeoPackage, KML or "
        "KMZ, in whatever CRS. Points have their names, areas are a tint below houses and streets; colours of "
        "simplestyle (stroke, fill, marker-color, title) and of KML are heeded.",
        example={"type": "Feature", "properties": {"title": "Here"},
                 "geometry": {"type": "Point", "coordinates": [24.9478, 60.1699]}},
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
        "name_ru.", heeded="names vector_tiles painted_tiles graphml threejs -gpx", metavar="CODE",
    ),
    Option(
        "name", "text", "more", "Name of the files", "Name of the files; letters and digits.", example="map",
    ),
)  # fmt: skip
BY_FIELD = by_field(OPTIONS)
BY_FORMAT_OPTION = by_field(FORMAT_OPTIONS)
