"""Corel Presentation Exchange of 32 bits: chunks, index, instructions and tables, by a reader of our own."""

import struct
from pathlib import Path

from readers.found import Found

# Begin and end of page, layer, group; a curve.
_PAGE, _END_PAGE, _LAYER, _END_LAYER, _GROUP, _END_GROUP, _CURVE = 9, 10, 11, 12, 13, 14, 67
_TABLES = {15: b"rotl", 16: b"rott", 17: b"rota", 18: b"rscr", 19: b"rpen", 20: b"rdot", 21: b"rclr"}


def _chunks(data: bytes, place: int, end: int):
    while place < end:
        kind, size = struct.unpack_from("<4sI", data, place)
        yield place, kind, data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    assert place == end


def _tags(data: bytes) -> tuple[dict[int, bytes], bytes]:
    """Tags of a record, and what follows their end."""
    place, found = 0, {}
    while data[place] != 255:
        (size,) = struct.unpack_from("<H", data, place + 1)
        found[data[place]] = data[place + 3 : place + size]
        place += size
    return found, data[place + 1 :]


def _rows(data: bytes) -> list[dict[int, bytes]]:
    (count,) = struct.unpack_from("<H", data)
    rest, rows = data[2:], []
    for _ in range(count):
        row, rest = _tags(rest)
        rows.append(row)
    assert rest == b""
    return rows


def _look(data: bytes, tables: dict[bytes, list[dict[int, bytes]]]) -> None:
    """Fill and outline, whose numbers stand in the tables."""
    rest = data[1:]
    if data[0] & 1:
        fill, rest = _tags(rest)
        assert struct.unpack_from("<H", fill[1])[0] == 1
        color, none = _tags(fill[1][2:])
        assert (0 < struct.unpack_from("<H", color[1])[0] <= len(tables[b"rclr"]), none) == (True, b"")
    if data[0] & 2:
        line, rest = _tags(rest)
        assert 0 < struct.unpack("<H", line[1])[0] <= len(tables[b"rotl"])
    assert rest == b""


def cmx(path: Path) -> Found:
    """Layers by their names; an object is a curve, or a group in a thing's group where it has several of these."""
    data = path.read_bytes()
    assert (data[:4], data[8:16], struct.unpack_from("<I", data, 4)[0]) == (b"RIFF", b"CMX1cont", len(data) - 8)
    found, places, lists = Found(), {}, {}
    for place, kind, body in _chunks(data, 12, len(data)):
        places.setdefault(kind, (place, body))
        if kind == b"LIST":
            lists[body[:4]] = place
    head = places[b"cont"][1]
    assert head.startswith(b"{Corel Binary Meta File}\0")
    assert (head[48:50], head[52:54], head[54:56]) == (b"2\0", b"4\0", b"2\0")
    (factor,) = struct.unpack_from("<d", head, 64)
    index, info, _, left, top, right, bottom, tally = struct.unpack_from("<3I4iI", head, 84)
    found.size_mm = (right - left) * factor * 1000, (top - bottom) * factor * 1000
    assert info == lists[b"INFO"]
    told = {kind: body for _, kind, body in _chunks(data, info + 12, len(data))}
    found.notice = told[b"ICMT"].rstrip(b"\0").decode("cp1252")
    assert data[index : index + 4] == b"ixmr"
    count = struct.unpack_from("<3H", data, index + 8)[2]
    rows = dict(struct.unpack_from("<HI", data, index + 14 + 6 * number) for number in range(count))
    tables = {}
    for number, kind in _TABLES.items():
        assert rows[number] == places[kind][0]
        tables[kind] = _rows(places[kind][1])
    page, named = places[b"page"], []
    layers = struct.unpack_from("<H", data, struct.unpack_from("<4I", data, rows[2] + 12)[1] + 8)[0]
    assert struct.unpack_from("<I", data, rows[2] + 12)[0] == page[0]
    place, depth, seen, layer = 0, [], 0, ""
    while place < len(page[1]):
        (size,) = struct.unpack_from("<h", page[1], place)
        start = place + 2
        if size < 0:
            (size,) = struct.unpack_from("<i", page[1], start)
            start += 4
        (code,) = struct.unpack_from("<H", page[1], start)
        body, place, seen = page[1][start + 2 : place + size], place + size, seen + 1
        parts, rest = _tags(body)
        assert rest in (b"", b"\0")
        if code == _PAGE:
            assert struct.unpack_from("<4i", parts[1], 6) == (left, top, right, bottom)
        elif code == _LAYER:
            (length,) = struct.unpack_from("<H", parts[1], 12)
            layer = parts[1][14:].decode("cp1252")
            assert (len(parts[1]), layer in found.layers) == (14 + length, False)
            found.layers[layer] = 0
            named.append(layer)
        elif code == _CURVE:
            _look(parts[1], tables)
            (points,) = struct.unpack_from("<H", parts[2])
            assert len(parts[2]) == 2 + 9 * points
            found.layers[layer] += len(depth) < 3
        if code in (_PAGE, _LAYER, _GROUP):
            depth += [code] if code == _GROUP else []
            found.layers[layer] = found.layers.get(layer, 0) + (code == _GROUP and len(depth) == 3)
        elif code == _END_GROUP:
            depth.pop()
    found.layers.pop("", None)
    assert (code, depth, seen, len(named)) == (_END_PAGE, [], tally, layers)
    return found


READERS = {"cmx": cmx}
