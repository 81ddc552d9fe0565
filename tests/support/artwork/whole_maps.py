"""Whole maps as artwork beside QGIS's own pictures of them, measured: the tables of docs/artwork.md.

Layer by layer and class by class, by other programs, a map on each core; the tests do the same with a few streets of
each area. `make likeness` runs it; two maps alone: `.ci/likeness monaco-dark sample-minimal`.
"""

import atexit
import multiprocessing
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import contents
import drawn_by
import likeness
import regression

from areas import AREAS, ROOT

# Dots to the inch of what is measured (where the thinnest lines are no wider than a pixel, each program has its own way
# of making them seen), and of what is but told from one another.
FINE, COARSE = 600, 200
PAGE = ROOT / "docs" / "artwork.md"
MARK = "<!-- measured -->\n"
HEAD = (
    "| map | format | program | ground | worst layer | worst class | names | broken | contents |\n"
    "|---|---|---|---:|---|---|---:|---|---|\n"
)
PROGRAMS = {"svg_layers": "librsvg", "pdf": "Poppler", "eps": "Ghostscript", "cdr": "libcdr, librsvg"}
NAMED_BY = {
    "svg_layers": drawn_by.inkscape, "pdf": drawn_by.poppler, "eps": drawn_by.ghostscript, "cdr": drawn_by.libcdr,
}  # fmt: skip
ALIKE = {"svg_layers": "svg, svgz", "pdf": "geopdf, ai", "eps": "ps"}


def whole(area, style, folder):
    """The picture of an area on A4 at level 4, and its drawing."""
    from osm2cdr.processing_provider.drawing.clean.tidy import tidy
    from osm2cdr.processing_provider.drawing.record.recorder import record
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.pipeline.stages import Stages
    from osm2cdr.processing_provider.request.checks import make_request

    source, box = AREAS[area]
    fields = {"bbox": box, "formats": "svg", "style": style, "detail": 4, "source": str(source)}
    picture = Stages(make_request(fields), folder).picture("", Feedback())
    return picture, tidy(record(picture, Feedback()))


def parts(picture, drawing):
    """Every layer by itself, then every class: a title, QGIS's picture of it, the drawing's page of it."""
    by_name = {layer.name: layer for layer in drawing.layers}
    for layer in picture.layers:
        mine = by_name.get(layer.name())
        if mine is None or layer.renderer().type() == "nullSymbol":
            continue
        own = regression.pixels(replace(picture, layers=[layer]), False, FINE)
        yield "layer", layer.name(), own, likeness.without_texts(likeness.alone(drawing, mine))
        classes = {group.name for group in mine.groups}
        if len(classes) < 2 or layer.renderer().type() != "RuleRenderer" or any("outlines" in name for name in classes):
            continue
        for name in sorted(classes):
            only = layer.clone()
            for rule in only.renderer().rootRule().children():
                rule.setActive(rule.label() == name)
            own = regression.pixels(replace(picture, layers=[only]), False, FINE)
            groups = [group for group in mine.groups if group.name == name]
            yield (
                "class",
                f"{layer.name()}: {name}",
                own,
                likeness.without_texts(likeness.alone(drawing, replace(mine, groups=groups))),
            )


def rows(area, style, folder):
    """A row of the table for each family of formats."""
    picture, drawing = whole(area, style, folder)
    bare = likeness.without_texts(drawing)
    fine, coarse = (regression.pixels(picture, False, dpi) for dpi in (FINE, COARSE))
    worst = {(name, kind): (0.0, "") for name in PROGRAMS for kind in ("layer", "class")}
    for kind, title, own, page in parts(picture, drawing):
        ink = likeness.ink(own, drawing, FINE)
        # Of less there is nothing to measure.
        if ink < 0.0005:
            continue
        for name in PROGRAMS:
            drawn = likeness.seen(page, name, folder / name, FINE)
            theirs = likeness.beside(page, own, name, folder / name, FINE)
            away = likeness.difference(drawn, theirs, drawing, FINE) / ink
            worst[name, kind] = max(worst[name, kind], (away, title))
    for name, program in PROGRAMS.items():
        here = folder / name
        ground = likeness.difference(likeness.seen(bare, name, here, FINE), fine, drawing, FINE)
        faults, told = likeness.name_faults(drawing, picture, name, here, NAMED_BY[name], COARSE)
        names = "; ".join(faults) or ("as QGIS's" if told else "none")
        allowed = 1.5 * likeness.difference(likeness.seen(bare, name, here, COARSE), coarse, drawing, COARSE)
        missed = [
            title for title, broken in likeness.broken(bare).items()
            if likeness.difference(likeness.seen(broken, name, here, COARSE), coarse, drawing, COARSE) < allowed
        ]  # fmt: skip
        faults = []
        for other in (name, *ALIKE.get(name, "").split(", ")):
            if other:
                faults += contents.differences(drawing, other, likeness.write(drawing, other, here))
        shares = [f"{share:.0%} {title}" for share, title in (worst[name, "layer"], worst[name, "class"])]
        shares[1] = shares[1] if worst[name, "class"][1] else ""
        formats = ", ".join(filter(None, (name, ALIKE.get(name, ""))))
        yield (
            f"| {area}, {style} | {formats} | {program} | {ground:.2%} | {shares[0]} | {shares[1]} | {names} "
            f"| {'all told' if not missed else 'missed: ' + ', '.join(missed)} "
            f"| {'the same' if not faults else '; '.join(faults)} |\n"
        )


def start() -> None:
    """QGIS, once in each process."""
    sys.path.insert(0, str(ROOT / "build" / "plugins"))
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    atexit.register(application.exitQgis)


def measured(area: str, style: str) -> str:
    """The rows of a map."""
    with tempfile.TemporaryDirectory() as folder:
        return "".join(rows(area, style, Path(folder)))


def main() -> None:
    """Measure, and put the table into the page where all maps were measured."""
    chosen = sys.argv[1:]
    maps = [
        (area, style) for area, (source, _) in AREAS.items() for style in likeness.STYLES
        if source.exists() and (not chosen or f"{area}-{style}" in chosen)
    ]  # fmt: skip
    table = HEAD
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), initializer=start) as pool:
        for found in pool.map(measured, *zip(*maps)):
            table += found
            print(found, end="", flush=True)  # noqa: T201
    if not chosen:
        before, _, after = PAGE.read_text(encoding="utf-8").split(MARK)
        PAGE.write_text(f"{before}{MARK}{table}{MARK}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
