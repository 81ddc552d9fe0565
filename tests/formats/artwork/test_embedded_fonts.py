"""Fonts inside an SVG: every letter of every name, in faces that fontTools opens, with their licence."""

import base64
import io
import re
import zlib

import pytest
from lxml import etree

from osm2cdr.processing_provider.cartography.fonts.font_files import register
from osm2cdr.processing_provider.drawing import model as m
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.artwork import svg, svg_layers, svgz
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job

pytestmark = pytest.mark.one_system("fontTools and zlib write it, Qt says only which font has which letter")
RULE = re.compile(
    r'@font-face\{font-family:"((?:[^"\\]|\\.)*)";font-weight:(\w+);font-style:(\w+);unicode-range:([^;]+);'
    r'src:url\("data:font/woff;base64,([^"]+)"\) format\("woff"\)\}'
)
NAMES = {
    ("Inter", True, False): "Straße ffi Ω",
    ("Inter", False, False): "مقهى Café",
    ("Noto Sans", False, True): "Набережная",
    ('O"Ne\\il', False, False): "</style><script>alert(1)</script> & Co",
}


def drawing():
    register()
    black = m.Color(0, 0, 0)
    lines = [
        m.Text([m.Line(text, 10.0, 10.0 * number + 10.0, 30.0)], m.Font(family, 12.0, bold, italic), black)
        for number, ((family, bold, italic), text) in enumerate(NAMES.items())
    ]
    layer = m.Layer("Labels", [m.Group("Names", lines)])
    return m.Drawing(120.0, 80.0, m.Color(255, 255, 255), (0.0, 0.0, 120.0, 80.0), [layer])


def sheet(writer, name, tmp_path, **options):
    told = []
    feedback = Feedback(warning=lambda code, text: told.append((code, str(text))))
    path = tmp_path / name
    view = drawing()
    written = writer.write(view, path, Job(FORMATS[name], options=options, feedback=feedback))
    writer.prove(path, view, written)
    data = path.read_bytes()
    tree = etree.fromstring(zlib.decompress(data, 31) if writer is svgz else data)
    return [node.text for node in tree.iter("{http://www.w3.org/2000/svg}style")], tree, told


@pytest.mark.parametrize("writer", [svg, svg_layers, svgz], ids=["svg", "svg_layers", "svgz"])
def test_every_letter_is_in_a_font_of_the_file(qgis, tmp_path, writer):
    from fontTools.ttLib import TTFont

    name = writer.__name__.rpartition(".")[2]
    assert sheet(writer, name, tmp_path)[0] == []
    [css], tree, told = sheet(writer, name, tmp_path, embed_fonts=True)
    assert RULE.sub("", css).strip() == ""
    covered = {}
    for family, weight, style, ranges, data in RULE.findall(css):
        file = base64.b64decode(data)
        font = TTFont(io.BytesIO(file))
        assert file[:4] == b"wOFF"
        assert len(file) < 20_000
        letters = {chr(int(code[2:], 16)) for code in ranges.split(",")}
        assert letters <= {chr(code) for code in font.getBestCmap()}
        assert "Open Font License" in font["name"].getDebugName(13)
        key = re.sub(r"\\(.)", r"\1", family), weight == "bold", style == "italic"
        covered[key] = covered.get(key, set()) | letters
        if "ق" in letters:
            # What joins Arabic letters is there too.
            assert {"init", "medi", "fina"} <= {one.FeatureTag for one in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {key: set(text) - covered.get(key, set()) for key, text in NAMES.items()} == {key: set() for key in NAMES}
    assert not list(tree.iter("{*}script"))
    # All were found among those that travel along.
    assert told == []


def test_a_font_of_the_machine_stays_outside_and_is_named(qgis, tmp_path, monkeypatch):
    from osm2cdr.processing_provider.cartography.fonts import font_files

    monkeypatch.setattr(font_files, "FOLDER", tmp_path)
    found, _, told = sheet(svg, "svg", tmp_path, embed_fonts=True)
    assert found == []
    [(code, text)] = told
    assert code == "font_not_embedded"
    assert "Inter" in text


def test_the_same_map_gives_the_same_bytes(qgis, tmp_path):
    first, second = (sheet(svg, "svg", tmp_path, embed_fonts=True)[0] for _ in range(2))
    assert first == second
