"""The sheet of a map as a layout of a QGIS project: the same frame, title, scale and notice, as items of their own.

Written as XML, since QGIS's own layouts are scenes of Qt, which belong to the main thread.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from base64 import b64encode

from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QFont, QPainterPath

from ...cartography.rendering.picture import Picture
from ...cartography.sheet.decorations import Area, Piece, Shape, Text
from ...cartography.sheet.layout import furniture, paper_color
from ...request.papers import POINT
from ...text.xml_text import quoteattr

# The numbers of QGIS's kinds of items.
_PAGE, _MAP, _PICTURE, _LABEL, _RECTANGLE = 65638, 65639, 65640, 65641, 65643
# Where a text is anchored: how it is aligned, and how much of twice its width lies left of the anchor.
_ALIGNED = {0.0: (1, 0.0), 0.5: (4, 0.5), 1.0: (2, 1.0)}
_FRAME_MM = 0.25


def layout(view: Picture, name: str, dpi: int) -> str:
    """The `Layout` element of the sheet of a page."""
    sheet = view.page.sheet
    page = _item(_PAGE, "", QRectF(0, 0, sheet.width, sheet.height), 0, inside=_fill(paper_color(view)))
    pieces = furniture(view)
    items = [_map(view, any(piece.name == "frame" for piece in pieces))]
    items += [_piece(piece, place) for place, piece in enumerate(pieces, 2) if piece.name != "frame"]
    return (
        f'<Layout name={quoteattr(name)} units="mm" printResolution="{dpi}" worldFileMap="">'
        f"<PageCollection>{_fill(paper_color(view))}{page}</PageCollection>{''.join(reversed(items))}</Layout>"
    )


def _item(kind: int, name: str, box: QRectF, z: int, more: str = "", inside: str = "", color: str = "") -> str:
    """A `LayoutItem` at a place in mm; with a background where there is a colour."""
    place, size = f"{box.x():.4f},{box.y():.4f},mm", f"{box.width():.4f},{box.height():.4f},mm"
    back = f'background="{"true" if color else "false"}"'
    more = more if "frame=" in more else f'frame="false" {more}'
    return (
        f'<LayoutItem type="{kind}" id={quoteattr(name)} position="{place}" positionOnPage="{place}" size="{size}" '
        f'zValue="{z}" referencePoint="0" visibility="1" opacity="1" {back} {more}>'
        f"{_color('BackgroundColor', color or '#FFFFFF')}{inside}</LayoutItem>"
    )


def _map(view: Picture, framed: bool) -> str:
    """The map itself, which shows the rectangle of the page."""
    page, sheet = view.page, view.page.sheet
    box = QRectF(sheet.left, sheet.top, sheet.map_width, sheet.map_height)
    sides = {"xmin": page.xmin, "ymin": page.ymin, "xmax": page.xmax, "ymax": page.ymax}
    extent = " ".join(f'{side}="{value!r}"' for side, value in sides.items())
    frame = f'frame="true" outlineWidthM="{_FRAME_MM},mm" frameJoinStyle="miter"' if framed else 'frame="false"'
    inside = _color("FrameColor", view.theme.color.get("frame") or view.theme.color.get("text") or "#000000")
    return _item(
        _MAP, "Map", box, 1, f'{frame} keepLayerSet="false" mapRotation="0" drawCanvasItems="true"',
        f"{inside}<Extent {extent}/><LayerSet/>", view.background,
    )  # fmt: skip


def _piece(piece: Piece, z: int) -> str:
    if isinstance(piece, Text):
        return _text(piece, z)
    if isinstance(piece, Area):
        return _item(_RECTANGLE, piece.name, piece.box, z, 'shapeType="1"', _fill(piece.color))
    return _shape(piece, z)


def _text(piece: Text, z: int) -> str:
    """A label whose first line stands on the text's base line; with room, since no two machines measure alike."""
    align, share = _ALIGNED[piece.anchor]
    wide, high = 2 * piece.width, 2 * piece.lettering.rise * piece.size
    box = QRectF(piece.x - share * wide, piece.y - piece.lettering.rise * piece.size, wide, high)
    font = QFont(piece.lettering.font)
    font.setPointSizeF(piece.size / POINT)
    # What stands between these brackets would be an expression, and run.
    text = piece.text.replace("[%", "[%'[%'%]")
    inside = f'<LabelFont description={quoteattr(font.toString())} style=""/>{_color("FontColor", piece.color)}'
    more = f'labelText={quoteattr(text)} htmlState="0" halign="{align}" valign="32" marginX="0" marginY="0"'
    return _item(_LABEL, piece.name, box, z, more, inside)


def _shape(piece: Shape, z: int) -> str:
    """A path as a picture, an SVG within the project."""
    box = piece.box
    how = (
        f'fill="none" stroke="{piece.color}" stroke-width="{piece.stroke}"' if piece.stroke else f'fill="{piece.color}"'
    )
    view = f"{box.x():.4f} {box.y():.4f} {box.width():.4f} {box.height():.4f}"
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{box.width():.4f}mm" height="{box.height():.4f}mm" '
        f'viewBox="{view}"><path d="{_outline(piece.path)}" {how}/></svg>'
    )
    return _item(_PICTURE, piece.name, box, z, f'file="base64:{b64encode(text.encode()).decode()}" resizeMode="0"')


def _outline(path: QPainterPath) -> str:
    """The data of a path in SVG."""
    words = []
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        # A curve's element is followed by two of its data.
        letter = {0: "M", 1: "L", 2: "C"}.get(int(getattr(element.type, "value", element.type)), "")
        words.append(f"{letter}{element.x:.4f} {element.y:.4f}")
    return " ".join(words)


def _color(name: str, color: str) -> str:
    red, green, blue, alpha = QColor(color).getRgb()
    return f'<{name} red="{red}" green="{green}" blue="{blue}" alpha="{alpha}"/>'


def _fill(color: str) -> str:
    """The symbol of a rectangle without an outline."""
    listed = ",".join(map(str, QColor(color).getRgb()))
    return (
        '<symbol type="fill" name="" alpha="1" clip_to_extent="1"><layer class="SimpleFill" enabled="1" pass="0" '
        f'locked="0"><prop k="color" v="{listed}"/><prop k="style" v="solid"/><prop k="outline_style" v="no"/>'
        "</layer></symbol>"
    )
