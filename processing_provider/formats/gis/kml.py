"""KML 2.2 (OGC 07-147r2): a folder per layer in the map's colours, always in lon/lat."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from osgeo import gdal, ogr

from ...cartography.themes import load_theme
from ...errors import WriteError
from ...gdal_env import quiet
from ...mapdata import MapData, Table
from ..proving import prove_size, prove_vector
from ..writing import Job, Written

_CHECK_EVERY = 500
# The colour token of each table; what is not named here is drawn in the colour of text.
_TOKENS = {
    "land": "land", "sea": "sea", "landuse": "landuse", "green": "park", "sand": "sand", "water": "water",
    "waterways": "water", "piers": "pier", "piers_lines": "pier", "plazas": "plaza", "bridges": "bridge_area",
    "aeroways": "aeroway", "buildings": "building", "railways": "rail", "paths": "path", "trees": "tree",
    "barriers": "barrier", "boundaries": "boundary", "ferries": "ferry", "pois": "poi",
}  # fmt: skip
_ROAD, _ROAD_WIDTH = "#E8A33D", "2px"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table as a folder; the notice is the document's description."""
    written = Written()
    with quiet() as errors:
        source = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        target = gdal.GetDriverByName("KML").Create(
            str(path), 0, 0, 0, gdal.GDT_Unknown, ["NameField=name", "DescriptionField=kind"]
        )
        if target is None:
            raise WriteError("write_failed", f"KML could not be written: {errors.text}.")
        for table in view.tables:
            _folder(source.GetLayerByName(table.name), target, table, job)
            written.layers[table.name] = table.features
        source = target = None
    if errors.failures:
        raise WriteError("write_failed", f"KML could not be written: {errors.text}.")
    _describe(path, view, job)
    return written


def _folder(source: ogr.Layer, target: gdal.Dataset, table: Table, job: Job) -> None:
    layer = target.CreateLayer(table.name, source.GetSpatialRef(), source.GetGeomType())
    definition = source.GetLayerDefn()
    for index in range(definition.GetFieldCount()):
        layer.CreateField(definition.GetFieldDefn(index))
    style = _style(table, job.style)
    made = layer.GetLayerDefn()
    for number, feature in enumerate(source):
        if number % _CHECK_EVERY == 0:
            job.feedback.check()
        copy = ogr.Feature(made)
        copy.SetFrom(feature)
        copy.SetStyleString(style)
        if layer.CreateFeature(copy) != ogr.OGRERR_NONE:
            raise WriteError("write_failed", f"KML could not hold an object of the layer {table.name}.")


def _style(table: Table, style: str) -> str:
    """OGR's feature style of a table (OGR Feature Style Specification): pen, and brush for areas."""
    color = load_theme(style).color
    text = color.get("text_place") or "#333333"
    token = _TOKENS.get(table.name)
    tint = _ROAD if table.name == "roads" else (color.get(token) if token else None) or text
    if table.geometry == "polygon":
        return f"PEN(c:{color.get('building_line') or text},w:1px);BRUSH(fc:{tint})"
    return f"PEN(c:{tint},w:{_ROAD_WIDTH if table.name == 'roads' else '1px'})"


def _describe(path: Path, view: MapData, job: Job) -> None:
    """Name and description of the document, which the driver has no option for."""
    data = path.read_bytes()
    mark = data.index(b">", data.index(b"<Document")) + 1
    about = "".join(
        f"<{tag}>{escape(text)}</{tag}>\n" for tag, text in (("name", job.title), ("description", view.notice)) if text
    )
    path.write_bytes(data[:mark] + b"\n" + about.encode() + data[mark:])


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again and count."""
    prove_size(path, "KML")
    prove_vector(str(path), written, "KML")
