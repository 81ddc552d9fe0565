"""Drawings for designs, pages and diagrams: by lxml, a canvas by QuickJS too, Visio by the vsdx package."""

import base64
import json
import re
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote

from readers.found import Found, flow

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
# What programs for designs read of SVG, and nothing else.
ELEMENTS = {"svg", "title", "desc", "g", "path", "text", "tspan", "image"}
ATTRIBUTES = {
    "id", "class", "data-name", "d", "transform", "x", "y", "width", "height", "viewBox", "version", "fill", "stroke",
    "fill-opacity", "stroke-opacity", "fill-rule", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-dasharray", "font-family", "font-size", "font-weight", "font-style", "letter-spacing",
    "preserveAspectRatio", f"{XLINK}href", "{http://www.w3.org/XML/1998/namespace}space",
}  # fmt: skip
# A context that keeps what is written, and a counter of objects: what draws others is one.
BROWSER = """
class Image { addEventListener() {} }
class Path2D { constructor(d) { if (!/^M[-MLCZ0-9. ]*$/.test(d)) throw new Error("no path: " + d.slice(0, 40)); } }
"""
RECORDER = """
const written = [], counted = {};
const context = new Proxy({ fillText(text) { written.push(text); } }, {
  get: (own, key) => (key in own ? own[key] : () => undefined), set: () => true, has: () => true });
let layer = "", depth = 0;
for (const name of ["draw", "write", "stamp", "picture"]) {
  const real = globalThis[name];
  globalThis[name] = (...words) => {
    if (words.slice(0, -1).some((word) => word === undefined)) throw new Error(name + " in " + layer);
    if (!depth) counted[layer] += 1;
    depth += 1;
    real(...words);
    depth -= 1;
  };
}
for (const one of layers) {
  layer = one.name;
  if (layer in counted) throw new Error("twice: " + layer);
  counted[layer] = 0;
  one.draw(context);
}
JSON.stringify({ counted: Object.entries(counted), written, sheet, functions: layers.map((one) => one.draw.name) })
"""


def svg_figma(path: Path) -> Found:
    """Groups by their names, no element and no attribute but those that Figma, Sketch and Canva read."""
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    assert {key for one in root.iter() for key in one.attrib} <= ATTRIBUTES
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    # Names as XML has them, to be asked of libxml2 itself.
    assert all(re.match(r"[^\W\d]|_", one) and not re.search(r"\s|:", one) for one in ids)
    width, height = (float(root.get(side)) for side in ("width", "height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    found = Found(notice=root.findtext(f"{SVG}desc"), size_mm=(width / 72 * 25.4, height / 72 * 25.4))
    for group in design_layers(root):
        objects = [one for one in group.iter(f"{SVG}path", f"{SVG}text", f"{SVG}image") if one.get("class") != "halo"]
        found.layers[called(group)] = len(objects)
        for text in group.iter(f"{SVG}text"):
            found.texts.add("".join(text.itertext()))
            found.flow += flow("".join(text.itertext()))
    return found


def called(element) -> str:
    """What an element is called: its id, or the name that an id cannot have."""
    return element.get("data-name") or element.get("id")


def design_layers(root) -> list:
    """The groups that are layers, those of names inside another one."""
    found = []
    for group in root.iterfind(f"{SVG}g"):
        found += list(group.iterfind(f"{SVG}g")) if group.get("id") == "Labels" else [group]
    return found


def html_canvas(path: Path) -> Found:
    """The functions of the layers are called by QuickJS with a context of the reader's own."""
    import quickjs
    from lxml import html

    tree = html.fromstring(path.read_bytes())
    (script,) = tree.xpath("//script")
    code = script.text.split("\n// The page: ")[0]
    told = json.loads(quickjs.Context().eval(BROWSER + code + RECORDER))
    labels = [flow(label.text_content()) for label in tree.xpath("//fieldset/label")]
    assert labels[::-1] == [flow(name) for name, _ in told["counted"]]
    assert all(re.fullmatch(r"draw\w+", name) for name in told["functions"])
    assert not tree.xpath("//@src | //link | //iframe | //@onerror")
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith("default-src 'none';")
    sheet = told["sheet"]
    return Found(
        dict(told["counted"]), texts=set(told["written"]), notice=tree.xpath("string(//footer)"),
        size_mm=(sheet["width"] / 72 * 25.4, sheet["height"] / 72 * 25.4), flow=flow("".join(told["written"])),
    )  # fmt: skip


def drawio(path: Path) -> Found:
    """Cells by lxml: layers in the root, objects in them; a stencil is unpacked as draw.io does it."""
    from lxml import etree, html

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    assert (root.tag, root.get("compressed")) == ("mxfile", "false")
    (model,) = root.iterfind("diagram/mxGraphModel")
    about, *objects = model.find("root")
    size = tuple(float(model.get(f"page{side}")) / 100 * 25.4 for side in ("Width", "Height"))
    found, layers, groups = Found(notice=about.get("rights"), size_mm=size), {}, set()
    ids = [one.get("id") for one in model.find("root")]
    assert len(ids) == len(set(ids))
    for one in objects:
        cell = one if one.tag == "mxCell" else one.find("mxCell")
        parent, style = cell.get("parent"), cell.get("style") or ""
        if parent == "0":
            layers[one.get("id")] = cell.get("value")
            found.layers[cell.get("value")] = 0
            continue
        assert (parent in layers) != (parent in groups)
        assert (cell.get("vertex") == "1") != (cell.get("edge") == "1")
        found.layers[layers.get(parent, "")] = found.layers.get(layers.get(parent, ""), 0) + 1
        words = dict(part.split("=", 1) for part in style.split(";") if "=" in part)
        if style.startswith("group;"):
            groups.add(one.get("id"))
        elif style.startswith("text;"):
            told = one.get("label") if one.tag == "object" else one.get("value")
            told = html.fromstring(told).text_content() if words["html"] == "1" else told
            found.texts.add(told)
            found.flow += flow(told)
        elif words.get("shape", "").startswith("stencil("):
            packed = zlib.decompress(base64.b64decode(words["shape"][8:-1]), -15)
            shape = etree.fromstring(unquote(packed.decode()), etree.XMLParser(huge_tree=True))
            assert float(shape.get("w")) > 0 < float(shape.get("h"))
            assert shape.find("foreground/path") is not None
        else:
            assert cell.get("edge") == "1" or words["image"].startswith("data:image/png,")
    found.layers.pop("", None)
    return found


# The package takes long for each shape: so many are looked at.
SOME = 30
VISIO = "{http://schemas.microsoft.com/office/visio/2012/main}"


def vsdx(path: Path) -> Found:
    """Shapes, their texts and their data by the vsdx package; layers, notice and numbers by lxml."""
    from lxml import etree
    from vsdx import VisioFile

    with zipfile.ZipFile(path) as archive:
        parts = {name: etree.fromstring(archive.read(name), etree.XMLParser(huge_tree=True))
                 for name in archive.namelist() if name.endswith((".xml", ".rels"))}  # fmt: skip
    names = [cell.get("V") for cell in parts["visio/pages/pages.xml"].iter(f"{VISIO}Cell") if cell.get("N") == "Name"]
    found = Found(dict.fromkeys(names, 0), notice=parts["docProps/core.xml"].findtext("{*}description"))
    assert len(found.layers) == len(names)
    ids = [one.get("ID") for one in parts["visio/pages/page1.xml"].iter(f"{VISIO}Shape")]
    called_ = [one.get("NameU") for one in parts["visio/pages/page1.xml"].iter(f"{VISIO}Shape")]
    assert len(ids) == len(set(ids)) == len(set(called_))
    for values in parts["visio/pages/page1.xml"].iter(f"{VISIO}Cell"):
        # Numbers are numbers, lengths none that no page has.
        assert values.get("N") not in ("PinX", "PinY", "Width", "Height", "X", "Y") or abs(float(values.get("V"))) < 1e6
    for shape in parts["visio/pages/page1.xml"].find(f"{VISIO}Shapes"):
        (layer,) = [cell.get("V") for cell in shape.iterfind(f"{VISIO}Cell") if cell.get("N") == "LayerMember"]
        found.layers[names[int(layer)]] += 1
        for text in shape.iter(f"{VISIO}Text"):
            found.texts.add("".join(text.itertext()))
            found.flow += flow("".join(text.itertext()))
    with VisioFile(str(path)) as file:
        (page,) = file.pages
        found.size_mm = (page.width * 25.4, page.height * 25.4)
        shapes = page.child_shapes
        assert len(shapes) == sum(found.layers.values())
        told = {text for shape in shapes[-SOME:] for one in [shape, *shape.child_shapes] if (text := one.text.strip())}
        assert {flow(text) for text in told} <= {flow(text) for text in found.texts}
        assert all(names[int(shape.cell_value("LayerMember"))] in found.layers for shape in shapes[-SOME:])
    return found


READERS = {"svg_figma": svg_figma, "html_canvas": html_canvas, "drawio": drawio, "vsdx": vsdx}
