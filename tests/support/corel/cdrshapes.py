"""The curves and texts of CorelDRAW 11 to 13 objects, from docs/corel.md alone."""

import numpy as np
from cdrfile import Broken, Chunk, Cursor


def curve(cursor: Cursor) -> tuple[np.ndarray, np.ndarray]:
    """Points and nodes of a curve, checked: what begins, what ends, what curves."""
    count = cursor.u32()
    points = cursor.array("<i4", 2 * count).reshape(count, 2).astype(float)
    nodes = cursor.array("u1", count)
    kinds = nodes >> 6
    begins = np.flatnonzero(kinds == 0)
    spare = len(cursor.data) - cursor.place
    if not count or kinds[0] != 0 or spare % 9 not in (0, 8):
        raise Broken(f"{cursor.where}: {count} points, the first of kind {kinds[:1]}, {spare} bytes after them.")
    ends = np.append(begins[1:], count) - 1
    closed = (nodes[begins] & 0x08) != 0
    if (closed != ((nodes[ends] & 0x08) != 0)).any():
        raise Broken(f"{cursor.where}: a subpath is closed at one end alone.")
    if (points[begins[closed]] != points[ends[closed]]).any():
        raise Broken(f"{cursor.where}: a closed subpath does not end where it began.")
    controls = np.flatnonzero(kinds == 3)
    reached = np.flatnonzero(kinds == 2)
    if len(controls) != 2 * len(reached) or (np.sort(np.concatenate([reached - 2, reached - 1])) != controls).any():
        raise Broken(f"{cursor.where}: control points that are not two before the end of a curve.")
    return points, nodes


def words(chunk: Chunk, matrix: tuple[float, ...], style: int, version: int) -> str:
    """The string of an artistic text; its frame, matrix and style must be those of its object."""
    cursor = Cursor(chunk.one("txsm").data, f"{chunk.where} txsm")
    by_itself = cursor.u32()
    cursor.take(32)
    frames = cursor.u32()
    for _ in range(frames):
        frame, placed = cursor.u32(), cursor.numbers("d", 6)
        if cursor.u32():
            cursor.take(40 if version >= 1300 else 32)
        if not by_itself:
            cursor.take(34)
    spnd = Cursor(chunk.one("spnd").data, chunk.where).u32()
    if frames != 1 or frame != spnd or not np.allclose(placed, matrix, rtol=0, atol=1e-3):
        raise Broken(f"{cursor.where}: {frames} frames, the last {frame} (not {spnd}) at {placed}, {matrix}.")
    lines = [_paragraph(cursor, by_itself, style, version) for _ in range(cursor.u32())]
    cursor.end()
    return "\r".join(lines)


def _paragraph(cursor: Cursor, by_itself: int, wanted: int, version: int) -> str:
    style = cursor.u32()
    if style != wanted:
        raise Broken(f"{cursor.where}: style {style}, not {wanted}.")
    cursor.take(2 if version >= 1300 and by_itself else 1)
    counted = [_run(cursor, version) for _ in range(cursor.u32())]
    count = cursor.u32()
    if sum(counted) not in (count, count + 1):
        raise Broken(f"{cursor.where}: runs of {counted} letters, {count} letters.")
    wide = version >= 1200
    letters = (cursor.array("<u8" if wide else "<u4", count) & 1).astype(bool) & wide
    data = Cursor(cursor.take(cursor.u32() if wide else count), cursor.where)
    parts = [data.take(2) if two else data.take(1).decode("cp1252").encode("utf-16le") for two in letters]
    data.end()
    text = b"".join(parts).decode("utf-16le")
    if cursor.take(1)[0]:
        cursor.take(24 * count)
    return text


def _run(cursor: Cursor, version: int) -> int:
    """How many letters a run has; what it overrides is skipped."""
    count = cursor.u16()
    flags, more = cursor.take(2)
    for bit, size in ((1, 4), (2, 4), (4, 4), (8, 4), (16, 4), (32, 4), (64, 52 if version >= 1300 else 4),
                      (128, 4)):  # fmt: skip
        if flags & bit:
            cursor.take(size)
    if more & 2:
        cursor.take(2 * cursor.u32())
    if more & 8:
        cursor.take(2 * cursor.u32() if version >= 1300 else 4)
    if more & 32 and cursor.take(1)[0]:
        cursor.take(3)
    return count
