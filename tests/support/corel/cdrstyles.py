"""The table of styles (`stlt`) of CorelDRAW 11 to 13, from docs/corel.md alone: what a text is set in."""

from dataclasses import dataclass, replace
from typing import Any, Callable

from cdrfile import Broken, Chunk, Cursor

GRAPHIC, ARTISTIC, PARAGRAPH = 1, 2, 3


@dataclass(frozen=True)
class Style:
    """A style with what its parents give: font, size in units, face, spacing of letters, fill, outline."""

    number: int
    kind: int
    parent: int
    name: str
    font: str | None = None
    size: int = 0
    face: int = 0
    align: int = 0
    interval: tuple[int, ...] = ()
    fill: Any = None
    outline: Any = None


def _entries(cursor: Cursor, size: int) -> dict[int, bytes]:
    """A table of entries: number, the entry's bytes."""
    made: dict[int, bytes] = {}
    for _ in range(cursor.u32()):
        data = cursor.take(size)
        number = int.from_bytes(data[:4], "little")
        if number in made:
            raise Broken(f"{cursor.where}: entry {number} twice.")
        made[number] = data
    return made


def _bullets(cursor: Cursor, version: int) -> None:
    for _ in range(cursor.u32()):
        cursor.take(40)
        if version >= 1300:
            cursor.take(68 if cursor.u32() else 12)
        else:
            cursor.take(28)
            if cursor.u32():
                cursor.take(8)
            cursor.take(8)


def styles(chunk: Chunk, version: int, fonts: dict, fills: dict, outlines: dict) -> dict[int, Style]:
    """All styles by their numbers; raises where an entry, a font, a fill or an outline is not there."""
    cursor = Cursor(chunk.data, chunk.where)
    count = cursor.u32()
    if not count:
        return {}
    late = version >= 1300
    tables = [_entries(cursor, size) for size in (60 if late else 12, 12, 60, 12, 52, 152, 784)]
    filled, lined, lettered, aligned, spaced = tables[:5]
    _bullets(cursor, version)
    tables += [_entries(cursor, size) for size in (28, 36 if late else 32, 28, 12)]

    def value(table: dict[int, bytes], number: int, take: Callable[[bytes], Any], before: Any) -> Any:
        """What an entry says; 0 is the parent's."""
        if not number:
            return before
        if number not in table:
            raise Broken(f"{cursor.where}: entry {number} is not there.")
        return take(table[number])

    def named(table: dict[int, Any], data: bytes, size: int = 4) -> Any:
        number = int.from_bytes(data[:size], "little")
        if number not in table:
            raise Broken(f"{cursor.where}: {number} is not there.")
        return table[number]

    rows = {}
    for _ in range(count):
        kind, number, parent, _, _, letters = cursor.numbers("I", 6)
        name = (
            cursor.take(2 * letters).decode("utf-16le") if version >= 1200 else cursor.take(letters).decode("latin-1")
        )
        if number in rows or kind not in (GRAPHIC, ARTISTIC, PARAGRAPH):
            raise Broken(f"{cursor.where}: style {number} of kind {kind}, or twice.")
        rows[number] = kind, parent, name, cursor.numbers("I", (2, 7, 12)[kind - 1])
    cursor.end()

    def style(number: int, below: int = 0) -> Style:
        if number not in rows or below > len(rows):
            raise Broken(f"{cursor.where}: style {number} is not there, or its own parent.")
        kind, parent, name, (fill, line, *more) = rows[number]
        before = style(parent, below + 1) if parent else Style(0, 0, 0, "")
        made = replace(
            before, number=number, kind=kind, parent=parent, name=name,
            fill=value(filled, fill, lambda data: named(fills, data[8:]), before.fill),
            outline=value(lined, line, lambda data: named(outlines, data[8:]), before.outline),
        )  # fmt: skip
        if not more:
            return made
        font, align, interval, *_ = more
        return replace(
            made,
            font=value(lettered, font, lambda data: named(fonts, data[24:]), before.font),
            size=value(lettered, font, lambda data: int.from_bytes(data[36:40], "little"), before.size),
            face=value(lettered, font, lambda data: int.from_bytes(data[48:52], "little"), before.face),
            align=value(aligned, align, lambda data: data[8], before.align),
            interval=value(spaced, interval, lambda data: Cursor(data, "").numbers("I", 13), before.interval),
        )

    return {number: style(number) for number in rows}
