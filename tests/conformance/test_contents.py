"""Every format holds every layer, path and text of the drawing, by other readers than its writer's; faults are told."""

from dataclasses import replace

import contents
import pytest
from likeness import FAMILIES, FORMATS, STYLES, without_texts, write

from areas import AREAS

# The first of each family in each style; the others, which say the same in the same words, and a second area in one of
# them, by turns.
CASES = [
    (name, area, style)
    for number, name in enumerate(FORMATS)
    for area in AREAS
    for style in (STYLES if area == "sample" and name in FAMILIES else [STYLES[number % len(STYLES)]])
]


@pytest.mark.parametrize(("format_id", "area", "style"), CASES)
def test_layers_paths_and_strings_are_those_of_the_drawing(recorded, tmp_path, format_id, area, style):
    _, drawing = recorded(area, style)
    assert contents.differences(drawing, format_id, write(drawing, format_id, tmp_path)) == []


@pytest.mark.one_system("what our readers notice of faults that are made on purpose")
@pytest.mark.parametrize("format_id", FAMILIES)
def test_what_is_missing_is_told(recorded, tmp_path, format_id):
    """A layer gone, two swapped, all texts gone, one path gone, a letter of a name changed."""
    from osm2cdr.processing_provider.drawing.model import Text

    _, drawing = recorded("sample", "dark")
    layers = drawing.layers

    def changed(layer, items):
        groups = [replace(layer.groups[0], items=items), *layer.groups[1:]]
        return replace(drawing, layers=[replace(one, groups=groups) if one is layer else one for one in layers])

    houses = next(layer for layer in layers if layer.name == "Buildings")
    names = next(layer for layer in layers if layer.name == "Street names")
    first, *rest = names.groups[0].items
    assert isinstance(first, Text)
    other = replace(first, lines=[replace(first.lines[0], text=f"{first.lines[0].text}x"), *first.lines[1:]])
    broken = {
        "layer": replace(drawing, layers=[layer for layer in layers if layer is not houses]),
        "order": replace(drawing, layers=layers[::-1]),
        "texts": without_texts(drawing),
        "path": changed(houses, houses.groups[0].items[1:]),
        "letter": changed(names, [other, *rest]),
    }
    for what, made in broken.items():
        assert contents.differences(drawing, format_id, write(made, format_id, tmp_path / what)), what
