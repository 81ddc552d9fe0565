"""Pictures of four styles against their references, and the proof that a broken picture does not pass."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import regression

from areas import AREAS

# 1 mm on paper, in pixels.
MILLIMETRE = round(regression.DPI / 25.4)
# The share of a picture that a layer must change to be looked for: hairlines behind houses are less.
SEEN = 0.002


@pytest.fixture(scope="module")
def view(qgis, tmp_path_factory):
    """view(area, style): the styled map, built once."""
    made = {}

    def build(area, style):
        if not AREAS[area][0].exists():
            pytest.skip(f"{AREAS[area][0]} is not there")
        if (area, style) not in made:
            made[area, style] = regression.picture(area, style, tmp_path_factory.mktemp("regression"))
        return made[area, style]

    return build


@pytest.fixture(scope="module")
def drawn(view):
    """drawn(area, style): its picture, drawn once."""
    made = {}

    def draw(area, style):
        if (area, style) not in made:
            made[area, style] = regression.draw(view(area, style))
        return made[area, style]

    return draw


@pytest.mark.parametrize("style", regression.STYLES)
@pytest.mark.parametrize("area", regression.BOXES)
def test_a_picture_is_as_its_reference(drawn, area, style):
    found = regression.faults(regression.load(area, style), drawn(area, style))
    assert not found, "look at it; where it is meant to be so, `make references` draws the references anew"


@pytest.mark.parametrize("style", regression.STYLES)
def test_other_edges_pass(view, drawn, style):
    """A twentieth of a pixel aside, so that every edge is mixed anew, and a little noise."""
    whole, picture = drawn("sample", style), view("sample", style)
    page = picture.page
    step = 0.05 * (page.xmax - page.xmin) / whole.ground.shape[1]
    corners = {name: getattr(page, name) + step for name in ("xmin", "ymin", "xmax", "ymax")}
    seen = regression.pixels(replace(picture, page=replace(page, **corners)), False)
    noise = np.random.default_rng(1).integers(-3, 4, seen.shape)
    assert (seen != whole.ground).any(axis=2).mean() > 0.01
    edges = (seen != whole.ground).any(axis=2, keepdims=True)
    assert regression.ground_faults(whole.ground, (seen + noise * edges).clip(0, 255).astype(np.uint8)) == []


@pytest.mark.one_system("what the comparison itself notices of faults that are made on purpose")
@pytest.mark.parametrize(("area", "style"), [("sample", "default"), ("monaco", "topographic"), ("sample", "dark")])
def test_every_layer_is_missed(view, drawn, area, style):
    whole, picture = drawn(area, style), view(area, style)
    looked_for, missed = [], []
    for layer in picture.layers:
        broken = replace(picture, layers=[other for other in picture.layers if other is not layer])
        seen = regression.pixels(broken, False)
        if regression.apart(seen, whole.ground, regression.LEVELS).mean() > SEEN:
            looked_for.append(layer.name())
            if not regression.ground_faults(whole.ground, seen):
                missed.append(layer.name())
    assert len(looked_for) >= 5
    assert missed == []


@pytest.mark.one_system("what the comparison itself notices of faults that are made on purpose")
def test_two_layers_in_the_wrong_order_are_told(view, drawn):
    picture = view("sample", "default")
    layers = list(picture.layers)
    names = [layer.name() for layer in layers]
    houses, land = names.index("Buildings"), len(layers) - 1
    layers[houses], layers[land] = layers[land], layers[houses]
    seen = regression.pixels(replace(picture, layers=layers), False)
    assert regression.ground_faults(drawn("sample", "default").ground, seen)


@pytest.mark.one_system("what the comparison itself notices of faults that are made on purpose")
@pytest.mark.parametrize("style", regression.STYLES)
@pytest.mark.parametrize("shift", [(MILLIMETRE, 0), (0, -MILLIMETRE)])
def test_a_shift_of_a_millimetre_is_told(drawn, style, shift):
    whole = drawn("sample", style)
    moved = np.roll(whole.ground, shift, (0, 1))
    assert any("differ" in fault for fault in regression.ground_faults(whole.ground, moved))


@pytest.mark.one_system("what the comparison itself notices of faults that are made on purpose")
@pytest.mark.parametrize("style", ["default", "dark", "topographic"])
def test_names_that_are_gone_are_told(drawn, style):
    names = drawn("sample", style).names
    assert regression.name_faults(names, np.zeros_like(names))
    half = names.copy()
    half[:, : half.shape[1] // 2] = 0
    assert regression.name_faults(names, half)
    assert regression.name_faults(names, names[::-1])


@pytest.mark.one_system("what the comparison itself notices of faults that are made on purpose")
@pytest.mark.parametrize("token", ["building", "minor", "grass", "secondary"])
def test_a_colour_a_little_off_is_told(qgis, drawn, tmp_path, monkeypatch, token):
    """By six levels of 255 in one channel, which the eye hardly sees."""
    from osm2cdr.processing_provider.request import plan

    whole, original = drawn("sample", "default").ground, plan.load_theme

    def load(name):
        theme = copy.deepcopy(original(name))
        red = int(theme.color[token][1:3], 16)
        theme.color[token] = f"#{red - 6 if red > 128 else red + 6:02X}{theme.color[token][3:]}"
        return theme

    monkeypatch.setattr(plan, "load_theme", load)
    seen = regression.pixels(regression.picture("sample", "default", tmp_path), False)
    assert any("the colour" in fault for fault in regression.ground_faults(whole, seen))


def test_references_are_small():
    expected = {
        path for area in regression.BOXES for style in regression.STYLES for path in regression.paths(area, style)
    }
    assert set(regression.REFERENCES.iterdir()) == expected
    assert max(path.stat().st_size for path in expected) < 60_000
