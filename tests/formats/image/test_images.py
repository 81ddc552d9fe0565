"""Images: quality as asked for, inks that look as the screen does, and what a format needs that is not there."""

import io
from types import SimpleNamespace

import numpy as np
import pytest

from areas import AREAS
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats import press_profile, registry
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Job
from osm2cdr.processing_provider.formats.image import pillow
from osm2cdr.processing_provider.formats.image.png_chunks import grey16, read_grey16
from osm2cdr.processing_provider.pipeline import run
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.request.options import BY_FORMAT_OPTION

BOX = "24.9430,60.1690,24.9450,60.1700"


def made(folder, formats, **options):
    """Files by format, of a small area."""
    folder.mkdir()
    source = str(AREAS["sample"][0])
    asked = {"bbox": BOX, "formats": formats, "detail": 5, "dpi": 100, "source": source, "options": options}
    results = run.run(make_request(asked), folder, Feedback())
    assert [result.error for result in results] == [None] * len(results)
    return {result.format: result.path for result in results}


def test_the_quality_asked_for_makes_smaller_and_larger_images(qgis, tmp_path):
    heeded = [name for name in FORMATS if BY_FORMAT_OPTION["quality"].is_heeded_by(FORMATS[name])]
    written = [name for name in heeded if FORMATS[name].writer]
    assert {"jpg", "webp", "avif"} <= set(written)
    sizes = {}
    for word in ("small", "standard", "best"):
        files = made(tmp_path / word, written, quality=word)
        sizes[word] = {name: path.stat().st_size for name, path in files.items()}
    for name in written:
        assert sizes["small"][name] < sizes["standard"][name] < sizes["best"][name], name


def test_inks_look_as_the_screen_does(qgis, tmp_path):
    """Separated by the profile in the file, and back: no colour is far from its own."""
    from PIL import Image, ImageCms

    files = made(tmp_path / "inks", ["png", "tiff_cmyk"])
    inks = Image.open(files["tiff_cmyk"])
    profile = ImageCms.ImageCmsProfile(io.BytesIO(inks.info["icc_profile"]))
    screen = ImageCms.profileToProfile(inks, profile, ImageCms.createProfile("sRGB"), 1, "RGB")
    apart = np.abs(np.asarray(screen, int) - np.asarray(Image.open(files["png"]).convert("RGB"), int))
    assert apart.mean() < 3
    assert np.percentile(apart, 99) < 40


@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".avif", ".tif"])
def test_a_picture_of_nothing_but_noise_is_written(monkeypatch, tmp_path, suffix):
    """As an aerial picture nearly is: it packs to more than Pillow's codecs set aside."""
    from PIL import Image

    values = np.random.default_rng(1).integers(0, 256, (600, 700, 3), np.uint8)
    monkeypatch.setattr(pillow, "pillow_image", lambda _view, _job: Image.fromarray(values))
    item = next(item for item in FORMATS.values() if item.writer == "image.pillow" and f".{item.extension}" == suffix)
    path = tmp_path / f"a{suffix}"
    view = SimpleNamespace(objects={})
    written = pillow.write(view, path, Job(item, options={"quality": "best"}))
    pillow.prove(path, view, written)
    assert np.asarray(Image.open(path).convert("RGB"), int).std() > 50


@pytest.mark.parametrize(("name", "told"), [("avif", "Pillow 11.3 or newer"), ("jpg", "pip install Pillow.")])
def test_a_library_that_is_not_there_is_named_as_pip_knows_it(monkeypatch, name, told):
    monkeypatch.setattr(registry, "_imports", lambda *_words: False)
    assert told in registry.availability(FORMATS[name])


def test_without_a_profile_there_are_no_inks(monkeypatch, tmp_path):
    fake = tmp_path / "default_cmyk.icc"
    fake.write_bytes(bytes(128))
    monkeypatch.setattr(press_profile, "_folders", lambda: [tmp_path])
    monkeypatch.setattr(press_profile, "_NAMES", ("default_cmyk.icc", "none.icc"))
    press_profile.found.cache_clear()
    try:
        assert "apt install ghostscript" in registry.availability(FORMATS["tiff_cmyk"])
        fake.write_bytes(bytes(16) + b"CMYK" + bytes(16) + b"acsp" + bytes(88))
        press_profile.found.cache_clear()
        assert registry.availability(FORMATS["tiff_cmyk"]) == ""
    finally:
        press_profile.found.cache_clear()


def test_a_grey_image_that_is_not_whole_is_known():
    values = np.arange(600 * 7, dtype=np.uint16).reshape(600, 7) * 13
    image = grey16(values, {"Title": "Ж \u202e", "Scale": "0.01"}, Feedback())
    assert np.array_equal(read_grey16(image, Feedback()), values)
    for place in (40, len(image) // 2, len(image) - 20):
        broken = bytearray(image)
        broken[place] ^= 1
        back = read_grey16(bytes(broken), Feedback())
        assert back is None or not np.array_equal(back, values) or place == len(image) - 20
    assert read_grey16(image[: len(image) // 2], Feedback()) is None
