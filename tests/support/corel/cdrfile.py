"""The chunks of a plain CorelDRAW 11 to 13 file, from docs/corel.md alone; anything that does not add up raises."""

import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

import numpy as np

VERSIONS = {b"CDRB": 1100, b"CDRC": 1200, b"CDRD": 1300}
_PACKED = b"CPng" + struct.pack("<HH", 1, 4)
# Lists that hold bytes, not chunks.
_RAW = ("stlt", "cmpr")


class Broken(Exception):
    """What does not add up in a file, and where."""


@dataclass
class Chunk:
    """A chunk, or a list by its type with its children; `where` says its parents and its place."""

    kind: str
    data: bytes
    where: str
    children: list["Chunk"] = field(default_factory=list)
    is_list: bool = False

    def all(self, *kinds: str) -> list["Chunk"]:
        """The children of these kinds, in order."""
        return [child for child in self.children if child.kind in kinds]

    def one(self, kind: str) -> "Chunk":
        """The only child of a kind."""
        found = self.all(kind)
        if len(found) != 1:
            raise Broken(f"{self.where}: {len(found)} x {kind}, not one.")
        return found[0]

    def walk(self) -> Iterator["Chunk"]:
        """It and everything inside."""
        yield self
        for child in self.children:
            yield from child.walk()


class Cursor:
    """Reads numbers from a record, one after the other."""

    def __init__(self, data: bytes, where: str) -> None:
        self.data, self.where, self.place = data, where, 0

    def take(self, size: int) -> bytes:
        """So many bytes."""
        if size < 0 or self.place + size > len(self.data):
            raise Broken(f"{self.where}: {size} bytes at {self.place} of {len(self.data)}.")
        self.place += size
        return self.data[self.place - size : self.place]

    def numbers(self, form: str, count: int = 1) -> tuple:
        """Little-endian numbers, of a letter as in struct."""
        form = f"<{count}{form}"
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def u16(self) -> int:
        """An unsigned 16-bit number."""
        return self.numbers("H")[0]

    def u32(self) -> int:
        """An unsigned 32-bit number."""
        return self.numbers("I")[0]

    def i32(self) -> int:
        """A signed 32-bit number."""
        return self.numbers("i")[0]

    def array(self, dtype: str, count: int) -> np.ndarray:
        """Many numbers."""
        return np.frombuffer(self.take(count * np.dtype(dtype).itemsize), dtype)

    def end(self) -> None:
        """Nothing may be left."""
        if self.place != len(self.data):
            raise Broken(f"{self.where}: {len(self.data) - self.place} bytes too many.")


def _packed(cursor: Cursor) -> tuple[bytes, np.ndarray]:
    """The two streams of a `cmpr`: chunks, and the table of their sizes."""
    lengths = cursor.numbers("I", 4)
    streams = []
    for packed, raw in zip(lengths[::2], lengths[1::2]):
        data = cursor.take(packed)
        if data[:8] != _PACKED:
            raise Broken(f"{cursor.where}: a stream begins with {data[:8]!r}.")
        unpacker = zlib.decompressobj()
        try:
            out = unpacker.decompress(data[8:])
        except zlib.error as error:
            raise Broken(f"{cursor.where}: {error}.") from error
        if not unpacker.eof or unpacker.unused_data or len(out) != raw:
            raise Broken(f"{cursor.where}: a stream of {len(out)} bytes that should have {raw}.")
        streams.append(out)
    cursor.end()
    if len(streams[1]) % 4:
        raise Broken(f"{cursor.where}: the table of sizes is cut.")
    return streams[0], np.frombuffer(streams[1], "<u4")


class _Parser:
    """Chunks of a stream; with a table the size of a chunk is the number of its place in the table."""

    def __init__(self, table: np.ndarray | None) -> None:
        self._table, self._next = table, 0

    def chunks(self, data: bytes, where: str) -> list[Chunk]:
        """All chunks of some bytes."""
        made, place = [], 0
        while place < len(data):
            if place + 8 > len(data):
                raise Broken(f"{where}: {len(data) - place} bytes are no chunk.")
            kind, size = struct.unpack_from("<4sI", data, place)
            if self._table is not None:
                if size != self._next or size >= len(self._table):
                    raise Broken(f"{where} at {place}: size number {size}, not {self._next} of {len(self._table)}.")
                self._next += 1
                size = int(self._table[size])
            if not all(32 <= letter < 127 for letter in kind):
                raise Broken(f"{where} at {place}: a chunk called {kind!r}.")
            body = data[place + 8 : place + 8 + size]
            if len(body) != size:
                raise Broken(f"{where} at {place}: {kind.decode()} of {size} bytes reaches over its parent's end.")
            made.append(self._chunk(kind.decode(), body, f"{where}/{len(made)}"))
            place += 8 + size + (size & 1)
        return made

    def _chunk(self, kind: str, body: bytes, where: str) -> Chunk:
        if kind != "LIST":
            return Chunk(kind, body, f"{where} {kind}")
        if len(body) < 4:
            raise Broken(f"{where}: a LIST of {len(body)} bytes.")
        kind, body = body[:4].decode("latin-1"), body[4:]
        where = f"{where} {kind.strip()}"
        children = [] if kind in _RAW else self.chunks(body, where)
        return Chunk(kind, body, where, children, True)

    def end(self) -> None:
        """Every size must have been used."""
        if self._table is not None and self._next != len(self._table):
            raise Broken(f"{len(self._table) - self._next} sizes of no chunk.")


def read(path: Path) -> tuple[int, Chunk, Chunk]:
    """Version, the file's chunks, the document's chunks."""
    data = Path(path).read_bytes()
    if data[:4] != b"RIFF" or data[8:12] not in VERSIONS:
        raise Broken(f"begins with {data[:12]!r}.")
    if struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        raise Broken(f"{len(data)} bytes, and says {struct.unpack_from('<I', data, 4)[0] + 8}.")
    file = Chunk("RIFF", data[12:], "", _Parser(None).chunks(data[12:], ""), True)
    version = Cursor(file.one("vrsn").data, "vrsn").u16()
    if version // 100 != VERSIONS[data[8:12]] // 100:
        raise Broken(f"version {version} in {data[8:12]!r}.")
    roots = []
    for packed in file.all("cmpr"):
        stream, table = _packed(Cursor(packed.data, packed.where))
        parser = _Parser(table)
        roots += parser.chunks(stream, packed.where)
        parser.end()
    return version, file, Chunk("document", b"", "document", roots, True)


def arguments(chunk: Chunk) -> tuple[int, dict[int, bytes], tuple[int, ...]]:
    """A `loda`: the type of the object, its arguments by number, their numbers in the order of their values."""
    cursor = Cursor(chunk.data, chunk.where)
    length, count, first, types, kind = cursor.numbers("I", 5)
    if length != len(chunk.data) or first != 20:
        raise Broken(f"{chunk.where}: says {length} bytes, offsets at {first}; has {len(chunk.data)}.")
    places = [*cursor.numbers("I", count + 1)]
    if places[-1] != length or types != cursor.place or sorted(places) != places:
        raise Broken(f"{chunk.where}: its arguments are at {places}, their types at {types}.")
    numbers = cursor.numbers("I", count)[::-1]
    if (count and places[0] != cursor.place) or len(set(numbers)) != count:
        raise Broken(f"{chunk.where}: arguments {numbers} at {places}.")
    return kind, {n: chunk.data[a:b] for n, a, b in zip(numbers, places, places[1:])}, numbers
