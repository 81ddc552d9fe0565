"""What is in a file of artwork, layer by layer: how many paths, and every text as a whole string; and what should be.

Read by lxml, pikepdf, Ghostscript with pikepdf, and the dumper of CorelDRAW files: nothing of the writers'.
"""

import gzip
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
PAINTED = {"f", "f*", "F", "B", "B*", "b", "b*", "S", "s"}


@dataclass
class Layer:
    """A layer's paths, and its texts with how often each is there."""

    paths: int = 0
    texts: Counter = field(default_factory=Counter)


def expected(drawing, by_line, apart):
    """The layers of a drawing, the bottom one first.

    Lines of a text are texts of their own where `by_line`; a fill and its outline are two paths where they are `apart`.
    """
    from osm2cdr.processing_provider.drawing.model import Path as Shape
    from osm2cdr.processing_provider.drawing.model import Text

    found = {}
    for layer in drawing.layers:
        here = found[layer.name] = Layer()
        for item in layer.items:
            if isinstance(item, Shape):
                here.paths += (item.fill is not None) + (item.stroke is not None) if apart else 1
            if isinstance(item, Text):
                lines = [line.text for line in item.lines]
                here.texts.update(lines if by_line else ["".join(lines)])
    return found


def svg_layers(root):
    """The groups that are layers, the bottom one first, those of names inside another one."""
    for group in root.iterfind("{*}g"):
        inner = [one for one in group.iterfind("{*}g") if one.get("id")]
        yield from inner if group.get("id") == "Labels" and inner else [group]


def svg(path: Path):
    """Layers are groups, by their label where they have one."""
    from lxml import etree

    data = path.read_bytes()
    root = etree.fromstring(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    found = {}
    for group in svg_layers(root):
        plain = re.sub(r"_x([0-9A-F]+)_", lambda code: chr(int(code[1], 16)), group.get("id"))
        here = found[group.get(f"{INKSCAPE}label") or plain] = Layer()
        for item in group.iter("{*}path", "{*}text"):
            above = [one.tag.split("}")[1] for one in item.iterancestors()]
            if "defs" in above or item.get("class") == "halo":
                continue
            if item.tag.endswith("path"):
                here.paths += 1
            else:
                here.texts["".join(item.itertext())] += 1
    return found


def pdf(path: Path):
    """Layers are optional content; a text is what the file says that its glyphs spell."""
    import pikepdf

    found, here = {}, Layer()
    with pikepdf.open(path) as document:
        page = document.pages[0]
        names = {key: str(group.Name) for key, group in page.Resources.Properties.items()}
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            # What begins with P holds layers.
            if word == "BDC" and str(operands[0]) == "/OC" and str(operands[1]).startswith("/L"):
                here = found[names[str(operands[1])]] = Layer()
            elif word == "BDC" and str(operands[0]) == "/Span" and str(operands[1].ActualText):
                here.texts[str(operands[1].ActualText)] += 1
            here.paths += word in PAINTED
    return found


def unescaped(string: str) -> str:
    """A PostScript string of UTF-8."""
    data = re.sub(r"\\([0-7]{3}|.)", lambda code: chr(int(code[1], 8)) if code[1].isdigit() else code[1], string[1:-1])
    return data.encode("latin-1").decode("utf-8", "ignore")


def postscript(path: Path):
    """Layers are objects of the document's structure; each goes through Ghostscript as a page by itself."""
    import pikepdf

    text = path.read_text(encoding="ascii")
    head, *parts = re.split(r"(?=^%%BeginObject: )", text, flags=re.MULTILINE)
    if not parts:
        return {}
    tail = parts[-1].split("%%EndObject\n")[1]
    alone = []
    for number, part in enumerate(parts):
        alone.append(path.with_name(f"object-{number}.ps"))
        alone[-1].write_text(head + part.split("%%EndObject\n")[0] + tail, encoding="ascii")
    made = path.with_name("objects.pdf")
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pdfwrite", f"-sOutputFile={made}"]
    subprocess.run([*command, *alone], check=True)
    found = {}
    with pikepdf.open(made) as document:
        for part, page in zip(parts, document.pages, strict=True):
            name = unescaped(part.split("\n", 1)[0].removeprefix("%%BeginObject: "))
            here = found[name] = Layer()
            for operands, operator in pikepdf.parse_content_stream(page):
                word = str(operator)
                # Outlines of letters are filled by the other rule, and stroked.
                here.paths += {"f*": 1, "B*": 1, "S": 1, "s": 1, "f": -1}.get(word, 0)
                if word == "BDC":
                    here.texts[str(page.Resources.Properties[str(operands[1])].ActualText)] += 1
    return found


def cdr(path: Path):
    """As the dumper reads it; what shines round a name has a line, the name has none."""
    import cdrdump
    import cdrmodel

    found = {}
    for layer in reversed(cdrdump.dump(path).layers):
        here = found[layer.name] = Layer()
        for shape in layer.shapes():
            if shape.kind == cdrmodel.TEXT:
                here.texts.update([shape.text] if not shape.width else [])
            else:
                here.paths += 1
    return found


def odg(path: Path):
    """As lxml reads it; what lies over the map's margins is none of its layers."""
    import odg_contents

    found = odg_contents.layers(path)
    return {name: Layer(one.paths, one.texts) for name, one in found.items() if name != "Margins"}


READERS = {
    "svg": svg, "svg_layers": svg, "svgz": svg, "pdf": pdf, "geopdf": pdf, "ai": pdf, "eps": postscript,
    "ps": postscript, "cdr": cdr, "odg": odg,
}  # fmt: skip


def differences(drawing, format_id, path):
    """What a file of a format has otherwise than the drawing."""
    by_line, apart = format_id not in ("svg", "svg_layers", "svgz"), format_id in ("eps", "ps")
    wanted, found = expected(drawing, by_line, apart), READERS[format_id](path)
    if format_id == "cdr":
        # Layers do not lie in layers.
        titles = {layer.name: layer.title for layer in drawing.layers}
        wanted = {titles[name]: here for name, here in wanted.items()}
    if apart:
        # A comment has room for so many bytes of a name.
        whole = {name: next((one for one in wanted if one.startswith(name)), name) for name in found}
        found = {name if name in wanted else whole[name]: here for name, here in found.items()}
    if list(found) != list(wanted):
        return [f"layers {list(found)}, not {list(wanted)}"]
    told = [f"{name}: {found[name].paths} paths, not {wanted[name].paths}" for name in wanted
            if found[name].paths != wanted[name].paths]  # fmt: skip
    for name, layer in wanted.items():
        if found[name].texts != layer.texts:
            told.append(f"{name}: {found[name].texts - layer.texts} for {layer.texts - found[name].texts}")
    return told
