"""Inkscape and LibreOffice without a display: files opened with a limit of time, and what came of them.

A program that hangs is stopped with all that it started, and the test fails. The fonts of the product are installed for
both, as a designer does with the file that `fonts` packs them into; their own settings are fresh ones.
"""

import contextlib
import os
import re
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import contents

from areas import ROOT

FONTS = ROOT / "processing_provider" / "cartography" / "fonts"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
DRAW, WORDS = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}", "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE, FO = (
    "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}",
)
# Seconds that a program may take; the whole sample takes 3, 20 files of it in LibreOffice 60.
ONE, MANY = 180, 500
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96, "": 25.4 / 96}


@dataclass
class Opened:
    """What a program has of a file: layers by name, texts, curves; the page in mm; fonts of texts."""

    layers: list[str] = field(default_factory=list)
    texts: Counter = field(default_factory=Counter)
    paths: int = 0
    size_mm: tuple[float, float] = (0.0, 0.0)
    families: set[str] = field(default_factory=set)


class Hangs(AssertionError):
    """A program did not come to its end."""


def run(command: list[str], limit: float, home: Path) -> str:
    """What a program says; it and its children are gone when its time is over."""
    home.mkdir(parents=True, exist_ok=True)
    fonts = home / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include><dir>{FONTS}</dir></fontconfig>"
    )
    # Without a display, whatever the machine has; Inkscape's own scripts want the system's Python.
    ours = {"PATH": "/usr/bin:/bin", "HOME": str(home), "FONTCONFIG_FILE": str(fonts), "LANG": "C.UTF-8"}
    child = subprocess.Popen(
        command, env={**ours, "XDG_RUNTIME_DIR": str(home)}, start_new_session=True, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        told, _ = child.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        raise Hangs(f"{' '.join(command)} has not ended in {limit} s") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    assert child.returncode == 0, f"{' '.join(command)}: {told[-2000:]}"
    return told


@lru_cache(maxsize=1)
def inkscape_version() -> tuple[int, int]:
    told = subprocess.run(["inkscape", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in re.search(r"Inkscape (\d+)\.(\d+)", told).groups())


def inkscape(path: Path, folder: Path, dpi: int = 0) -> Path:
    """The file as Inkscape's own SVG, with a picture beside it where `dpi` is given.

    Its native import of PDF is what it takes unless --pdf-poppler says otherwise; that one knows no text. It asks how
    to turn the page before it opens EPS and PS, so that its own script for them is called beforehand.
    """
    folder.mkdir(parents=True, exist_ok=True)
    home, source = folder / "home", path
    if path.suffix in (".eps", ".ps"):
        data = Path(run(["inkscape", "--system-data-directory"], ONE, home).splitlines()[-1])
        source = folder / f"{path.stem}{path.suffix}.pdf"
        script = data / "extensions" / "ps_input.py"
        crop = ["--crop", "true"] if path.suffix == ".eps" else []
        assert script.exists()
        # Inkscape starts it so, and takes what it writes to its output.
        command = '/usr/bin/python3 "$@" > "$0"'
        run(["bash", "-c", command, str(source), str(script), *crop, str(path)], ONE, home)
    target = folder / f"{path.stem}{path.suffix}.svg"
    picture = ["--export-background=white", f"--export-dpi={dpi}"] if dpi else []
    kinds = "svg,png" if dpi else "svg"
    target.unlink(missing_ok=True)
    run(["inkscape", str(source), f"--export-type={kinds}", *picture, f"--export-filename={target}"], ONE, home)
    assert target.exists(), f"Inkscape opened no {path.name}"
    return target


def read_inkscape(path: Path) -> Opened:
    """Layers, texts and paths of an SVG of Inkscape's."""
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    found = Opened(size_mm=tuple(_mm(root.get(side)) for side in ("width", "height")))
    for group in contents.svg_layers(root):
        found.layers.append(group.get(f"{INKSCAPE}label") or group.get("id"))
    for item in root.iter("{*}text"):
        # Lines of a text are tspans of its own.
        parts = [child for child in item if child.tag.endswith("tspan")] or [item]
        found.texts.update(text for text in ("".join(part.itertext()).strip() for part in parts) if text)
        styles = " ".join(one.get("style", "") for one in item.iter())
        found.families |= {name.strip("'\" ") for name in re.findall(r"font-family:([^;]+)", styles)}
        own = [*item.iter(), *item.iterancestors()]
        found.families |= {one.get("font-family") for one in own if one.get("font-family")}
    found.paths = sum(
        1
        for item in root.iter("{*}path")
        if not any(a.tag.endswith(("defs", "clipPath")) for a in item.iterancestors())
    )
    return found


def libreoffice(paths: list[Path], kind: str, folder: Path) -> dict[str, Path]:
    """The files as LibreOffice saves them, all in one call, by their names; what it did not open is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", kind]
    run([*command, "--outdir", str(folder), *map(str, paths)], MANY, folder / "home")
    made = {path.name: folder / f"{path.stem}.{kind}" for path in paths}
    return {name: path for name, path in made.items() if path.exists()}


def read_libreoffice(path: Path) -> Opened:
    """Frames of text and curves of a flat ODG; it has no layers but its own."""
    from lxml import etree

    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    page = next(root.iter(f"{DRAW}page"))
    found = Opened()
    for frame in page.iter(f"{DRAW}text-box"):
        text = "".join(frame.itertext()).strip()
        found.texts.update([text] if text else [])
    found.paths = sum(
        1 for kind in ("polygon", "polyline", "path", "line", "custom-shape") for _ in page.iter(f"{DRAW}{kind}")
    )
    found.size_mm = next(
        tuple(_mm(item.get(f"{FO}page-{side}")) for side in ("width", "height"))
        for layout in _used(root, page) for item in layout.iter(f"{STYLE}page-layout-properties")
    )  # fmt: skip
    found.families = {name for item in root.iter(f"{STYLE}text-properties") if (name := item.get(f"{FO}font-family"))}
    return found


def _used(root, page):
    """The layout of a page's master."""
    key = f"{STYLE}page-layout-name"
    name = page.get(f"{DRAW}master-page-name")
    names = [item.get(key) for item in root.iter(f"{STYLE}master-page") if item.get(f"{STYLE}name") == name]
    return [item for item in root.iter(f"{STYLE}page-layout") if item.get(f"{STYLE}name") in names]


def _is_pattern(item) -> bool:
    """Whether a path is none by itself: a clip, the line of a name."""
    return any(above.tag.endswith(("defs", "clipPath")) for above in item.iterancestors())


def _mm(length: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]*)", length).groups()
    return float(number) * _MM[unit]
