"""Vector artwork: lxml, Poppler, and Ghostscript where Poppler wrote."""

import re
import subprocess
from pathlib import Path

from readers.found import Found, flow


def svg(path: Path) -> Found:
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    texts = ["".join(text.itertext()).strip() for text in root.iter("{*}text")]
    size = tuple(float(root.get(side).removesuffix("mm")) for side in ("width", "height"))
    assert not list(root.iter("{*}image"))
    notice = path.read_text(encoding="utf-8")[:3000]
    return Found(texts=set(texts), notice=notice, size_mm=size, flow=flow("".join(texts)))


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


# Each glyph's name, as it is shown; the interpreter then shows it.
SHOWN = """
/show {
  dup { currentfont /Encoding get exch get 40 string cvs print ( ) print } forall (\\n) print
  systemdict /show get exec
} def
"""


def eps(path: Path) -> Found:
    """Ghostscript runs the program: it tells the glyphs that are shown, and distils a PDF cropped to the box."""
    from fontTools import agl

    head = path.read_bytes()[:2000].decode("ascii", "replace")
    assert all(len(line) < 256 for line in head.splitlines()), "DSC 3.0: at most 255 letters a line"
    assert r"(\(c\) OpenStreetMap contributors" in re.search(r"^%%Copyright: (.*)$", head, re.MULTILINE)[1]
    ghostscript = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-dEPSCrop"]
    distilled = path.with_name("by-ghostscript.pdf")
    command = [*ghostscript, "-sDEVICE=pdfwrite", f"-sOutputFile={distilled}", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout + told.stderr == ""
    found = pdf(distilled)
    fonts = subprocess.run(["pdffonts", str(distilled)], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    assert all(row[-5] == "yes" for row in rows), "fonts are embedded"
    distilled.unlink()
    command = [*ghostscript, "-sDEVICE=nullpage", "-c", SHOWN, "-f", str(path)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found.flow = flow("".join(agl.toUnicode(name) for name in shown.split()))
    return found


READERS = {"svg": svg, "pdf": pdf, "eps": eps}
