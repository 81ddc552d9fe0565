"""Records of a CorelDRAW file exchanged for others, for what the product does not write: the kit asks what they do."""

import struct
import zlib
from pathlib import Path
from typing import Callable

from cdrfile import Chunk, arguments

_PACKED = b"CPng" + struct.pack("<HH", 1, 4)
# A record, the name of the object that it belongs to: the record as it should be.
Change = Callable[[str, bytes, str], bytes]
_TRANSPARENCY, _NAME, _MATRIX_BEFORE = 0x1F40, 0x3E8, 0x2EE0


def patched(path: Path, change: Change) -> None:
    """Rewrite a file, each record of its document as `change` wants it."""
    data = path.read_bytes()
    start = data.rindex(b"LIST", 0, data.rindex(b"cmpr"))
    one, _, other, _ = struct.unpack_from("<4I", data, start + 12)
    first = start + 28
    stream, table = (
        zlib.decompress(data[a + 8 : b]) for a, b in ((first, first + one), (first + one, first + one + other))
    )
    sizes = list(struct.unpack(f"<{len(table) // 4}I", table))
    made = _rewritten(stream, sizes, change, "")
    parts = [_PACKED + zlib.compress(part, 3) for part in (made, struct.pack(f"<{len(sizes)}I", *sizes))]
    body = b"cmpr" + struct.pack("<4I", len(parts[0]), len(made), len(parts[1]), len(table)) + b"".join(parts)
    size = struct.unpack_from("<I", data, start + 4)[0]
    after = data[start + 8 + size + (size & 1) :]
    data = data[:start] + b"LIST" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1) + after
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])


def _rewritten(stream: bytes, sizes: list[int], change: Change, name: str) -> bytes:
    """Chunks with what `change` makes of each; their sizes are set anew."""
    out, place = b"", 0
    while place < len(stream):
        kind, number = struct.unpack_from("<4sI", stream, place)
        size = sizes[number]
        body = stream[place + 8 : place + 8 + size]
        place += 8 + size + (size & 1)
        if kind == b"LIST" and body[:4] != b"stlt":
            name = _name(body, sizes) if body[:4] == b"obj " else name
            body = body[:4] + _rewritten(body[4:], sizes, change, name)
        elif kind != b"LIST":
            body = change(kind.decode(), body, name)
        sizes[number] = len(body)
        out += kind + struct.pack("<I", number) + body + b"\0" * (len(body) & 1)
    return out


def _name(body: bytes, sizes: list[int]) -> str:
    """What an object is called."""
    place = body.index(b"loda")
    size = sizes[struct.unpack_from("<I", body, place + 4)[0]]
    values = arguments(Chunk("loda", body[place + 8 : place + 8 + size], "loda"))[1]
    return values.get(_NAME, b"").decode("utf-16le").rstrip("\0")


def lens(kind: str, data: bytes, name: str) -> bytes:
    """An object that is called `... 30 %` with a lens that lets through so much: an argument more."""
    if kind != "loda" or not name.endswith("%"):
        return data
    shape, values, _ = arguments(Chunk("loda", data, "loda"))
    seen = 1000 - 10 * int(name.split()[-2])
    pairs = [*values.items(), (_TRANSPARENCY, struct.pack("<2I2H", 1, 1, 0, seen))]
    pairs.sort(reverse=True)
    place = 24 + 8 * len(pairs)
    offsets = [place + sum(len(value) for _, value in pairs[:number]) for number in range(len(pairs) + 1)]
    head = struct.pack("<5I", offsets[-1], len(pairs), 20, 24 + 4 * len(pairs), shape)
    table = struct.pack(f"<{2 * len(pairs) + 1}I", *offsets, *(number for number, _ in reversed(pairs)))
    return head + table + b"".join(value for _, value in pairs)


def dancing(kind: str, data: bytes, name: str) -> bytes:
    """A text that is called so, each letter a run of its own, turned by 10 degrees more than the one before."""
    if kind != "txsm" or name != "Dancing":
        return data
    # Behind the head: paragraphs, style, a zero; then runs, their letters, the letters themselves.
    front, rest = data[: 36 + 8 + 48 + 4 + 4 + 4 + 1], data[36 + 8 + 48 + 4 + 4 + 4 + 1 :]
    count = struct.unpack_from("<I", rest, 12)[0]
    letters = rest[16 + 8 * count :]
    runs = b"".join(
        struct.pack("<HBBi", 1 + (number == count - 1), 0x08, 0x08, 10_000_000 * number) + b"US\0\0"
        for number in range(count)
    )
    records = struct.pack(f"<{count}Q", *(number * 2 << 16 for number in range(count)))
    return front + struct.pack("<I", count) + runs + struct.pack("<I", count) + records + letters
