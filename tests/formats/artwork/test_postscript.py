"""EPS and PS, run by Ghostscript: words that are found, upright pages, CMYK, swatches, pictures, fonts of any size."""

import re
import subprocess
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from likeness import difference, ink, seen, write

from readers.found import flow


@pytest.fixture(scope="module", autouse=True)
def _fonts(qgis):
    """The fonts that travel with the product."""
    from osm2cdr.processing_provider.cartography.fonts.font_files import register

    register()


def page(*items, width=120.0, height=80.0, name="Layer", swatches=None):
    """A drawing of one layer on white."""
    from osm2cdr.processing_provider.drawing import model as m

    layers = [m.Layer(name, [m.Group("Group", list(items))], clipped=False)]
    frame = (0.0, 0.0, width, height)
    return m.Drawing(width, height, m.Color(255, 255, 255), frame, layers, swatches=swatches or {})


def text(string, family="Noto Sans", size=14.0, x=10.0, y=40.0, **more):
    from osm2cdr.processing_provider.drawing import model as m

    return m.Text([m.Line(string, x, y, 100.0)], m.Font(family, size), m.Color(0, 0, 0), **more)


def square(color, left=20.0, top=20.0, side=20.0):
    from osm2cdr.processing_provider.drawing.model import rectangle

    return rectangle(left, top, left + side, top + side, color)


def distilled(drawing, folder, kind="eps", **job):
    """The page of the PDF that Ghostscript makes of it, and its path."""
    from osm2cdr.processing_provider.formats.artwork import postscript
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    path, made = folder / f"page.{kind}", folder / "distilled.pdf"
    postscript.prove(path, drawing, postscript.write(drawing, path, Job(FORMATS[kind], **job)))
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", *(["-dEPSCrop"] if kind == "eps" else [])]
    command += ["-sColorConversionStrategy=LeaveColorUnchanged", "-sDEVICE=pdfwrite", f"-sOutputFile={made}", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    assert told.stdout + told.stderr == ""
    return made


def operators(path):
    """The operators of the page, each with its operands."""
    with pikepdf.open(path) as document:
        return [
            (str(operator), [float(part) if not hasattr(part, "keys") else part for part in operands])
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) in ("rg", "RG", "g", "G", "k", "K")
        ]


def words(path):
    return subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True).stdout


def written(path):
    """What Ghostscript's own device for text finds."""
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=txtwrite", "-sOutputFile=-", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return " ".join(told.split())


def test_words_are_found_whole(qgis, tmp_path):
    """By Poppler in the distilled PDF, and by Ghostscript; kerned, spaced, turned, in fonts of both kinds."""
    from osm2cdr.processing_provider.drawing.model import Color, Font, Halo, Line, Text

    black = Color(0, 0, 0)
    spaced = Text([Line("KALLIO", 10, 60, 50)], Font("Noto Sans", 14, True, False, 0.6), black)
    items = [
        text("AV Tõölö (x) \\ 100 %", y=10.0), text("Москва, улица", y=20.0), text("Öffnung Ålesund", "Inter", y=30.0),
        text("Töölönlahdenkatu", y=75.0, rotation=30.0), text("Łódź office", "EB Garamond", y=50.0), spaced,
        text("Halo", y=70.0, halo=Halo(Color(255, 255, 255), 0.4)),
    ]  # fmt: skip
    drawing = page(*items)
    path = write(drawing, "eps", tmp_path)
    told = words(distilled(drawing, tmp_path))
    by_ghostscript = written(path)
    for item in items:
        assert item.string in told.splitlines(), item.string
        if item.rotation == 0:
            assert flow(item.string) in flow(by_ghostscript), item.string
    assert told.count("Halo") == 1


def test_a_bent_name_has_its_spelling_beside_its_letters(qgis, tmp_path):
    from osm2cdr.processing_provider.drawing.model import Color, Font, Line, Text

    angles = np.linspace(np.pi, 2 * np.pi, 60)
    arc = np.stack([60 + 30 * np.cos(angles), 60 + 30 * np.sin(angles)], axis=1)
    name = Text([Line("Boulevard de la République", 30, 60, 94, arc)], Font("Noto Sans", 16), Color(0, 0, 0))
    with pikepdf.open(distilled(page(name), tmp_path)) as document:
        spans = document.pages[0].Resources["/Properties"]
        assert [str(span.ActualText) for span in spans.as_dict().values()] == ["Boulevard de la République"]
    assert flow(words(tmp_path / "distilled.pdf")) == flow("Boulevard de la République")


@pytest.mark.parametrize("kind", ["eps", "ps"])
@pytest.mark.parametrize("sides", [(120.3, 80.7), (80.7, 120.3)])
def test_the_page_is_upright_and_of_its_size(qgis, tmp_path, kind, sides):
    path = distilled(page(text("Up"), width=sides[0], height=sides[1]), tmp_path, kind)
    with pikepdf.open(path) as document:
        only = document.pages[0]
        assert only.get("/Rotate", 0) == 0
        box = [float(side) / 72 * 25.4 for side in only.MediaBox]
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx(sides, abs=0.36 if kind == "eps" else 0.01)


def test_the_structure_is_as_it_says(qgis, tmp_path):
    """DSC 3.0: the sections in order, every resource that is listed there once, every layer an object."""
    path = write(page(text("Both"), text("kinds", "Inter"), name="Roads – Minor\n%%EOF"), "eps", tmp_path)
    lines = path.read_text(encoding="ascii").splitlines()
    comments = [line for line in lines if line.startswith("%")]
    wanted = [
        "%!PS-Adobe-3.0 EPSF-3.0", "%%EndComments", "%%BeginProlog", "%%EndProlog", "%%BeginSetup", "%%EndSetup",
        "%%Page: 1 1", r"%%BeginObject: (Roads \342\200\223 Minor %%EOF)", "%%EndObject", "%%Trailer", "%%EOF",
    ]  # fmt: skip
    assert [line for line in comments if line in wanted] == wanted
    listed = [
        line.split(": ")[-1].removeprefix("%%+ ") for line in comments if re.match(r"%%(Doc.*Supplied|\+ )", line)
    ]
    given = [line.split(": ")[1] for line in comments if line.startswith("%%BeginResource")]
    assert listed == given
    assert len(given) == 3
    assert comments.count("%%EndResource") == 3
    assert "%%BoundingBox: 0 0 341 227" in comments
    assert not re.search("setpagedevice|initgraphics|erasepage|copypage", "\n".join(lines))


def test_more_letters_than_a_font_has_codes(qgis, tmp_path):
    letters = [chr(number) for number in [*range(0xC0, 0x17F), *range(0x391, 0x3A0), *range(0x410, 0x450)]]
    rows = ["".join(letters[start : start + 40]) for start in range(0, len(letters), 40)]
    drawing = page(*(text(row, size=8.0, y=8.0 + 7 * number) for number, row in enumerate(rows)))
    path = distilled(drawing, tmp_path)
    assert flow("".join(rows)) in flow(words(path))
    fonts = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert len(fonts) >= 2
    # Newer versions of Cairo fit letters to pixels (0.9 %). Two of the seven rows drawn wrongly would be 1.6 % or more.
    assert difference(seen(drawing, "eps", tmp_path), seen(drawing, "pdf", tmp_path)) < 0.011


@pytest.mark.parametrize("string", ["שלום עליכם", "مرحبا بالعالم", "नमस्ते", "สวัสดี", "აბგ ԱԲԳ", "ffi fl Œuvre"])
def test_every_script_looks_as_in_a_pdf(qgis, tmp_path, string):
    drawing = page(text(string, size=30.0))
    one, other = seen(drawing, "eps", tmp_path), seen(drawing, "pdf", tmp_path)
    assert ink(other, drawing) > 0.005
    assert difference(one, other) < 0.15 * ink(other, drawing)


def test_cmyk_is_what_the_page_is_painted_in(qgis, tmp_path):
    from osm2cdr.processing_provider.drawing.model import Color, Path, Stroke
    from osm2cdr.processing_provider.formats import inks, press_profile

    both = replace(square(Color(255, 0, 0)), stroke=Stroke(Color(0, 0, 0), 1.0))
    line = Path(np.array([(0.0, 0.0), (9.0, 9.0)]), np.array([0, 1], np.uint8), None, Stroke(Color(0, 255, 0), 1.0))
    told = operators(distilled(page(both, line, square(Color(51, 51, 51)), text("Black")), tmp_path, colors="cmyk"))
    assert {name for name, _ in told} <= {"k", "K"}
    # By the profile of the machine; black lines and letters are one ink.
    green = tuple(round(part / 100, 2) for part in inks.press(press_profile.found()).area(Color(0, 255, 0)))
    assert {tuple(round(part, 2) for part in parts) for _, parts in told} >= {
        (0, 1, 1, 0), (0, 0, 0, 1), green,
    }  # fmt: skip
    told = operators(distilled(page(both, line), tmp_path))
    assert not {name for name, _ in told} & {"k", "K"}


@pytest.mark.parametrize("colors", ["rgb", "cmyk"])
def test_swatches_are_separations(qgis, tmp_path, colors):
    from osm2cdr.processing_provider.drawing.model import Color

    red = Color(200, 30, 40)
    drawing = page(square(red), swatches={"Main (street)": red})
    named = distilled(drawing, tmp_path, colors=colors, options={"swatches": True})
    with pikepdf.open(named) as document:
        [space] = document.pages[0].Resources.ColorSpace.as_dict().values()
        assert (str(space[0]), str(space[1]), str(space[2])) == (
            "/Separation", "/Main (street)", "/DeviceCMYK" if colors == "cmyk" else "/DeviceRGB",
        )  # fmt: skip
    from drawn_by import poppler

    shown = poppler(named, 72)
    if colors == "rgb":
        assert shown[85, 85].tolist() == pytest.approx([200, 30, 40], abs=2)
    assert shown[5, 5].tolist() == [255, 255, 255]


def picture(pixels, left, top, width, height):
    """Pixels (height, width, 4) as a picture of so many mm."""
    import io

    from PIL import Image as Pillow

    from osm2cdr.processing_provider.drawing.model import Image

    file = io.BytesIO()
    Pillow.fromarray(pixels, "RGBA").save(file, "PNG")
    return Image(file.getvalue(), (width, 0.0, 0.0, height, left, top))


@pytest.mark.parametrize("colors", ["rgb", "cmyk"])
def test_pictures_show_what_lies_below_them(qgis, tmp_path, colors):
    """Opaque, clear and half clear parts, beside what Poppler makes of the PDF with its real transparency."""
    from drawn_by import ghostscript, poppler

    from osm2cdr.processing_provider.drawing.model import Color
    from osm2cdr.processing_provider.formats.artwork import pdfmap, postscript
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    pixels = np.zeros((40, 60, 4), np.uint8)
    pixels[:, :20] = (30, 90, 200, 255)
    pixels[:, 40:] = (250, 200, 0, 128)
    drawing = page(square(Color(160, 0, 0), 10, 10, 60), picture(pixels, 20, 20, 60, 40), text("above", x=25.0))
    drawing.layers[0].groups[0].items.insert(1, text("below", x=62.0, y=50.0))
    path = tmp_path / "page.eps"
    postscript.write(drawing, path, Job(FORMATS["eps"], colors=colors))
    pdfmap.write(drawing, tmp_path / "page.pdf", Job(FORMATS["pdf"]))
    one, other = ghostscript(path, 150), poppler(tmp_path / "page.pdf", 150)
    if colors == "rgb":
        # The one smooths the edges between a picture's large pixels. A part mixed wrongly would be 8 %.
        assert difference(one, other, dpi=150) < 0.006
        return
    # Of CMYK every program makes other colours; clear parts show the red below, others do not.
    red = one[100, 80]
    assert (one[177, 280] == red).all()
    assert (one[177, 140] != red).any()
    assert (one[177, 400] != red).any()


def test_what_is_not_whole_is_told(qgis, tmp_path):
    from osm2cdr.processing_provider.errors import WriteError
    from osm2cdr.processing_provider.formats.artwork import postscript
    from osm2cdr.processing_provider.formats.catalogue import FORMATS
    from osm2cdr.processing_provider.formats.contract import Job

    drawing, path = page(text("one"), text("two")), tmp_path / "page.ps"
    made = postscript.write(drawing, path, Job(FORMATS["ps"]))
    data = path.read_bytes()
    for broken in (data[:-7], data.replace(b"[/EMC pdfmark\n", b"", 1), data.replace(b"%%EndObject", b"%", 1), b""):
        path.write_bytes(broken)
        with pytest.raises(WriteError):
            postscript.prove(path, drawing, made)
    path.write_bytes(data)
    with pytest.raises(WriteError):
        postscript.prove(path, replace(drawing, width=99.0), made)
