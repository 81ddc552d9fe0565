"""Names in every script: their fonts, their glyphs and their letters, against what poppler and lxml read."""

import re
import subprocess
import unicodedata
import zlib

import pytest
import scripts_data
from names_fixtures import plain

from osm2cdr.processing_provider.cartography.fonts import scripts
from osm2cdr.processing_provider.cartography.sheet.layout import furniture
from osm2cdr.processing_provider.cartography.symbology.lettering import Letterer, Lettering

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
def without_cjk(monkeypatch):
    """A machine without a font for Chinese, Japanese and Korean."""
    lost = {family for part in scripts._HAN_FAMILIES.values() for family in part}
    before = scripts.known_families
    monkeypatch.setattr(scripts, "known_families", lambda: before() - lost)


@pytest.fixture
def sheet_of():
    """sheet_of(notice): an empty map with that notice, and the codes of what is told of it."""
    from qgis.core import QgsCoordinateReferenceSystem

    from osm2cdr.processing_provider.cartography.fonts import font_files
    from osm2cdr.processing_provider.cartography.rendering.picture import Picture
    from osm2cdr.processing_provider.cartography.sheet.texts import warn_of_lost
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.request.pages import Page
    from osm2cdr.processing_provider.request.papers import fitted_sheet

    def make(notice):
        font_files.register()
        page, codes = Page("EPSG:3857", 0, 0, 200, 100, 1000, fitted_sheet(200, 100, False)), []
        picture = Picture([], page, QgsCoordinateReferenceSystem(), "#FFFFFF", load_theme("default"), notice=notice)
        warn_of_lost(picture, Feedback(None, lambda code, text: codes.append(code)))
        return picture, codes

    return make


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
    ("title", "shown", "told"),
    [
        ("Cairo 🍕 القاهرة", "Cairo القاهرة", "The title is drawn without 🍕 (U+1F355), which no font"),
        ("🍕", "", "The title is drawn without 🍕 (U+1F355), which no font"),
        (scripts_data.EGYPTIAN + " Giza", "Giza", "𓇋 (U+131CB), 𓏠 (U+133E0), 𓈖 (U+13216), which"),
        ("Cairo القاهرة", "Cairo القاهرة", ""),
    ],
)
def test_what_no_font_has_of_a_title_is_left_out_and_told(make, tmp_path, title, shown, told):
    source = scripts_data.write(tmp_path / "names.osm", ("cyrillic",))
    files, warnings = make(source, scripts_data.BOX, formats="pdf,svg,png", page="A5", title=title)
    assert 0 not in glyphs(files["pdf"])
    # A style may have it in capitals.
    drawn = "".join(svg_text(files["svg"]).split()).casefold()
    assert "".join(shown.split()).casefold() in drawn
    assert not (set("".join(title.split())) - set(shown)) & set(drawn)
    found = {text for code, text in warnings if code == "no_font_for_title"}
    assert len(found) == bool(told)
    assert told in "".join(found)


def test_only_what_shows_a_title_warns_of_it(make, tmp_path):
    source = scripts_data.write(tmp_path / "names.osm", ("cyrillic",))
    _, warnings = make(source, scripts_data.BOX, formats="geotiff,geojson", title="🍕", dpi=72)
    assert [code for code, _ in warnings if code.startswith("no_font")] == []


def test_a_notice_of_a_project_takes_the_fonts_of_its_scripts(qgis, sheet_of):
    """Its letters that no font has are left out and told."""
    picture, warnings = sheet_of("© 🍕 القاهرة")
    text = " ".join(piece.text for piece in furniture(picture) if piece.name == "notice")
    assert text == "© القاهرة"
    assert warnings == ["no_font_for_notice"]


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
    from osm2cdr.processing_provider.cartography.fonts import font_files
    from osm2cdr.processing_provider.cartography.themes.loading import load_theme

    font_files.register()
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
    from osm2cdr.processing_provider.cartography.fonts import font_files

    font_files.register()
    faces = scripts.Faces()
    files = {path.name.split("-")[0][len("NotoSans") :] for path in font_files.FOLDER.glob("NotoSans?*-Regular.ttf")}
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
