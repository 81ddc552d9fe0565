"""Small pictures of styles, and how they are compared with the references beside the tests.

A picture is drawn twice, without names and with them. What lies beneath the names must be the same in every QGIS but
for the edges; where names go is decided anew by each version, so that of them only the ink and where it lies count.
`make references` draws the references anew.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from areas import AREAS, ROOT, TESTS

REFERENCES = TESTS / "cartography" / "references"
STYLES = ("default", "dark", "topographic", "lineart")
# About 420 m by 380 m of each area.
BOXES = {"sample": (24.9413, 60.1690, 24.9488, 60.1724), "monaco": (7.4198, 43.7320, 7.4250, 43.7354)}
SCALE, DETAIL, DPI = 5000, 5, 100
# Levels of a channel (0 to 255) that two pixels may differ by, when the nearest of 3 x 3 is looked for.
LEVELS = 20
# The share of far pixels in the whole picture, and in the worst square of CELL pixels. QGIS 3.22 and 3.40 draw the same
# pixels beneath the names; a twentieth of a pixel aside, all edges being other ones, 0.06 % and 2 % of them are far.
SHARE, CELL_SHARE, CELL = 0.001, 0.03, 20
# A colour that fills so much of the picture must be there again, to the level, in nearly the same amount.
FLAT, FLAT_LEVELS, FLAT_CHANGE = 0.002, 1, 0.1
# Names: how much their ink may change, and how alike its lie must be, seen from far. Between 3.22 and 3.40 the
# worst are 3 % and 0.90.
INK_LEVELS, INK_CHANGE, INK_ALIKE, INK_CELL = 48, 0.3, 0.5, 40


@dataclass
class Drawn:
    """A picture without names, (height, width, 3) of 0 to 255, and where the ink of its names is, (height, width)."""

    ground: np.ndarray
    names: np.ndarray


def picture(area: str, style: str, folder: Path):
    """The styled map of an area's box on its page."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    fields = {"bbox": BOXES[area], "formats": "png", "style": style, "detail": DETAIL, "scale": SCALE}
    request = make_request({**fields, "source": str(AREAS[area][0])})
    return Stages(request, folder).picture("", Feedback())


def draw(view, dpi: int = DPI) -> Drawn:
    """Draw a picture without names and with them."""
    ground, whole = pixels(view, False, dpi), pixels(view, True, dpi)
    return Drawn(ground, apart(whole, ground, INK_LEVELS))


def pixels(view, names: bool, dpi: int = DPI) -> np.ndarray:
    """The picture of `names` or without them, (height, width, 3)."""
    from qgis.PyQt.QtGui import QImage

    from osm2cdr.processing_provider.cartography.rendering.paint import image
    from osm2cdr.processing_provider.feedback import Feedback

    shown = [layer for layer in view.layers if layer.labelsEnabled()]
    for layer in shown:
        layer.setLabelsEnabled(names)
    drawn = image(view, dpi, Feedback()).convertToFormat(QImage.Format.Format_RGB888)
    for layer in shown:
        layer.setLabelsEnabled(True)
    bits = drawn.constBits()
    bits.setsize(drawn.sizeInBytes())
    rows = np.frombuffer(bytes(bits), np.uint8).reshape(drawn.height(), drawn.bytesPerLine())
    return rows[:, : drawn.width() * 3].reshape(drawn.height(), drawn.width(), 3).copy()


def faults(reference: Drawn, drawn: Drawn) -> list[str]:
    """What is wrong with a picture, empty where it is as the reference is."""
    if reference.ground.shape != drawn.ground.shape:
        return [f"the size is {drawn.ground.shape[1::-1]}, not {reference.ground.shape[1::-1]}"]
    return ground_faults(reference.ground, drawn.ground) + name_faults(reference.names, drawn.names)


def apart(one: np.ndarray, other: np.ndarray, levels: int) -> np.ndarray:
    """Where a channel of two pictures, or of a picture and a colour, differs by more than `levels`, bytes as bytes."""
    found = np.zeros(one.shape[:2], bool)
    for channel in range(3):
        a, b = one[..., channel], other[..., channel]
        found |= np.maximum(a, b) - np.minimum(a, b) > levels
    return found


def far(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where a pixel of one picture has nothing like it within 3 x 3 pixels of the other, either way round."""
    # Where two pixels of one place are alike there is nothing to look for; that is nearly everywhere.
    lonely_ones = apart(one, other, LEVELS)
    rows, columns = np.nonzero(lonely_ones)
    lonely = _nearest(one, other, rows, columns) > LEVELS
    lonely |= _nearest(other, one, rows, columns) > LEVELS
    lonely_ones[rows, columns] = lonely
    return lonely_ones


def _nearest(one: np.ndarray, other: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """How unlike each of these pixels of `one` is the most like one of the nine round its place in `other`."""
    height, width = one.shape[:2]
    here = one[rows, columns].astype(np.int16)
    best = np.full(len(rows), 255, np.int16)
    for y in (-1, 0, 1):
        for x in (-1, 0, 1):
            there = other[(rows + y).clip(0, height - 1), (columns + x).clip(0, width - 1)]
            np.minimum(best, np.abs(there - here).max(axis=1, initial=0), out=best)
    return best


def _flats(pixels: np.ndarray) -> dict[tuple[int, ...], int]:
    """How many pixels of each colour have it all round them, where edges cannot change it."""
    packed = pixels.astype(np.int32) @ np.array([65536, 256, 1])
    height, width = packed.shape
    middle = packed[1:-1, 1:-1]
    same = np.ones(middle.shape, bool)
    for y in range(3):
        for x in range(3):
            same &= packed[y : y + height - 2, x : x + width - 2] == middle
    colors, counts = np.unique(middle[same], return_counts=True)
    return {(c >> 16, c >> 8 & 255, c & 255): int(count) for c, count in zip(colors.tolist(), counts)}


def _like(color: tuple[int, ...], colors: dict[tuple[int, ...], int]) -> int:
    """How many pixels have a colour, or one that differs by no more than rounding."""
    return sum(n for other, n in colors.items() if max(abs(a - b) for a, b in zip(color, other)) <= FLAT_LEVELS)


def _cells(values: np.ndarray, size: int) -> np.ndarray:
    """Means of squares of `size` pixels; what is left over at the edges is not looked at."""
    rows, columns = values.shape[0] // size, values.shape[1] // size
    return values[: rows * size, : columns * size].reshape(rows, size, columns, size).mean(axis=(1, 3))


def ground_faults(reference: np.ndarray, drawn: np.ndarray) -> list[str]:
    """What is wrong beneath the names."""
    found = []
    away = far(reference, drawn)
    worst = _cells(away.astype(float), CELL)
    if away.mean() > SHARE:
        found.append(f"{away.mean():.2%} of the pixels differ, at most {SHARE:.2%} may")
    if worst.max() > CELL_SHARE:
        row, column = np.unravel_index(worst.argmax(), worst.shape)
        place = f"{column * CELL},{row * CELL}"
        found.append(f"{worst.max():.0%} of the pixels differ in the square of {CELL} at {place}")
    before, now = _flats(reference), _flats(drawn)
    for color, count in before.items():
        if count > FLAT * away.size:
            was, same = (_like(color, colors) for colors in (before, now))
            if abs(same / was - 1) > FLAT_CHANGE:
                found.append(f"the colour #{''.join(f'{c:02X}' for c in color)} fills {same} pixels, not {was}")
    return found


def name_faults(reference: np.ndarray, drawn: np.ndarray) -> list[str]:
    """What is wrong with the ink of the names."""
    was, now = reference.sum(dtype=float), drawn.sum(dtype=float)
    if was == 0 or now == 0:
        return [] if was == now else ["the names are gone, or there are some where there were none"]
    found = []
    if abs(now / was - 1) > INK_CHANGE:
        found.append(f"the names have {now / was:.0%} of their ink")
    one, other = (_cells(ink, INK_CELL).ravel() for ink in (reference, drawn))
    if one.any() and other.any():
        alike = np.corrcoef(one, other)[0, 1]
        if alike < INK_ALIKE:
            found.append(f"the names lie elsewhere, alike by {alike:.2f}")
    return found


def paths(area: str, style: str) -> tuple[Path, Path]:
    """The two files of a reference, lossless."""
    return REFERENCES / f"{style}-{area}.webp", REFERENCES / f"{style}-{area}-names.webp"


def load(area: str, style: str) -> Drawn:
    """The reference."""
    from PIL import Image

    ground, names = (Image.open(path) for path in paths(area, style))
    return Drawn(np.asarray(ground.convert("RGB")), np.asarray(names.convert("L")) > 127)


def save(area: str, style: str, drawn: Drawn) -> None:
    """Make it the reference."""
    from PIL import Image

    ground, names = paths(area, style)
    Image.fromarray(drawn.ground).save(ground, lossless=True, quality=100, method=6)
    Image.fromarray(drawn.names.astype(np.uint8) * 255).save(names, lossless=True, quality=100, method=6)


def main() -> None:
    """Draw all references anew."""
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    REFERENCES.mkdir(exist_ok=True)
    for area, (source, _) in AREAS.items():
        for style in STYLES if source.exists() else ():
            with tempfile.TemporaryDirectory() as folder:
                save(area, style, draw(picture(area, style, Path(folder))))
            print(*(f"{path.name} {path.stat().st_size / 1024:.0f} kB" for path in paths(area, style)))  # noqa: T201


if __name__ == "__main__":
    main()
