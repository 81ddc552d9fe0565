"""Every DXF: names that look like codes stay names, objects know what they are, and the drawing is what opens."""

import re

import pytest
from hardtexts import BOX, TEXTS, write

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.cad import strings
from osm2cdr.processing_provider.formats.cad.layers import own_layers
from osm2cdr.processing_provider.formats.cad.versions import VERSIONS
from osm2cdr.processing_provider.osm.tables.map_data import Table
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

NAMES = ("dxf_r12", *VERSIONS)
# Not seen, and no part of the name.
JOINER = "\u2060"
LONG = {"longest": "Ж" * 255, "long 🍕": "🍕" * 120}


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dxf texts")
    source = write(folder / "hard.osm", {**TEXTS, **LONG})
    fields = {"bbox": BOX, "formats": NAMES, "detail": 6, "source": str(source)}
    results = pipeline.run(make_request(fields), folder, Feedback())
    assert {result.error for result in results} == {None}
    return {result.format: result.path for result in results}


def opened(path):
    """A document as ezdxf reads it, with nothing to repair; its other reader decodes the escapes of a code page."""
    import ezdxf
    from ezdxf import recover

    document = ezdxf.readfile(path)
    auditor = document.audit()
    if document.dxfversion < "AC1021":
        document, auditor = recover.readfile(path)
    assert (auditor.errors, auditor.fixes) == ([], [])
    return document


def known(entity):
    """The extended data of an entity by key."""
    found, key = {}, ""
    for code, text in entity.get_xdata(strings.APPLICATION) if entity.has_xdata(strings.APPLICATION) else ():
        if code == 1000:
            key, value = text.split("=", 1)
            found[key.rstrip("+")] = found.get(key.rstrip("+"), "") + value.replace("^ ", "^")
    return found


def wanted(number):
    text = list({**TEXTS, **LONG}.values())[number // 10 - 1]
    return re.sub("[\t\r\n\u2028]", " ", text).strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_object_knows_its_number_class_and_name(made, name):
    document = opened(made[name])
    assert strings.APPLICATION in document.appids
    seen = {}
    for entity in document.modelspace():
        values = known(entity)
        if "osm_id" in values:
            seen.setdefault((values["osm_type"], values["class"]), set()).add(int(values["osm_id"]))
            assert unpaired(values["name"]) == wanted(int(values["osm_id"])), entity
    count = len(TEXTS) + len(LONG)
    assert {kind: len(numbers) for kind, numbers in seen.items()} == {
        ("node", "cafe"): count, ("way", "yes"): count, ("way", "residential"): count,
    }  # fmt: skip
    kinds = {entity.dxftype() for entity in document.modelspace() if "osm_id" in known(entity)}
    assert kinds == ({"LWPOLYLINE", "HATCH", "INSERT"} if name in VERSIONS else {"POLYLINE", "TEXT"})


def unpaired(text):
    """With the halves of letters beyond 16 bits put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_seen_is_the_name(made, name):
    document = opened(made[name])
    seen = set()
    for entity in document.modelspace():
        values = known(entity)
        if entity.dxftype() == "INSERT":
            [label] = [attribute for attribute in entity.attribs if attribute.dxf.tag == "NAME"]
        elif entity.dxftype() == "TEXT" and values:
            label = entity
        else:
            continue
        assert unpaired(label.plain_text()).replace(JOINER, "") == unpaired(values["name"])
        seen.add(unpaired(values["name"]))
    assert len(seen) == len({wanted(10 * (number + 1)) for number in range(len(TEXTS) + len(LONG))})


def gdal_texts(path, encoding):
    from osgeo import gdal, ogr

    gdal.SetConfigOption("DXF_ENCODING", encoding)
    dataset = ogr.Open(str(path))
    texts = {row["Text"] for row in dataset.GetLayer(0) if row["Text"]}
    gdal.SetConfigOption("DXF_ENCODING", None)
    return texts


def test_gdal_sees_no_codes_either(made):
    texts = {text.replace(JOINER, "") for text in gdal_texts(made["dxf"], "UTF-8")}
    assert {TEXTS[key] for key in ("percent", "caret", "escape", "emoji", "backslash", "markup", "plane")} <= texts
    for text in gdal_texts(made["dxf_r12"], None):
        assert not set(text) & set("⌀°±Øø\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_drawing_opens_on_what_is_drawn(made, name):
    from ezdxf import bbox

    document = opened(made[name])
    shapes = [entity for entity in document.modelspace() if entity.dxftype() not in ("TEXT", "INSERT")]
    real = bbox.extents(shapes, fast=True)
    low, high = document.header["$EXTMIN"], document.header["$EXTMAX"]
    assert low[0] <= real.extmin.x + 0.01
    assert low[1] <= real.extmin.y + 0.01
    assert high[0] >= real.extmax.x - 0.01
    assert high[1] >= real.extmax.y - 0.01
    # The longest names reach beyond the land, nothing else.
    assert high[0] - low[0] < 3 * (real.extmax.x - real.extmin.x)
    assert high[1] - low[1] < 1.1 * (real.extmax.y - real.extmin.y)
    [view] = document.viewports.get("*Active")
    center, height, width = view.dxf.center, view.dxf.height, view.dxf.height * view.dxf.aspect_ratio
    assert center.x - width / 2 <= low[0] <= high[0] <= center.x + width / 2
    assert center.y - height / 2 <= low[1] <= high[1] <= center.y + height / 2
    assert max(width / (high[0] - low[0]), height / (high[1] - low[1])) < 3


def test_release_12_is_written_within_its_limits(made):
    data = made["dxf_r12"].read_bytes().decode("cp1252")
    assert re.findall(r"\\[uU]\+(?![0-9A-F]{4})", data) == []
    assert "\\U+D83C\\U+DF55" in data, "an emoji is its two halves"
    lines = data.replace("\r", "").split("\n")
    strings_of = [value for code, value in zip(lines[::2], lines[1::2]) if code.strip() == "1000"]
    assert strings_of
    assert max(len(text.encode("cp1252")) for text in strings_of) <= strings.LONGEST


@pytest.mark.parametrize(
    ("text", "codepage", "want"),
    [
        ("plain {name} 5% \\x", "cp1252", "plain {name} 5% \\x"), ("%%c", "", f"%{JOINER}%c"), ("^J", "", "^ J"),
        ("\\Pa\\~{\\f", "", f"\\{JOINER}Pa\\{JOINER}~{{{JOINER}\\f"), ("é€Ж🍕", "cp1252", "é€\\U+0416\\U+D83C\\U+DF55"),
        ("é🍕", "", "é🍕"), ("\\U+0416", "", f"\\{JOINER}U+0416"), ("x" * 300, "", "x" * 255),
    ],
)  # fmt: skip
def test_what_a_text_is_written_as(text, codepage, want):
    assert strings.shown(text, codepage) == want


def test_layers_of_other_peoples_tables_stay_apart():
    tables = [Table(name, name, "line", 1) for name in ("Дома", "Реки", "roads", "My_layer", "дома"[:2] + "мы")]
    release_12, later = own_layers(tables, True), own_layers(tables, False)
    assert later["Дома"].layer == "ДОМА"
    for found in (release_12, later):
        assert set(found) == {table.name for table in tables} - {"roads"}
        assert len({cad.layer.lower() for cad in found.values()}) == len(found)
    assert all(re.fullmatch(r"[A-Z0-9$_-]{1,31}", cad.layer) for cad in release_12.values())
    assert strings.layer_name('a<b>/"c":;?*|=`,') == "a_b___c_________"
