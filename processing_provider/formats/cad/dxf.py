"""DXF of AutoCAD 2004 and later by ezdxf: true metres, CAD layers, hatches, blocks with attributes, street names.

Facts: Autodesk, DXF Reference 2010; what differs from version to version stands in `versions.py`. Lines and outlines
are LWPOLYLINEs on the layers of the layer table with its colours, line weights and line types; fills are HATCHes on
layers of their own (`...-PATT-E`), so that they can be frozen; points are inserted blocks; what belongs to a point are
its attributes.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ...cartography.symbology.areas import AREAS
from ...geo.gdal_settings import quiet
from ...osm.tables.layers import Cad
from ...osm.tables.map_data import MapData, Table
from ..contract import Job, Written
from ..gis.translate import described
from . import blocks, strings
from .extents import LETTER, Extents
from .layers import LAYERS, LINETYPES, NOTICE, STREETS, Heights, heights, own_layers, with_layers
from .proof import prove_dxf
from .shapes import Points, polylines, rounded
from .streets import Placed, street_names
from .versions import VERSIONS

# Every Windows and Mac has it, with Latin, Greek, Cyrillic, Arabic and Hebrew letters.
_FONT = "arial.ttf"
_STYLE = "OSM"
_MIDDLE = 4
_BYLAYER = 256
_METRES = 6
# Tables that are the ground: a fill would only hide the drawing's background.
_NOT_FILLED = ("land",)


class Drawing:
    """A document and its modelspace; every entity is counted on its layer."""

    def __init__(self, view: MapData, job: Job, size: Heights) -> None:
        import ezdxf

        self.version = VERSIONS[job.format.id]
        self.codepage = self.version.codepage
        self.document = ezdxf.new(self.version.name, setup=False, units=_METRES)
        # Line types at the size that they are written in, and line weights shown.
        self.document.header["$LTSCALE"] = 1.0
        self.document.header["$LWDISPLAY"] = 1
        self.document.styles.add(_STYLE, font=_FONT)
        for name, pattern in LINETYPES.items():
            self.document.linetypes.add(name, pattern, description=name.title())
        blocks.define(self.document, size, _STYLE)
        self.document.appids.add(strings.APPLICATION)
        self.space = self.document.modelspace()
        self.size = size
        self.job = job
        self.own = own_layers(view.tables, False)
        self.extents = Extents()
        self.written = Written()

    def told(self, entity: Any, feature: ogr.Feature) -> None:
        """Give an entity what is known of its object, as extended data."""
        known = strings.xdata(feature, self.codepage)
        if known:
            entity.set_xdata(strings.APPLICATION, known)

    def on(self, cad: Cad, true_color: int | None = None) -> dict[str, Any]:
        """The attributes of an entity on a layer, which is made where it is new; the entity is counted.

        An entity says itself what its kind has other than the layer.
        """
        name = cad.layer
        layer = LAYERS.get(name, cad)
        if name not in self.document.layers:
            self.document.layers.add(
                name, color=layer.color, linetype=_linetype(layer), lineweight=_lineweight(layer.weight),
                true_color=true_color,
            )  # fmt: skip
        self.written.layers[name] = self.written.layers.get(name, 0) + 1
        attributes: dict[str, Any] = {"layer": name}
        if cad.color != layer.color:
            attributes["color"] = cad.color
        if cad.linetype != layer.linetype:
            attributes["linetype"] = _linetype(cad)
        if cad.weight != layer.weight:
            attributes["lineweight"] = _lineweight(cad.weight)
        return attributes

    def polyline(self, points: Points, cad: Cad, closed: bool, feature: ogr.Feature) -> None:
        """One polyline."""
        self.told(self.space.add_lwpolyline(points, close=closed, dxfattribs=self.on(cad)), feature)
        self.extents.add(points)

    def hatch(self, polygon: ogr.Geometry, cad: Cad, color: str, feature: ogr.Feature) -> None:
        """A solid fill with its holes, on the outline's layer with -PATT before the status."""
        rings = [rounded(polygon.GetGeometryRef(n).GetPoints(2), True) for n in range(polygon.GetGeometryCount())]
        if len(rings[0]) < 3:
            return
        true_color = int(color[1:7], 16)
        base, status = cad.layer.rsplit("-", 1) if "-" in cad.layer else (cad.layer, "E")
        attributes = self.on(Cad(f"{base}-PATT-{status}", cad.color, 0.0, "CONTINUOUS"), true_color)
        layer = self.document.layers.get(attributes["layer"])
        if layer.dxf.true_color != true_color:
            attributes["true_color"] = true_color
        hatch = self.space.add_hatch(color=_BYLAYER, dxfattribs=attributes)
        self.told(hatch, feature)
        for number, ring in enumerate(rings):
            if len(ring) >= 3:
                # Group code 92: 1 external, 16 outermost.
                hatch.paths.add_polyline_path(ring, is_closed=True, flags=16 if number else 1)

    def text(self, text: str, x: float, y: float, height: float, cad: Cad, angle: float = 0.0) -> Any:
        """One line of text, its middle at x, y; None where nothing is left of it."""
        clean = strings.one_line(text)
        if not clean:
            return None
        self.extents.add_text(clean, x, y, height, angle)
        attributes = {
            **self.on(cad), "style": _STYLE, "rotation": angle, "halign": _MIDDLE, "insert": (x, y),
            "align_point": (x, y),
        }  # fmt: skip
        return self.space.add_text(strings.shown(clean, self.codepage), height=height, dxfattribs=attributes)

    def street(self, placed: Placed, height: float) -> None:
        """A street's name; where it is set by letters, they are one group."""
        if not placed.parts:
            entity = self.text(placed.text, placed.x, placed.y, height, STREETS, placed.angle)
            if entity is not None:
                entity.set_xdata(strings.APPLICATION, list(strings.pairs("name", placed.text, self.codepage)))
            return
        letters = [self.text(part.text, part.x, part.y, height, STREETS, part.angle) for part in placed.parts]
        group = self.document.groups.new(description=strings.string(strings.one_line(placed.text), self.codepage))
        group.extend([letter for letter in letters if letter is not None])

    def point(self, table: Table, feature: ogr.Feature, cad: Cad) -> None:
        """The block of a table's points, with the attributes that the block has."""
        geometry = feature.GetGeometryRef()
        name = blocks.block_of(table.name)
        known = {tag: strings.one_line(str(feature[column] or "")) for tag, column in blocks.tags(name, table.columns)}
        attributes = self.on(cad)
        if name == "TREE":
            attributes["xscale"] = attributes["yscale"] = blocks.tree_scale(feature)
        insert = self.space.add_blockref(name, (geometry.GetX(), geometry.GetY()), dxfattribs=attributes)
        self.told(insert, feature)
        self.extents.add([(geometry.GetX(), geometry.GetY())])
        insert.add_auto_attribs({tag: strings.shown(text, self.codepage) for tag, text in known.items()})
        for attribute in insert.attribs:
            attribute.dxf.layer = cad.layer
            if not attribute.is_invisible:
                self._cover(attribute, known[attribute.dxf.tag])

    def _cover(self, attribute: Any, text: str) -> None:
        """Add what is seen of an attribute to the extents: its middle, or its left end, is where it is aligned."""
        spot, height = attribute.dxf.align_point, attribute.dxf.height
        aside = len(text) * height * LETTER / 2 if attribute.dxf.halign == 0 else 0.0
        self.extents.add_text(text, spot.x + aside, spot.y, height)


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write fills, then lines and outlines, then points and texts, each in the drawing order of the tables."""
    size = heights(view.area_wkt)
    drawing = Drawing(view, job, size)
    color = job.theme.color
    with quiet():
        dataset = gdal.OpenEx(str(view.path), gdal.OF_VECTOR)
        for table in view.tables:
            if table.geometry == "polygon" and table.name not in _NOT_FILLED:
                _fills(drawing, table, dataset.GetLayerByName(table.name), color)
        for table in sorted(view.tables, key=lambda table: table.geometry == "point"):
            _table(drawing, table, dataset.GetLayerByName(table.name))
        roads = view.table("roads")
        if roads is not None:
            for placed in street_names(dataset.GetLayerByName("roads"), roads, size.street):
                drawing.street(placed, size.street)
        dataset = None
        xmin, xmax, ymin, _ = ogr.CreateGeometryFromWkt(view.area_wkt).GetEnvelope()
    if job.credit:
        drawing.text(job.credit, (xmin + xmax) / 2, ymin - 2 * size.street, size.street, NOTICE)
    for item, text in {**described(job, view), "crs": view.crs}.items():
        drawing.document.header.custom_vars.append(item, strings.string(text, drawing.codepage))
    drawing.extents.set(drawing.document)
    job.feedback.check()
    drawing.document.saveas(path)
    return drawing.written


def _fills(drawing: Drawing, table: Table, layer: ogr.Layer, color: dict[str, str | None]) -> None:
    tokens = _tokens(table.name)
    for feature, cad in with_layers(table, layer, drawing.own, drawing.job.feedback):
        tint = color.get(tokens.get(_kind(feature), "")) if tokens else None
        if tint:
            geometry = feature.GetGeometryRef()
            for index in range(geometry.GetGeometryCount()):
                drawing.hatch(geometry.GetGeometryRef(index), cad, tint, feature)


def _tokens(table: str) -> dict[str, str]:
    """The colour token of each kind of a table, as the pictures have it."""
    if table == "buildings":
        return {"building": "building", "landmark": "building_major"}
    kinds = AREAS[table][0] if table in AREAS else ()
    return {kind: token or kind for kind, _, token in (entry.partition(":") for entry in kinds)}


def _kind(feature: ogr.Feature) -> str:
    return feature["kind"] or ""


def _table(drawing: Drawing, table: Table, layer: ogr.Layer) -> None:
    for feature, cad in with_layers(table, layer, drawing.own, drawing.job.feedback):
        geometry = feature.GetGeometryRef()
        if table.geometry == "point":
            drawing.point(table, feature, cad)
            continue
        for points, closed in polylines(geometry, table.geometry):
            drawing.polyline(points, cad, closed, feature)


def _linetype(cad: Cad) -> str:
    return "Continuous" if cad.linetype == "CONTINUOUS" else cad.linetype


def _lineweight(millimetres: float) -> int:
    """The next weight that DXF has (group code 370, in hundredths of a millimetre)."""
    weights = (0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211)
    return min(weights, key=lambda weight: abs(weight - millimetres * 100))


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again with GDAL's DXF driver and count the objects of each layer."""
    prove_dxf(path, written)
