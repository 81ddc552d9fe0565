"""Broken CorelDRAW files are told from whole ones, by the tests' reader and by the product's own proof."""

import struct
import zlib
from dataclasses import replace

import cdrdump
import pytest
from cdrfile import Broken
from cdrmade import circle, corel_fonts, few_streets, page, write  # noqa: F401
from painted import picture

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


def unpacked(path):
    """What precedes the packed document, its chunks and the sizes of these, what follows."""
    data = path.read_bytes()
    start = data.rindex(b"LIST", 0, data.rindex(b"cmpr"))
    one, _, other, _ = struct.unpack_from("<4I", data, start + 12)
    first = start + 28
    parts = data[first + 8 : first + one], data[first + one + 8 : first + one + other]
    size = struct.unpack_from("<I", data, start + 4)[0]
    return data[:start], *(bytearray(zlib.decompress(part)) for part in parts), data[start + 8 + size + (size & 1) :]


def packed(path, before, chunks, sizes, after):
    """The file again."""
    parts = [b"CPng\1\0\4\0" + zlib.compress(bytes(part)) for part in (chunks, sizes)]
    body = b"cmpr" + struct.pack("<4I", len(parts[0]), len(chunks), len(parts[1]), len(sizes)) + b"".join(parts)
    data = before + b"LIST" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1) + after
    path.write_bytes(data[:4] + struct.pack("<I", len(data) - 8) + data[8:])
    return path


def place(chunks, kind, number=0):
    """Where the data of a chunk begin: of the first of its kind, or of a later one."""
    found = -1
    for _ in range(number + 1):
        found = chunks.index(kind, found + 1)
    return found + 8


# What is broken, and how: where in the chunks (of a chunk, so many bytes on), what stands there instead.
BROKEN = {
    "a size's number": (b"bbox", -4, b"\x01"),
    "a chunk's name": (b"bbox", -8, b"\x01"),
    "a fill that is not there": (b"fild", 0, b"\x77\x77"),
    "an outline that is not there": (b"outl", 0, b"\x77\x77"),
    "a colour model": (b"fild", 8, b"\x63"),
    "a cap": (b"outl", 6, b"\x07"),
    "a box upside down": (b"obbx", 16 + 4, b"\0\0\0\x80"),
    "a matrix of nothing": (b"trfd", 32, bytes(8)),
    "arguments too long": (b"loda", 0, b"\xff"),
    "a style that is not there": (b"txsm", 100, b"\x77\x77"),
    "a frame that is not there": (b"spnd", 0, b"\x77\x77"),
    "letters too many": (b"txsm", 117, b"\x7f"),
    "a text's place": (b"txsm", 44 + 21, b"\x01"),
    "a name of nothing": (b"udid", 0, b"\x77\x77"),
    "a name of no field": (b"udta", 0, b"\x77\x77"),
    "a picture that is not there": (b"bmp ", 0, b"\x77\x77"),
    "a picture's rows": (b"bmp ", 0x4E, b"\x77"),
    "flags of a page": (b"flgs", 3, b"\x10"),
    "master pages": (b"flgs", 2, b"\x00"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_broken_files_are_told(qgis, tmp_path, what):
    from osm2cdr.processing_provider.drawing import model as m

    ring, kinds = circle(40, 30)
    path = m.Path(ring, kinds, m.Color(1, 2, 3), m.Stroke(m.Color(9, 9, 9), 1.0))
    text = m.Text([m.Line("Text", 10.0, 40.0, 20.0)], m.Font("Noto Sans", 12.0), m.Color(0, 0, 0))
    whole = write(page(path, text, picture()), tmp_path / "a.cdr")
    before, chunks, sizes, after = unpacked(whole)
    same = packed(tmp_path / "same.cdr", before, chunks, sizes, after)
    assert repr(cdrdump.dump(same)) == repr(cdrdump.dump(whole))
    kind, on, data = BROKEN[what]
    for number in range(chunks.count(kind)):
        changed, start = bytearray(chunks), place(chunks, kind, number) + on
        changed[start : start + len(data)] = data
        broken = packed(tmp_path / "broken.cdr", before, changed, sizes, after)
        try:
            cdrdump.dump(broken)
        except Broken:
            return
    pytest.fail(f"{what} was not told")


def test_broken_frames_are_told(qgis, drawing, tmp_path):
    """A file cut short, a byte of its packed part changed, a size too many, two objects of one number."""
    whole = write(drawing, tmp_path / "a.cdr")
    data = whole.read_bytes()
    broken = tmp_path / "broken.cdr"

    def is_told():
        with pytest.raises(Broken):
            cdrdump.dump(broken)

    for size in (len(data) - 1, len(data) // 2, 20):
        broken.write_bytes(data[:size])
        is_told()
    for place_of in range(len(data) // 2, len(data) // 2 + 2000, 100):
        broken.write_bytes(data[:place_of] + bytes([data[place_of] ^ 0x55]) + data[place_of + 1 :])
        is_told()
    before, chunks, sizes, after = unpacked(whole)
    packed(broken, before, chunks, sizes + b"\4\0\0\0", after)
    is_told()
    first, second = place(chunks, b"usdn"), place(chunks, b"usdn", 1)
    chunks[second : second + 4] = chunks[first : first + 4]
    packed(broken, before, chunks, sizes, after)
    is_told()


def test_the_product_proves_what_it_wrote(qgis, drawing, tmp_path):
    """A file that lacks a layer, a group or a name, or is cut, is not taken for the map."""
    from osm2cdr.processing_provider.errors import WriteError
    from osm2cdr.processing_provider.formats.artwork.cdr import writer

    whole = write(drawing, tmp_path / "a.cdr")
    layers = drawing.layers
    busy = max(layers, key=lambda layer: len(list(layer.items)))
    one = replace(busy, groups=[replace(busy.groups[0], items=busy.groups[0].items[:-1]), *busy.groups[1:]])
    for other in (layers[1:], layers[::-1], [one if layer is busy else layer for layer in layers],
                  [replace(layers[0], name="Other"), *layers[1:]]):  # fmt: skip
        with pytest.raises(WriteError):
            writer.prove(whole, replace(drawing, layers=other), None)
    data = whole.read_bytes()
    middle = len(data) * 3 // 4
    for broken in (data[:-1], data[: len(data) // 2], data[:middle] + b"\x55\x55" + data[middle + 2 :], b""):
        whole.write_bytes(broken)
        with pytest.raises(WriteError):
            writer.prove(whole, drawing, None)
