"""A PDF file of objects: dictionaries, streams, the table of where they stand (ISO 32000-1, 7)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zlib
from pathlib import Path

_UNSAFE = re.compile(rb"[^!-~]|[#/()<>\[\]{}%]")


def name(text: str) -> str:
    """A name object."""
    return "/" + _UNSAFE.sub(lambda found: b"#%02X" % found.group()[0], text.encode()).decode()


def text(value: str) -> str:
    """A text string: UTF-16 with its mark, in hexadecimal."""
    return "<FEFF" + value.encode("utf-16-be").hex().upper() + ">"


def byte_string(value: str) -> str:
    """A string without an encoding of its own; UTF-16 here makes Inkscape 1.2 hang."""
    return "<" + value.encode().hex().upper() + ">"


def ascii_string(value: str) -> str:
    """A string of ASCII; what else a name of a CRS may have is left as question marks."""
    return "(" + re.sub(r"([\\()])", r"\\\1", value.encode("ascii", "replace").decode()) + ")"


def reference(number: int) -> str:
    """A reference to an object."""
    return f"{number} 0 R"


class PdfFile:
    """Objects by number; a number may be taken before its object is made."""

    def __init__(self, version: str = "1.7") -> None:
        self._version = version
        self._objects: dict[int, bytes] = {}
        self._count = 0

    def take(self) -> int:
        """The number of an object to come."""
        self._count += 1
        return self._count

    def put(self, body: str, number: int | None = None) -> int:
        """Add an object; its number."""
        number = self.take() if number is None else number
        self._objects[number] = body.encode("latin-1")
        return number

    def stream(self, data: bytes, entries: str = "", number: int | None = None, packed: bool = True) -> int:
        """Add a stream, deflated."""
        number = self.take() if number is None else number
        body = zlib.compress(data, 6) if packed else data
        coding = " /Filter /FlateDecode" if packed else ""
        head = f"<< {entries} /Length {len(body)}{coding} >>\nstream\n".encode("latin-1")
        self._objects[number] = head + body + b"\nendstream"
        return number

    def save(self, path: Path, root: int, info: int, identity: bytes) -> None:
        """Write the file; `identity` are 16 bytes that tell it from others."""
        out = bytearray(f"%PDF-{self._version}\n%\u00e2\u00e3\u00cf\u00d3\n".encode("latin-1"))
        places = {}
        for number in sorted(self._objects):
            places[number] = len(out)
            out += f"{number} 0 obj\n".encode() + self._objects[number] + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {self._count + 1}\n0000000000 65535 f \n".encode()
        for number in range(1, self._count + 1):
            out += f"{places[number]:010d} 00000 n \n".encode()
        key = f"<{identity.hex()}>"
        out += (
            f"trailer\n<< /Size {self._count + 1} /Root {reference(root)} /Info {reference(info)} "
            f"/ID [{key} {key}] >>\nstartxref\n{start}\n%%EOF\n"
        ).encode()
        path.write_bytes(out)
