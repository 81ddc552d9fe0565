"""MapInfo's tables by our own reading of them: MIF and MID as MapInfo wrote down (MapInfo Data Interchange Format), the
texts, numbers and heads of TAB as others found out (MITAB, mitab_mapheaderblock.cpp, and dBASE III). No other free
program reads TAB but GDAL, which wrote it; of the .map these are its head, what it counts, and each object's."""

import csv
import io
import re
import struct
import zipfile
from pathlib import Path

import numpy as np

from readers.found import Found, union

CODECS = {
    "WindowsLatin1": "cp1252", "WindowsLatin2": "cp1250", "WindowsCyrillic": "cp1251", "WindowsGreek": "cp1253",
    "WindowsTurkish": "cp1254", "WindowsHebrew": "cp1255", "WindowsArabic": "cp1256", "WindowsJapanese": "cp932",
    "WindowsSimpChinese": "cp936", "WindowsKorean": "cp949", "WindowsTradChinese": "cp950",
}  # fmt: skip
# Of .map files: the kinds of objects by their numbers, short and long coordinates.
OBJECTS = {
    1: "point", 2: "point", 4: "line", 5: "line", 7: "line", 8: "line", 37: "line", 38: "line", 13: "area", 14: "area",
}  # fmt: skip
NUMBERS = {"Float": "<d", "Integer": "<i", "SmallInt": "<h"}
HEAD_MAGIC = 42424242


def coordinate_system(words):
    """The EPSG code of `CoordSys Earth Projection 1, 104` (longitude and latitude, WGS 84)."""
    return 4326 if re.match(r"Earth Projection 1, 104\b", words) else 0


def mif_table(data, rows):
    """The columns, objects and CRS of a .mif and the rows of its .mid."""
    head, _, body = data.partition(b"\nData")
    codec = CODECS[re.search(rb'Charset "(\w+)"', head)[1].decode()]
    head = head.decode(codec)
    crs = coordinate_system(re.search(r"CoordSys (.*)", head)[1])
    names = re.findall(r"^  (\w+) (?:Char|Float|Integer|Smallint|Decimal)", head, re.MULTILINE)
    assert len(names) == int(re.search(r"Columns (\d+)", head)[1])
    objects = re.split(r"^(?=POINT|LINE|PLINE|REGION)", body.decode(codec), flags=re.MULTILINE | re.IGNORECASE)[1:]
    boxes = []
    for text in objects:
        places = re.findall(r"^(?:POINT )?(-?[\d.]+) (-?[\d.]+)\s*$", text, re.MULTILINE | re.IGNORECASE)
        if text.upper().startswith("LINE"):
            places = [tuple(text.split()[1:3]), tuple(text.split()[3:5])]
        elif not text.upper().startswith("POINT"):
            counts = [int(word) for word in re.findall(r"^  ?(\d+)\s*$", text, re.MULTILINE)]
            first = text.split("\n")[0].split()
            counts += [int(first[1])] if first[0].upper() == "PLINE" and len(first) == 2 else []
            assert sum(counts) == len(places), text[:200]
        array = np.array(places, float)
        boxes.append((*array.min(axis=0), *array.max(axis=0)))
    listed = list(csv.reader(io.StringIO(rows.decode(codec), newline="")))
    assert len(listed) == len(objects)
    assert all(len(row) == len(names) for row in listed)
    return names, listed, boxes, crs


def beside(archive):
    """What did not fit into the tables, whole."""
    if "long_texts.csv" not in archive.namelist():
        return set()
    text = archive.read("long_texts.csv").decode("utf-8-sig")
    return {row["text"] for row in csv.DictReader(io.StringIO(text, newline="")) if row["column"] == "name"}


def mif(path: Path) -> Found:
    found = Found()
    boxes = []
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        found.texts = beside(archive)
        for member in archive.namelist():
            if member.endswith(".mif"):
                name = member[:-4]
                names, rows, mine, found.crs = mif_table(archive.read(member), archive.read(f"{name}.mid"))
                found.layers[name] = len(rows)
                found.texts |= {row[names.index("name")] for row in rows}
                boxes += mine
    found.box = union(boxes)
    return found


def dat_rows(data, kinds, codec):
    """The records of a .dat: dBASE III with binary numbers, whose kinds the .tab names."""
    count, begin, width = struct.unpack_from("<IHH", data, 4)
    fields, at, offset = [], 32, 1
    while data[at] != 13:
        name = data[at : at + 11].split(b"\0")[0].decode()
        fields.append((kinds[len(fields)], name, offset, offset + data[at + 16]))
        offset = fields[-1][3]
        at += 32
    assert (offset, len(fields)) == (width, len(kinds))
    for number in range(count):
        record = data[begin + number * width : begin + (number + 1) * width]
        row = {}
        for kind, name, first, end in fields:
            cell = record[first:end]
            row[name] = cell.split(b"\0")[0].decode(codec) if kind == "Char" else struct.unpack(NUMBERS[kind], cell)[0]
        yield row


def map_objects(data, index):
    """The box of a .map in its own units, how many points, lines and areas it has, and the kind of each object."""
    assert struct.unpack_from("<i", data, 0x100)[0] == HEAD_MAGIC
    low_x, low_y, high_x, high_y = struct.unpack_from("<4i", data, 0x110)
    counts = dict(zip(("point", "line", "area"), struct.unpack_from("<3i", data, 0x13C)))
    quadrant = data[0x161]
    assert quadrant in (0, 1), "axes as on paper"
    scale_x, scale_y, move_x, move_y = struct.unpack_from("<4d", data, 0x170)
    (west, east), (south, north) = (
        [(value - move) / scale for value in values]
        for values, move, scale in (((low_x, high_x), move_x, scale_x), ((low_y, high_y), move_y, scale_y))
    )
    kinds = []
    for number, at in enumerate(np.frombuffer(index, "<i4").tolist()):
        kind, record = struct.unpack_from("<Bi", data, at)
        assert record == number + 1, "each record's object names it"
        kinds.append(OBJECTS[kind])
    return (west, south, east, north), counts, kinds


def tab(path: Path) -> Found:
    found = Found()
    boxes = []
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        found.texts = beside(archive)
        for member in archive.namelist():
            if not member.endswith(".tab"):
                continue
            name = member[:-4]
            head = archive.read(member).decode("ascii")
            codec = CODECS[re.search(r"!charset (\w+)", head)[1]]
            kinds = re.findall(r"^    \w+ (\w+) .*;", head, re.MULTILINE)
            assert len(kinds) == int(re.search(r"Fields (\d+)", head)[1])
            rows = list(dat_rows(archive.read(f"{name}.dat"), kinds, codec))
            data = archive.read(f"{name}.map")
            box, counts, kinds = map_objects(data, archive.read(f"{name}.id"))
            assert len(kinds) == len(rows)
            assert counts == {kind: kinds.count(kind) for kind in counts}
            found.crs = 4326 if data[0x16D] == 1 else 0
            found.layers[name] = len(rows)
            found.texts |= {row.get("name") for row in rows}
            boxes.append(box)
    found.box = union(boxes)
    return found


READERS = {"mif": mif, "tab": tab}
