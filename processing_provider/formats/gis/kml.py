"""KML 2.2 (OGC 07-147r2): a folder per layer in the map's colours, always in lon/lat."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path

from osgeo import gdal, ogr

from ...cartography.themes.loading import Theme
from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...osm.tables.map_data import MapData, Table
from ...text.sentence import say
from ...text.xml_text import escape
from ..contract import Job, Written
from ..proof_helpers import prove_size, prove_vector

_CHECK_EVERY = 500
# The colour token of each table; what is not named here is drawn in the colour of text.
_TOKENS = {
    "land": "land", "sea": "sea", "landuse": "landuse", "green": "park", "sand": "sand", "water": "water",
    "waterways": "water", "piers": "pier", "piers_lines": "pier", "plazas": "plaza", "bridges": "bridge_area",
    "aeroways": "aeroway", "buildings": "building", "railways": "rail", "paths": "path", "trees": "tree",
    "barriers": "barrier", "boundaries": "boundary", "ferries": "ferry", "pois": "poi", "power_areas": "industrial",
    "barriers_areas": "barrier", "plazas_lines": "plaza_line", "green_lines": "pitch", "pipelines": "power",
    "power": "power", "construction": "minor_case", "routes": "poi_transport",
    "admin_areas": "boundary", "protected_areas": "protected",
}  # fmt: skip
# Areas that would hide the map: their edge alone is seen.
_HOLLOW = ("admin_areas", "protected_areas")
_ROAD = "#E8A33D"
_FOLDER = re.compile(rb"<Folder><name>")
# What the driver writes for every line and area, and where a style belongs where it writes none (points).
_INLINE = re.compile(rb"\t<Style>.*?</Style>\n")


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write every table as a folder; the notice is the document's description."""
    written = Written()
    with quiet() as errors:
        source = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        target = gdal.GetDriverByName("KML").Create(
            str(path), 0, 0, 0, gdal.GDT_Unknown, ["NameField=name", "DescriptionField=kind"]
        )
        if target is None:
            raise WriteError("write_failed", say("KML could not be written: {0}.", errors.text))
        for table in view.tables:
            _folder(source.GetLayerByName(table.name), target, table, job)
            written.layers[table.name] = table.features
        source = target = None
    if errors.failures:
        raise WriteError("write_failed", say("KML could not be written: {0}.", errors.text))
    _finish(path, view, job)
    return written


def _folder(source: ogr.Layer, target: gdal.Dataset, table: Table, job: Job) -> None:
    layer = target.CreateLayer(table.name, source.GetSpatialRef(), source.GetGeomType())
    definition = source.GetLayerDefn()
    for index in range(definition.GetFieldCount()):
        layer.CreateField(definition.GetFieldDefn(index))
    made = layer.GetLayerDefn()
    for number, feature in enumerate(source):
        if number % _CHECK_EVERY == 0:
            job.feedback.check()
        copy = ogr.Feature(made)
        copy.SetFrom(feature)
        if layer.CreateFeature(copy) != ogr.OGRERR_NONE:
            raise WriteError("write_failed", say("KML could not hold an object of the layer {0}.", table.name))


def _finish(path: Path, view: MapData, job: Job) -> None:
    """Name and description of the document and one shared style per folder, which the driver has no options for."""
    head, *folders = _FOLDER.split(path.read_bytes())
    mark = head.index(b">", head.index(b"<Document")) + 1
    about = "".join(
        f"<{tag}>{escape(text)}</{tag}>\n" for tag, text in (("name", job.title), ("description", job.credit)) if text
    )
    styles = "".join(_style(table, job.theme) for table in view.tables)
    pieces = [head[:mark], b"\n", about.encode(), styles.encode(), head[mark:]]
    for table, folder in zip(view.tables, folders):
        # A name of a table has letters, digits and _ alone: nothing that `sub` would read as its own.
        link = f"\t<styleUrl>#style.{escape(table.name)}</styleUrl>\n".encode()
        if table.geometry == "point":
            folder = folder.replace(b"\t<ExtendedData>", link + b"\t<ExtendedData>")
        pieces += [b"<Folder><name>", _INLINE.sub(link, folder)]
    path.write_bytes(b"".join(pieces))


def _style(table: Table, theme: Theme) -> str:
    color = theme.color
    text = color.get("text_place") or "#333333"
    token = _TOKENS.get(table.name)
    tint = _ROAD if table.name == "roads" else (color.get(token) if token else None) or text
    hollow = table.name in _HOLLOW
    edge = tint if table.geometry == "line" or hollow else color.get("building_line") or text
    width = 3 if table.name == "roads" else 1
    return (
        f'<Style id="style.{escape(table.name)}"><IconStyle><color>{_abgr(tint)}</color><scale>0.5</scale></IconStyle>'
        f"<LabelStyle><scale>0.7</scale></LabelStyle><LineStyle><color>{_abgr(edge)}</color><width>{width}</width>"
        f"</LineStyle><PolyStyle><color>{_abgr(tint)}</color>{'<fill>0</fill>' * hollow}</PolyStyle></Style>\n"
    )


def _abgr(color: str) -> str:
    """#RRGGBB as KML's aabbggrr."""
    red, green, blue = color[1:3], color[3:5], color[5:7]
    return f"ff{blue}{green}{red}".lower()


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open the file again and count."""
    prove_size(path, "KML")
    prove_vector(str(path), written, "KML")
