"""Artwork in the programs that people draw with: it opens, names are words, layers have names, all is in its place."""

from collections import Counter

import contents
import drawn_by
import numpy as np
import opened_by
import pytest
import regression

from areas import AREAS

pytestmark = pytest.mark.editors
FORMATS = ("svg", "svg_layers", "svgz", "pdf", "geopdf", "ai", "eps", "ps", "cdr")
# LibreOffice takes what is not here for a picture (SVG, EPS), or does not open it (PS).
OBJECTS = ("pdf", "geopdf", "ai", "cdr")
DPI = 100
# A few streets with bent and turned names, a ligature ("Coffee"), parks and houses.
SMALL = (24.9413, 60.1690, 24.9488, 60.1724)
# All formats of one area; of the other, with its coast, harbour and accents, one of each family.
BOXES = {"sample": SMALL, "monaco": (7.4170, 43.7300, 7.4240, 43.7350)}
OPENED = {"sample": FORMATS, "monaco": ("svg_layers", "pdf", "eps", "cdr")}


@pytest.fixture(scope="module")
def exported(qgis, tmp_path_factory):
    """exported(area, text): the files by format, in a folder with a blank and letters beyond ASCII."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    made = {}

    def run(area, text="live", bbox=None):
        if not AREAS[area][0].exists():
            pytest.skip(f"{AREAS[area][0]} is not there")
        if (area, text, bbox) not in made:
            folder = tmp_path_factory.mktemp("artwork") / "мои карты öß"
            folder.mkdir()
            fields = {
                "bbox": bbox or AREAS[area][1],
                "formats": OPENED[area],
                "detail": 5,
                "source": str(AREAS[area][0]),
            }
            request = make_request({**fields, "text": text, "title": f"{area} öß", "name": f"карта {area}"})
            results = pipeline.run(request, folder, Feedback())
            assert [result.error for result in results] == [None] * len(results)
            made[area, text, bbox] = {result.format: result.path for result in results}
        return made[area, text, bbox]

    return run


class Names:
    """Layers and names of a map, as its SVG has them: what stands straight line by line, and what bends."""

    def __init__(self, svg, halos=True):
        from lxml import etree

        root = etree.parse(str(svg)).getroot()
        self.layers = [group.get(f"{opened_by.INKSCAPE}label") for group in contents.svg_layers(root)]
        self.straight, self.bent = Counter(), Counter()
        for item in root.iter("{*}text"):
            if not halos and item.get("class") == "halo":
                continue
            lines = [line for line in item if line.tag.endswith("tspan")] or [item]
            bent = item.find("{*}textPath") is not None
            (self.bent if bent else self.straight).update("".join(line.itertext()) for line in lines)
        self.paths = sum(
            1 for item in root.iter("{*}path") if not any(a.tag.endswith("defs") for a in item.iterancestors())
        )
        self.size_mm = tuple(float(root.get(side).removesuffix("mm")) for side in ("width", "height"))


def compact(texts):
    """Without blanks, in which programs differ."""
    return Counter("".join(text.split()) for text in texts.elements())


def few_pieces(texts, names):
    """Straight names are whole; bent ones come in pieces, few of which are single letters."""
    found, straight = compact(texts), compact(names.straight)
    assert straight - found == Counter()
    rest = found - straight
    assert Counter("".join(rest.elements())) == Counter("".join(compact(names.bent).elements()))
    assert rest.total() < 3 * names.bent.total()
    alone = sum(count for text, count in rest.items() if len(text) == 1)
    assert alone < 0.05 * (names.straight + names.bent).total(), rest


@pytest.mark.parametrize("area", AREAS)
def test_inkscape_has_words_and_layers(exported, tmp_path, area):
    files = exported(area, bbox=BOXES[area])
    names = Names(files["svg_layers"])
    assert names.straight - Names(files["svg_layers"], halos=False).straight
    assert sum(names.straight.values()) > 100
    assert names.bent
    for format_id in files if area == "sample" else ("pdf", "eps", "cdr"):
        found = opened_by.read_inkscape(opened_by.inkscape(files[format_id], tmp_path / format_id))
        assert found.size_mm == pytest.approx(names.size_mm, abs=0.4), format_id
        if format_id.startswith("svg"):
            assert found.texts == names.straight + names.bent, format_id
            assert found.paths == names.paths
            assert format_id == "svg" or found.layers == names.layers
        elif format_id == "cdr":
            assert found.texts == names.straight + names.bent
            # What lies round the map is over it.
            assert found.paths == names.paths + 1
        else:
            # What shines round names is outlines in PostScript.
            few_pieces(found.texts, names if format_id in OBJECTS else Names(files["svg_layers"], halos=False))
            assert {"Noto Sans"} <= found.families
            assert opened_by.inkscape_version() < (1, 3) or format_id in ("eps", "ps") or found.layers == names.layers


@pytest.mark.parametrize("area", AREAS)
def test_libreoffice_has_words(exported, tmp_path, area):
    files = exported(area, bbox=BOXES[area])
    names = Names(files["svg_layers"])
    formats = OBJECTS if area == "sample" else ("pdf", "cdr")
    if area == "sample":
        pictures = opened_by.libreoffice([files[one] for one in ("svg_layers", "eps", "ps")], "fodg", tmp_path / "more")
        assert list(pictures) == [files["svg_layers"].name, files["eps"].name]
        for path in pictures.values():
            assert opened_by.read_libreoffice(path).texts == {}
            assert "<draw:image" in path.read_text(encoding="utf-8")
    made = opened_by.libreoffice([files[format_id] for format_id in formats], "fodg", tmp_path)
    for format_id in formats:
        found = opened_by.read_libreoffice(made[files[format_id].name])
        assert found.size_mm == pytest.approx(names.size_mm, abs=0.1), format_id
        if format_id == "cdr":
            assert compact(found.texts) == compact(names.straight + names.bent)
        else:
            few_pieces(found.texts, names)
        assert found.paths >= names.paths * 0.98


def test_a_program_that_hangs_is_a_failure(tmp_path):
    """With all that it started."""
    import subprocess

    with pytest.raises(opened_by.Hangs, match="has not ended"):
        opened_by.run(["bash", "-c", "sleep 98765 & sleep 98766"], 0.5, tmp_path / "home")
    assert subprocess.run(["pgrep", "-f", "^sleep 9876[56]$"], capture_output=True).stdout == b""


def test_all_is_in_its_place(exported, tmp_path):
    """With names as outlines no program needs a font: pictures are alike, and nothing is a text."""
    files = exported("sample", "outlines", SMALL)
    pictures = {}
    for format_id in ("svg_layers", "pdf", "eps", "cdr"):
        made = opened_by.inkscape(files[format_id], tmp_path / format_id, DPI)
        assert opened_by.read_inkscape(made).texts == {}
        pictures[f"Inkscape, {format_id}"] = drawn_by.image(made.with_suffix(".png"))
    made = opened_by.libreoffice([files[one] for one in ("svg_layers", "pdf", "cdr")], "pdf", tmp_path / "office")
    for format_id in ("svg_layers", "pdf", "cdr"):
        pictures[f"LibreOffice, {format_id}"] = drawn_by.poppler(made[files[format_id].name], DPI)
    wanted = pictures["Inkscape, svg_layers"]
    shares = {name: far(wanted, picture) for name, picture in pictures.items()}
    # LibreOffice keeps whole hundredths of a millimetre and has edges of its own.
    assert {name: share for name, share in shares.items() if share > (0.06 if "Office" in name else 0.02)} == {}
    assert far(wanted, np.roll(wanted, 3, axis=1)) > 0.1, "0.75 mm aside would be seen"


def far(one, other):
    """The share of pixels that differ; pages may be a pixel larger or smaller."""
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2]))
    assert max(abs(a - b) for a, b in zip(one.shape[:2], other.shape[:2])) <= 3
    return float(regression.far(one[:height, :width], other[:height, :width])[3:-3, 3:-3].mean())


def test_system_fonts_are_named(exported, tmp_path):
    """Where text is live, a program looks for the font that it names; a PDF names what it was given to take in."""
    files = exported("sample", "system", SMALL)
    for format_id in ("svg_layers", "pdf", "eps", "cdr"):
        found = opened_by.read_inkscape(opened_by.inkscape(files[format_id], tmp_path / format_id))
        assert "Ravintola" in found.texts, format_id
        assert not {"Noto Serif", "EB Garamond"} & found.families
        if format_id in ("svg_layers", "cdr"):
            assert found.families == {"Arial"}, format_id
