"""Pictures in a PostScript program: packed pixels, those that are clear left out by a mask (3rd edition, 4.10.6)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import textwrap
import zlib

import numpy as np

from ...drawing.model import Image
from ..inks import Formula, Press
from .marking import UNIT, pixels


def image(picture: Image, height: float, press: Press | Formula | None) -> str:
    """The operators that paint a picture on a page `height` points high; what is half clear counts as clear."""
    found = pixels(picture)
    rows, columns = found.shape[:2]
    inks = press.pixels(found[..., :3]) if press else found[..., :3]
    # A mask's samples stand before each pixel's own; 1 (all bits) is where nothing is painted.
    mask = np.where(found[..., 3:] < 128, 255, 0).astype(np.uint8)
    is_masked = bool(mask.any())
    data = np.concatenate([mask, inks], axis=2) if is_masked else inks
    count = inks.shape[2]
    a, b, c, d, e, f = (value * UNIT for value in picture.matrix)
    matrix = f"[{a:.4f} {-b:.4f} {c:.4f} {-d:.4f} {e:.4f} {height - f:.4f}] concat\n"
    common = f"/Width {columns}/Height {rows}/ImageMatrix[{columns} 0 0 {rows} 0 0]/BitsPerComponent 8"
    source = "/DataSource currentfile/ASCII85Decode filter/FlateDecode filter"
    body = f"<</ImageType 1{common}/Decode[{'0 1' + ' 0 1' * (count - 1)}]{source}>>"
    if is_masked:
        body = f"<</ImageType 3/InterleaveType 1/DataDict {body}/MaskDict<</ImageType 1{common}/Decode[0 1]>>>>"
    packed = base64.a85encode(zlib.compress(np.ascontiguousarray(data).tobytes(), 6)).decode("ascii")
    # No line may begin like a comment of the document's structure.
    lines = "\n".join(" " + line for line in textwrap.wrap(packed, 120))
    return f"q\n{matrix}/Device{'CMYK' if press else 'RGB'} setcolorspace\n{body} image\n{lines}~>\nQ\n"
