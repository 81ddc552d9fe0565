"""A drawing as a CorelDRAW 12 document."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable

import numpy as np

from ....drawing.model import Drawing
from ....text.phrases import readable
from ...inks import Formula, Press
from . import names, pictures
from .blocks import Blocks, Box, union
from .looks import Looks
from .objects import Objects
from .preview import thumbnail
from .records import settings
from .riff import Stream, chunk, i32, listed, u16, u32, utf16

VERSION = 1200
_BUILD, _ENGLISH = 458, 0x409


def document(
    drawing: Drawing, press: Press | Formula | None, title: str, notice: str, check: Callable[[], None]
) -> bytes:
    """The whole file; `check` is called now and then."""
    stream, looks = Stream(), Looks(drawing.background, press)
    blocks = Blocks(looks, drawing.width, drawing.height, check)
    layers = [(layer.title, blocks.of(layer)) for layer in drawing.layers]
    boxes = [block.box for _, found in layers for block in found]
    box = union(np.array(boxes, np.int32).reshape(-1, 4))
    objects = Objects(stream, looks)
    if blocks.pictures:
        with stream.list(b"bmpt"):
            for number, rgb, fine in blocks.pictures.values():
                stream.chunk(b"bmp ", pictures.pixels(number, rgb, fine))
    with stream.list(b"doc "):
        stream.chunk(b"pfrd", b"\0\0")
        stream.chunk(b"mcfg", settings(drawing.width, drawing.height))
        stream.chunk(b"ptrt", i32(*box))
        looks.fonts(stream)
        if blocks.named:
            names.table(stream, blocks.named)
        looks.tables(stream)
        with stream.list(b"uil "):
            pass
    with stream.list(b"page"):
        stream.chunk(b"flgs", u32(0x90010000))
        stream.chunk(b"bbox", bytes(16))
        with stream.list(b"gobj"):
            objects.empty_layers(("Guides", "Desktop", "Layer 1", "Grid"))
    with stream.list(b"page"):
        stream.chunk(b"flgs", u32(0x90000000))
        stream.chunk(b"bbox", i32(*box))
        stream.chunk(b"obbx", i32(*box, *box))
        with stream.list(b"gobj"):
            objects.empty_layers(("Guides", "Desktop"))
            for name, found in reversed(layers):
                check()
                begun = objects.begin_layer(name)
                for block in reversed(found):
                    objects.group(block)
                stream.end(begun)
            objects.empty_layers(("Grid",))
        objects.page_body()
    body = b"".join(
        (
            chunk(b"vrsn", u16(VERSION)), chunk(b"DISP", thumbnail(drawing.preview)),
            listed(b"INFO", chunk(b"IKEY", utf16(readable(title))) + chunk(b"ICMT", utf16(notice))),
            Stream().packed(), stream.packed(), chunk(b"sumi", _summary(box)),
        )
    )  # fmt: skip
    return b"RIFF" + u32(len(body) + 4) + b"CDRC" + body


def _summary(box: Box) -> bytes:
    return i32(*box) + u16(1, 1) + u32(0, 0, 0, 0, VERSION, _BUILD, 0, _ENGLISH, 0, VERSION)
