"""Vector artwork: lxml and Poppler."""

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


READERS = {"svg": svg, "pdf": pdf}
