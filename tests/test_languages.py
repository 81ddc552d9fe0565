"""Names in the language asked for, and in every script, against what poppler, lxml and GDAL read."""

import re
import sqlite3
import subprocess
import unicodedata
import zlib

import pytest
import scripts_data

from areas import AREAS, ROOT
from osm2cdr.processing_provider import pipeline
from osm2cdr.processing_provider.cartography import scripts
from osm2cdr.processing_provider.cartography.lettering import Letterer, Lettering
from osm2cdr.processing_provider.errors import RequestError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.language import Names, normalized
from osm2cdr.processing_provider.request import make_request
from osm2cdr.processing_provider.tools import child_environment, qgis_process

# Fonts that a PDF with the names of a script must hold: that of streets, places' names being bold where there is a cut.
FONTS = {
    "arabic": {"NotoSansArabic-Regular", "NotoSansArabic-Bold"},
    "hebrew": {"NotoSansHebrew-Regular", "NotoSansHebrew-Bold"},
    "thai": {"NotoSansThai-Regular", "NotoSansThai-Bold"},
    "georgian": {"NotoSansGeorgian-Regular", "NotoSansGeorgian-Bold"},
    "armenian": {"NotoSansArmenian-Regular", "NotoSansArmenian-Bold"},
    "devanagari": {"NotoSansDevanagari-Regular"},
    "bengali": {"NotoSansBengali-Regular"},
    "tamil": {"NotoSansTamil-Regular"},
    "amharic": {"NotoSansEthiopic-Regular"},
    "khmer": {"NotoSansKhmer-Regular"},
    "chinese": {"WenQuanYiMicroHei"},
    "japanese": {"WenQuanYiMicroHei"},
    "korean": {"WenQuanYiMicroHei"},
    "cyrillic": {"NotoSans-Regular", "NotoSans-Bold"},
    "greek": {"NotoSans-Regular", "NotoSans-Bold"},
    "vietnamese": {"NotoSans-Regular", "NotoSans-Bold"},
}
# Whose letters may not be set one by one.
STRAIGHT = ("arabic", "hebrew", "thai", "devanagari", "bengali", "tamil", "khmer")


@pytest.fixture
def make(qgis, tmp_path):
    """make(source, bbox, **fields): the files by format, and the warnings."""

    def run(source, bbox, **fields):
        warnings = []
        asked = {"bbox": bbox, "source": str(source), "detail": 5, "dpi": 150, **fields}
        feedback = Feedback(None, lambda code, text: warnings.append((code, text)))
        results = pipeline.run(make_request(asked), tmp_path, feedback)
        assert [result.error for result in results] == [None] * len(results)
        return {result.format: result.path for result in results}, warnings

    return run


@pytest.fixture
def without_cjk(monkeypatch):
    """A machine without a font for Chinese, Japanese and Korean."""
    lost = {family for part in scripts._HAN_FAMILIES.values() for family in part}
    before = scripts.known_families
    monkeypatch.setattr(scripts, "known_families", lambda: before() - lost)


def embedded(path):
    """The names of a PDF's fonts, and whether all are embedded."""
    lines = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    # Six letters before a name tell one subset from another.
    return {line.split()[0].rpartition("+")[2] for line in lines}, all(line.split()[-5] == "yes" for line in lines)


def text_of(path, raw=False):
    """A PDF's text without marks of direction and spaces; letters as Unicode composes them, or as they are drawn.

    Once as it lies on the page and once in the order that it was drawn: names on curves are drawn letter by letter.
    """
    text = "".join(
        subprocess.run(["pdftotext", order, str(path), "-"], capture_output=True, text=True, check=True).stdout
        for order in ("-layout", "-raw")
    )
    text = re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return text if raw else unicodedata.normalize("NFKC", text)


def glyphs(path):
    """The numbers of all glyphs that a PDF draws; 0 is that of a letter that the font lacks."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", path.read_bytes(), re.S):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        for shown in re.findall(rb"(?:\[(?:<[0-9A-F]+>[^<\]]*)+\]|<[0-9A-F]+>)\s*T[jJ]", text):
            for run in re.findall(rb"<([0-9A-F]+)>", shown):
                found += [int(run[at : at + 4], 16) for at in range(0, len(run), 4)]
    return found


def svg_text(path):
    """All text of an SVG."""
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    return "".join(part for text in root.iter("{*}text") for part in text.itertext())


def plain(text):
    return unicodedata.normalize("NFKC", re.sub(r"\s", "", text))


@pytest.mark.parametrize("script", sorted(FONTS))
def test_a_script_comes_out_whole(make, tmp_path, script):
    source = scripts_data.write(tmp_path / "names.osm", (script,))
    files, warnings = make(source, scripts_data.BOX, formats="pdf,svg,png")
    assert warnings == []
    fonts, whole = embedded(files["pdf"])
    assert whole
    assert FONTS[script] <= fonts
    # Beside them the theme's own, for the notice and names in its letters.
    assert all(name in FONTS[script] or name.startswith(("NotoSans-", "NotoSerif-Italic")) for name in fonts)
    drawn = glyphs(files["pdf"])
    assert len(drawn) > 40
    assert 0 not in drawn
    street, place, *others = (plain(name) for name in scripts_data.NAMES[script])
    text = text_of(files["pdf"])
    # What a PDF says that a name is spelt, Poppler turns round where it runs from right to left.
    text += text[::-1]
    assert street in text
    assert place in text or place.upper() in text
    # The lines of a name, each by itself.
    words = [plain(word) for name in scripts_data.NAMES[script][2:] for word in name.split()]
    assert len(words) >= len(others)
    assert [word for word in words if word not in text] == []
    svg = plain(svg_text(files["svg"]))
    assert set(plain("".join(scripts_data.NAMES[script]))) <= {*svg, *svg.lower()}
    if script in STRAIGHT:
        assert street in svg


def test_a_title_takes_the_fonts_of_its_scripts(make, tmp_path):
    source = scripts_data.write(tmp_path / "names.osm", ("cyrillic",))
    files, _ = make(source, scripts_data.BOX, formats="pdf", page="A4", title="القاهرة Cairo 東京")
    fonts, whole = embedded(files["pdf"])
    assert whole
    assert {"NotoSansArabic-Bold", "WenQuanYiMicroHei"} <= fonts
    assert all(name.startswith(("NotoSans", "NotoSerif", "WenQuanYi")) for name in fonts)
    assert "القاهرة" in text_of(files["pdf"])[::-1] + text_of(files["pdf"])


def test_arabic_letters_are_joined_along_a_street_as_well(make, tmp_path):
    """Letters at the beginning and in the middle of a word have glyphs of their own, and those are in the PDF."""
    from osm2cdr.processing_provider.drawing.model import Font
    from osm2cdr.processing_provider.drawing.shaping import runs_of

    source = scripts_data.write(tmp_path / "names.osm", ("arabic",))
    files, _ = make(source, scripts_data.BOX, formats="pdf")
    drawn = glyphs(files["pdf"])
    [run] = runs_of("فيصل", Font("Noto Sans Arabic", 10.0))
    alone = {glyph for letter in "فيصل" for glyph in run.font.glyphIndexesForString(letter)}
    joined = [glyph for glyph in run.glyphs if glyph not in alone]
    assert len(joined) >= 3
    assert set(joined) <= set(drawn)


def test_without_a_font_other_names_are_shown_or_none(make, tmp_path, without_cjk):
    others = {
        "chinese": {"street": {"name:en": "Chang'an Avenue"}, "place": {"int_name": "Guangzhou"}},
        "japanese": {"park": {"name:ja_rm": "Ueno Onshi Koen"}},
    }
    source = scripts_data.write(tmp_path / "names.osm", ("chinese", "japanese"), others)
    files, warnings = make(source, scripts_data.BOX, formats="pdf,png")
    text = text_of(files["pdf"])
    assert "Chang'anAvenue" in text
    assert "GUANGZHOU" in text
    assert "UenoOnshi" in text
    assert not re.search("[\u3040-\u9fff]", text)
    assert 0 not in glyphs(files["pdf"])
    [(code, told)] = warnings
    assert code == "no_font"
    assert "10 names" in told
    assert "3 are shown in Latin letters" in told
    assert "7 are left out" in told
    assert "fonts-noto-cjk" in told


def test_a_box_in_place_of_a_letter_would_be_seen(make, tmp_path, monkeypatch):
    source = scripts_data.write(tmp_path / "names.osm", (scripts_data.EGYPTIAN,))
    monkeypatch.setattr(Letterer, "fit", lambda self, things, rules: (things, rules))
    monkeypatch.setattr(Letterer, "choose_names", lambda self: None)
    files, _ = make(source, scripts_data.BOX, formats="pdf")
    assert 0 in glyphs(files["pdf"])


def test_what_no_font_has(make, tmp_path):
    source = scripts_data.write(tmp_path / "names.osm", (scripts_data.EGYPTIAN, scripts_data.EMOJI, scripts_data.MIXED))
    files, warnings = make(source, scripts_data.BOX, formats="pdf,svg")
    assert 0 not in glyphs(files["pdf"])
    text = text_of(files["pdf"])
    assert "Cafeteria" in text
    assert "Bourguiba" in text
    assert {"NotoSansTifinagh-Regular", "NotoSansArabic-Regular"} <= embedded(files["pdf"])[0]
    svg = files["svg"].read_text(encoding="utf-8")
    assert "𓇋" not in svg
    assert "🍕" not in svg
    assert [code for code, _ in warnings] == ["no_font"]
    assert "1 names (other): 0 are shown" in warnings[0][1]


@pytest.mark.parametrize(
    ("texts", "language", "region"),
    [
        (["东京路", "广州"], "", "SC"), (["臺灣大學", "高雄"], "", "TC"), (["銀座通り", "東京駅"], "", "JP"),
        (["세종대로", "明洞", "서울"], "", "KR"), (["广州"] * 30 + ["すし"], "", "SC"), (["广州"], "ja", "JP"),
        (["東京"], "zh-Hant", "TC"), (["東京"], "zh", "SC"), (["Rue"], "ko", "KR"), (["Rue"], "zh-TW", "TC"),
        (["銀座通り"], "ru", "JP"),
    ],
)  # fmt: skip
def test_whose_han_characters(texts, language, region):
    assert scripts.han_region(texts, language) == region


def test_letters_that_a_style_lacks(qgis):
    from osm2cdr.processing_provider.cartography import fonts
    from osm2cdr.processing_provider.cartography.themes import load_theme

    fonts.register()
    letterer = Letterer(None, load_theme("default"))
    general = Lettering((scripts.GENERAL,), False)
    assert letterer.lettering("EB Garamond", "Ağa Çeşmesi") == Lettering((), False)
    assert letterer.lettering("JetBrains Mono", "Åsgård") == Lettering((), False)
    # U+A7AD is in no face of these, U+2C62 in Noto Sans.
    assert letterer.lettering("JetBrains Mono", "\u2c62a") == general
    assert letterer.lettering("Noto Sans", "\U00013000") is None
    assert letterer.lettering("EB Garamond", "شارع").families[0] == "Noto Sans Arabic"
    assert letterer.lettering("Noto Sans", "תל אביב").straight


def test_every_bundled_font_is_in_the_table_and_has_its_script(qgis):
    from osm2cdr.processing_provider.cartography import fonts

    fonts.register()
    faces = scripts.Faces()
    files = {path.name.split("-")[0][len("NotoSans") :] for path in fonts.FOLDER.glob("NotoSans?*-Regular.ttf")}
    named = {family for script in scripts._SCRIPTS.values() for family in script.families}
    assert len(files) > 15
    for name in files:
        assert f"Noto Sans {name}" in named
        assert f"Noto Sans {name}" in faces.known
    for script, names in scripts_data.NAMES.items():
        if script not in scripts_data.CJK:
            for name in names:
                families = scripts.script_of(name[-1]).families or (scripts.GENERAL,)
                assert not faces.lacks(families[0], set(name.replace(" ", ""))), name


@pytest.mark.parametrize(
    ("given", "code"),
    [("en", "en"), ("RU", "ru"), ("zh-hant", "zh-Hant"), ("zh-HANT-hk", "zh-Hant-HK"), ("sr-latn", "sr-Latn"),
     ("be-tarask", "be-tarask"), ("ja_rm", "ja_rm"), ("nan-POJ", "nan-poj"), ("pt-br", "pt-BR")],
)  # fmt: skip
def test_codes(given, code):
    assert normalized(given) == code


@pytest.mark.parametrize("code", ["english", "e", "en ", "русский", "en;ru", "en-", "name:en", '"', "a" * 40])
def test_a_bad_code_is_one_sentence(code):
    with pytest.raises(RequestError, match="is no language code") as caught:
        normalized(code)
    assert caught.value.field == "language"
    assert caught.value.text.count(". ") == 0


def test_a_wider_language_stands_in():
    assert Names("zh-Hant-HK").keys == ("name:zh-Hant-HK", "name:zh-Hant", "name:zh")
    assert Names().keys == ()
    assert Names().sql == ()


def names_of(path, table, column="name"):
    """The values of a column of a GeoPackage's table."""
    database = sqlite3.connect(path)
    found = {value for (value,) in database.execute(f'SELECT {column} FROM "{table}"') if value}
    database.close()
    return found


@pytest.mark.parametrize("area", ["sample", "monaco"])
def test_russian_names(make, area):
    source, box = AREAS[area]
    if not source.exists():
        pytest.skip(f"{source} is not there")
    files, warnings = make(source, box, formats="gpkg,svg,dxf", language="ru", detail=6)
    assert warnings == []
    theirs = {}
    import osmium

    for item in osmium.FileProcessor(str(source)):
        if "name:ru" in item.tags:
            theirs[{"n": "node", "w": "way", "r": "relation"}[item.type_str()], item.id] = dict(item.tags)
    database = sqlite3.connect(files["gpkg"])
    database.row_factory = sqlite3.Row
    seen = 0
    for (table,) in database.execute("SELECT table_name FROM gpkg_contents").fetchall():
        for row in database.execute(f'SELECT * FROM "{table}" WHERE osm_id IS NOT NULL').fetchall():
            tags = theirs.get((row["osm_type"], row["osm_id"]))
            value = row["name_ru"] if "name_ru" in row.keys() else None  # noqa: SIM118 - a Row has no values by name
            assert value == (tags["name:ru"] if tags else None)
            if tags:
                assert row["name"] == tags.get("name")
                seen += 1
    database.close()
    assert seen > 10
    # Drawings show them.
    shown = names_of(files["gpkg"], "pois", "name_ru")
    dxf = files["dxf"].read_text(encoding="utf-8")
    assert all(name.split(" ")[0] in dxf for name in shown)
    shown |= names_of(files["gpkg"], "places", "name_ru") if area == "monaco" else set()
    svg = plain("".join(re.findall(r"<text[^>]*>([^<]*)</text>", files["svg"].read_text(encoding="utf-8"))))
    assert sum(plain(name.split(" ")[0]).upper() in svg.upper() for name in shown) >= (4 if area == "sample" else 1)


def test_the_language_of_nobody(make):
    _, [(code, told)] = make(*AREAS["sample"], formats="geojson", language="tlh")
    assert code == "no_names"
    assert "'tlh'" in told


def test_a_name_in_two_languages_stays(make):
    files, _ = make(*AREAS["sample"], formats="svg,gpkg")
    both = [name for name in names_of(files["gpkg"], "pois") | names_of(files["gpkg"], "green") if " / " in name]
    assert all(column not in ("_local", "_latin") for column in columns(files["gpkg"]))
    assert isinstance(both, list)


def columns(path):
    database = sqlite3.connect(path)
    found = [row[1] for row in database.execute("PRAGMA table_info(pois)")]
    database.close()
    return found


def launcher(*arguments):
    return subprocess.run([str(ROOT / "bin" / "osm2cdr"), "export", *arguments], capture_output=True, text=True)


def test_through_the_launcher(tmp_path):
    box = ",".join(map(str, AREAS["sample"][1]))
    base = ("--bbox", box, "--source", "sample", "--formats", "geojson", "--out", str(tmp_path))
    bad = launcher(*base, "--language", "german")
    assert bad.returncode == 2
    assert bad.stderr.startswith("osm2cdr: The language 'german' is no language code;")
    good = launcher(*base, "--language", "ru")
    assert good.returncode == 0, good.stderr
    assert '"name_ru": "Музей Атенеум"' in (tmp_path / "map_geojson.geojson").read_text(encoding="utf-8")


def test_layers_in_qgis_are_labelled_in_the_language(make):
    from qgis.core import QgsVectorLayer

    from osm2cdr.processing_provider.cartography.layerstyles import apply_style
    from osm2cdr.processing_provider.cartography.themes import load_theme

    files, _ = make(*AREAS["sample"], formats="gpkg", language="ru")
    layer = QgsVectorLayer(f"{files['gpkg']}|layername=pois", "pois", "ogr")
    for language, labelled in (("", False), ("ru", True), ("fi", False)):
        assert apply_style(layer, "pois", load_theme("default"), 5000, 5, language)
        fields = [rule.settings().fieldName for rule in layer.labeling().rootRule().children()]
        assert fields
        assert all(('coalesce("name_ru","name")' in field) is labelled for field in fields)


def test_names_of_a_language_come_through_overpass(make, tmp_path):
    """An answer as JSON, which an extract is made of: the same way as from a server."""
    import json

    data = {
        "osm3s": {"timestamp_osm_base": "2024-05-06T07:08:09Z"},
        "elements": [
            {"type": "node", "id": 1, "lat": 20.012, "lon": 10.012,
             "tags": {"place": "town", "name": "القاهرة", "name:ru": "Каир"}}
        ],
    }  # fmt: skip
    source = tmp_path / "answer.json"
    source.write_text(json.dumps(data), encoding="utf-8")
    files, warnings = make(source, scripts_data.BOX, formats="geojson,svg", language="ru")
    assert warnings == []
    [feature] = [
        item["properties"]
        for item in json.loads(files["geojson"].read_text(encoding="utf-8"))["features"]
        if item["properties"].get("osm_id") == 1
    ]
    assert (feature["name"], feature["name_ru"]) == ("القاهرة", "Каир")
    assert "КАИР" in plain(files["svg"].read_text(encoding="utf-8")).upper()


def test_layers_that_hold_names_of_a_language_are_drawn_with_them(qgis, make, tmp_path):
    from qgis.core import QgsProcessingContext, QgsVectorLayer

    from osm2cdr.processing_provider.inputs import Input

    files, _ = make(*AREAS["sample"], formats="gpkg", language="ru")
    layer = QgsVectorLayer(f"{files['gpkg']}|layername=pois", "pois", "ogr")
    inputs = (Input.of(layer, QgsProcessingContext(), False),)
    for language, name in (("", "Ateneum"), ("ru", "Музей Атенеум")):
        request = make_request(
            {"bbox": AREAS["sample"][1], "formats": "dxf", "language": language, "name": f"x{language}"}
        )
        [result] = pipeline.run(request, tmp_path, Feedback(), inputs)
        assert result.error is None
        assert f"\n{name}\n" in result.path.read_text(encoding="utf-8").replace("\r", "")


def test_through_exportformat(tmp_path):
    box = AREAS["sample"][1]
    environment = child_environment(ROOT, tmp_path)
    target = tmp_path / "map.geojson"
    arguments = [
        f"--EXTENT={box[0]},{box[2]},{box[1]},{box[3]} [EPSG:4326]", "--SOURCE=sample", "--FORMAT=geojson",
        f"--OUTPUT={target}",
    ]  # fmt: skip
    for language, good in (("RU", True), ("russian", False)):
        done = subprocess.run(
            [qgis_process(), "run", "osm2cdr:exportformat", *arguments, f"--LANGUAGE={language}"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode == 0) is good, done.stderr
    assert "The language 'russian' is no language code" in done.stdout + done.stderr
    assert '"name_ru": "Музей Атенеум"' in target.read_text(encoding="utf-8")
