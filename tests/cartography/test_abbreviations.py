"""Common words of streets' names cut short: each is looked for by its letters first."""

import re

import pytest


def words(pattern):
    """A word that a pattern of the table matches, of the letters before it as many as it asks for."""
    plain = re.sub(r"\\.|\(\?<=.*?\)|.\?", "", pattern)
    return "Xy" * ("(?<=" in pattern) + re.sub(r"\[(.).*?\]", r"\1", plain)


def test_every_word_of_the_table_is_found(qgis):
    from osm2cdr.processing_provider.cartography.labels import text_size

    assert len(text_size._SHORTER) > 80
    for letters, pattern, short in text_size._SHORTER:
        word = words(pattern.pattern)
        assert letters in word
        assert pattern.search(word), word
        assert pattern.sub(short, word) != word


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Müllerstraße", "Müllerstr."), ("Escalier Malbousquet", "Esc. Malbousquet"),
        ("Avenue Princesse Grace", "Av. Psse Grace"),
        ("улица Ленина", "ул. Ленина"), ("ulica Długa", "ul. Długa"), ("Straßenname",) * 2,
    ],
)  # fmt: skip
def test_a_name_is_cut_short(qgis, name, short):
    from osm2cdr.processing_provider.cartography.labels.text_size import abbreviated

    assert abbreviated(name) == short
