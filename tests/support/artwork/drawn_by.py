"""Files of artwork as pixels, by programs that are not ours: Poppler, Ghostscript, librsvg, libcdr with librsvg."""

import base64
import io
import math
import re
import subprocess
from pathlib import Path

import numpy as np


def image(path: Path) -> np.ndarray:
    """A picture of any kind."""
    from PIL import Image

    return np.asarray(Image.open(path).convert("RGB"))


def poppler(path: Path, dpi: int) -> np.ndarray:
    """A PDF's page, by Poppler through Cairo: its own painter moves thin lines to whole pixels."""
    stem = path.with_name(f"{path.stem}-poppler")
    command = ["pdftocairo", "-tiff", "-tiffcompression", "none", "-r", str(dpi), "-singlefile"]
    subprocess.run([*command, str(path), str(stem)], check=True)
    return image(stem.with_suffix(".tif"))


def ghostscript(path: Path, dpi: int) -> np.ndarray:
    """An EPS or PS, its upper edge on a whole pixel as elsewhere.

    Ghostscript widens all shapes by half a pixel, so that thin ones are never lost, where it is not told not to.
    """
    target = path.with_name(f"{path.stem}-ghostscript.ppm")
    box = re.search(rb"^%%HiResBoundingBox: 0 0 ([\d.]+) ([\d.]+)$", path.read_bytes()[:2000], re.MULTILINE)
    width, height = (math.ceil(float(side) / 72 * dpi - 0.01) for side in box.groups())
    place = f"<</Install {{0 {height * 72 / dpi - float(box[2]):.4f} translate 0 0 .setfilladjust2}}>> setpagedevice"
    quality = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-r{dpi}", f"-g{width}x{height}", "-dFIXEDMEDIA"]
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", *quality, "-sDEVICE=ppmraw", f"-sOutputFile={target}"]
    subprocess.run([*command, "-c", place, "-f", str(path)], check=True)
    return image(target)


def rsvg(path: Path, dpi: int) -> np.ndarray:
    """An SVG; text on a path is not drawn by librsvg."""
    target = path.with_name(f"{path.stem}-rsvg.png")
    # Of what the file calls a millimetre.
    zoom = dpi / 96
    command = ["rsvg-convert", "-d", "96", "-p", "96", "-z", f"{zoom:.6f}", "-b", "white", str(path), "-o", str(target)]
    subprocess.run(command, check=True)
    return image(target)


def _as_png(found: re.Match) -> str:
    from PIL import Image

    made = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(found[1]))).save(made, "PNG")
    return f"data:image/png;base64,{base64.b64encode(made.getvalue()).decode()}"


def libcdr(path: Path, dpi: int) -> np.ndarray:
    """A CorelDRAW file, as libcdr makes SVG of it."""
    told = subprocess.run(["cdr2xhtml", str(path)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"<svg:svg.*?</svg:svg>", told, re.DOTALL)
    # A later librsvg draws no bitmaps of Windows.
    text = re.sub(r"data:image/bmp;base64,([^\"]+)", _as_png, found[0])
    target = path.with_name(f"{path.stem}-libcdr.svg")
    target.write_text(text, encoding="utf-8")
    return rsvg(target, dpi)


def inkscape(path: Path, dpi: int) -> np.ndarray:
    """An SVG, with text on its paths."""
    target = path.with_name(f"{path.stem}-inkscape.png")
    command = ["inkscape", f"--export-dpi={dpi}", "--export-background=white", f"--export-filename={target}", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return image(target)
