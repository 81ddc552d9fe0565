"""Glyphs and icons: the letters in use and no others, as far from their outlines as the fields say."""

import io

import numpy as np
import pytest

from osm2cdr.processing_provider.errors import Cancelled
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.tiles import mvt

TEXTS = {"Łódź ½", "Проверка", "北京", "straße"}


def fields(data):
    """The fields of a message as (number, value), by hand: values are numbers or bytes."""
    place = 0

    def varint():
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while place < len(data):
        key = varint()
        if key & 7 == 2:
            length = varint()
            yield key >> 3, data[place : place + length]
            place += length
        else:
            yield key >> 3, varint()


def read(data):
    """A file of glyphs: the stack's name, its range, and each glyph's fields by its letter."""
    ((_, stack),) = fields(data)
    parts = list(fields(stack))
    glyphs = [dict(fields(value)) for number, value in parts if number == 3]
    name, told = (next(value for number, value in parts if number == wanted).decode() for wanted in (1, 2))
    return name, told, {glyph[1]: glyph for glyph in glyphs}


@pytest.fixture(scope="module")
def made(qgis):
    from osm2cdr.processing_provider.webmap.glyphs import glyphs, letters_of
    from osm2cdr.processing_provider.webmap.lettering import Face

    faces = (Face("Noto Sans", False, False), Face("EB Garamond", True, False))
    return {path: read(data) for path, data in glyphs(faces, letters_of(TEXTS), Feedback())}


def test_all_letters_in_use_are_there_in_each_face_and_no_others(made):
    wanted = {letter for text in TEXTS for letter in text + text.upper()} - set("北京") | set(" …-")
    for face in ("NotoSans-Regular", "EBGaramond-Bold"):
        found = [glyphs for path, (name, _, glyphs) in made.items() if name == face]
        assert {chr(code) for glyphs in found for code in glyphs} == wanted
    for path, (name, told, glyphs) in made.items():
        assert path == f"{name}/{told}.pbf"
        low, high = map(int, told.split("-"))
        assert high - low == 255
        assert all(low <= code <= high for code in glyphs)
    # What a browser draws in a font of its own.
    assert not any(glyphs for path, (_, _, glyphs) in made.items() if path.endswith("/19968-20223.pbf"))


def test_a_glyph_has_a_field_as_large_as_it_says(made):
    for _, _, glyphs in made.values():
        for code, glyph in glyphs.items():
            if chr(code) == " ":
                assert 2 not in glyph
                assert (glyph[3], glyph[4]) == (0, 0)
            else:
                assert len(glyph[2]) == (glyph[3] + 6) * (glyph[4] + 6)
            assert 0 < glyph[7] < 40


def test_the_field_says_how_far_the_outline_is(qgis):
    """Of a square, whose distances are known: 192 on the edge, 32 less for each pixel outside."""
    from qgis.PyQt.QtGui import QPainterPath

    from osm2cdr.processing_provider.webmap.distance import field, segments

    path = QPainterPath()
    path.addRect(0, 0, 10, 10)
    found = field(segments(path), -3, -3, 16, 16).astype(float)
    assert found.shape == (16, 16)
    for column, away in ((0, 2.5), (2, 0.5), (3, -0.5), (7, -4.5)):
        assert found[8, column] == pytest.approx(min(255, 255 * (0.75 - away / 8)), abs=1)
    assert (found == found[::-1]).all()
    assert (found == found.T).all()
    corner = 255 * (0.75 - 2.5 * 2**0.5 / 8)
    assert found[0, 0] == pytest.approx(corner, abs=1)
    assert (field(segments(QPainterPath()), 0, 0, 4, 4) == 0).all()


def test_a_letter_stands_on_the_line(made):
    """Its field is in the middle where the letter is, and it is as far from the top as its height says."""
    _, _, glyphs = made["NotoSans-Regular/0-255.pbf"]
    high, low = glyphs[ord("T")], glyphs[ord("-")]

    def top(glyph):
        return glyph[6] >> 1 ^ -(glyph[6] & 1)

    # The baseline lies 26 below the top of the box, whatever the font.
    assert top(high) - high[4] == -26
    assert top(low) < top(high)
    shape = np.frombuffer(high[2], np.uint8).reshape(high[4] + 6, high[3] + 6)
    middle = shape.shape[1] // 2
    assert (shape[4:-4, middle] > 192).all()
    assert shape[-5, 4] < 192


def test_cancel_is_heard_between_letters(qgis):
    from osm2cdr.processing_provider.webmap.glyphs import glyphs, letters_of
    from osm2cdr.processing_provider.webmap.lettering import Face

    with pytest.raises(Cancelled):
        list(glyphs((Face("Noto Sans", False, False),), letters_of(TEXTS), Feedback(None, None, lambda: True)))


def test_names_whose_letters_join_are_counted(qgis):
    from osm2cdr.processing_provider.webmap.glyphs import unshaped

    assert unshaped({"Łódź", "Проверка", "北京"}) == 0
    assert unshaped({"नमस्ते", "Łódź", "ހައްގު"}) == 2


def test_arabic_and_hebrew_names_are_left_to_a_plugin(qgis):
    """It makes them of the forms that letters have within words: these have glyphs as well, and no others have."""
    from osm2cdr.processing_provider.webmap.glyphs import is_turned, letters_of, unshaped

    assert unshaped({"שלום", "مرحبا"}) == 0
    assert [is_turned({"Łódź", name}) for name in ("שלום", "مرحبا", "北京", "नमस्ते")] == [True, True, False, False]
    # Of beh: alone, at the end, at the beginning, within; of lam and alef together: alone, at the end.
    assert letters_of({"لاب"}) >= {0xFE8F, 0xFE90, 0xFE91, 0xFE92, 0xFEFB, 0xFEFC}
    assert 0xFE95 not in letters_of({"لاب"})
    assert not any(0xFB50 <= code <= 0xFEFF for code in letters_of({"Łódź", "שלום"}))


def test_every_icon_of_the_table_is_in_the_sprite(qgis):
    from PIL import Image

    from osm2cdr.processing_provider.cartography.symbology.poi_table import LOOKS
    from osm2cdr.processing_provider.webmap.points import icons
    from osm2cdr.processing_provider.webmap.sprite import sprite

    data, index = sprite(icons())
    assert set(index) == {look.icon for look in LOOKS if look.table == "pois"} | {"plate"}
    image = np.asarray(Image.open(io.BytesIO(data)))
    height, width = image.shape[:2]
    for name, place in index.items():
        assert place["sdf"]
        assert place["x"] + place["width"] <= width
        assert place["y"] + place["height"] <= height
        cell = image[place["y"] : place["y"] + 30, place["x"] : place["x"] + 30, 3]
        # Something in the middle, nothing on the edge, and not all of it.
        assert 0.02 < (cell > 192).mean() < 0.7, name
        assert cell[0].max() < 192 > cell[-1].max()


def test_a_letter_number_is_written_as_protocol_buffers_have_it():
    assert dict(fields(mvt.varint(1 << 3) + mvt.varint(0x1F600))) == {1: 0x1F600}
