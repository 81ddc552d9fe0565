"""Scripts: whatever a name is, the script only draws it; layers have colours and weights by the table."""

import pytest
from hardtexts import BOX, TEXTS, write

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.cad.scr import literal
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.script import Script

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

HOSTILE = {
    "lisp": '(startapp "calc")', "variable": "!x", "transparent": "'ZOOM", "comment": ";hidden",
    "command": "_.ERASE", "all": "*", "break": 'a\n_.ERASE\n_ALL\n(command "_.QUIT")\n',
    "return": "b\r_.QUIT\r", "space": " _.QUIT",
    "dot": ".", "caret": "^C^C_.QUIT", "menu": "a;;_.QUIT;",
    "emoji": "🍕", "long": "(" * 300,
}  # fmt: skip


@pytest.fixture(scope="module")
def script(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("scr")
    source = write(folder / "hard.osm", {**TEXTS, **HOSTILE})
    fields = {"bbox": BOX, "formats": "scr", "detail": 6, "source": str(source), "title": "(quit)"}
    [result] = pipeline.run(make_request(fields), folder, Feedback())
    assert result.error is None
    # What it does not know raises.
    return Script(result.path)


def test_names_are_drawn_and_nothing_else_is_done(script):
    texts = {text for _, _, _, text in script.drawn}
    for key in ("lisp", "variable", "transparent", "comment", "command", "all", "dot", "caret", "menu", "emoji"):
        assert HOSTILE[key] in texts, key
    assert 'a _.ERASE _ALL (command "_.QUIT")' in texts
    assert "b _.QUIT" in texts
    assert {"_.QUIT", "(" * 254} < texts


def test_it_leaves_the_settings_of_others_alone(script):
    # More than these its reader would not take.
    assert script.settings == {"_.TEXTEVAL": "0", "_.INSUNITS": "6"}
    assert script.layer == "0"
    assert "INSUNITS" in " ".join(script.comments)


def test_layers_have_colour_and_weight(script):
    from osm2cdr.processing_provider.formats.cad.layers import LAYERS

    assert {"V-BLDG-OTLN-E", "V-ROAD-LOCL-E"} <= set(script.layers)
    for name, known in script.layers.items():
        if name in LAYERS:
            assert known == {"_C": LAYERS[name].color, "_LW": LAYERS[name].weight}, name


@pytest.mark.parametrize("text", ["(x)", "!x", "'x", ";x", " x", "_x", "*"])
def test_no_line_begins_with_what_means_anything(text):
    assert literal(text).startswith("\\U+2060")
    assert literal("Café") == "Caf\\U+00E9"
