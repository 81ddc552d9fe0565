"""Overviews: roads that lead somewhere, main roads of one class from end to end, a town's grid paler than these."""

import pytest
from sketch import Sketch, lonlat

MAIN, NET = {"highway": "primary"}, {"highway": "unclassified"}


def roads(sketch, folder, detail, style="default"):
    """The roads that are drawn, as (kind, name)."""
    from drawn import make

    sketch.write(folder / "sketch.osm")
    half = sketch.size / 2
    made = make((*lonlat(-half, -half), *lonlat(half, half)), folder / "sketch.osm", detail, style, folder)
    drawn = [
        layer for layer in made.picture.layers if layer.name().startswith("Roads – ") and "out" not in layer.name()
    ]
    return made, {(feature["kind"], feature["name"]) for layer in drawn for feature in layer.getFeatures()}


@pytest.mark.parametrize("detail", [2, 3])
def test_what_leads_nowhere_is_left_out_of_overviews(qgis, tmp_path, detail):
    sketch = Sketch(20000).way((-10500, 0), (10500, 0), name="main", **MAIN)
    sketch.way((0, 60), (0, 3000), name="beside it, as levels simplify", **NET)
    sketch.way((0, 3000), (900, 3400), name="behind that", **NET)
    sketch.way((4000, 4000), (4600, 4000), name="lost", **NET).way((4600, 4000), (4600, 4500), name="lost too", **NET)
    sketch.way((-8000, -5000), (-3000, -5000), name="long", **NET)
    sketch.way((9500, -8000), (10500, -8000), name="goes on beyond the page", **NET)
    _, found = roads(sketch, tmp_path, detail)
    names = {name for _, name in found}
    kept = {"main", "beside it, as levels simplify", "behind that", "long", "goes on beyond the page"}
    assert names == (kept if detail == 2 else kept | {"lost", "lost too"})


@pytest.mark.parametrize("detail", [3, 4])
def test_a_short_piece_of_another_class_is_no_blot_in_a_main_road(qgis, tmp_path, detail):
    sketch = Sketch(6000).way((-3200, 0), (0, 0), name="west", **MAIN).way((60, 0), (3200, 0), name="east", **MAIN)
    sketch.way((0, 0), (60, 0), highway="tertiary", name="bridge")
    # A street that crosses both halves of a wide road stays a street.
    for y in (1000, 1040):
        sketch.way((-3200, y), (500, y), **MAIN).way((500, y), (3200, y), **MAIN)
    sketch.way((500, 1000), (500, 1040), highway="tertiary", name="between")
    _, found = roads(sketch, tmp_path, detail)
    assert ("tertiary", "between") in found
    assert (("tertiary", "bridge") in found) is (detail == 4)


@pytest.mark.parametrize("style", ["default", "light", "dark", "toner", "topographic"])
def test_a_thin_grid_of_streets_is_paler_than_the_roads_to_the_next_village(style):
    from osm2cdr.processing_provider.cartography.symbology.roads import fills
    from osm2cdr.processing_provider.cartography.symbology.symbols import luma
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    theme = load_theme(style)
    widths = Widths(theme, 100_000)

    def seen(kind, word):
        [color] = {
            symbol.symbolLayer(0).color().name() for rule, symbol, _ in fills(theme, widths, kind)
            if word in rule and '"portal"=0' in rule and '"link"=1' not in rule
        }  # fmt: skip
        return abs(luma(color) - luma(theme.color["land"]))

    assert seen("minor", "AND NOT") < 0.7 * seen("minor", "AND COALESCE")
