"""Arguments whose value begins with a minus, behind a blank and behind `=`: half of the world has such degrees."""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from areas import ROOT
from osm2cdr.cli.formats import table
from osm2cdr.cli.main import main, make_parser
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.request.request_argument import ALGORITHM
from osm2cdr.processing_provider.tools import child_environment, qgis_process
from osm2cdr.server.version import VERSION

WEST = "-76.62,-39.26,-76.61,-39.25"
OSM = """<osm version="0.6"><node id="1" version="1" lon="-76.616" lat="-39.255"><tag k="amenity" v="pub"/>
<tag k="name" v="-Bar-"/></node><node id="2" version="1" lon="-76.612" lat="-39.252"/>
<way id="1" version="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way></osm>"""


def leaves(parser, words=()):
    """Every command that takes options, with the words that call it."""
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not nested:
        yield words, parser
    for action in nested:
        for name, inner in action.choices.items():
            yield from leaves(inner, (*words, name))


def cases():
    for words, parser in leaves(make_parser()[0]):
        for action in parser._actions:
            # A word of a list begins with no minus.
            for option in action.option_strings if action.nargs is None and not action.choices else ():
                yield pytest.param(words, parser, action, option, id=" ".join((*words, option)))


@pytest.mark.parametrize(("words", "parser", "action", "option"), list(cases()))
def test_each_option_takes_a_value_that_begins_with_a_minus(words, parser, action, option):
    others = [
        word for other in parser._actions if other.required and other is not action
        for word in ((f"{other.option_strings[0]}=x",) if other.option_strings else ("x",))
    ]  # fmt: skip
    whole = make_parser()[0]
    texts = ("-76.62,39.25,-76.55,39.32", "-x", "-hx", "--x=y", "")
    for value in {float: ("-1", "-.5"), int: ("-1", "-50")}.get(action.type, texts):
        want = action.type(value) if action.type else value
        for given in ([option, value], [f"{option}={value}"]):
            for line in ([*words, *others, *given], [*words, *given, *others]):
                found, unknown = whole.parse_known_args(line)
                assert getattr(found, action.dest) == want, line
                assert unknown == [], line


def test_an_option_is_no_value(capsys):
    with pytest.raises(SystemExit):
        make_parser()[0].parse_known_args(["export", "--title", "--formats", "svg", "--out", "x"])
    assert "--title: expected one argument" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "'osm2cdr --help' says more."), (["nothing"], "'osm2cdr --help' says more."),
        (["export"], "'osm2cdr export --help' says more."), (["store", "build"], "'osm2cdr store build --help' says"),
        # What is misspelled is not told to be missing.
        (["export", "--format", "svg"], "unrecognized arguments: --format (did you mean '--formats'?)."),
        (["export", "--formats", "svg", "--out", "x", "--titel=x"], "(did you mean '--title'?)"),
        (["keys", "create", "--tir", "pro"], "(did you mean '--tier'?)"),
    ],
)  # fmt: skip
def test_who_calls_it_wrong_is_told_what_to_do(words, told, capsys):
    assert main(words) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_it_tells_its_version_and_lists_formats_in_columns(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"osm2cdr {VERSION}\n"
    assert main(["formats"]) == 0
    assert capsys.readouterr().out.count("\n") == len(FORMATS)
    rows = [{"id": "a", "name": "x" * 60, "extension": "abc", "reason": ""},
            {"id": "much_longer_than_that", "name": "y", "extension": "b", "reason": "no"}]  # fmt: skip
    first, second = table(rows)
    assert list(map(len, first[:3])) == list(map(len, second[:3])) == [21, 60, 4]
    assert (first[3], second[3]) == ("available", "no")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "-south west.osm"
    path.write_text(OSM, encoding="utf-8")
    return path


@pytest.mark.parametrize("joint", [" ", "="])
def test_the_launcher_exports_what_is_west_and_south(source, tmp_path, joint):
    options = {
        "--bbox": WEST, "--source": source.name, "--title": "-x --y", "--name": "-n", "--formats": "geojson,svg",
        "--out": "-o", "--options": ' {"fonts": false}', "--detail": "6", "--crs": "",
    }  # fmt: skip
    words = [word for pair in options.items() for word in (pair if joint == " " else (joint.join(pair),))]
    done = subprocess.run(
        [ROOT / "bin" / "osm2cdr", "export", *words], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "-o" / "-n_geojson.geojson").read_text(encoding="utf-8"))
    names = {shape["properties"]["name"]: shape["geometry"]["coordinates"] for shape in data["features"]}
    assert names["-Bar-"] == pytest.approx([-76.616, -39.255])
    assert "-x --y" in (tmp_path / "-o" / "-n_svg.svg").read_text(encoding="utf-8")


def test_qgis_process_exports_what_is_west_and_south(source, tmp_path):
    values = {
        "EXTENT": "-76.62,-76.61,-39.26,-39.25 [EPSG:4326]", "SOURCE": source, "TITLE": "-x", "NAME": "-n",
        "FORMATS": "geojson", "DETAIL_LEVEL": 6, "OUTPUT_FOLDER": tmp_path / "-o",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as private:
        done = subprocess.run(
            [qgis_process(), "run", ALGORITHM, *(f"--{name}={value}" for name, value in values.items())],
            env={**os.environ, **child_environment(ROOT, Path(private))}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "-Bar-" in (tmp_path / "-o" / "-n_geojson.geojson").read_text(encoding="utf-8")
