"""A designer's minute: what people do first with a map, each by one selection and one action of Inkscape's.

docs/artwork.md has the table of these steps.
"""

import opened_by
import pytest

from areas import AREAS

pytestmark = pytest.mark.editors
STREET = "Boulevard Princesse Charlotte"
GREEN, FONT = "#00ff00", "EB Garamond"


@pytest.fixture(scope="module")
def opened(qgis, tmp_path_factory):
    """The map as a tree, and as Inkscape has it after all steps; what it told."""
    from lxml import etree

    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    source, box = AREAS["monaco"]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    folder = tmp_path_factory.mktemp("minute")
    fields = {"bbox": box, "formats": "svg_layers", "detail": 5, "source": str(source)}
    [result] = pipeline.run(make_request(fields), folder, Feedback())
    assert result.error is None
    made = folder / "after.svg"
    steps = (
        ("select-by-class:Park", f"object-set-property:fill,{GREEN}"),
        ("select-by-class:Street_x20_names", f"object-set-property:font-family,{FONT}"),
        (f"select-by-class:called-{STREET.replace(' ', '_x20_')}", "select-list"),
        ("select-by-id:Labels", "object-set-property:display,none"),
        ("select-by-id:Buildings", "delete-selection"),
    )
    actions = ";select-clear;".join(";".join(step) for step in steps)
    command = ["inkscape", f"--actions={actions};export-filename:{made};export-do", str(result.path)]
    told = opened_by.run(command, opened_by.ONE, folder / "home")
    before, after = (etree.parse(str(path)).getroot() for path in (result.path, made))
    return before, after, told


def said(element, key):
    """A property of an element, by itself or by a group that it is in."""
    for one in (element, *element.iterancestors()):
        style = dict(part.split(":", 1) for part in (one.get("style") or "").split(";") if ":" in part)
        value = style.get(key) or one.get(key)
        if value is not None:
            return value.strip("'\" ").lower()
    return None


def of_class(root, name):
    return root.findall(f".//*[@class='{name}']")


def test_all_parks_are_recoloured(opened):
    """Their groups, of which there are several where others lie between them."""
    before, after, _ = opened
    parks = [path for group in of_class(after, "Park") for path in group.iter("{*}path")]
    assert len(parks) == sum(1 for group in of_class(before, "Park") for _ in group.iter("{*}path"))
    assert len(parks) > 5
    assert {said(path, "fill") for path in parks} == {GREEN}
    others = [path for path in after.iter("{*}path") if said(path, "fill") == GREEN]
    assert len(others) == len(parks)


def test_all_street_names_have_another_font(opened):
    _, after, _ = opened
    [names] = of_class(after, "Street_x20_names")
    texts = list(names.iter("{*}text"))
    assert len(texts) > 50
    assert {said(text, "font-family") for text in texts} == {FONT.lower()}
    assert {said(text, "font-family") for text in of_class(after, "name")} > {FONT.lower()}


def test_a_street_is_selected_whole(opened):
    """What shows round it, its area and its name, which is written short on the map."""
    before, _, told = opened
    street = of_class(before, f"called-{STREET.replace(' ', '_x20_')}")
    assert len(street) >= 3
    assert any(item.tag.endswith("g") for item in street)
    for item in street:
        assert f"{item.get('id')} cloned" in told


def test_all_names_are_hidden(opened):
    """With what shines round them; what stands on the sheet stays."""
    _, after, _ = opened
    shown = [text for text in after.iter("{*}text") if said(text, "display") != "none"]
    assert {text.getparent().get("id") for text in shown} <= {"Scale", "Notice", "Title", "Scale_x20_bar"}
    assert len(list(after.iter("{*}text"))) > 200


def test_a_layer_is_gone(opened):
    before, after, _ = opened
    assert before.find(".//{*}g[@id='Buildings']") is not None
    assert after.find(".//{*}g[@id='Buildings']") is None
    assert after.find(".//{*}g[@id='Trees']") is not None
