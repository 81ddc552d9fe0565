"""Photoshop: a layer for each of the map's, in groups, with names of any script; the merged picture, the notice.

Facts: "Adobe Photoshop File Formats Specification" (2019): header, resources (resolution 1005, IPTC 1028, copyright
1034, profile 1039, XMP 1060), layer records with `luni` and `lsct`, channels and merged picture packed by PackBits.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt
from qgis.PyQt.QtGui import QColorSpace

from ...cartography.rendering.layered import PaintedLayer
from ...cartography.rendering.picture import Picture
from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from .. import xmp
from ..contract import Job, Written
from .packbits import PACKBITS, packed
from .stack import Merged, painted

_LABEL = "PSD"
_MOST = 30_000
_INCH, _CENTIMETRES = 1, 2
_PACKED = struct.pack(">H", 1)
_RESOLUTION, _IPTC, _COPYRIGHTED, _PROFILE, _XMP = 1005, 1028, 1034, 1039, 1060
_TITLE, _NOTICE = (2, 5, 64), (2, 116, 128)
# Kinds of a section divider: a group's lower end, and its own row, open.
_END, _OPEN = 3, 1
_VISIBLE = 8
# Pascal strings and IPTC's texts are shorter than the names that stand beside them.
_SHORT = 31


def write(view: Picture, path: Path, job: Job) -> Written:
    """Paint the layers at the job's DPI one by one, each packed as it comes."""
    (width, height), layers = painted(view, job, _MOST, _LABEL)
    merged = Merged(width, height)
    records: list[bytes] = []
    channels: list[bytes] = []
    group = ""
    for layer in layers:
        merged.add(layer)
        if layer.group != group:
            records += _closed(group) + ([_divider("</Layer group>", _END)] if layer.group else [])
            channels += [_EMPTY] * (bool(group) + bool(layer.group))
            group = layer.group
        data = [_packed_rows(layer.pixels[..., band]) for band in (3, 0, 1, 2)]
        records.append(_record(layer.name, layer, [len(one) for one in data]))
        channels.append(b"".join(data))
    records += _closed(group)
    channels += [_EMPTY] * bool(group)
    body = struct.pack(">h", len(records)) + b"".join(records) + b"".join(channels)
    body += bytes(len(body) % 2)
    section = struct.pack(">I", len(body)) + body + struct.pack(">I", 0)
    pixels = merged.pixels[..., :3]
    job.feedback.check()
    with path.open("wb") as file:
        file.write(struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, height, width, 8, 3) + struct.pack(">I", 0))
        resources = _resources(job)
        file.write(struct.pack(">I", len(resources)) + resources)
        file.write(struct.pack(">I", len(section)) + section)
        file.write(_packed_rows(np.ascontiguousarray(pixels.transpose(2, 0, 1)).reshape(3 * height, width)))
    return Written(dict(view.objects))


def _packed_rows(rows: npt.NDArray[np.uint8]) -> bytes:
    """How it is packed, how long each row came to, and the rows."""
    data, counts = packed(np.ascontiguousarray(rows).reshape(-1), np.arange(len(rows)) * rows.shape[1], PACKBITS)
    return _PACKED + counts.astype(">u2").tobytes() + data.tobytes()


# Four channels without a pixel.
_EMPTY = struct.pack(">H", 0) * 4


def _closed(group: str) -> list[bytes]:
    return [_divider(group, _OPEN)] if group else []


def _record(
    name: str, layer: PaintedLayer | None, sizes: list[int], more: bytes = b"", blend: bytes = b"norm"
) -> bytes:
    """One layer: its box, its channels, how it is blended, its name in short and whole."""
    top, left, bottom, right = 0, 0, 0, 0
    if layer is not None:
        rows, columns = layer.pixels.shape[:2]
        top, left, bottom, right = layer.top, layer.left, layer.top + rows, layer.left + columns
    short = name.replace("–", "-").encode("ascii", "replace")[:_SHORT]
    pascal = bytes([len(short)]) + short
    pascal += bytes(-len(pascal) % 4)
    wide = name.encode("utf-16-be")
    unicode = struct.pack(">I", len(wide) // 2) + wide
    extra = struct.pack(">II", 0, 0) + pascal + _tagged(b"luni", unicode) + more
    described = struct.pack(">iiiiH", top, left, bottom, right, len(sizes))
    described += b"".join(struct.pack(">hI", band, size) for band, size in zip((-1, 0, 1, 2), sizes))
    return described + b"8BIM" + blend + struct.pack(">BBBxI", 255, 0, _VISIBLE, len(extra)) + extra


def _divider(name: str, kind: int) -> bytes:
    """The upper or lower end of a group."""
    blend = b"pass" if kind == _OPEN else b"norm"
    section = struct.pack(">I", kind) + (b"8BIM" + blend if kind == _OPEN else b"")
    return _record(name, None, [2] * 4, _tagged(b"lsct", section), blend)


def _tagged(key: bytes, body: bytes) -> bytes:
    body += bytes(-len(body) % 4)
    return b"8BIM" + key + struct.pack(">I", len(body)) + body


def _resources(job: Job) -> bytes:
    """Resolution, title and notice as IPTC (in UTF-8) and as XMP, the profile of the colours."""
    dots = struct.pack(">IHHIHH", job.dpi << 16, _INCH, _CENTIMETRES, job.dpi << 16, _INCH, _CENTIMETRES)
    iptc = b"\x1c\x01\x5a\x00\x03\x1b%G"
    for (record, number, most), text in ((_TITLE, job.title), (_NOTICE, job.credit)):
        value = one_line(text).encode()[:most].decode("utf-8", "ignore").encode()
        iptc += struct.pack(">BBBH", 0x1C, record, number, len(value)) + value
    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.SRgb).iccProfile())
    packet = xmp.packet(one_line(job.title), one_line(job.credit))
    entries = [(_RESOLUTION, dots), (_IPTC, iptc), (_COPYRIGHTED, b"\x01"), (_PROFILE, profile), (_XMP, packet)]
    found = b""
    for number, body in entries:
        found += b"8BIM" + struct.pack(">HHI", number, 0, len(body)) + body + bytes(len(body) % 2)
    return found


def prove(path: Path, view: Picture, written: Written) -> None:
    """Follow the lengths of its sections to the merged picture: it is whole to its last row and not of one colour."""
    data = path.read_bytes()
    try:
        channels, height, width = struct.unpack_from(">HII", data, 12)
        at = 26
        for _ in range(3):
            at += 4 + struct.unpack_from(">I", data, at)[0]
        counts = np.frombuffer(data, ">u2", channels * height, at + 2)
    except (struct.error, ValueError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL)) from error
    if len(data) != at + 2 + 2 * len(counts) + int(counts.sum()):
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL))
    # A row of one colour is packed to two bytes for each 128 of it.
    if (counts == 2 * -(-width // 128)).all() and len(set(data[-int(counts[0]) :])) <= 3:
        raise WriteError("not_proven", say("{0} came out blank.", _LABEL))
