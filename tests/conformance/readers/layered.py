"""Pictures in layers: their names and groups, and what the layers make when other programs lay them over each other."""

import io
import json
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from readers.found import Found

GROUPS = ("Map", "Names", "Sheet")
WANTED = {"Background", "Buildings", "Land cover", "Street names", "Place names", "Roads – outlines", "Notice"}
# By Debian's version of ImageMagick.
PROGRAMS = ("magick-im7.q16", "convert-im6.q16")


def magick(*words: str) -> str:
    """What ImageMagick says."""
    program = next(name for name in PROGRAMS if Path("/usr/bin", name).exists())
    return subprocess.run([program, *words], check=True, capture_output=True, text=True).stdout


def flattened(path: Path, frames: str = "") -> tuple[list[str], np.ndarray]:
    """By ImageMagick the names of the layers, and what they make; of those `frames`."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        shown = Path(folder) / "flat.png"
        told = magick(
            f"{path}{frames}", "-format", "%l\n", "-write", "info:-", "-background", "none", "-layers", "merge",
            "+repage", "-define", "png:compression-level=1", f"png32:{shown}",
        )  # fmt: skip
        return told.splitlines(), np.asarray(Image.open(shown).convert("RGBA"), int)


def alike(made: np.ndarray, merged: np.ndarray) -> None:
    """Nobody sees a difference, and nothing shines through."""
    assert made.shape[:2] == merged.shape[:2]
    assert made[..., 3].min() == 255
    assert np.abs(made[..., :3] - merged[..., :3]).max() <= 3
    assert np.ptp(merged[..., :3]) > 200


def size_mm(pixels: np.ndarray, dpi: float) -> tuple[float, float]:
    return tuple(side / dpi * 25.4 for side in pixels.shape[1::-1])


def psd(path: Path) -> Found:
    """The merged picture by Pillow, the layers by ImageMagick, names, groups and notice by exiftool."""
    from PIL import Image

    done = subprocess.run(["exiftool", "-j", "-n", str(path)], check=True, capture_output=True, text=True)
    tags = json.loads(done.stdout)[0]
    names = tags["LayerUnicodeNames"]
    assert set(names) >= WANTED | set(GROUPS)
    kinds = tags.get("LayerSections")
    assert kinds is None or sorted(kinds) == [0] * (len(names) - 6) + [1] * 3 + [3] * 3
    assert names.count("</Layer group>") == 3
    ends = [names.index(group) for group in GROUPS]
    assert ends == sorted(ends)
    assert names.index("Buildings") < ends[0] < names.index("Street names") < ends[1] < names.index("Notice") < ends[2]
    assert (tags["XResolution"], tags["YResolution"]) == (150, 150)
    assert tags["Title"] == tags["ObjectName"]
    merged = np.asarray(Image.open(path).convert("RGB"), int)
    # The first picture is the merged one.
    alike(flattened(path, f"[1-{len(names) - 6}]")[1], merged)
    return Found(dict.fromkeys(names, 1), notice=tags["Rights"], size_mm=size_mm(merged, 150))


def xcf(path: Path) -> Found:
    """Layers and what they make by ImageMagick; groups, resolution and comment by the bytes of their properties."""
    names, made = flattened(path)
    assert set(names) >= WANTED | set(GROUPS)
    data = path.read_bytes()
    assert data[:14] == b"gimp xcf v003\0"
    assert np.frombuffer(data[data.index(b"\0\0\0\x13\0\0\0\x08") + 8 :][:8], ">f4").tolist() == [150, 150]
    # A group, and its place in the pile behind it.
    assert data.count(b"\0\0\0\x1d\0\0\0\0\0\0\0\x1e\0\0\0\x04") == len(GROUPS)
    comment = data[data.index(b"gimp-comment\0") + 21 :].split(b"\0")[0].decode()
    alike(made, made)
    return Found(dict.fromkeys(names, 1), notice=comment, size_mm=size_mm(made, 150))


def ora(path: Path) -> Found:
    """The stack by lxml, the layers laid over each other by Pillow."""
    from lxml import etree
    from PIL import Image

    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type, archive.read(first)) == ("mimetype", 0, b"image/openraster")
        root = etree.fromstring(archive.read("stack.xml"))
        assert (root.tag, root.get("xres"), root.get("yres")) == ("image", "150", "150")
        assert [one.get("name") for one in root.iter("stack")][1:] == list(reversed(GROUPS))
        merged = Image.open(archive.open("mergedimage.png"))
        made = Image.new("RGBA", (int(root.get("w")), int(root.get("h"))))
        layers = list(root.iter("layer"))
        for layer in reversed(layers):
            assert layer.get("composite-op") == "svg:src-over"
            sheet, image = Image.new("RGBA", made.size), Image.open(archive.open(layer.get("src")))
            sheet.paste(image, (int(layer.get("x")), int(layer.get("y"))))
            made = Image.alpha_composite(made, sheet)
        thumbnail = Image.open(archive.open("Thumbnails/thumbnail.png"))
    assert max(thumbnail.size) == 256
    names = [layer.get("name") for layer in layers]
    assert set(names) >= WANTED
    assert merged.info["Title"]
    pixels = np.asarray(merged.convert("RGB"), int)
    alike(np.asarray(made, int), pixels)
    return Found(dict.fromkeys(names, 1), notice=merged.info["Copyright"], size_mm=size_mm(pixels, 150))


def png_layers(path: Path) -> Found:
    """All by Pillow: each of the sheet's size, in the order of their numbers the picture that is there as well."""
    from PIL import Image

    with zipfile.ZipFile(path) as archive:
        *names, whole, readme = archive.namelist()
        assert (whole, readme) == ("all.png", "README.txt")
        assert names == sorted(names)
        merged, made = Image.open(archive.open(whole)), None
        for name in names:
            image = Image.open(io.BytesIO(archive.read(name)))
            assert (image.mode, image.size) == ("RGBA", merged.size)
            assert [round(dots) for dots in image.info["dpi"]] == [150, 150]
            made = image if made is None else Image.alpha_composite(made, image)
        text = archive.read(readme).decode()
    titles = [re.sub(r"^\d+ |\.png$", "", name) for name in names]
    assert set(titles) >= WANTED
    assert all(name in text for name in names)
    pixels = np.asarray(merged.convert("RGB"), int)
    alike(np.asarray(made, int), pixels)
    return Found(dict.fromkeys(titles, 1), notice=text, size_mm=size_mm(pixels, 150))


READERS = {"psd": psd, "xcf": xcf, "ora": ora, "png_layers": png_layers}
