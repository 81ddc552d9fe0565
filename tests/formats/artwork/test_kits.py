"""The kits beside the samples are what `make kits` makes, and their files are read as they should be."""

import re
import subprocess

import kits
import pytest

from areas import ROOT, SAMPLE
from readers import READERS

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")


@pytest.fixture(scope="module", params=list(kits.TARGETS))
def made(request, qgis, tmp_path_factory):
    """A kit made anew, and where it lies in the repository."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    folder = tmp_path_factory.mktemp(request.param)
    kits.write(request.param, folder)
    return folder, kits.TARGETS[request.param]


def test_the_kits_are_as_they_are_made(made):
    """All but the map, where names are placed anew by each QGIS, are the same to the byte; PDFs to their size."""
    new, kept = made
    assert {path.name for path in new.iterdir()} == {path.name for path in kept.iterdir()}
    for path in new.iterdir():
        before, now = (kept / path.name).read_bytes(), path.read_bytes()
        if path.stem.endswith(kits.LAST):
            assert 0.8 < len(now) / len(before) < 1.25, path.name
        elif path.suffix in (".cdr", ".svg", ".md"):
            assert now == before, path.name
        else:
            assert abs(len(now) - len(before)) < 200, path.name


def test_the_page_lists_every_file(made):
    new, _ = made
    told = set(re.findall(r"`([\w.-]+)`", (new / "README.md").read_text(encoding="utf-8")))
    assert told == {path.name for path in new.iterdir()} - {"README.md"}


def test_every_file_is_read(made):
    new, _ = made
    for path in sorted(new.iterdir()):
        if path.suffix == ".cdr":
            found = READERS["cdr"](path)
            assert found.size_mm == pytest.approx((120, 80), abs=0.1) or path.stem.endswith(kits.LAST)
        elif path.suffix == ".ai" and path.read_bytes().startswith(b"%!PS"):
            assert READERS["ai8"](path).size_mm == pytest.approx((120, 80), abs=0.1) or path.stem.endswith(kits.LAST)
        elif path.suffix == ".ai":
            subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True)
        elif path.suffix == ".svg":
            assert READERS["svg_layers"](path).size_mm
    text = next(path for path in new.iterdir() if path.stem == "9-text")
    wanted = {"Töölönlahdenkatu", "Москва, улица", "Turned by 30°", "Upright", "Bold", "Italic"}
    if text.suffix == ".cdr":
        told = READERS["cdr"](text).texts
    elif text.with_suffix(".svg").exists():
        told = READERS["svg_layers"](text.with_suffix(".svg")).texts
    else:
        # Of letters of Western Europe alone.
        told, wanted = READERS["ai8"](text).texts, wanted - {"Москва, улица"}
    assert wanted <= told


def test_the_samples_are_as_they_are_made(qgis, tmp_path):
    """The artwork of `make samples`, made anew: the same layers and, but for names, the same objects."""
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline import run as pipeline
    from osm2cdr.processing_provider.request.checks import make_request

    names = ("svg_layers", "geopdf", "ai", "cdr")
    command = (ROOT / ".ci" / "samples").read_text(encoding="utf-8")
    box = re.search(r"--bbox (\S+)", command)[1]
    assert set(names) <= set(re.search(r"--formats (\S+)", command)[1].split(","))
    fields = {"bbox": box, "detail": 5, "source": str(SAMPLE), "title": "Helsinki Central Station", "name": "helsinki"}
    results = pipeline.run(make_request({**fields, "formats": names}), tmp_path, Feedback())
    for result in results:
        assert result.error is None
        kept = ROOT / "docs" / "samples" / result.path.name
        assert 0.8 < result.bytes / kept.stat().st_size < 1.25, kept.name
        if result.format == "svg_layers":
            was, now = (READERS["svg_layers"](path) for path in (kept, result.path))
            assert list(was.layers) == list(now.layers)
            ground = [
                name for name in now.layers if "ames" not in name and "numbers" not in name and "interest" not in name
            ]
            assert {name: was.layers[name] for name in ground} == {name: now.layers[name] for name in ground}
            assert len(was.texts & now.texts) > 0.7 * len(now.texts)


def test_what_coreldraw_is_asked_is_in_its_files(made):
    """Names, a picture, two lenses, a text of turned letters: read by others, and as they were meant."""
    import cdrdump
    from cdrmodel import things

    new, kept = made
    if kept.name != "corel":
        pytest.skip("of CorelDRAW alone")
    names = cdrdump.dump(new / "11-names.cdr")
    assert [thing.name for thing in things(names.layers[0].children)] == ["Houses", "Ратуша – Рынок", "Town hall"]
    assert set(names.names.values()) == {"Houses", "Ратуша – Рынок", "Town hall"}
    assert cdrdump.dump(new / "12-picture.cdr").shapes[0].image.shape == (30, 50, 3)
    told = subprocess.run(["cdr2raw", str(new / "13-lens.cdr")], check=True, capture_output=True, text=True).stdout
    assert re.findall(r"draw:opacity: ([\d.]+)%", told) == ["70.0000", "30.0000"]
    assert [shape.text for shape in cdrdump.dump(new / "14-letters.cdr").shapes] == ["Dancing"]
    assert "as version 12" in (new / "README.md").read_text(encoding="utf-8")
