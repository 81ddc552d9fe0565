"""The parameters that the export algorithms share, as QGIS shows them; names never change once released."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..cartography.themes import style_names
from ..osm.layers import GROUPS
from ..osm.tags import CHOICES as TAGS
from ..papers import FIT, ORIENTATIONS, PAGES
from ..request import COLORS, TEXTS, TIMEOUTS
from ..translation import tr

_EXTRACTS = "*.osm.pbf *.pbf *.osm *.osm.gz *.osm.bz2 *.json *.json.gz"


def source_filter() -> str:
    """For the file dialog: QGIS refuses what the filter does not take, and a server's address may end in anything."""
    extracts, anything = tr("OpenStreetMap extract"), tr("All files")
    return f"{extracts} ({_EXTRACTS});;{anything} (*)"


def with_help(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """The same, with what the dialog says of it."""
    parameter.setHelp(text)
    return parameter


def export_parameters(first: tuple[Any, ...]) -> list[QgsProcessingParameterDefinition]:
    """The area, then `first`, then what every export takes."""
    number = QgsProcessingParameterNumber.Type.Integer
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    styles = list(style_names())
    return [
        QgsProcessingParameterExtent("EXTENT", tr("Area (empty: all of the extract)"), optional=True),
        QgsProcessingParameterFeatureSource("MASK", tr("Area as polygons"), polygons, optional=True),
        *first,
        with_help(
            QgsProcessingParameterEnum("STYLE", tr("Map style"), styles, False, "default", False, True),
            tr(
                "One of the styles that travel along, one of your own in the folder osm2cdr/styles of the QGIS "
                "profile, or, from scripts, models and qgis_process, the path of any style file NAME.json."
            ),
        ),
        QgsProcessingParameterNumber(
            "DETAIL_LEVEL", tr("Detail level (1 overview to 6 site, 0 as suits the area)"), number, 0, False, 0, 6
        ),
        QgsProcessingParameterEnum("LAYERS", tr("Layers (none: all)"), list(GROUPS), True, None, True, True),
        QgsProcessingParameterString("CRS", tr("CRS (EPSG:n or ESRI:n)"), "", False, True),
        with_help(
            QgsProcessingParameterFile(
                "SOURCE", tr("OpenStreetMap data (empty: Overpass)"), optional=True, fileFilter=source_filter()
            ),
            tr(
                "Empty for the public Overpass servers, which suit small areas; or an OSM extract (.osm.pbf, "
                ".osm), an answer of Overpass as JSON, the address of a server (https://.../api/interpreter), or "
                "'sample' for central Helsinki."
            ),
        ),
        QgsProcessingParameterEnum("PAGE", tr("Page (fit: cut to the map)"), list(PAGES), False, FIT, True, True),
        QgsProcessingParameterEnum(
            "ORIENTATION", tr("Orientation of the page"), list(ORIENTATIONS), False, ORIENTATIONS[0], True, True
        ),
        QgsProcessingParameterNumber("SCALE", tr("Scale 1:n (0 as fits)"), number, 0, False, 0),
        QgsProcessingParameterNumber("DPI", tr("Resolution of images in DPI"), number, 300, False, 36, 1200),
        QgsProcessingParameterString("TITLE", tr("Title"), "", False, True),
        with_help(
            QgsProcessingParameterEnum("TEXT", tr("Names in artwork"), list(TEXTS), False, TEXTS[0], False, True),
            tr(
                "live: text in the fonts that travel along; outlines: shapes, for who has not these fonts; system: "
                "text in Arial, Times New Roman and Courier New."
            ),
        ),
        with_help(
            QgsProcessingParameterEnum("COLORS", tr("Colours in artwork"), list(COLORS), False, "rgb", False, True),
            tr("cmyk where a format has it: PDF, Illustrator, EPS, PostScript and CorelDRAW."),
        ),
        with_help(
            QgsProcessingParameterString("OPTIONS", tr("Options of formats, as JSON"), "", False, True),
            tr(
                'For artwork: {"merge_buildings": true} joins houses that touch; {"roads": "outlines"} makes areas '
                'of roads; {"fonts": true} makes a zip with the fonts; {"swatches": true} names the colours of PDF '
                'and Illustrator files by the style. For CSV: {"spreadsheet_safe": true} puts an apostrophe before '
                "texts that a spreadsheet would run as formulas."
            ),
        ),
        with_help(
            QgsProcessingParameterNumber(
                "TIMEOUT", tr("Seconds that Overpass may take"), number, 180, False, *TIMEOUTS
            ),
            tr("Rules the query, the network and all parts of a large area together."),
        ),
        with_help(
            QgsProcessingParameterEnum("TAGS", tr("Attributes"), list(TAGS), False, TAGS[0], False, True),
            tr(
                "table: the columns of the layer table; names: also a column for each name:*, such as name_en; "
                "all: also every tag of an object, as JSON in the column tags."
            ),
        ),
        with_help(
            QgsProcessingParameterString("LANGUAGE", tr("Language of names (empty: local)"), "", False, True),
            tr(
                "A code as in OpenStreetMap's keys name:*, such as en, ru, zh-Hant or sr-Latn. Pictures and CAD "
                "texts show the name in that language where an object has one, else the local one; data formats "
                "keep the local one in the column name and get the other in one more, such as name_ru."
            ),
        ),
    ]
