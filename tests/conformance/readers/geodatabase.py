"""File Geodatabases by our own reading of their tables, whose structure others found out and wrote down
(github.com/rouault/dump_gdbtable/wiki/FGDB-Spec): no other free program reads them but GDAL, which wrote them."""

import io
import struct
import zipfile
from pathlib import Path

from readers.found import Found, epsg, union

STRING, OBJECT_ID, GEOMETRY, BINARY, UUID, GLOBAL_ID, XML = 4, 6, 7, 8, 10, 11, 12
NUMBERS = {0: "<h", 1: "<i", 2: "<f", 3: "<d", 5: "<d", 13: "<q"}
POINT = 1


class Cursor(io.BytesIO):
    """Bytes read one after the other."""

    def get(self, code):
        return struct.unpack(code, self.read(struct.calcsize(code)))[0]

    def varuint(self):
        """Seven bits a byte, the lowest first."""
        value = shift = 0
        while True:
            byte = self.get("B")
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text(self, code="B"):
        """A text in UTF-16, behind the number of its letters."""
        return self.read(2 * self.get(code)).decode("utf-16-le")


class Field:
    """One field of a table, as its head describes it."""

    def __init__(self, head):
        self.name, self.alias, self.kind = head.text(), head.text(), head.get("B")
        if self.kind == STRING:
            head.get("<i")
            flags = head.get("B")
            head.read(head.varuint())
        elif self.kind in (OBJECT_ID, BINARY, UUID, GLOBAL_ID, XML):
            head.get("B")
            flags = head.get("B")
        elif self.kind == GEOMETRY:
            head.get("B")
            flags = head.get("B")
            self.wkt = head.read(head.get("<h")).decode("utf-16-le")
            # A grid for M and one for Z may be described, whether there are any or not.
            grids = head.get("B").bit_count() - 1
            self.x, self.y, self.scale = struct.unpack("<3d", head.read(24))
            head.read(grids * 16 + 8 + grids * 8)
            self.box = struct.unpack("<4d", head.read(32))
            head.get("B")
            head.read(8 * head.get("<i"))
        else:
            assert self.kind in NUMBERS, self.kind
            head.get("B")
            flags = head.get("B")
            head.read(head.get("B"))
        self.nullable = bool(flags & 1)

    def value(self, row):
        """What a row has of it."""
        if self.kind in NUMBERS:
            return row.get(NUMBERS[self.kind])
        if self.kind in (UUID, GLOBAL_ID):
            return row.read(16)
        data = row.read(row.varuint())
        return data.decode() if self.kind in (STRING, XML) else data

    def bounds(self, data):
        """The box of a geometry, which stands in whole steps of the grid."""
        shape = Cursor(data)
        kind = shape.varuint() & 255
        if kind == POINT:
            x, y = ((shape.varuint() - 1) / self.scale for _ in range(2))
            return (self.x + x, self.y + y) * 2
        points, parts = shape.varuint(), shape.varuint()
        assert points >= 2 * parts > 0
        xmin, ymin, width, height = (shape.varuint() / self.scale for _ in range(4))
        return self.x + xmin, self.y + ymin, self.x + xmin + width, self.y + ymin + height


def table(archive, number):
    """The fields of a table, and its rows as dicts."""
    name = next(one for one in archive.namelist() if one.endswith(f"a{number:08x}.gdbtable"))
    data, index = archive.read(name), archive.read(name.removesuffix("e") + "x")
    size, begin = struct.unpack_from("<qq", data, 24)
    assert size == len(data)
    head = Cursor(data[begin + 8 :])
    flags = head.get("<I")
    assert not flags >> 30, "neither Z nor M"
    fields = [Field(head) for _ in range(head.get("<h"))]
    _, _, count, width = struct.unpack_from("<4i", index)
    rows = []
    nullable = [field for field in fields if field.nullable]
    for row_number in range(count):
        at = int.from_bytes(index[16 + row_number * width : 16 + (row_number + 1) * width], "little")
        if not at:
            continue
        (length,) = struct.unpack_from("<i", data, at)
        row = Cursor(data[at + 4 : at + 4 + length])
        flags = row.read((len(nullable) + 7) // 8)
        empty = {field.name for bit, field in enumerate(nullable) if flags[bit // 8] >> bit % 8 & 1}
        values = {"": row_number + 1}
        for field in fields:
            if field.kind != OBJECT_ID and field.name not in empty:
                values[field.name] = field.value(row)
        rows.append(values)
    return fields, rows


def gdb(path: Path) -> Found:
    found = Found()
    boxes = []
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        _, catalog = table(archive, 1)
        for entry in catalog:
            if entry["Name"].startswith("GDB_"):
                continue
            fields, rows = table(archive, entry[""])
            (shape,) = (field for field in fields if field.kind == GEOMETRY)
            found.layers[entry["Name"]] = len(rows)
            found.texts |= {row.get("name") for row in rows}
            found.crs = epsg(shape.wkt)
            boxes += [shape.bounds(row[shape.name]) for row in rows]
    found.box = union(boxes)
    return found


READERS = {"gdb": gdb}
