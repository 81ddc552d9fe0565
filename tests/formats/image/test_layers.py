"""Pictures in layers: the same as the picture in one, names that nobody can break them by, full disks, stops."""

import zipfile
from dataclasses import replace

import numpy as np
import pytest

from areas import AREAS
from osm2cdr.processing_provider.cartography.rendering import layered
from osm2cdr.processing_provider.cartography.rendering.layered import PaintedLayer
from osm2cdr.processing_provider.errors import Cancelled
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.image.packbits import PACKBITS, XCF, packed
from osm2cdr.processing_provider.formats.registry import writer
from osm2cdr.processing_provider.pipeline.stages import Stages
from osm2cdr.processing_provider.request.checks import make_request

NAMES = ["psd", "xcf", "ora", "png_layers"]
BOX = "24.9400,60.1680,24.9450,60.1705"
HOSTILE = [
    "", " ", "a\0b\x1b[2J", "\u202egnp.exe", '"><script>&\'', "../../etc/passwd", "CON", "x" * 10_000, "地" * 300,
    "same", "same", "\ud83d", "🗺 map",
]  # fmt: skip


@pytest.fixture(scope="module")
def picture(qgis, tmp_path_factory):
    fields = {"bbox": BOX, "formats": ["png", "psd"], "detail": 5, "source": str(AREAS["sample"][0]), "page": "A5"}
    stages = Stages(make_request({**fields, "title": "Tëst"}), tmp_path_factory.mktemp("layers"))
    return stages.picture("", Feedback())


def test_layers_make_the_picture_that_there_is_without_them(picture):
    """But for names, which QGIS puts elsewhere now and then."""
    from osm2cdr.processing_provider.cartography.rendering.paint import image

    width, height = layered.sheet_size(picture, 100)
    made = np.zeros((height, width, 3))
    found = list(layered.layers(picture, 100, Feedback()))
    for layer in found:
        rows, columns = layer.pixels.shape[:2]
        share = layer.pixels[..., 3:] / 255
        there = made[layer.top : layer.top + rows, layer.left : layer.left + columns]
        there[...] = layer.pixels[..., :3] * share + there * (1 - share)
    whole = layered.straight(image(picture, 100, Feedback()))[..., :3]
    apart = np.abs(made - whole).max(axis=2)
    assert apart.mean() < 0.5
    assert (apart > 12).mean() < 0.01
    groups = [layer.group for layer in found]
    assert list(dict.fromkeys(groups)) == ["", "Map", "Names", "Sheet"]
    assert groups == sorted(groups, key=["", "Map", "Names", "Sheet"].index)
    assert len({(layer.group, layer.name) for layer in found}) == len(found)
    again = list(layered.layers(picture, 100, Feedback()))
    assert [one.name for one in again] == [one.name for one in found]
    assert all(np.array_equal(one.pixels, other.pixels) for one, other in zip(again, found))


def test_each_name_is_in_the_layer_of_its_kind(picture):
    """Beside no layer of names is a speck of another's: its pixels are of few colours of its own style."""
    found = {layer.name: layer for layer in layered.layers(picture, 100, Feedback()) if layer.group == "Names"}
    assert {"Street names", "Names of points of interest"} <= set(found)
    taken = np.zeros(layered.sheet_size(picture, 100)[::-1], int)
    for layer in found.values():
        rows, columns = layer.pixels.shape[:2]
        taken[layer.top : layer.top + rows, layer.left : layer.left + columns] += layer.pixels[..., 3] > 0
    assert taken.max() == 1, "each pixel is in one layer"
    assert "Labels" not in found


@pytest.fixture
def made_up(picture, monkeypatch):
    """made_up(names): a picture of layers that are called so."""

    def use(names):
        rng = np.random.default_rng(1)
        some = [
            PaintedLayer("Background", "", 0, 0, np.full((*layered.sheet_size(picture, 100)[::-1], 4), 255, np.uint8))
        ]
        for number, name in enumerate(names):
            pixels = rng.integers(0, 256, (70, 130, 4), np.uint8)
            some.append(PaintedLayer(name, "Map" if number % 2 else "Names", 5 * number, number, pixels))
        monkeypatch.setattr(layered, "_painted", lambda *_words: iter(some))
        return replace(picture, painted=None, layered={})

    return use


@pytest.mark.parametrize("name", NAMES)
def test_names_of_layers_break_nothing(made_up, tmp_path, name):
    """Nor groups that come and go."""
    view, item = made_up(HOSTILE), FORMATS[name]
    path = tmp_path / f"a.{item.extension}"
    job = Job(item, title="x\0" * 40, dpi=100, source='"\u202e<&>')
    written = writer(item).write(view, path, job)
    writer(item).prove(path, view, written)
    if path.suffix in (".zip", ".ora"):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert len(set(names)) == len(names)
            assert not any(".." in one or "\\" in one or one.startswith("/") or "\u202e" in one for one in names)
            assert all(len(one.encode()) < 255 for one in names)
    if name == "ora":
        from lxml import etree

        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("stack.xml"))
        assert len(list(root.iter("layer"))) == len(HOSTILE) + 1
    if name == "psd":
        from PIL import Image

        with Image.open(path) as image:
            assert sum(bool(layer[2][2]) for layer in image.layers) == len(HOSTILE) + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_cut_is_not_proved(made_up, tmp_path, name):
    from osm2cdr.processing_provider.errors import WriteError

    view, item = made_up(["a", "b"]), FORMATS[name]
    path = tmp_path / f"a.{item.extension}"
    written = writer(item).write(view, path, Job(item, dpi=100))
    data = path.read_bytes()
    for length in (len(data) // 3, len(data) - 40_000 if name == "xcf" else len(data) - 10):
        path.write_bytes(data[:length])
        with pytest.raises(WriteError):
            writer(item).prove(path, view, written)


@pytest.mark.parametrize("name", NAMES)
def test_painting_layers_stops_where_asked_to(picture, tmp_path, name):
    looks = iter(range(10_000))
    job = Job(FORMATS[name], dpi=50, feedback=Feedback(is_cancelled=lambda: next(looks) > 20))
    fresh = replace(picture, painted=None, layered={})
    with pytest.raises(Cancelled):
        writer(FORMATS[name]).write(fresh, tmp_path / "a", job)
    assert all(layer.opacity() == 1 for layer in fresh.layers if hasattr(layer, "opacity"))


def unpacked(data, code):
    """The bytes again, as the specifications say."""
    result, at = bytearray(), 0
    while at < len(data):
        head = data[at]
        is_run = head > 128 if code is PACKBITS else head < 127
        count = (257 - head if is_run else head + 1) if code is PACKBITS else (head + 1 if is_run else 256 - head)
        result += bytes([data[at + 1]]) * count if is_run else data[at + 1 : at + 1 + count]
        at += 2 if is_run else 1 + count
    return bytes(result)


@pytest.mark.parametrize("code", [PACKBITS, XCF])
def test_runs_of_every_length_come_back(code):
    rng = np.random.default_rng(5)
    for most in (1, 2, 3, 5, 127, 128, 129, 300):
        for _ in range(6):
            lengths = rng.integers(1, most + 1, 200)
            data = np.repeat(rng.integers(0, 3, 200), lengths).astype(np.uint8)
            starts = np.unique(np.append(0, rng.integers(0, len(data), 7)))
            found, sizes = packed(data, starts, code)
            at, ends = 0, [*starts[1:], len(data)]
            for start, end, size in zip(starts, ends, sizes):
                assert unpacked(found[at : at + size].tobytes(), code) == data[start:end].tobytes()
                at += size
            assert at == len(found)


def test_what_is_packed_is_no_longer_than_it_need_be():
    flat, starts = np.zeros(10_000, np.uint8), np.arange(0, 10_000, 1000)
    assert packed(flat, starts, PACKBITS)[1].tolist() == [16] * 10
    noise = np.random.default_rng(1).integers(0, 256, 10_000).astype(np.uint8)
    assert len(packed(noise, starts, PACKBITS)[0]) <= 10_000 + 10 * 8 + 20


def test_what_lies_beyond_the_sheet_is_cut_off(qgis):
    """A map's height and its place, each rounded, may be a pixel more than the sheet has."""
    from osm2cdr.processing_provider.cartography.rendering.layered import PaintedLayer, on_sheet

    pixels = np.arange(4 * 5 * 4, dtype=np.uint8).reshape(4, 5, 4)
    cut = on_sheet(PaintedLayer("Map", "", -1, 3, pixels), (3, 6))
    assert (cut.left, cut.top) == (0, 3)
    assert (cut.pixels == pixels[:3, 1:4]).all()
    whole = on_sheet(PaintedLayer("Map", "", 0, 0, pixels), (5, 4))
    assert (whole.pixels == pixels).all()
    assert on_sheet(PaintedLayer("Map", "", 5, 0, pixels), (5, 4)) is None
