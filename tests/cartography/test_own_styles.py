"""A user's own style: by path and by name, what it inherits, and one sentence for everything that is wrong with it."""

import json
import subprocess
from typing import get_args, get_type_hints

import pytest

from areas import ROOT, SAMPLE
from osm2cdr.processing_provider.cartography.themes import loading
from osm2cdr.processing_provider.cartography.themes.loading import load_theme
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.tools import child_environment, qgis_process

BOX = [24.9420, 60.1690, 24.9470, 60.1715]
OWN = {
    "extends": "dark",
    "about": "Ten lines are enough.",
    "color": {"land": "#102030", "sea": "#0A1420", "water": "#0a1420", "tree": None},
    "width": {"scale": 1.2},
    "font": {"place": "EB Garamond"},
    "flags": {"labels": ["places", "streets"], "rail_style": "line"},
}
WRONG = [
    ({"colour": {}}, "there is no part 'colour' (did you mean 'color'?)"),
    ({"color": ["land"]}, "the part 'color' is ['land'], not an object of tokens"),
    ({"about": 3}, "'about' is 3, not a text"),
    ({"color": {"lnad": "#FFFFFF"}}, "there is no color.lnad (did you mean 'land'?)"),
    ({"color": {"land": "blue"}}, "color.land is 'blue', not #RRGGBB or null"),
    ({"color": {"land": "#FFFFFF\n"}}, "not #RRGGBB or null"),
    ({"color": {"land": 255}}, "color.land is 255, not #RRGGBB or null"),
    ({"color": {"text": None}}, "color.text is null, not #RRGGBB"),
    ({"width": {"scael": 1}}, "there is no width.scael (did you mean 'scale'?)"),
    ({"width": {"scale": 40}}, "width.scale is 40, not a number from 0.01 to 10"),
    ({"width": {"case": -1}}, "width.case is -1, not a number from 0 to 10"),
    ({"width": {"case": float("nan")}}, "width.case is nan, not a number"),
    ({"width": {"scale": "1"}}, "width.scale is '1', not a number"),
    ({"width": {"scale": True}}, "width.scale is True, not a number"),
    ({"font": {"famly": "Inter"}}, "there is no font.famly (did you mean 'family'?)"),
    ({"font": {"family": ""}}, "font.family is '', not a text"),
    ({"flags": {"casing": True}}, "there is no flags.casing (did you mean 'casings'?)"),
    ({"flags": {"casings": "yes"}}, "flags.casings is 'yes', not true or false"),
    ({"flags": {"rail_style": "zebra"}}, "flags.rail_style is 'zebra', not one of dash, line"),
    ({"flags": {"labels": "streets"}}, "flags.labels is 'streets', not a list of words"),
    ({"flags": {"labels": ["street"]}}, "(did you mean 'streets'?)"),
    ({"flags": {"poi_classes": [1]}}, "flags.poi_classes is [1], not a list of words or null"),
    ({"extends": "drak"}, "The style 'own' extends 'drak', which is no style (did you mean 'dark'?)."),
    ({"extends": "nowhere.json"}, "The style 'own' extends 'nowhere.json', which is no style."),
    ({"extends": "own.json"}, "The styles 'own', 'own' extend each other in a circle."),
    ({"extends": "own"}, "The styles 'own', 'own' extend each other in a circle."),
]  # fmt: skip


@pytest.fixture
def own(tmp_path):
    """own(data or text): the path of a style file."""

    def write(data, name="own"):
        path = tmp_path / f"{name}.json"
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize(("part", "kind"), [("font", loading.Fonts), ("flags", loading.Flags)])
def test_the_default_style_has_what_the_types_say(part, kind):
    """Others may only change it to values of the same type."""
    tokens = json.loads((loading.FOLDER / "default.json").read_text(encoding="utf-8"))[part]
    wanted = get_type_hints(kind)
    assert tokens.keys() == wanted.keys()
    for token, value in tokens.items():
        among = get_args(wanted[token]) or (wanted[token],)
        assert type(value) in among or (isinstance(value, list) and all(isinstance(word, str) for word in value)), token


def refused(style):
    with pytest.raises(RequestError) as caught:
        make_request({"bbox": BOX, "formats": "svg", "style": style})
    assert caught.value.field == "style"
    assert caught.value.text.endswith(".")
    assert "\n" not in caught.value.text
    return caught.value.text


def test_a_style_of_ones_own_inherits_the_rest(own):
    theme, dark = load_theme(own(OWN)), load_theme("dark")
    # Colours that are said as others, a mud's as that of sand and water, follow them.
    default = json.loads((loading.FOLDER / "default.json").read_text(encoding="utf-8"))["color"]
    mixed = {token for token, value in default.items() if "+" in (value or "")}
    kept = {token: value for token, value in {**dark.color, **OWN["color"]}.items() if token not in mixed}
    assert {token: value for token, value in theme.color.items() if token not in mixed} == kept
    assert mixed
    assert all(theme.color[token] != dark.color[token] for token in mixed if "water" in default[token])
    assert theme.width == {**dark.width, **OWN["width"]}
    assert theme.font == {**dark.font, **OWN["font"]}
    assert theme.flags == {**dark.flags, **OWN["flags"]}


def test_extends_may_be_left_out_be_another_name_or_a_file_beside(own):
    assert load_theme(own({"color": {"land": "#000001"}})).color["sea"] == load_theme("default").color["sea"]
    assert load_theme(own({"extends": "positron"})).color == load_theme("light").color
    own({"extends": "dark", "color": {"land": "#000002"}}, "base")
    for word in ("base", "base.json"):
        theme = load_theme(own({"extends": word, "color": {"sea": "#000003"}}))
        assert (theme.color["land"], theme.color["sea"]) == ("#000002", "#000003")


def test_a_path_becomes_absolute(own, tmp_path, monkeypatch):
    own(OWN)
    monkeypatch.chdir(tmp_path)
    request = make_request({"bbox": BOX, "formats": "svg", "style": "own.json"})
    assert request.style == str(tmp_path / "own.json")


@pytest.mark.parametrize(("data", "said"), WRONG, ids=[said[:40] for _, said in WRONG])
def test_everything_wrong_is_one_sentence(own, data, said):
    assert said in refused(own(data))


def test_files_that_are_no_style(own, tmp_path):
    assert refused(str(tmp_path / "none.json")) == f"The style file {tmp_path / 'none.json'} is not there."
    assert "is not there" in refused(str(tmp_path))
    assert "is not JSON (line 1, column 17: Expecting value" in refused(own('{"color": {"a": blue}}'))
    assert "holds no JSON object" in refused(own("[]"))
    assert "is not JSON" in refused(own("[" * 100000))
    (tmp_path / "own.json").write_bytes(b'{"about": "\xff"}')
    assert "is not JSON in UTF-8" in refused(str(tmp_path / "own.json"))


def test_circles_are_named(own):
    own({"extends": "second"}, "first")
    text = refused(own({"extends": "first"}, "second"))
    assert text == "The styles 'second', 'first', 'second' extend each other in a circle."


def test_styles_of_the_profile_go_by_name(own, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "own_folder", lambda: tmp_path)
    own(OWN, "harbour")
    own({"extends": "dark", "color": {"land": "#000004"}}, "dark")
    own({"color": {"land": "red"}}, "broken")
    assert loading.style_names()[-2:] == ("broken", "harbour")
    assert load_theme("harbour").color["tree"] is None
    # It takes the bundled one's place and extends it; bundled styles never see it.
    assert load_theme("dark").color["land"] == "#000004"
    assert load_theme("dark").color["sea"] != load_theme("default").color["sea"]
    # Another's fault costs nobody else.
    assert "color.land is 'red'" in refused("broken")
    assert load_theme("harbour").name == "harbour"
    assert "did you mean 'harbour'" in refused("harbor")


def processing(tmp_path, style, profile=None):
    environment = child_environment(ROOT, tmp_path)
    if profile:
        environment["QGIS_CUSTOM_CONFIG_PATH"] = str(profile)
    box = "24.9420,24.9470,60.1690,60.1715 [EPSG:4326]"
    arguments = [f"--EXTENT={box}", f"--SOURCE={SAMPLE}", "--FORMATS=png", "--DPI=60", f"--STYLE={style}"]
    arguments += ["--NAME=map", "--OVERWRITE=true"]
    done = subprocess.run(
        [qgis_process(), "run", "osm2cdr:exportarea", *arguments, f"--OUTPUT_FOLDER={tmp_path / 'out'}"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_processing_takes_a_path_another_name_and_a_name_of_the_profile(own, tmp_path):
    from PIL import Image

    style = {"color": {"land": "#123456"}, "flags": {"labels": []}}
    profile = tmp_path / "profile" / "profiles" / "default"
    for folder in (profile / "osm2cdr" / "styles", profile / "QGIS"):
        folder.mkdir(parents=True)
    (profile / "QGIS" / "QGIS3.ini").write_text("[PythonPlugins]\nosm2cdr=true\n", encoding="utf-8")
    (profile / "osm2cdr" / "styles" / "navy.json").write_text(json.dumps(style), encoding="utf-8")
    for word in (own(style), "navy", "nolli"):
        code, said = processing(tmp_path, word, tmp_path / "profile")
        assert code == 0, said
        colors = Image.open(tmp_path / "out" / "map_png.png").convert("RGB").getcolors(1 << 20)
        land = (255, 255, 255) if word == "nolli" else (0x12, 0x34, 0x56)
        assert {color: count for count, color in colors}[land] > 1000
    code, said = processing(tmp_path, "navvy", tmp_path / "profile")
    assert code != 0
    assert "There is no style 'navvy' (did you mean 'navy'?)" in said


def test_the_page_about_styles_is_true(own):
    page = (ROOT / "docs" / "styles.md").read_text(encoding="utf-8")
    others = {}
    for alias, name in loading.aliases().items():
        others.setdefault(name, []).append(f"`{alias}`")
    for name in loading.style_names():
        about = json.loads((loading.FOLDER / f"{name}.json").read_text(encoding="utf-8"))["about"]
        also = ", ".join(others.get(name, []))
        assert f"| `{name}` | {about} | {also} |".replace("|  |", "| |") in page
    base = load_theme("default")
    for token in [token for part in loading.PARTS for token in getattr(base, part)]:
        assert f"`{token}`" in page or (
            token.rsplit("_", 1)[-1] in ("case", "line") and f"`{token.rsplit('_', 1)[0]}`" in page
        )
    example = page.split("```json\n")[1].split("```")[0]
    theme = load_theme(own(example, "harbour"))
    assert theme.color["tree"] is None
    assert theme.color["grass"] == load_theme("light").color["grass"]
    assert theme.font["family"] == "Open Sans"
