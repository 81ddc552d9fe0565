"""IFC4 (ISO 16739-1:2018) as STEP text: a site, its buildings, their storeys where levels are tagged, and their parts.

A part is an element with a body, an extruded footprint where its roof is flat. The frame is the scene's; a map
conversion says where it lies in UTM.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import math
from pathlib import Path
from typing import Iterator

import numpy as np

from ...scene.model import Building, Floats, Part, Scene
from ..contract import Job, Written
from . import faces
from .ifc_frame import Frame
from .step_text import END, Entities, head, numbers, real, refs, string
from .step_text import prove as prove_text

_CHECK_EVERY = 200


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the model, building by building."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(_model(view, job))
    return Written({"buildings": len(view.parts)})


def _model(view: Scene, job: Job) -> Iterator[str]:
    described = ("ViewDefinition [ReferenceView_V1.2]", job.credit, "Heights are above the ground.")
    yield head("IFC4", described, job.title, view.date)
    made = Entities()
    frame = Frame(made, view, job.title, faces.utm(view))
    _placed(made, view, frame)
    yield from made.taken()
    buildings = []
    bodies = faces.bodies(view)
    for number, building in enumerate(view.buildings):
        if number % _CHECK_EVERY == 0:
            job.feedback.progress(100 * number / len(view.buildings))
        shapes = {part: next(bodies) for part in building.parts}
        buildings.append(_building(made, frame, view, number, building, shapes))
        yield from made.taken()
    made.add("IFCRELAGGREGATES", frame.guid("in site"), "$", "$", "$", frame.site, refs(buildings))
    yield from made.taken()
    yield END


def _placed(made: Entities, view: Scene, frame: Frame) -> None:
    """Where the frame lies in UTM: its origin, which way its x runs, and how much longer it is there."""
    ends = np.array([[0.0, 0.0, 0.0], [1000.0, 0.0, 0.0]])
    origin, other = faces.placed(ends, view, f"EPSG:{faces.utm(view)}")
    along = (other - origin)[:2]
    length = float(np.hypot(*along))
    made.add(
        "IFCMAPCONVERSION", frame.context, frame.projected, real(origin[0]), real(origin[1]), "0.",
        real(along[0] / length), real(along[1] / length), real(length / 1000),
    )  # fmt: skip


def _building(
    made: Entities, frame: Frame, view: Scene, number: int, building: Building, shapes: dict[int, faces.Body]
) -> str:
    """The building, what it holds, and what is known of it."""
    name = string(building.name) if building.name else "$"
    kind = string(building.kind) if building.kind else "$"
    tag = string(building.id) if building.id else "$"
    whole = made.add(
        "IFCBUILDING", frame.guid(f"building {number}"), "$", name, tag, kind, frame.at_origin(), "$", "$", ".ELEMENT.",
        "$", "$", "$",
    )  # fmt: skip
    elements = [_element(made, frame, view, number, part, body) for part, body in shapes.items()]
    storeys = _storeys(made, frame, view, number, building)
    if storeys:
        made.add("IFCRELAGGREGATES", frame.guid(f"storeys {number}"), "$", "$", "$", whole, refs(storeys))
    made.add(
        "IFCRELCONTAINEDINSPATIALSTRUCTURE", frame.guid(f"held {number}"), "$", "$", "$", refs(elements),
        storeys[0] if storeys else whole,
    )  # fmt: skip
    _told(made, frame, view, number, building, whole)
    return whole


def _storeys(made: Entities, frame: Frame, view: Scene, number: int, building: Building) -> list[str]:
    """Its storeys, as high as one another, where somebody tagged how many there are."""
    count = faces.storeys(building, view)
    if not count:
        return []
    parts = [view.parts[part] for part in building.parts]
    low, high = min(part.base for part in parts), max(part.eave for part in parts)
    return [
        made.add(
            "IFCBUILDINGSTOREY", frame.guid(f"storey {number} {level}"), "$", string(f"{level}"), "$", "$",
            frame.at_origin(), "$", "$", ".ELEMENT.", real(low + (high - low) * level / count),
        )
        for level in range(count)
    ]  # fmt: skip


def _element(made: Entities, frame: Frame, view: Scene, number: int, index: int, body: faces.Body) -> str:
    part = body.part
    shape, kind = _extruded(made, frame, part) if part.roof == faces.FLAT else _faceted(made, body)
    made.add("IFCSTYLEDITEM", shape, refs([frame.styles[part.wall]]), "$")
    body_ = made.add("IFCSHAPEREPRESENTATION", frame.body, "'Body'", f"'{kind}'", refs([shape]))
    whole = made.add("IFCPRODUCTDEFINITIONSHAPE", "$", "$", refs([body_]))
    return made.add(
        "IFCBUILDINGELEMENTPROXY", frame.guid(f"part {number} {index}"), "$", string(part.id or f"part {index}"), "$",
        string(part.roof), frame.at_origin(), whole, "$", ".NOTDEFINED.",
    )  # fmt: skip


def _extruded(made: Entities, frame: Frame, part: Part) -> tuple[str, str]:
    """The footprint with its holes, raised."""
    outer, *holes = (_line(made, ring) for ring in part.rings)
    if holes:
        profile = made.add("IFCARBITRARYPROFILEDEFWITHVOIDS", ".AREA.", "$", outer, refs(holes))
    else:
        profile = made.add("IFCARBITRARYCLOSEDPROFILEDEF", ".AREA.", "$", outer)
    at = frame.raised(part.base)
    return made.add("IFCEXTRUDEDAREASOLID", profile, at, frame.up, real(part.top - part.base)), "SweptSolid"


def _line(made: Entities, ring: Floats) -> str:
    points = made.add("IFCCARTESIANPOINTLIST2D", f"({','.join(numbers(point) for point in ring.tolist())})")
    index = ",".join(str(number) for number in (*range(1, len(ring) + 1), 1))
    return made.add("IFCINDEXEDPOLYCURVE", points, f"(IFCLINEINDEX(({index})))", ".F.")


def _faceted(made: Entities, body: faces.Body) -> tuple[str, str]:
    """Its triangles as a closed set."""
    points = made.add("IFCCARTESIANPOINTLIST3D", f"({','.join(numbers(point) for point in body.points.tolist())})")
    index = ",".join(f"({','.join(str(number + 1) for number in face.rings[0])})" for face in body.faces)
    return made.add("IFCTRIANGULATEDFACESET", points, "$", ".T.", f"({index})", "$"), "Tessellation"


def _told(made: Entities, frame: Frame, view: Scene, number: int, building: Building, whole: str) -> None:
    """The property set of the standard, and one with the tags."""
    high = faces.measured(building, view)
    known = {**({} if high is None else {"height": high}), **faces.tags(building)}
    known["heightSource"] = faces.source(building, view)
    sets = {"OpenStreetMap": {key: _value(value) for key, value in known.items()}}
    if faces.storeys(building, view):
        sets["Pset_BuildingCommon"] = {"NumberOfStoreys": f"IFCINTEGER({faces.storeys(building, view)})"}
    for name, values in sets.items():
        members = [made.add("IFCPROPERTYSINGLEVALUE", string(key), "$", value, "$") for key, value in values.items()]
        told = made.add("IFCPROPERTYSET", frame.guid(f"{name} {number}"), "$", f"'{name}'", "$", refs(members))
        made.add("IFCRELDEFINESBYPROPERTIES", frame.guid(f"of {name} {number}"), "$", "$", "$", refs([whole]), told)


def _value(value: str | int | float) -> str:
    if isinstance(value, float) and math.isfinite(value):
        return f"IFCREAL({real(value)})"
    return f"IFCINTEGER({value})" if isinstance(value, int) else f"IFCTEXT({string(str(value))})"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: every building and part, and a body of each kind."""
    flat = sum(part.roof == faces.FLAT for part in view.parts)
    wanted = {
        "IFCBUILDING": len(view.buildings), "IFCBUILDINGELEMENTPROXY": len(view.parts),
        "IFCEXTRUDEDAREASOLID": flat, "IFCTRIANGULATEDFACESET": len(view.parts) - flat, "IFCMAPCONVERSION": 1,
        "IFCBUILDINGSTOREY": sum(faces.storeys(building, view) for building in view.buildings),
    }  # fmt: skip
    prove_text(path.read_text(encoding="ascii"), "IFC", wanted)
