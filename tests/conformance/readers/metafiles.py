"""Metafiles and drawings of small programs, by readers of our own after the published formats."""

import struct
from pathlib import Path

from readers.found import Found, flow

# What draws ([MS-EMF], 2.3): polygons, polylines, paths, texts, bitmaps.
_EMF_DRAWS = {3, 4, 7, 8, 62, 63, 64, 81, 84}
_EMF_SIZES = {17: 12, 39: 24, 37: 12, 40: 12, 27: 16, 30: 24, 59: 8, 60: 8, 61: 8}


def emf(path: Path) -> Found:
    """Layers are the outermost groups of public comments, classes the next; what shines round names is no object."""
    data = path.read_bytes()
    assert struct.unpack_from("<I", data)[0] == 1
    frame = struct.unpack_from("<4i", data, 24)
    signature, version, size, count, handles = struct.unpack_from("<4IH", data, 40)
    assert (signature, version, size) == (0x464D4520, 0x10000, len(data))
    letters, start = struct.unpack_from("<II", data, 60)
    told = data[start : start + 2 * letters].decode("utf-16-le")
    assert told.endswith("\0\0")
    found = Found(notice=told, size_mm=((frame[2] - frame[0]) / 100, (frame[3] - frame[1]) / 100))
    place, seen, groups, kind, made = 0, 0, [], 0, set()
    while place < size:
        kind, length = struct.unpack_from("<II", data, place)
        assert length % 4 == 0
        assert length == _EMF_SIZES.get(kind, length)
        body = data[place + 8 : place + length]
        seen, place = seen + 1, place + length
        opens = kind == 70 and body[4:12] == b"GDIC\2\0\0\0"
        if (opens or kind in _EMF_DRAWS) and len(groups) == 2 and not groups[1].endswith(" – halos"):
            found.layers[groups[0]] += 1
        if opens:
            (letters,) = struct.unpack_from("<I", body, 28)
            groups.append(body[32 : 32 + 2 * letters].decode("utf-16-le"))
            if len(groups) == 1:
                assert groups[0] not in found.layers
                found.layers[groups[0]] = 0
        elif kind == 70:
            assert body[4:12] == b"GDIC\3\0\0\0"
            groups.pop()
        elif kind in (39, 82, 95):
            made.add(struct.unpack_from("<I", body)[0])
            assert max(made) < handles
        elif kind in (37, 40):
            (number,) = struct.unpack_from("<I", body)
            assert number >= 0x80000000 or number in made
            made -= {number} if kind == 40 else set()
        elif kind in (3, 4):
            assert len(body) == 20 + 8 * struct.unpack_from("<I", body, 16)[0]
        elif kind in (7, 8):
            rings, points = struct.unpack_from("<II", body, 16)
            assert sum(struct.unpack_from(f"<{rings}I", body, 24)) == points == (len(body) - 24 - 4 * rings) // 8
        elif kind == 84:
            letters, start, _, *_, steps = struct.unpack_from("<3I4iI", body, 36)
            text = body[start - 8 : start - 8 + 2 * letters].decode("utf-16-le")
            assert len(body) == steps - 8 + 4 * letters
            found.texts.add(text)
            found.flow += flow(text)
    assert (seen, kind, groups, place, made) == (count, 14, [], size, set())
    return found


READERS = {"emf": emf}
