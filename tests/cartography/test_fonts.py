"""The fonts of the styles travel along, and are the ones that end in a PDF: nothing is put in their place."""

import re
import subprocess

import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names

FOUR = ("default", "minimal", "blueprint", "vintage", "light")
BOX = (24.9440, 60.1725, 24.9480, 60.1752)


def asked(theme):
    """The families that a style asks for, as (family, style name)."""
    font = theme.font
    return {(font["family"], "Regular"), (font["family"], "Bold"), (font["family"], "Italic"), (font["place"], "Bold"),
            (font["water"], "Italic")}  # fmt: skip


@pytest.mark.parametrize("name", style_names())
def test_every_cut_that_a_style_asks_for_is_a_file_of_ours(qgis, name):
    from qgis.PyQt.QtGui import QFont, QFontInfo

    from osm2cdr.processing_provider.cartography.fonts import font_files

    font_files.register()
    for family, cut in asked(load_theme(name)):
        font = QFont(family)
        font.setBold(cut == "Bold")
        font.setItalic(cut == "Italic")
        found = QFontInfo(font)
        assert (found.family(), found.bold(), found.italic()) == (family, cut == "Bold", cut == "Italic")
        file = font_files.FOLDER / f"{family.replace(' ', '')}-{cut}"
        assert list(font_files.FOLDER.glob(f"{file.name}.[ot]tf")), (family, cut)


def test_every_font_has_its_licence_and_the_letters_of_europe(qgis):
    from qgis.PyQt.QtGui import QRawFont

    from osm2cdr.processing_provider.cartography.fonts import font_files

    licences = {path.name.split("-")[0] for path in font_files.FOLDER.glob("*LICENSE*")}
    wanted = {family.replace(" ", "") for name in style_names() for family, _ in asked(load_theme(name))}
    for family in wanted:
        assert any(family.upper().startswith(licence) for licence in licences), family
        for path in font_files.FOLDER.glob(f"{family}-*.[ot]tf"):
            font = QRawFont(str(path), 12)
            assert font.isValid()
            assert not [letter for letter in "ÄÅÉÇĐĞŁŐØŘŞȚÞßœŽЖЩЯїΩή’–©" if not font.supportsCharacter(letter)], (
                path.name
            )


@pytest.mark.parametrize("name", FOUR)
def test_a_pdf_has_the_fonts_of_its_style_alone(qgis, tmp_path, name):
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    fields = {"bbox": BOX, "formats": "pdf", "style": name, "detail": 4, "source": str(SAMPLE)}
    (result,) = pipeline.run(make_request(fields), tmp_path, Feedback())
    assert result.error is None
    listed = subprocess.run(["pdffonts", str(result.path)], capture_output=True, text=True, check=True).stdout
    rows = listed.splitlines()[2:]
    found = {re.sub(r"^[A-Z]{6}\+", "", row.split()[0]) for row in rows}
    families = {family.replace(" ", "") for family, _ in asked(load_theme(name))}
    assert found
    assert {font.split("-")[0] for font in found} <= families
    assert load_theme(name).font["place"].replace(" ", "") in {font.split("-")[0] for font in found}
    assert all(" yes " in row for row in rows)
