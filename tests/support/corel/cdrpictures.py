"""The pictures of a CorelDRAW file, from docs/corel.md alone."""

import numpy as np
from cdrfile import Broken, Chunk, Cursor


def image(chunk: Chunk) -> tuple[int, np.ndarray]:
    """The number of a `bmp`, and its pixels: (height, width, 3) of red, green and blue, the upper row first; nothing of
    other ones than of 24 bits.
    """
    cursor = Cursor(chunk.data, chunk.where)
    number, one = cursor.numbers("I", 2)
    mark, length, _, begins = cursor.take(4), *cursor.numbers("I", 3)
    cursor.take(16)
    part, rest, _, pixels, model = cursor.take(2), *cursor.numbers("I", 4)
    _, width, height, _, bits, stride, count, _ = cursor.numbers("I", 8)
    cursor.take(28)
    if (model, bits) != (1, 24):
        return number, np.zeros((0, 0, 3), np.uint8)
    known = mark == b"UI\0\0" and part == b"RI" and (one, begins, pixels) == (1, 0x20, 78)
    if not known or (length, rest) != (len(chunk.data) - 8, len(chunk.data) - 0x28) or count != stride * height:
        raise Broken(f"{chunk.where}: {mark}, {part}, {length}, {rest}, model {model}, {bits} bits, {count} bytes.")
    if stride % 4 or stride < 3 * width or cursor.place != 0x76:
        raise Broken(f"{chunk.where}: rows of {stride} bytes.")
    rows = cursor.array("u1", count).reshape(height, stride)[:, : 3 * width].reshape(height, width, 3)
    cursor.end()
    return number, rows[::-1, :, ::-1]


def picture(cursor: Cursor) -> tuple[np.ndarray, bytes]:
    """The corners of a picture's object in pixels, and the number of what it shows."""
    box, kind = cursor.numbers("i", 8), cursor.numbers("H", 2)
    width, height, _ = cursor.numbers("I", 3)
    number = cursor.take(4)
    cursor.take(20)
    points = cursor.array("<i4", 2 * cursor.u32()).reshape(-1, 2).astype(float)
    nodes = cursor.take(len(points))
    cursor.end()
    if box != (0, height, width, 0, 0, height, width, 0) or kind[0] != 2 or nodes != bytes((12, 68, 68, 68, 72)):
        raise Broken(f"{cursor.where}: {box}, {kind}, {width} x {height}, {nodes!r}.")
    return points[:-1], number
