"""CityGML 2.0 (OGC 12-019): every building with its parts as solids, LoD 1, or 2 where a roof is known; in UTM.

Heights are metres above the ground; a description of the model says so, for no CRS does. The attribute
`heightSource` says where they come from; one that is assumed is in the geometry alone. The appearance at the end has
the materials, each with the faces that it is on.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

import numpy as np

from ...errors import WriteError
from ...scene.model import Building, Floats, Part, Scene
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import escape, quoteattr
from ..contract import Job, Written
from . import faces
from .pieces import color

_CHECK_EVERY = 500
_NAMESPACES = {
    "": "http://www.opengis.net/citygml/2.0", "app": "http://www.opengis.net/citygml/appearance/2.0", "bldg": "http://www.opengis.net/citygml/building/2.0",
    "gen": "http://www.opengis.net/citygml/generics/2.0", "gml": "http://www.opengis.net/gml",
    "xlink": "http://www.w3.org/1999/xlink", "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}  # fmt: skip
_SCHEMAS = " ".join(
    f"http://www.opengis.net/citygml/{room}2.0 http://schemas.opengis.net/citygml/{room}2.0/{file}.xsd"
    for room, file in (
        ("", "cityGMLBase"), ("appearance/", "appearance"), ("building/", "building"), ("generics/", "generics"),
    )
)  # fmt: skip
_THEME = "osm2cdr"
_SURFACES = ("GroundSurface", "WallSurface", "RoofSurface")
_END = "</CityModel>\n"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the model, building by building."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_model(view, job))
    return Written({"buildings": len(view.parts)})


def _model(view: Scene, job: Job) -> Iterator[str]:
    bodies = list(faces.bodies(view))
    points = faces.placed(np.concatenate([body.points for body in bodies]), view, f"EPSG:{faces.utm(view)}")
    starts = np.concatenate([[0], np.cumsum([len(body.points) for body in bodies])])
    spaces = " ".join(f'xmlns{":" if key else ""}{key}="{uri}"' for key, uri in _NAMESPACES.items())
    low, high = (" ".join(f"{value:.3f}" for value in corner) for corner in (points.min(axis=0), points.max(axis=0)))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<CityModel {spaces} xsi:schemaLocation="{_SCHEMAS}">\n'
    yield f"<gml:description>{escape(one_line(job.credit))}; heights are above the ground</gml:description>\n"
    yield f"<gml:name>{escape(one_line(job.title))}</gml:name>\n"
    yield (
        f'<gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::{faces.utm(view)}" srsDimension="3">'
        f"<gml:lowerCorner>{low}</gml:lowerCorner><gml:upperCorner>{high}</gml:upperCorner>"
        "</gml:Envelope></gml:boundedBy>\n"
    )
    for number, building in enumerate(view.buildings):
        if number % _CHECK_EVERY == 0:
            job.feedback.progress(100 * number / len(view.buildings))
        shapes = {
            part: "".join(_shape(bodies[part], points[starts[part] : starts[part + 1]], part))
            for part in building.parts
        }
        yield f'<cityObjectMember><bldg:Building gml:id="b{number}">{_named(building, view)}{_told(building, view)}'
        if len(shapes) == 1:
            yield from shapes.values()
        else:
            for part, shape in shapes.items():
                yield f'<bldg:consistsOfBuildingPart><bldg:BuildingPart gml:id="p{part}">{_part(view.parts[part])}'
                yield f"{shape}</bldg:BuildingPart></bldg:consistsOfBuildingPart>"
        yield "</bldg:Building></cityObjectMember>\n"
    yield from _appearance(view, bodies)
    yield _END


def _appearance(view: Scene, bodies: list[faces.Body]) -> Iterator[str]:
    """Each material that is in use, and the polygons that have it."""
    targets: dict[int, list[str]] = {}
    for number, body in enumerate(bodies):
        for place, face in enumerate(body.faces):
            targets.setdefault(faces.material(body.part, face), []).append(_id(number, place))
    yield f"<app:appearanceMember><app:Appearance><app:theme>{_THEME}</app:theme>\n"
    for number, names in sorted(targets.items()):
        look = view.materials[number]
        yield (
            f'<app:surfaceDataMember><app:X3DMaterial gml:id="m{number}"><gml:name>{escape(str(look.name))}</gml:name>'
            f"<app:diffuseColor>{color(look)}</app:diffuseColor>\n"
        )
        yield from (f"<app:target>#{name}</app:target>\n" for name in names)
        yield "</app:X3DMaterial></app:surfaceDataMember>\n"
    yield "</app:Appearance></app:appearanceMember>\n"


def _id(number: int, place: int) -> str:
    """The identifier of a face of a part."""
    return f"f{number}-{place}"


def _named(building: Building, view: Scene) -> str:
    """Name and tags, which the schema wants before all else."""
    name = f"<gml:name>{escape(one_line(building.name))}</gml:name>" if building.name else ""
    known = {**faces.tags(building), "heightSource": faces.source(building, view)}
    return name + "".join(_attribute(key, str(value)) for key, value in known.items())


def _attribute(key: str, value: str) -> str:
    return (
        f"<gen:stringAttribute name={quoteattr(one_line(key))}><gen:value>{escape(one_line(value))}</gen:value>"
        "</gen:stringAttribute>"
    )


def _told(building: Building, view: Scene) -> str:
    kind = f"<bldg:function>{escape(one_line(building.kind))}</bldg:function>" if building.kind else ""
    return kind + _measures(faces.measured(building, view), faces.storeys(building, view))


def _part(part: Part) -> str:
    known = (_attribute("osm_id", part.id) if part.id else "") + _attribute("heightSource", part.source)
    return known + _measures(faces.part_height(part), int(part.levels))


def _measures(height: float | None, storeys: int) -> str:
    levels = f"<bldg:storeysAboveGround>{storeys}</bldg:storeysAboveGround>" if storeys else ""
    high = "" if height is None else f'<bldg:measuredHeight uom="m">{height:.2f}</bldg:measuredHeight>'
    return high + levels


def _shape(body: faces.Body, points: Floats, number: int) -> Iterator[str]:
    """The solid; where a roof is known its faces are surfaces of their kind, which the solid names."""
    texts = [f"{x:.3f} {y:.3f} {z:.3f}" for x, y, z in points.tolist()]
    polygons = [_polygon(face, texts, _id(number, place)) for place, face in enumerate(body.faces)]
    if body.part.roof == faces.FLAT:
        members = "".join(f"<gml:surfaceMember>{polygon}</gml:surfaceMember>" for polygon in polygons)
        yield f"<bldg:lod1Solid>{_solid(members)}</bldg:lod1Solid>"
        return
    members = "".join(f'<gml:surfaceMember xlink:href="#{_id(number, place)}"/>' for place in range(len(polygons)))
    yield f"<bldg:lod2Solid>{_solid(members)}</bldg:lod2Solid>"
    for kind, name in enumerate(_SURFACES):
        mine = "".join(
            f"<gml:surfaceMember>{polygon}</gml:surfaceMember>"
            for polygon, face in zip(polygons, body.faces)
            if face.surface == kind
        )
        yield (
            f'<bldg:boundedBy><bldg:{name} gml:id="s{number}-{kind}"><bldg:lod2MultiSurface><gml:MultiSurface>{mine}'
            f"</gml:MultiSurface></bldg:lod2MultiSurface></bldg:{name}></bldg:boundedBy>"
        )


def _solid(members: str) -> str:
    return f"<gml:Solid><gml:exterior><gml:CompositeSurface>{members}</gml:CompositeSurface></gml:exterior></gml:Solid>"


def _polygon(face: faces.Face, texts: list[str], name: str) -> str:
    rings = "".join(
        f"<gml:{side}><gml:LinearRing><gml:posList>{' '.join(texts[point] for point in (*ring, ring[0]))}"
        f"</gml:posList></gml:LinearRing></gml:{side}>"
        for side, ring in zip(("exterior", *["interior"] * len(face.rings)), face.rings)
    )
    return f'<gml:Polygon gml:id="{name}">{rings}</gml:Polygon>'


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: every building, a solid of every part, and as many polygons as their faces."""
    text = path.read_text(encoding="utf-8")
    count = sum(len(body.faces) for body in faces.bodies(view))
    wanted = {
        "<bldg:Building ": len(view.buildings), "<gml:Solid>": len(view.parts), "<gml:Polygon ": count,
        "<app:target>": count,
    }  # fmt: skip
    if any(len(re.findall(re.escape(word), text)) != count for word, count in wanted.items()) or not text.endswith(
        _END
    ):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "CityGML"))
