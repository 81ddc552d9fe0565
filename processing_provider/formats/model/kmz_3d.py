"""KMZ of buildings (KML 2.2 in a zip): a placemark for each, raised from the ground as Google Earth does it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Iterator

import numpy as np

from ...errors import WriteError
from ...geo.projection import WGS84
from ...scene.model import FLOOR, Building, Floats, Scene
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import escape, quoteattr
from ..contract import Job, Written
from . import faces

_CHECK_EVERY = 500
_NAME = "doc.kml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_END = "</Folder>\n</Document>\n</kml>\n"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the document, building by building, and pack it."""
    part = zipfile.ZipInfo(_NAME)
    part.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(part, "w", force_zip64=True) as file:
        for text in _document(view, job):
            file.write(text.encode("utf-8"))
    return Written({"buildings": len(view.buildings)})


def _document(view: Scene, job: Job) -> Iterator[str]:
    bodies = list(faces.bodies(view))
    points = faces.placed(np.concatenate([body.points for body in bodies]), view, WGS84)
    starts = np.concatenate([[0], np.cumsum([len(body.points) for body in bodies])])
    yield f"{_HEAD}<name>{escape(one_line(job.title))}</name>\n"
    yield f"<description>{escape(one_line(job.credit))}</description>\n"
    for number, material in enumerate(view.materials):
        red, green, blue = (material.color[at : at + 2].lower() for at in (1, 3, 5))
        color = f"ff{blue}{green}{red}"
        # One colour a placemark is all that there is.
        yield (
            f'<Style id="m{number}"><LineStyle><color>80404040</color><width>0.5</width></LineStyle>'
            f"<PolyStyle><color>{color}</color></PolyStyle></Style>\n"
        )
    yield "<Folder><name>buildings</name>\n"
    for number, building in enumerate(view.buildings):
        if number % _CHECK_EVERY == 0:
            job.feedback.progress(100 * number / len(view.buildings))
        cover = view.parts[building.parts[0]].cover
        yield f'<Placemark id="b{number}">{_told(building, view)}<styleUrl>#m{cover}</styleUrl><MultiGeometry>'
        for part in building.parts:
            yield from _polygons(bodies[part], points[starts[part] : starts[part + 1]])
        yield "</MultiGeometry></Placemark>\n"
    yield _END


def _told(building: Building, view: Scene) -> str:
    """Its name, and what is known of it."""
    known = {"osm_id": building.id, "kind": building.kind, "height": f"{faces.height(building, view):.1f}"}
    known["height_source"] = faces.source(building, view)
    if faces.storeys(building, view):
        known["levels"] = str(faces.storeys(building, view))
    data = "".join(
        f"<Data name={quoteattr(key)}><value>{escape(one_line(value))}</value></Data>"
        for key, value in known.items()
        if value
    )
    name = f"<name>{escape(one_line(building.name))}</name>" if building.name else ""
    return f"{name}<ExtendedData>{data}</ExtendedData>"


def _polygons(body: faces.Body, points: Floats) -> Iterator[str]:
    """A flat part on the ground is its roof, whose sides the viewer lets down to it; others have all their faces."""
    texts = [f"{x:.7f},{y:.7f},{z:.2f}" for x, y, z in points.tolist()]
    stands = body.part.roof == faces.FLAT and body.part.base == 0
    for face in body.faces[1:2] if stands else body.faces:
        if face.surface == FLOOR and body.part.base == 0:
            continue
        rings = "".join(
            f"<{side}><LinearRing><coordinates>{' '.join(texts[point] for point in (*ring, ring[0]))}</coordinates>"
            f"</LinearRing></{side}>"
            for side, ring in zip(("outerBoundaryIs", *["innerBoundaryIs"] * len(face.rings)), face.rings)
        )
        extruded = "<extrude>1</extrude>" if stands else ""
        yield f"<Polygon>{extruded}<altitudeMode>relativeToGround</altitudeMode>{rings}</Polygon>"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: a placemark of every building, with polygons of all its parts."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(_NAME).decode("utf-8")
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise WriteError("not_proven", say("{0} does not open again.", "KMZ")) from error
    marks = re.findall(r"<Placemark .*?</Placemark>", text, re.DOTALL)
    least = all(mark.count("<Polygon>") >= len(one.parts) for mark, one in zip(marks, view.buildings))
    if len(marks) != len(view.buildings) or not least or not text.endswith(_END):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "KMZ"))
