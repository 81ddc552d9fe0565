"""How like QGIS's own picture of a map its artwork is: files of all formats as pixels, by programs that are not ours.

A map without its names is still very like itself, so that ground, names and counts are looked at apart, and drawings
that are broken on purpose must be told from whole ones. `make likeness` measures whole maps for docs/artwork.md.
"""

import copy
from collections import Counter
from dataclasses import replace

import drawn_by
import numpy as np
import regression

# At which edges of thin lines count little.
DPI = 600
# Where that is enough.
COARSE = 300
STYLES = ("default", "minimal", "blueprint", "dark")
# What each format's file is drawn by. Text on a path is not drawn by librsvg, turned text not by libcdr.
DRAWN_BY = {
    "svg": drawn_by.rsvg, "svg_layers": drawn_by.rsvg, "svgz": drawn_by.rsvg, "pdf": drawn_by.poppler,
    "geopdf": drawn_by.poppler, "ai": drawn_by.poppler, "eps": drawn_by.ghostscript, "ps": drawn_by.ghostscript,
    "cdr": drawn_by.libcdr,
}  # fmt: skip
FORMATS = tuple(DRAWN_BY)
# The share of pixels that may lie far from QGIS's own: edges of thin lines, drawn by another program. CorelDRAW counts
# dashes in whole widths of their line, so that they lie elsewhere.
FAR = {**dict.fromkeys(FORMATS, 0.002), "cdr": 0.012}
# One of each family, whose files hold the same drawing in the same words.
FAMILIES = {"svg": ("svg_layers", "svgz"), "pdf": ("geopdf", "ai"), "eps": ("ps",), "cdr": ()}


def write(drawing, format_id, folder):
    """The drawing as a file of a format, proven as the product proves it."""
    from osm2cdr.processing_provider.formats.catalogue import FORMATS as CATALOGUE
    from osm2cdr.processing_provider.formats.contract import Job
    from osm2cdr.processing_provider.formats.registry import writer

    item = CATALOGUE[format_id]
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{format_id}.{item.extension}"
    module = writer(item)
    module.prove(path, drawing, module.write(drawing, path, Job(item)))
    return path


def seen(drawing, format_id, folder, dpi=DPI):
    """The drawing as its format's reader shows it."""
    return DRAWN_BY[format_id](write(drawing, format_id, folder), dpi)


def without_texts(drawing):
    """The map without its names; what stands round it stays."""
    from osm2cdr.processing_provider.drawing.model import Text

    layers = []
    for layer in drawing.layers:
        if not layer.clipped:
            layers.append(layer)
            continue
        groups = [
            replace(group, items=[item for item in group.items if not isinstance(item, Text)]) for group in layer.groups
        ]
        layers.append(replace(layer, groups=[group for group in groups if group.items]))
    return replace(drawing, layers=[layer for layer in layers if layer.groups])


def alone(drawing, layer):
    """A layer by itself on the map's ground."""
    return replace(drawing, layers=[made for made in drawing.layers if made.name == "Background"] + [layer])


def in_whole_widths(drawing):
    """With dashes as CorelDRAW counts them: whole widths of their line, one at least."""
    from osm2cdr.processing_provider.drawing.model import Path

    def counted(item):
        if not isinstance(item, Path) or item.stroke is None or not item.stroke.dash or not item.stroke.width:
            return item
        width = item.stroke.width
        dash = tuple(width * max(1, round(part / width)) for part in item.stroke.dash)
        return replace(item, stroke=replace(item.stroke, dash=dash))

    layers = [
        replace(layer, groups=[replace(group, items=[counted(item) for item in group.items]) for group in layer.groups])
        for layer in drawing.layers
    ]
    return replace(drawing, layers=layers)


def beside(page, theirs, format_id, folder, dpi=DPI):
    """What a part of a page is laid over: QGIS's picture; an SVG with dashes as CDR rounds them, where it does."""
    if format_id == "cdr" and any(getattr(item, "stroke", None) and item.stroke.dash for item in page.items):
        return seen(in_whole_widths(page), "svg", folder, dpi)
    return theirs


def looked_at(shape, drawing, dpi):
    """Which pixels count: not the page's edge, that each program mixes in its own way, nor what stands on the sheet.

    Its words are in fonts that another program may not have.
    """
    mask = np.zeros(shape, bool)
    mask[2:-2, 2:-2] = True
    for layer in drawing.layers if drawing is not None else ():
        for item in layer.items if not layer.clipped and layer.name == "Sheet" else ():
            if hasattr(item, "box"):
                left, top, right, bottom = (round(side / 25.4 * dpi) for side in item.box)
                mask[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2] = False
    assert np.count_nonzero(mask) > 0.8 * mask.size
    return mask


def difference(one, other, drawing=None, dpi=DPI):
    """The share of the pixels looked at that lie far from one another."""
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2]))
    assert max(abs(a - b) for a, b in zip(one.shape[:2], other.shape[:2])) <= 3
    far = regression.far(one[:height, :width], other[:height, :width])
    return share_of(far, looked_at((height, width), drawing, dpi))


def share_of(found, mask):
    """The share of the pixels looked at."""
    return np.count_nonzero(found & mask) / np.count_nonzero(mask)


def ink(pixels, drawing, dpi=DPI):
    """The share of the pixels looked at that are not of the ground's colour, or white where the drawing has none."""
    ground = [item.fill for layer in drawing.layers if layer.name == "Background" for item in layer.items]
    paper = (ground[0].red, ground[0].green, ground[0].blue) if ground else (255, 255, 255)
    inked = regression.apart(pixels, np.array(paper, np.uint8), 8)
    return share_of(inked, looked_at(inked.shape, drawing, dpi))


def broken(bare):
    """A map without names, broken on purpose: a layer dropped, two swapped, 1 mm of shift, one fill changed."""
    from osm2cdr.processing_provider.drawing.model import Color, Path

    names = [layer.name for layer in bare.layers]

    def dropped(name):
        return replace(bare, layers=[layer for layer in bare.layers if layer.name != name])

    def swapped(one, other):
        layers = list(bare.layers)
        a, b = names.index(one), names.index(other)
        layers[a], layers[b] = layers[b], layers[a]
        return replace(bare, layers=layers)

    def changed(change):
        made = copy.deepcopy(bare)
        for item in made.items:
            if isinstance(item, Path):
                change(item)
        return made

    def moved(item):
        item.points = item.points + np.array([1.0, 0.0])

    def recolored(item):
        if item.fill is not None and item.fill.hex == houses:
            item.fill = Color(200, 90, 90)

    fills = [item.fill.hex for layer in bare.layers if layer.name == "Buildings" for item in layer.items if item.fill]
    houses = Counter(fills).most_common(1)[0][0] if fills else ""
    made = {"shift": changed(moved)}
    for name in ("Buildings", "Roads – Minor"):
        if name in names:
            made[f"no {name}"] = dropped(name)
    if houses:
        made["order"] = swapped("Background", "Buildings")
        made["colour"] = changed(recolored)
    return made


def as_by_itself(drawing, format_id):
    """The drawing with its names as the format has them where nothing else is asked for."""
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply
    from osm2cdr.processing_provider.formats.catalogue import FORMATS as CATALOGUE

    return apply(drawing, Choices("mixed")) if "mixed_names" in CATALOGUE[format_id].abilities else drawing


def name_faults(drawing, picture, format_id, folder, draw=None, dpi=DPI):
    """What is wrong with the names in a format, and whether a file without them is told."""
    draw = draw or DRAWN_BY[format_id]
    whole = draw(write(as_by_itself(drawing, format_id), format_id, folder / "whole"), dpi)
    bare = draw(write(without_texts(drawing), format_id, folder / "bare"), dpi)
    mine = regression.apart(whole, bare, regression.INK_LEVELS)
    theirs = regression.draw(picture, dpi).names
    height, width = (min(sides) for sides in zip(mine.shape, theirs.shape))
    mine, theirs = mine[:height, :width], theirs[:height, :width]
    return regression.name_faults(theirs, mine), bool(regression.name_faults(theirs, np.zeros_like(mine)))
