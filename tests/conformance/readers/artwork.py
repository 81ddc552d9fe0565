"""Vector artwork: lxml, Poppler, and Ghostscript where Poppler wrote."""

import gzip
import io
import re
import subprocess
from pathlib import Path
from typing import Any

from readers.found import Found, flow

# Of all inks together: those of the profile, and black letters printed over them.
MOST_INK = 4.0


def svg(path: Path) -> Found:
    """Groups by their ids; no image."""
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    assert not list(root.iter("{*}image"))
    assert not [name for name in root.attrib if "inkscape" in name]
    found = _drawn(root)
    for group in svg_layers_of(root):
        title = re.sub(r"_x([0-9A-F]+)_", lambda found: chr(int(found[1], 16)), group.get("id"))
        _take(found, title, group)
    return found


def pdf(path: Path) -> Found:
    def run(*command: str) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    text = run("pdftotext", "-raw", str(path), "-")
    meta = run("pdfinfo", "-meta", str(path))
    width, height = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", str(path))).groups()
    assert len(run("pdfimages", "-list", str(path)).splitlines()) <= 2
    size = tuple(float(side) / 72 * 25.4 for side in (width, height))
    lines = {line.strip() for line in text.splitlines()}
    return Found(texts=lines, notice=text + meta, size_mm=size, flow=flow(text))


def eps(path: Path) -> Found:
    """Ghostscript runs the program and distils a PDF of it, cropped to an EPS's box.

    Texts are the spellings beside the letters; the letters themselves are in `flow`.
    """
    import pikepdf

    data = path.read_bytes()
    head = data[:3000].decode("ascii")
    assert all(len(line) < 256 for line in data.splitlines() if line.startswith(b"%")), "DSC 3.0: at most 255 letters"
    assert r"(\(c\) OpenStreetMap contributors" in re.search(r"^%%Copyright: (.*)$", head, re.MULTILINE)[1]
    distilled = path.with_name("by-ghostscript.pdf")
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", *(["-dEPSCrop"] if path.suffix == ".eps" else [])]
    command += ["-sDEVICE=pdfwrite", f"-sOutputFile={distilled}", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout + told.stderr == ""
    found = pdf(distilled)
    fonts = subprocess.run(["pdffonts", str(distilled)], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    assert all(row[-5] == "yes" for row in rows), "fonts are embedded"
    with pikepdf.open(distilled) as document:
        spans = document.pages[0].Resources.get("/Properties", {})
        found.texts = {str(spans[name].ActualText) for name in spans.keys()}  # noqa: SIM118
    distilled.unlink()
    return found


INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"


def _drawn(root: Any) -> Found:
    """Size, notice, and ids that are unique and clean, and lead where they should."""
    size = tuple(float(root.get(side).removesuffix("mm")) for side in ("width", "height"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII) for name in ids)
    for link in root.iter("{*}textPath"):
        assert link.get("{http://www.w3.org/1999/xlink}href")[1:] in ids
    return Found(size_mm=size, notice=root.findtext("{*}desc"))


def svg_layers_of(root: Any) -> list[Any]:
    """The groups that are layers, those of names inside another one."""
    found = []
    for group in root.iterfind("{*}g"):
        inner = [one for one in group.iterfind("{*}g") if one.get("id")]
        found += inner if group.get("id") == "Labels" and inner else [group]
    return found


def _take(found: Found, title: str, group: Any) -> None:
    """A layer's objects, without halos and baselines."""
    objects = group.xpath(
        ".//*[self::s:path or self::s:text][not(ancestor::s:defs)][not(@class = 'halo')]",
        namespaces={"s": "http://www.w3.org/2000/svg"},
    )
    texts = [item for item in objects if item.tag.endswith("text")]
    found.layers[title] = len(objects)
    found.texts |= {"".join(text.itertext()) for text in texts}
    found.flow += flow("".join(part for text in texts for part in text.itertext()))


def svg_layers(path: Path | io.BytesIO) -> Found:
    """Layers as Inkscape and Illustrator know them; text on a path is one text."""
    from lxml import etree

    source = str(path) if isinstance(path, Path) else path
    root = etree.parse(source, etree.XMLParser(huge_tree=True)).getroot()
    found = _drawn(root)
    for layer in svg_layers_of(root):
        assert layer.get(f"{INKSCAPE}groupmode") == "layer"
        assert layer.get("{http://ns.adobe.com/AdobeIllustrator/10.0/}layer") == "yes"
        _take(found, layer.get(f"{INKSCAPE}label"), layer)
    return found


def svgz(path: Path) -> Found:
    return svg_layers(io.BytesIO(gzip.decompress(path.read_bytes())))


def layered_pdf(path: Path) -> Found:
    """Poppler for what is on the page, pikepdf for the layers."""
    import pikepdf

    found = pdf(path)
    with pikepdf.open(path) as document:
        # Names lie in a list of their own, behind the layer that holds them all.
        order = list(document.Root.OCProperties.D.Order)
        kinds = [isinstance(one, pikepdf.Array) for one in order]
        groups = [
            inner for one, kind, holds in zip(order, kinds, [*kinds[1:], False]) if not holds
            for inner in (list(one) if kind else [one])
        ]  # fmt: skip
        found.layers = {str(group.Name): 0 for group in reversed(groups)}
    fonts = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert fonts
    for line in fonts:
        embedded, _, unicode = line.split()[-5:-2]
        assert (embedded, unicode) == ("yes", "yes"), line
    return found


def pdf_a(path: Path) -> Found:
    """The same, and every clause that a page like ours can break."""
    import pdf_a_rules

    assert pdf_a_rules.faults(path) == []
    return layered_pdf(path)


def pdf_cmyk(path: Path) -> Found:
    """Its clauses too; the page is what is trimmed; Ghostscript separates it, no more ink than the profile has."""
    import numpy as np
    import pdf_x_rules
    import pikepdf
    from PIL import Image

    assert pdf_x_rules.faults(path) == []
    found = layered_pdf(path)
    with pikepdf.open(path) as document:
        trim = [float(side) / 72 * 25.4 for side in document.pages[0].TrimBox]
    found.size_mm = trim[2] - trim[0], trim[3] - trim[1]
    found.layers.pop("Bleed", None)
    target = path.with_name("plates.tif")
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r36", f"-sOutputFile={target}"]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    names = ("Cyan", "Magenta", "Yellow", "Black")
    plates = [255 - np.asarray(Image.open(path.with_name(f"plates({name}).tif")), int) for name in names]
    assert sum(plates).max() <= MOST_INK * 255
    assert plates[3].max() > 100
    for file in path.parent.glob("plates*.tif"):
        file.unlink()
    return found


def geopdf(path: Path) -> Found:
    """The same, and GDAL for the place in the world."""
    from osgeo import gdal, osr

    found = layered_pdf(path)
    dataset = gdal.OpenEx(str(path), gdal.OF_RASTER)
    step = dataset.GetGeoTransform()
    reference = osr.SpatialReference(wkt=dataset.GetProjection())
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    world = osr.SpatialReference()
    world.ImportFromEPSG(4326)
    world.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    way = osr.CoordinateTransformation(reference, world)
    right, bottom = step[0] + step[1] * dataset.RasterXSize, step[3] + step[5] * dataset.RasterYSize
    west, north, _ = way.TransformPoint(step[0], step[3])
    east, south, _ = way.TransformPoint(right, bottom)
    found.box, found.crs = (west, south, east, north), 4326
    return found


def cdr(path: Path) -> Found:
    """libcdr: what is drawn and written on the page; our tests' reader: what names that are outlines are called."""
    import cdrfile
    import cdrnames

    told = subprocess.run(["cdr2raw", str(path)], check=True, capture_output=True, text=True).stdout
    inches = re.search(r"startPage\(svg:height: ([\d.]+)in, svg:width: ([\d.]+)in\)", told).groups()
    found = Found(size_mm=(float(inches[1]) * 25.4, float(inches[0]) * 25.4))
    found.layers = {"paths": told.count("drawPath ("), "texts": told.count("startTextObject")}
    found.texts = set(re.findall(r"insertText \((.*)\)", told))
    called = cdrnames.names(cdrfile.read(path)[2].one("doc "))
    found.flow = flow("".join([*re.findall(r"insertText \((.*)\)", told), *called.values()]))
    head = path.read_bytes()
    place = head.index(b"ICMT")
    size = int.from_bytes(head[place + 4 : place + 8], "little")
    found.notice = head[place + 8 : place + 8 + size].decode("utf-16-le")
    return found


READERS = {
    "svg": svg, "pdf": layered_pdf, "eps": eps, "ps": eps, "svg_layers": svg_layers, "svgz": svgz, "ai": layered_pdf,
    "geopdf": geopdf, "pdf_a": pdf_a, "pdf_cmyk": pdf_cmyk,
    "cdr": cdr,
}  # fmt: skip
