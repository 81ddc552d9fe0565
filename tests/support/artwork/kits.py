"""The kits for CorelDRAW, Illustrator and what opens its version 8: graded files, and what to look for in each.

`make kits` writes them into docs/samples/corel, illustrator and illustrator8; test_kits makes them anew and compares.
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

import cdrpatch
import numpy as np
from painted import picture

from areas import ROOT

SAMPLES = ROOT / "docs" / "samples"
TARGETS = {"cdr": SAMPLES / "corel", "ai": SAMPLES / "illustrator", "ai8": SAMPLES / "illustrator8"}
BOX = "24.9405,60.1690,24.9430,60.1702"
SIZE = (120.0, 80.0)
FONTS = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NOTO-LICENSE.txt")


@dataclass
class Step:
    """A file of a kit: its name, the drawing, what should be seen, whether in CMYK."""

    name: str
    drawing: object
    seen: str
    press: bool = False
    # Of CorelDRAW's kit alone: what is exchanged in its file.
    change: Optional[Callable[[str, bytes, str], bytes]] = None
    only: str = ""


def steps() -> list[Step]:
    """The graded drawings, made of the model alone."""
    from osm2cdr.processing_provider.drawing import model as m

    black, red, blue, green = (m.Color(*rgb) for rgb in ((0, 0, 0), (210, 40, 40), (60, 110, 200), (90, 170, 90)))
    sand = m.Color(240, 220, 170)

    def page(*layers):
        return m.Drawing(*SIZE, m.Color(255, 255, 255), (0.0, 0.0, *SIZE), list(layers))

    def layer(name, *groups):
        return m.Layer(name, [m.Group(title, list(items)) for title, items in groups])

    def box(x, y, w, h, fill):
        return m.rectangle(x, y, x + w, y + h, fill)

    def line(points, stroke):
        points = np.array(points, float)
        return m.Path(points, np.array([m.MOVE] + [m.LINE] * (len(points) - 1), np.uint8), None, stroke)

    def text(string, x, y, size=14.0, rotation=0, bold=False, italic=False, halo=None, spacing=0.0):
        font = m.Font("Noto Sans", size, bold, italic, spacing)
        return m.Text(
            [m.Line(string, x, y, (size * 0.19 + spacing) * len(string))], font, black, halo, rotation, string
        )

    def called(item, name):
        item.name = name
        return item

    lake = m.Path(
        np.array(
            [(20, 40), (20, 20), (50, 10), (70, 20), (90, 30), (95, 60), (70, 65), (40, 70), (20, 60), (20, 40),
             (45, 40), (60, 40), (60, 50), (45, 50), (45, 40)], float,
        ),
        np.array([0, 2, 3, 3, 2, 3, 3, 2, 3, 3, 0, 1, 1, 1, 1], np.uint8), blue,
    )  # fmt: skip
    strokes = [
        line([(15, 10 + 9 * n), (105, 10 + 9 * n)], stroke)
        for n, stroke in enumerate(
            (
                m.Stroke(black, 0.1), m.Stroke(red, 1.0, "butt"), m.Stroke(red, 3.0, "round"),
                m.Stroke(red, 3.0, "square"), m.Stroke(blue, 1.0, "butt", dash=(3.0, 2.0)),
                m.Stroke(blue, 1.0, "round", dash=(1.0, 3.0)),
            )
        )
    ]  # fmt: skip
    corners = [
        line([(20 + 30 * n, 75), (30 + 30 * n, 66), (40 + 30 * n, 75)], m.Stroke(green, 3.0, "butt", join))
        for n, join in enumerate(m.JOINS)
    ]
    curve = np.array([(20 + 80 * t, 55 - 25 * np.sin(t * np.pi)) for t in np.linspace(0, 1, 30)])
    bent = m.Text([m.Line("Along the curve", 20.0, 55.0, 100.0, curve)], m.Font("Noto Sans", 14.0), black, name="Along")
    halo = m.Halo(m.Color(255, 220, 60), 0.8)
    colours = [
        box(10 + 18 * n, 20, 16, 40, c) for n, c in enumerate((red, green, blue, sand, black, m.Color(128, 128, 128)))
    ]
    return [
        Step("1-empty", page(), "An empty page of 120 x 80 mm."),
        Step(
            "2-square", page(layer("Square", ("Square", [box(40, 20, 40, 40, red)]))),
            "A red square, 40 x 40 mm, in the middle.",
        ),
        Step(
            "3-layers",
            page(
                layer("Below", ("Sand", [box(20, 20, 60, 40, sand)])),
                layer("Roads – Дороги", ("Blue", [box(35, 30, 60, 20, blue)])),
                layer("Above", ("Red", [box(50, 10, 10, 60, red)])),
            ),
            "Three layers, Above, Roads – Дороги, Below, the red one on top of the blue one on top of the sand.",
        ),
        Step("4-curves", page(layer("Water", ("Lake", [lake]))), "A blue lake of curves with a square hole in it."),
        Step(
            "5-groups",
            page(layer("Houses", ("North", [box(10 + 20 * n, 10, 15, 20, sand) for n in range(5)]),
                       ("South", [box(10 + 20 * n, 50, 15, 20, green) for n in range(5)]))),
            "Five sand squares in one group, five green ones in another, in one layer.",
        ),
        Step("6-colours", page(layer("Colours", ("RGB", colours))), "Red, green, blue, sand, black, grey, all RGB."),
        Step("7-cmyk", page(layer("Colours", ("CMYK", colours))), "The same, all CMYK; black is 0 0 0 100.", True),
        Step(
            "8-lines", page(layer("Lines", ("Lines", [*strokes, *corners]))),
            "From above: a hairline of 0.1 mm; 1 mm with flat ends; 3 mm with round, with square ends; dashes of 3 and "
            "2 mm; round dots. Below: corners mitred, round, bevelled.",
        ),
        Step(
            "9-text",
            page(layer("Names", ("Latin", [text("Töölönlahdenkatu", 15, 20), text("Bold", 75, 20, bold=True)]),
                       ("Cyrillic", [text("Москва, улица", 15, 38), text("Italic", 75, 38, italic=True)]),
                       ("Spaced", [text("Letters apart", 15, 54, spacing=1.5)]),
                       ("Turned", [text("Turned by 30°", 25, 72, rotation=30), text("Upright", 80, 72, rotation=90)]))),
            "Seven texts in Noto Sans 14 pt that can be edited; one with its letters apart (character spacing 117 %), "
            "one turned by 30 degrees, one upright.",
        ),
        Step(
            "10-halo-and-path",
            page(layer("Names", ("Halo", [text("With a halo", 30, 70, halo=halo)]), ("Bent", [bent]))),
            "A text with a yellow rim; a text along an arc (in CorelDRAW: straight, through the arc's middle).",
        ),
        *_of_coreldraw(page, layer, called, box, text, {"red": red, "blue": blue, "sand": sand}),
    ]  # fmt: skip


def _of_coreldraw(page, layer, called, box, text, colours):
    """What is asked of CorelDRAW alone: names of objects, a picture, and records that the product does not write."""
    shown = "what of this do you see?"
    return [
        Step(
            "11-names",
            page(layer("Town", ("Houses", [called(box(20, 20, 30, 40, colours["red"]), "Town hall"),
                                           called(box(60, 30, 20, 30, colours["blue"]), "Ратуша – Рынок")]))),
            "Object Manager: the layer Town, in it the group Houses, in it Town hall and Ратуша – Рынок.", only="cdr",
        ),
        Step(
            "12-picture", page(layer("Picture", ("Picture", [picture(50, 30, 20)]))),
            "A picture of 30 x 20 mm, turned by 20 degrees: green below, red to the right, black at the upper left.",
            only="cdr",
        ),
        Step(
            "13-lens",
            page(layer("Lens", ("Below", [box(20, 30, 80, 20, colours["blue"])]),
                       ("Lens", [called(box(30 + 35 * n, 15, 25, 50, colours["red"]), f"Lens {part} %")
                                 for n, part in enumerate((30, 70))]))),
            f"A blue bar; over it two red boxes through which 30 % (left) and 70 % of it shine: {shown}", False,
            cdrpatch.lens, "cdr",
        ),
        Step(
            "14-letters", page(layer("Letters", ("Letters", [called(text("Dancing", 30, 50, 28.0), "Dancing")]))),
            f"One text, Dancing, each letter turned by 10 degrees more than the one before: {shown}", False,
            cdrpatch.dancing, "cdr",
        ),
    ]  # fmt: skip


READ_ME = """# Does it open? A kit for {program}

Made by `make kits`. Install the fonts of the folder [fonts](../fonts) first (Noto Sans, SIL Open Font License). Then
open the files one after the other: each adds one thing. Where one fails, its number says what {program} does not like;
please tell us the number, your {program}'s version, and what it said.

| file | what you should see |
|---|---|
{rows}

Data of the last file: © OpenStreetMap contributors, ODbL 1.0.
"""
SAVED = """
## Three things that no file tells us

They are in no file of an old version that we know. If you can, draw each in a new document, save it **as version 12**
(File, Save As, Version), and send us the files:

1. a text on a path (Text, Fit Text To Path), the word "curve" on a circle;
2. two squares in a group, the group called "Group A", one square "Square B" (Object Manager, rename);
3. a red square with a uniform transparency of 50 % over a blue one.
"""
LAST = "map"
MAP = "A few streets of Helsinki: layers by their names, streets that are one line each, names that are text."


OLD = """
Illustrator, CorelDRAW, Affinity and cutting software are said to open such files; please tell us which one you tried.
The format knows no Unicode: Cyrillic names are outlines, and a layer's Cyrillic name is in the code page 1251.
"""


def write(kind: str, folder: Path) -> None:
    """Write a kit, `cdr`, `ai` or `ai8`, into a folder."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.formats.artwork import ai, svg_layers
    from osm2cdr.processing_provider.formats.artwork.ai8 import writer as ai8
    from osm2cdr.processing_provider.formats.artwork.cdr import writer
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    writers = {"cdr": {"cdr": writer}, "ai": {"ai": ai, "svg": svg_layers}, "ai8": {"ai8": ai8}}[kind]
    endings = {one: FORMATS[one].extension for one in writers}
    fields = {
        "bbox": BOX,
        "formats": "svg_layers",
        "detail": 5,
        "source": str(ROOT / "build" / "sample" / "helsinki.osm.pbf"),
    }
    with tempfile.TemporaryDirectory() as work:
        pipeline = Stages(make_request(fields), Path(work))
        chosen = [step for step in steps() if step.only in ("", kind)]
        last = Step(
            f"{len(chosen) + 1}-{LAST}",
            pipeline.drawing("", Feedback(), text="mixed" if kind == "cdr" else "live"),
            MAP,
        )
    rows = []
    for step in [*chosen, last]:
        for one, module in writers.items():
            job = Job(FORMATS[one], title=step.name, colors="cmyk" if step.press else "rgb")
            path = folder / f"{step.name}.{endings[one]}"
            module.write(step.drawing, path, job)
            if step.change is not None:
                cdrpatch.patched(path, step.change)
        files = ", ".join(f"`{step.name}.{ending}`" for ending in endings.values())
        rows.append(f"| {files} | {step.seen} |")
    program = {"cdr": "CorelDRAW", "ai": "Illustrator", "ai8": "a program that opens files of Illustrator 8"}[kind]
    told = {"cdr": SAVED, "ai8": OLD}.get(kind, "")
    text = READ_ME.format(program=program, rows="\n".join(rows)) + told
    (folder / "README.md").write_text(text, encoding="utf-8")


def copy_fonts(folder: Path) -> None:
    """The fonts that the files name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FONTS:
        shutil.copyfile(ROOT / "processing_provider" / "cartography" / "fonts" / name, folder / name)


def main() -> None:
    """Write all kits where they belong."""
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    copy_fonts(SAMPLES / "fonts")
    for kind, target in TARGETS.items():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        write(kind, target)


if __name__ == "__main__":
    main()
