"""OpenDocument Drawing: a layer of LibreOffice for each of the map, a group for each class, names as text.

Facts: OpenDocument 1.2 part 1. What looks alike has one named style, so that it changes in one step. Names that bend
are texts on a path, which LibreOffice calls Fontwork. It cannot cut objects, so that paper lies over what reaches
beyond the map.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path as File
from typing import Iterator
from xml.parsers import expat

from ....drawing.clean.margins import covered
from ....drawing.model import Drawing, Group, Image, Layer, Path, Stamp, Text
from ....errors import WriteError
from ....text.sentence import say
from ...archive import prove_members
from ...contract import Job, Written
from . import package
from .shapes import group, picture, shape
from .styles import Styles
from .texts import name_objects

_LABEL = "OpenDocument Drawing"
# LibreOffice opens so many objects in half a minute.
_MANY = 20_000
# Layers that LibreOffice has in every drawing, for itself.
_OWN = ("layout", "background", "backgroundobjects", "controls", "measurelines")


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the file."""
    written, styles, pictures = Written(), Styles(), package.Pictures()
    body, names = [], list(_OWN)
    layers = covered(view)
    for index, layer in enumerate(layers):
        job.feedback.progress(90 * index / len(layers))
        name = layer.title
        while name in names:
            name = f"{name} 2"
        names.append(name)
        count = 0
        for one in layer.groups:
            objects = list(_objects(one, layer, name, styles, pictures))
            count += len(objects)
            body.append(group(one.name or layer.name, objects))
        written.layers[name] = count
    if written.features > _MANY:
        text = say("LibreOffice takes long to open a drawing of {0} objects; choose a smaller area or less detail.",
                   f"{written.features:,}")  # fmt: skip
        written.warnings.append(text)
    if styles.uneven:
        written.warnings.append(
            say("OpenDocument has one gap for all dashes of a line: {0} kinds of dashes are a little otherwise.",
                styles.uneven)
        )  # fmt: skip
    package.write(path, view, job, "".join(body), styles, list(written.layers), pictures)
    return written


def _objects(one: Group, layer: Layer, name: str, styles: Styles, pictures: package.Pictures) -> Iterator[str]:
    """The objects of a class, each one element."""
    label = one.name if one.name in ("", layer.name) or one.name.startswith(layer.name) else f"{layer.name}: {one.name}"
    label = label or layer.name
    for item in one.items:
        if isinstance(item, Path):
            yield shape(item, item.name, name, styles.of_path(label, item))
        elif isinstance(item, Text):
            yield name_objects(item, label, name, styles)
        elif isinstance(item, Image):
            yield picture(item, name, pictures.add(item.png), styles.of_picture())
        elif isinstance(item, Stamp):
            yield group(item.name, [shape(path, "", name, styles.of_path(label, path)) for path in item.paths])


def prove(path: File, view: Drawing, written: Written) -> None:
    """The package is whole, its layers are there, and each has its objects: what stands in the groups of the page."""
    prove_members(path, ["mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"], _LABEL)
    try:
        layers, objects = package.read(path)
    except expat.ExpatError as error:
        raise WriteError("not_proven", say("{0} does not open again.", _LABEL)) from error
    for name, count in written.layers.items():
        if name not in layers or objects.get(name, 0) != count:
            raise WriteError(
                "not_proven",
                say("{0} holds {1} of {2} objects in the layer {3}.", _LABEL, objects.get(name, 0), count, name),
            )
