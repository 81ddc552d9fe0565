"""A reader of plain CorelDRAW 11 to 13 files for our tests, written from docs/corel.md alone: nothing of the writer's.

`dump(path)` says what is in a file, and raises `Broken` at anything that does not add up: sizes, numbers of fills,
outlines, fonts and styles that nothing defines, two objects of one number, a box that does not hold its points.
"""

import struct
from collections import Counter
from pathlib import Path
from typing import Union

import numpy as np
from cdrfile import Broken, Chunk, Cursor, arguments, read
from cdrmodel import (
    BITMAP,
    COLOR,
    CURVE,
    ELLIPSE,
    FILL,
    IDENTITY,
    LAYERS,
    LIKE,
    MODELS,
    NAME,
    OUTLINE,
    POLYGON,
    RECTANGLE,
    SHAPE,
    SIZE,
    STYLE,
    TEXT,
    UNITS,
    Colour,
    Document,
    Group,
    Layer,
    Outline,
    Page,
    Shape,
)  # fmt: skip
from cdrnames import names
from cdrpictures import image, picture
from cdrshapes import curve, words
from cdrstyles import Style, styles


def _colour(data: bytes, where: str) -> Colour:
    model, _, _ = struct.unpack_from("<HHI", data)
    if model not in MODELS:
        raise Broken(f"{where}: colour model {model}.")
    values = tuple(data[8:12])
    if model == 5:
        values = values[2::-1]
    if model == 2 and max(values) > 100:
        raise Broken(f"{where}: {values} percent.")
    return Colour(MODELS[model], values)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.version, self.file, self.root = read(path)
        self.doc = self.root.one("doc ")
        self.fonts: dict[int, str] = {}
        self.fills: dict[int, Union[Colour, str, None]] = {}
        self.outlines: dict[int, Outline] = {}
        self.styles: dict[int, Style] = {}
        self.numbers: set[int] = set()
        self.size: tuple[int, int] | None = None
        self.names: dict[bytes | None, bytes] = {}
        self.images: dict[int, np.ndarray] = {}

    def document(self) -> Document:
        self._tables()
        pages = [self._page(chunk) for chunk in self.root.all("page")]
        if not pages or [page.master for page in pages] != [True] + [False] * (len(pages) - 1):
            raise Broken("The first page must be the master page, and no other.")
        named = names(self.doc)
        if not set(named) <= self.numbers:
            raise Broken(f"names of objects that are not there: {sorted(set(named) - self.numbers)[:5]}.")
        sizes = Counter((chunk.kind, len(chunk.data)) for chunk in self.root.walk() if not chunk.is_list)
        place = 12 if self.version >= 1300 else 4
        settings = Cursor(self.doc.one("mcfg").data, "mcfg")
        settings.take(place)
        width, height = settings.numbers("i", 2)
        width, height = self.size or (width, height)
        if min(width, height) <= 0:
            raise Broken(f"a page of {width} x {height}.")
        words = {chunk.kind: chunk.data for chunk in self.file.one("INFO").children}
        summary = Cursor(self.file.one("sumi").data, "sumi")
        box = summary.numbers("i", 4)
        if len(summary.data) not in (56, 60) or (summary.data[-4:] != b"\0\0\0\0" and self.version // 100 > 13):
            raise Broken(f"sumi: {len(summary.data)} bytes.")
        return Document(
            self.version, width / UNITS, height / UNITS, box, self._string(words.get("IKEY", b"\0\0")),
            self._string(words.get("ICMT", b"\0\0")), self.fonts, self.fills, self.outlines, self.styles, pages, sizes,
            named,
        )  # fmt: skip

    def _string(self, data: bytes) -> str:
        wide = self.version >= 1200
        text = data.decode("utf-16le" if wide else "latin-1")
        if not text.endswith("\0"):
            raise Broken(f"{data!r} has no end.")
        return text.split("\0")[0]

    def _tables(self) -> None:
        self.images = dict(image(chunk) for holder in self.root.all("bmpt") for chunk in holder.all("bmp "))
        faces: dict[int, None] = {}
        for chunk in self.doc.one("fntt").all("font") if self.doc.all("fntt") else []:
            # A font has an entry for each of its character sets and faces.
            number, face = struct.unpack_from("<II", chunk.data)
            self._once(faces, number | face << 32, chunk)
            wide = self.version >= 1200
            name = chunk.data[18:82].decode("utf-16le") if wide else chunk.data[18:52].decode("latin-1")
            self.fonts[number] = name.split("\0")[0]
        for holder in self.doc.one("filt").all("filc"):
            chunk = holder.one("fild")
            number = struct.unpack_from("<I", chunk.data)[0]
            self._once(self.fills, number, chunk)
            self.fills[number] = self._fill(chunk)
        for chunk in self.doc.one("otlt").all("outl"):
            number = struct.unpack_from("<I", chunk.data)[0]
            self._once(self.outlines, number, chunk)
            self.outlines[number] = self._outline(chunk)
        self.styles = styles(self.doc.one("stlt"), self.version, self.fonts, self.fills, self.outlines)

    @staticmethod
    def _once(known: dict, number: int, chunk: Chunk) -> None:
        if number in known:
            raise Broken(f"{chunk.where}: number {number} twice.")
        known[number] = None

    def _fill(self, chunk: Chunk) -> Union[Colour, str, None]:
        """None, a colour, or what else it is."""
        late = self.version >= 1300
        kind = struct.unpack_from("<H", chunk.data, 12 if late else 4)[0]
        if kind == 0:
            return None
        if kind != 1:
            return f"type {kind}"
        return _colour(chunk.data[27 if late else 8 :], chunk.where)

    def _outline(self, chunk: Chunk) -> Outline:
        cursor = Cursor(chunk.data, chunk.where)
        cursor.take(4)
        if self.version >= 1300:
            while cursor.u32() != 1:
                cursor.take(cursor.u32())
            cursor.take(4)
        kind, cap, join = cursor.numbers("H", 3)
        if self.version < 1300:
            cursor.take(2)
        width = cursor.i32()
        # Nib, angle and matrix, then the colour and its screen.
        cursor.take(54 if self.version >= 1300 else 60)
        colour = _colour(cursor.take(12), chunk.where)
        cursor.take(16)
        count, dash = cursor.u16(), cursor.numbers("H", 11)
        if count > 11 or width < 0 or cap > 2 or join > 2 or not kind:
            raise Broken(f"{chunk.where}: {count} dashes, width {width}, cap {cap}, join {join}, type {kind}.")
        return Outline(kind, width, cap, join, dash[:count], colour)

    def _page(self, chunk: Chunk) -> Page:
        flags = Cursor(chunk.one("flgs").data, chunk.where).u32()
        if flags >> 24 != 0x90:
            raise Broken(f"{chunk.where}: flags {flags:x}.")
        layers = [self._layer(layer) for layer in chunk.one("gobj").all("layr")]
        for body in chunk.all("lgob"):
            # A page may have a size of its own.
            size = arguments(body.one("loda"))[1].get(SIZE)
            self.size = struct.unpack_from("<2i", size) if size else self.size
        return Page(bool(flags >> 16 & 0xFF), Cursor(chunk.one("bbox").data, chunk.where).numbers("i", 4), layers)

    def _layer(self, chunk: Chunk) -> Layer:
        flags = Cursor(chunk.one("flgs").data, chunk.where).u32()
        kind, values, order = arguments(chunk.one("lgob").one("loda"))
        # On later pages a layer may be named by the one of the master page that it belongs to.
        name = values.get(NAME) or self.names.get(values.get(LIKE), b"\0\0" if LIKE in values else None)
        if flags >> 24 != 0x98 or kind not in LAYERS or COLOR not in values or name is None:
            raise Broken(f"{chunk.where}: flags {flags:x}, type {kind}, arguments {order}.")
        colour = _colour(values[COLOR][5 if self.version >= 1300 else 0 :], chunk.where)
        self.names.setdefault(values.get(LIKE), name)
        return Layer(self._string(name), LAYERS[kind], flags, colour, self._children(chunk))

    def _children(self, chunk: Chunk, warped: bool = False) -> list:
        return [
            self._group(c, warped) if c.kind == "grp " else self._shape(c, warped) for c in chunk.all("grp ", "obj ")
        ]

    def _thing(self, chunk: Chunk) -> tuple[tuple, dict[int, bytes], int]:
        """What a group and an object have, the arguments, the type."""
        box = Cursor(chunk.one("bbox").data, chunk.where).numbers("i", 4)
        outer = Cursor(chunk.one("obbx").data, chunk.where).numbers("i", 8)[4:]
        number = Cursor(chunk.one("usdn").data, chunk.where).u32()
        if number in self.numbers:
            raise Broken(f"{chunk.where}: object number {number} twice.")
        self.numbers.add(number)
        if box[0] > box[2] or box[1] < box[3]:
            raise Broken(f"{chunk.where}: a box {box}.")
        body = chunk.one("lgob")
        kind, values, order = arguments(body.one("loda"))
        name = self._string(values[NAME]) if NAME in values else ""
        return (number, box, outer, self._matrix(body), order, name), values, kind

    def _matrix(self, body: Chunk) -> tuple[float, ...]:
        lists = body.all("trfl")
        if not lists:
            return IDENTITY
        matrix = np.eye(3)
        for chunk in lists[0].all("trfd"):
            cursor = Cursor(chunk.data, chunk.where)
            length, count, cursor.place = cursor.numbers("I", 3)
            if length != len(chunk.data):
                raise Broken(f"{chunk.where}: {length} bytes, has {len(chunk.data)}.")
            places = cursor.numbers("I", count + 1)
            for start, end in zip(places, places[1:]):
                matrix = matrix @ self._part(Cursor(chunk.data[start:end], chunk.where))
        return tuple(float(value) for value in matrix[:2].ravel())

    def _part(self, cursor: Cursor) -> np.ndarray:
        """A part of a `trfd` as a matrix; what is not a matrix (an effect) changes nothing."""
        if self.version >= 1300:
            cursor.take(8)
        if cursor.u16() != 8:
            return np.eye(3)
        cursor.take(6)
        values = cursor.numbers("d", 6)
        if len(cursor.data) - cursor.place not in (0, 8, 104):
            cursor.end()
        if not np.isfinite(values).all() or not values[0] * values[4] - values[1] * values[3]:
            raise Broken(f"{cursor.where}: matrix {values}.")
        return np.array([values[:3], values[3:], (0, 0, 1)])

    def _group(self, chunk: Chunk, warped: bool) -> Group:
        base, _, _ = self._thing(chunk)
        made = Group(*base, self._children(chunk, warped or self._warped(chunk)))
        for child in made.children:
            if not _holds(made.box, np.array(child.box).reshape(2, 2), 10):
                raise Broken(f"{chunk.where}: its box {made.box} does not hold {child.box}.")
        return made

    @staticmethod
    def _warped(chunk: Chunk) -> bool:
        """Whether it has an effect: parts of a `trfd` that are no matrix."""
        parts = [part for body in chunk.all("lgob") for part in body.walk() if part.kind == "trfd"]
        return any(struct.unpack_from("<I", part.data, 4)[0] > 1 for part in parts)

    def _shape(self, chunk: Chunk, warped: bool) -> Shape:
        base, values, kind = self._thing(chunk)
        warped = warped or self._warped(chunk)
        made = Shape(*base, kind=kind)
        if SHAPE not in values:
            raise Broken(f"{chunk.where}: no shape, arguments {made.arguments}.")
        cursor = Cursor(values[SHAPE], f"{chunk.where} shape")
        for argument, table, name in ((FILL, self.fills, "fill"), (OUTLINE, self.outlines, "outline")):
            if argument in values:
                setattr(made, name, self._known(values[argument], table, f"{chunk.where}: {name}"))
        if STYLE in values and self.styles:
            made.style = self._known(values[STYLE], self.styles, f"{chunk.where}: style")
            made.fill = made.fill if FILL in values else made.style.fill
            made.outline = made.outline if OUTLINE in values else made.style.outline
        if kind in (CURVE, POLYGON):
            made.points, made.nodes = curve(cursor)
            made.spare = len(cursor.data) - cursor.place
        elif kind in (RECTANGLE, ELLIPSE):
            width, height = cursor.numbers("i", 2)
            made.points = np.array([(0, 0), (width, 0), (width, height), (0, height)], float)
        elif kind == BITMAP:
            made.points, number = picture(cursor)
            made.image = self._known(number, self.images, f"{chunk.where}: picture")
        elif kind == TEXT:
            made.points = np.zeros((1, 2))
            made.text = words(chunk, made.matrix, struct.unpack("<I", values[STYLE])[0], self.version)
        a, b, tx, c, d, ty = made.matrix
        made.points = made.points @ np.array([(a, c), (b, d)]) + (tx, ty)
        # Of a curve the box holds what is drawn, control points may lie outside.
        on = made.points[(made.nodes & 0xC0) != 0xC0] if len(made.nodes) else made.points
        for seen, box in ((on, made.box), (np.array(made.box).reshape(2, 2), made.outer)):
            if kind in (CURVE, TEXT, RECTANGLE) and len(seen) and not warped and not _holds(box, seen, 10):
                raise Broken(f"{chunk.where}: {box} does not hold {seen.min(axis=0)} {seen.max(axis=0)}.")
        return made

    @staticmethod
    def _known(data: bytes, table: dict, what: str):
        number = struct.unpack("<I", data)[0]
        if number not in table:
            raise Broken(f"{what} {number} is not there.")
        return table[number]


def _holds(box: tuple[int, ...], points: np.ndarray, slack: int) -> bool:
    left, top, right, bottom = box
    low, high = points.min(axis=0), points.max(axis=0)
    return bool((low >= (left - slack, bottom - slack)).all() and (high <= (right + slack, top + slack)).all())


def dump(path: Path) -> Document:
    """What is in a file."""
    return _Reader(Path(path)).document()
