"""OpenRaster 0.0.5 for Krita, MyPaint and GIMP: a zip with a PNG a layer, a stack in XML, and the merged picture.

Facts: openraster.org, "File layout" and "Layer stack": `mimetype` comes first and is not packed; the top layer comes
first; a thumbnail is at most 256 pixels wide and high. Title and notice stand in the merged picture's own texts.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from qgis.PyQt.QtCore import Qt

from ...cartography.rendering.picture import Picture
from ...cartography.rendering.png import png
from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import quoteattr
from ..archive import prove_members
from ..contract import Job, Written
from .png_chunks import rgba
from .stack import Merged, painted

_LABEL = "OpenRaster"
_MOST, _THUMBNAIL = 65_535, 256
_MERGED = ["mergedimage.png", "Thumbnails/thumbnail.png", "stack.xml", "mimetype"]


def write(view: Picture, path: Path, job: Job) -> Written:
    """Paint the layers at the job's DPI one by one, each packed as it comes."""
    (width, height), layers = painted(view, job, _MOST, _LABEL)
    merged = Merged(width, height)
    # From the top, a group's name and the rows of its layers.
    stack: list[tuple[str, list[str]]] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "image/openraster")
        for number, layer in enumerate(layers):
            merged.add(layer)
            source = f"data/layer{number:03d}.png"
            archive.writestr(source, rgba(layer.pixels, job.dpi, {}))
            row = (
                f'<layer name={quoteattr(layer.name)} src={quoteattr(source)} x="{layer.left}" y="{layer.top}" '
                'opacity="1.0" visibility="visible" composite-op="svg:src-over"/>\n'
            )
            if not stack or stack[0][0] != layer.group or not layer.group:
                stack.insert(0, (layer.group, []))
            stack[0][1].insert(0, row)
        small = merged.image.scaled(
            _THUMBNAIL, _THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        texts = {"Title": one_line(job.title), "Copyright": one_line(job.credit), "Software": "osm2cdr"}
        archive.writestr("mergedimage.png", rgba(merged.pixels, job.dpi, texts))
        archive.writestr("Thumbnails/thumbnail.png", png(small))
        rows = "".join(
            f"<stack name={quoteattr(group)}>\n{''.join(inside)}</stack>\n" if group else "".join(inside)
            for group, inside in stack
        )
        document = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<image version="0.0.5" w="{width}" h="{height}" '
            f'xres="{job.dpi}" yres="{job.dpi}">\n<stack>\n{rows}</stack>\n</image>\n'
        )
        archive.writestr("stack.xml", document, zipfile.ZIP_DEFLATED)
    return Written(dict(view.objects))


def prove(path: Path, view: Picture, written: Written) -> None:
    """The zip is whole, with the merged picture and a layer at least for ground and something on it."""
    prove_members(path, _MERGED, _LABEL)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if names[0] != "mimetype" or sum(name.startswith("data/") for name in names) < 2:
        raise WriteError("not_proven", say("{0} came out blank.", _LABEL))
