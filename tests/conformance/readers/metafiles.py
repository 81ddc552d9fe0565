"""Metafiles and drawings of small programs, by readers of our own after the published formats."""

import struct
from pathlib import Path

import numpy as np

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


# Records of one size in words ([MS-WMF], 2.3), and the code page of each character set.
_WMF_SIZES = {0x0103: 4, 0x0102: 4, 0x0106: 4, 0x012D: 4, 0x012E: 4, 0x01F0: 4, 0x020B: 5, 0x020C: 5, 0x0209: 5,
              0x02FA: 8, 0x02FC: 7, 0x0416: 7, 0x001E: 3, 0x0127: 4}  # fmt: skip
_PAGES = {0: "cp1252", 238: "cp1250", 204: "cp1251", 161: "cp1253", 162: "cp1254", 186: "cp1257"}


def wmf(path: Path) -> Found:
    """Layers and objects lie between comments; each text is in the code page of the font that is selected."""
    data = path.read_bytes()
    key, _, left, top, right, bottom, inch, _ = struct.unpack_from("<IHhhhhHI", data)
    assert (key, left, top) == (0x9AC6CDD7, 0, 0)
    words = struct.unpack_from("<11H", data)
    assert not any(np.bitwise_xor.accumulate(words)[-1:])
    kind, head, version, size, objects, longest, none = struct.unpack_from("<HHHIHIH", data, 22)
    assert (kind, head, version, 2 * size, none) == (1, 9, 0x300, len(data) - 22, 0)
    found = Found(size_mm=(right * 25.4 / inch, bottom * 25.4 / inch))
    place, groups, table, page, most = 40, [], {}, "", 0
    while place < len(data):
        words, kind = struct.unpack_from("<IH", data, place)
        body, place, most = data[place + 6 : place + 2 * words], place + 2 * words, max(most, words)
        assert words == _WMF_SIZES.get(kind, words)
        if kind in (0x02FA, 0x02FB, 0x02FC):
            # It takes the lowest place that is free.
            free = next(number for number in range(len(table) + 1) if number not in table)
            table[free] = _PAGES[body[13]] if kind == 0x02FB else ""
            assert len(table) <= objects
        elif kind == 0x012D:
            page = table[struct.unpack("<H", body)[0]] or page
        elif kind == 0x01F0:
            del table[struct.unpack("<H", body)[0]]
        elif kind in (0x0324, 0x0325):
            assert len(body) == 2 + 4 * struct.unpack_from("<H", body)[0]
        elif kind == 0x0538:
            (rings,) = struct.unpack_from("<H", body)
            assert len(body) == 2 + 2 * rings + 4 * sum(struct.unpack_from(f"<{rings}H", body, 2))
        elif kind == 0x0A32:
            letters = struct.unpack_from("<hhH", body)[2]
            assert len(body) == 8 + letters + letters % 2 + 2 * letters
            text = body[8 : 8 + letters].decode(page)
            found.texts.add(text)
            found.flow += flow(text)
        elif kind == 0x0626:
            function, count = struct.unpack_from("<HH", body)
            told = body[4 : 4 + count]
            assert function == 15
            assert told.startswith(b"osm2cdr\0")
            mark, name = told[8:9], told[9:].decode()
            if mark == b"A":
                found.notice = name
            elif mark == b"E":
                groups.pop()
            else:
                if mark == b"L":
                    assert name not in found.layers
                    found.layers[name] = 0
                elif mark == b"O" and not groups[1].endswith(" – halos"):
                    found.layers[groups[0]] += 1
                groups.append(name)
                assert len(groups) <= 3
    assert (kind, place, groups, most, sorted(table)) == (0, len(data), [], longest, [0, 1, 2])
    return found


# What draws in a CGM (ISO/IEC 8632-3): class and number; and the bytes of a point.
_CGM_DRAWS, _CGM_POINT = {(4, 1), (4, 4), (4, 7), (4, 8), (4, 9)}, 8
_CGM_SIZES = {
    (1, 1): 2,
    (1, 3): 2,
    (1, 5): 6,
    (1, 7): 2,
    (1, 10): 6,
    (2, 2): 2,
    (2, 7): 3,
    (3, 5): 16,
    (3, 6): 2,
    (3, 19): 4,
    (5, 2): 2,
    (5, 3): 4,
    (5, 4): 3,
    (5, 10): 2,
    (5, 14): 3,
    (5, 15): 4,
    (5, 18): 12,
    (5, 22): 2,
    (5, 23): 3,
    (5, 27): 2,
    (5, 28): 4,
    (5, 29): 3,
    (5, 30): 2,
    (5, 37): 4,
    (5, 38): 2,
    (5, 44): 4,
    (5, 45): 2,
}


def _cgm_string(data: bytes) -> tuple[str, bytes]:
    size, start = (data[0], 1) if data[0] < 255 else (struct.unpack_from(">H", data, 1)[0], 3)
    text = data[start : start + size]
    assert len(text) == size
    # ESC 2/5 2/15 4/9 is UTF-8 by ISO 2022.
    return text[4:].decode() if text.startswith(b"\x1b%/I") else text.decode("latin-1"), data[start + size :]


def cgm(path: Path) -> Found:
    """Layers are application structures of that kind; an object is an element by itself or all that a node holds."""
    data, place, found = path.read_bytes(), 0, Found()
    open_ones, names, ids, dashes, order, scale = [], [], set(), set(), [], 0.0
    while place < len(data):
        (head,) = struct.unpack_from(">H", data, place)
        size, place, body, more = head & 31, place + 2, b"", True
        if size < 31:
            body, place = data[place : place + size], place + size + size % 2
        else:
            while more:
                (size,) = struct.unpack_from(">H", data, place)
                more, size = bool(size >> 15), size & 0x7FFF
                body, place = body + data[place + 2 : place + 2 + size], place + 2 + size + size % 2
        kind = head >> 12, head >> 5 & 127
        assert len(body) == _CGM_SIZES.get(kind, len(body)), kind
        order += [kind] if kind[0] < 3 else []
        if kind == (1, 2):
            found.notice, rest = _cgm_string(body)
            assert found.notice.startswith('"ProfileId:WebCGM","ProfileEd:2.0","ColourClass:colour","Source:')
        elif kind == (2, 1):
            mode, scale = struct.unpack(">hf", body)
            assert mode == 1
        elif kind == (2, 6):
            left, bottom, right, top = struct.unpack(">4i", body)
            assert (left, bottom) == (0, 0)
            found.size_mm = right * scale, top * scale
        elif kind == (2, 17):
            number, length = struct.unpack_from(">hi", body)
            assert min(struct.unpack(f">{len(body) // 2 - 3}h", body[6:])) >= 0 < length
            dashes.add(number)
        elif kind in ((5, 2), (5, 27)):
            assert struct.unpack(">h", body)[0] in {1, *dashes}
        elif kind == (0, 21):
            name, rest = _cgm_string(body)
            what, rest = _cgm_string(rest)
            assert (name not in ids, rest) == (True, b"\0\0")
            assert what == ("layer" if not open_ones else what) in ("layer", "grobject", "grnode")
            ids.add(name)
            open_ones.append(what)
            names.append("")
        elif kind == (9, 1):
            what, record = _cgm_string(body)
            record, rest = _cgm_record(record)
            assert (what, rest) == ("layername" if open_ones == ["layer"] else "name", b"")
            assert struct.unpack_from(">hh", record) == (14, 1)
            names[-1] = _cgm_string(record[4:])[0]
            if open_ones == ["layer"]:
                assert names[0] not in found.layers
                found.layers[names[0]] = 0
        elif kind == (0, 23):
            open_ones.pop()
            names.pop()
        elif kind == (4, 4):
            text, rest = _cgm_string(body[_CGM_POINT + 2 :])
            assert rest == b""
            found.texts.add(text)
            found.flow += flow(text)
        elif kind == (4, 8):
            assert len(body) % 10 == 0
            assert struct.unpack_from(">H", body, len(body) - 2)[0] == 3
        elif kind in ((4, 1), (4, 7)):
            assert len(body) % _CGM_POINT == 0
        if len(open_ones) > 1 and (kind in _CGM_DRAWS or kind == (0, 21)):
            counts = open_ones[-1] == "grnode" if kind == (0, 21) else open_ones[-1] != "grnode"
            found.layers[names[0]] += counts and not names[1].endswith(" – halos")
    assert (place, kind, open_ones) == (len(data), (0, 2), [])
    begins = [kind for kind in order if kind in ((0, 1), (1, 1), (0, 3), (0, 4), (0, 5), (0, 2))]
    assert begins == [(0, 1), (1, 1), (0, 3), (0, 4), (0, 5), (0, 2)]
    return found


def _cgm_record(data: bytes) -> tuple[bytes, bytes]:
    size, start = (data[0], 1) if data[0] < 255 else (struct.unpack_from(">H", data, 1)[0], 3)
    return data[start : start + size], data[start + size :]


READERS = {"emf": emf, "wmf": wmf, "cgm": cgm}
