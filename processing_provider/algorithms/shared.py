"""The parameters that the export algorithms share, as QGIS shows them; names never change once released."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
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

from ..request.options import FORMAT_OPTIONS, OPTIONS, Option, values
from ..text.translation import tr

_OVERLAYS = "*.gpx *.geojson *.json *.gpkg *.kml *.kmz"
_EXTRACTS = "*.osm.pbf *.pbf *.osm *.osm.gz *.osm.bz2 *.json *.json.gz *.json.bz2"


def source_filter() -> str:
    """For the file dialog: QGIS refuses what the filter does not take, and a server's address may end in anything."""
    extracts, anything = tr("OpenStreetMap extract"), tr("All files")
    return f"{extracts} ({_EXTRACTS});;{anything} (*)"


def _filter(option: Option) -> str:
    if option.field == "source":
        return source_filter()
    if option.field == "overlay":
        return f"{tr('Own data')} ({_OVERLAYS});;{tr('All files')} (*)"
    profiles, anything = tr("Colour profile"), tr("All files")
    return f"{profiles} (*.icc *.icm *.ICC *.ICM);;{anything} (*)"


def with_help(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """The same, with what the dialog says of it."""
    parameter.setHelp(text)
    return parameter


def option_parameter(option: Option) -> QgsProcessingParameterDefinition:
    """The parameter of a row of the table, as QGIS shows it."""
    name, label, default = option.parameter_name, tr(option.label), option.default
    if option.kind in ("word", "words"):
        several, words = option.kind == "words", list(values(option))
        made = QgsProcessingParameterEnum(name, label, words, several, default or None, option.blank, True)
    elif option.kind == "whole":
        number = QgsProcessingParameterNumber.Type.Integer
        low = 0 if option.zero else option.low
        made = QgsProcessingParameterNumber(name, label, number, default, False, low, option.high)
    elif option.kind == "file":
        made = QgsProcessingParameterFile(name, label, optional=True, fileFilter=_filter(option))
    else:
        made = QgsProcessingParameterString(name, label, default, False, True)
    if option.advanced:
        made.setFlags(made.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    said = [tr(option.files) if option.files else tr(option.about)]
    if option.kind == "object":
        said += [
            f"{{{json.dumps(one.field)}: {json.dumps(values(one)[1])}}}: {tr(one.about)}" for one in FORMAT_OPTIONS
        ]
    return with_help(made, " ".join(said))


def export_parameters(first: tuple[Any, ...]) -> list[QgsProcessingParameterDefinition]:
    """The area, then `first`, then what every export takes."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    return [
        QgsProcessingParameterExtent("EXTENT", tr("Area (empty: all of the extract)"), optional=True),
        QgsProcessingParameterFeatureSource("MASK", tr("Area as polygons"), polygons, optional=True),
        *first,
        *(option_parameter(option) for option in OPTIONS if option.field != "name"),
    ]
