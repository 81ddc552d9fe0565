"""Which points of interest are shown: what the style says, or none, few, many, or some kinds."""

import pytest

from areas import AREAS
from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from osm2cdr.processing_provider.cartography.themes.points import checked_points, with_points
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request


@pytest.mark.parametrize(
    ("word", "plain"),
    [("", ""), (" None ", "none"), ("few", "few"), ("food, museum,food", "food,museum"), ("Transport", "transport")],
)
def test_a_choice_is_read_as_people_write_it(word, plain):
    assert checked_points(word) == plain


@pytest.mark.parametrize("word", ["fod", "none,food", "few,many", "museum;food"])
def test_another_is_refused_with_what_there_is(word):
    with pytest.raises(RequestError, match=r"There are no points of interest .*there are none, few, many, transport"):
        checked_points(word)


@pytest.mark.parametrize("style", ["light", "dark"])
def test_backdrops_have_no_points_of_interest_and_take_them_when_asked(qgis, style):
    from osm2cdr.processing_provider.cartography.symbology.poi_choice import shown

    theme = load_theme(style)
    assert not shown(theme)
    few = shown(with_points(theme, "few"))
    assert {look.rank for look, _ in few} == {1, 2}
    assert len(shown(with_points(theme, "many"))) > 90


def test_a_map_shows_the_kinds_that_are_asked_for(qgis, tmp_path):
    source, bbox = AREAS["sample"]
    found = {}
    for word in ("", "none", "few", "food,museum"):
        fields = {"bbox": bbox, "formats": "svg", "detail": 6, "source": str(source), "pois": word}
        folder = tmp_path / (word or "style")
        folder.mkdir()
        picture = Stages(make_request(fields), folder).picture("", Feedback())
        layers = {layer.name(): layer for layer in picture.layers}
        icons = layers["Points of interest"].getFeatures() if "Points of interest" in layers else ()
        found[word] = [(icon["kind"], icon["class"]) for icon in icons]
    assert not found["none"]
    assert 0 < len(found["few"]) < len(found[""])
    groups = {kind for kind, _ in found["food,museum"]}
    assert "food" in groups
    assert groups <= {"food", "culture"}
    assert {name for kind, name in found["food,museum"] if kind == "culture"} <= {"museum"}


def test_layers_of_a_project_and_web_styles_show_the_same_kinds(qgis):
    from qgis.core import QgsVectorLayer

    from osm2cdr.processing_provider.cartography.styles.layer_styles import apply_style

    def symbols(word):
        fields = "&".join(f"field={name}:string" for name in ("class", "kind", "name", "station"))
        layer = QgsVectorLayer(f"Point?crs=EPSG:4326&{fields}", "p", "memory")
        drawn = apply_style(layer, "pois", with_points(load_theme("default"), word), 5000, 6)
        renderer = layer.renderer()
        rules = renderer.rootRule().children() if renderer.type() == "RuleRenderer" else []
        return drawn, [rule.filterExpression() for rule in rules]

    assert symbols("none") == (False, [])
    every, few, museums = (symbols(word)[1] for word in ("", "few", "museum"))
    assert len(every) > len(few) > len(museums) == 1
    assert "'museum'" in museums[0]
