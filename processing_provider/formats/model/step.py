"""STEP AP214 (ISO 10303-214): a solid of plane faces for each part of a building, with its colour; metres, z up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Iterator

import numpy as np

from ...scene.model import Floats, Scene
from ..contract import Job, Written
from . import faces
from .pieces import srgb, told
from .step_text import END, Entities, head, numbers, real, refs, string
from .step_text import prove as prove_text

_CHECK_EVERY = 200
_SCHEMA = "AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }"


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the file, solid by solid."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(_file(view, job))
    return Written({"buildings": len(view.parts)})


def _file(view: Scene, job: Job) -> Iterator[str]:
    known = told(view, job)
    yield head(_SCHEMA, (known["rights"], known["crs"], known["origin"], "metres"), job.title, view.date)
    made = Entities()
    context = _context(made)
    colors = [_style(made, srgb(material)) for material in view.materials]
    solids, styled = [], []
    for number, body in enumerate(faces.bodies(view)):
        if number % _CHECK_EVERY == 0:
            job.feedback.progress(100 * number / len(view.parts))
        building = view.buildings[body.part.building]
        solid = _solid(made, body, building.name or body.part.id or "building")
        solids.append(solid)
        styled.append(made.add("STYLED_ITEM", "''", refs([colors[body.part.cover]]), solid))
        yield from made.taken()
    made.add("MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION", "''", refs(styled), context)
    _product(made, job.title, solids, context)
    yield from made.taken()
    yield END


def _context(made: Entities) -> str:
    """Units, and how exact lengths are."""
    length = made.complex("LENGTH_UNIT()", "NAMED_UNIT(*)", "SI_UNIT($,.METRE.)")
    angle = made.complex("NAMED_UNIT(*)", "PLANE_ANGLE_UNIT()", "SI_UNIT($,.RADIAN.)")
    solid = made.complex("NAMED_UNIT(*)", "SI_UNIT($,.STERADIAN.)", "SOLID_ANGLE_UNIT()")
    exact = made.add(
        "UNCERTAINTY_MEASURE_WITH_UNIT", "LENGTH_MEASURE(0.0001)", length, "'distance_accuracy_value'", "''"
    )
    return made.complex(
        "GEOMETRIC_REPRESENTATION_CONTEXT(3)", f"GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT(({exact}))",
        f"GLOBAL_UNIT_ASSIGNED_CONTEXT({refs([length, angle, solid])})", "REPRESENTATION_CONTEXT('','')",
    )  # fmt: skip


def _style(made: Entities, color: list[float]) -> str:
    shade = made.add("COLOUR_RGB", "''", *(real(share) for share in color))
    area = made.add("FILL_AREA_STYLE", "''", refs([made.add("FILL_AREA_STYLE_COLOUR", "''", shade)]))
    side = made.add("SURFACE_SIDE_STYLE", "''", refs([made.add("SURFACE_STYLE_FILL_AREA", area)]))
    return made.add("PRESENTATION_STYLE_ASSIGNMENT", refs([made.add("SURFACE_STYLE_USAGE", ".BOTH.", side)]))


def _product(made: Entities, title: str, solids: list[str], context: str) -> None:
    """One product, whose shape all solids are."""
    application = made.add("APPLICATION_CONTEXT", "'core data for automotive mechanical design processes'")
    made.add("APPLICATION_PROTOCOL_DEFINITION", "'international standard'", "'automotive_design'", "2000", application)
    room = made.add("PRODUCT_CONTEXT", "''", application, "'mechanical'")
    product = made.add("PRODUCT", string(title), string(title), "''", refs([room]))
    formation = made.add("PRODUCT_DEFINITION_FORMATION", "''", "''", product)
    design = made.add("PRODUCT_DEFINITION_CONTEXT", "'part definition'", application, "'design'")
    defined = made.add("PRODUCT_DEFINITION", "'design'", "''", formation, design)
    shape = made.add("PRODUCT_DEFINITION_SHAPE", "''", "''", defined)
    origin = made.add("AXIS2_PLACEMENT_3D", "''", _point(made, np.zeros(3)), "$", "$")
    shown = made.add("ADVANCED_BREP_SHAPE_REPRESENTATION", string(title), refs([origin, *solids]), context)
    made.add("SHAPE_DEFINITION_REPRESENTATION", shape, shown)


def _point(made: Entities, place: Floats) -> str:
    return made.add("CARTESIAN_POINT", "''", numbers(place.tolist()))


def _direction(made: Entities, along: Floats) -> str:
    return made.add("DIRECTION", "''", f"({','.join(f'{value:.9f}' for value in along.tolist())})")


def _solid(made: Entities, body: faces.Body, name: str) -> str:
    """A closed shell, whose faces share their edges and these their vertices."""
    points = [_point(made, place) for place in body.points]
    corners = [made.add("VERTEX_POINT", "''", point) for point in points]
    edges: dict[tuple[int, int], str] = {}
    sides = []
    for face in body.faces:
        plane = _plane(made, body, face, points)
        if plane:
            bounds = [_loop(made, body, ring, points, corners, edges) for ring in face.rings]
            kinds = ("FACE_OUTER_BOUND", *["FACE_BOUND"] * len(bounds))
            rims = [made.add(kind, "''", loop, ".T.") for kind, loop in zip(kinds, bounds)]
            sides.append(made.add("ADVANCED_FACE", "''", refs(rims), plane, ".T."))
    shell = made.add("CLOSED_SHELL", "''", refs(sides))
    return made.add("MANIFOLD_SOLID_BREP", string(name), shell)


def _plane(made: Entities, body: faces.Body, face: faces.Face, points: list[str]) -> str:
    """The plane of a face, its normal outwards (Newell's sum over the outer ring)."""
    ring = body.points[list(face.rings[0])]
    near = ring - ring[0]
    normal = np.cross(near, np.roll(near, -1, axis=0)).sum(axis=0)
    along = near[np.argmax(np.abs(near).sum(axis=1))]
    size = np.linalg.norm(normal)
    if not size:
        return ""
    axes = (_direction(made, normal / size), _direction(made, along / np.linalg.norm(along)))
    return made.add("PLANE", "''", made.add("AXIS2_PLACEMENT_3D", "''", points[face.rings[0][0]], *axes))


def _loop(
    made: Entities, body: faces.Body, ring: tuple[int, ...], points: list[str], corners: list[str],
    edges: dict[tuple[int, int], str],
) -> str:  # fmt: skip
    sides = []
    for one, other in zip(ring, ring[1:] + ring[:1]):
        pair = (min(one, other), max(one, other))
        if pair not in edges:
            along = body.points[pair[1]] - body.points[pair[0]]
            length = float(np.linalg.norm(along))
            vector = made.add("VECTOR", "''", _direction(made, along / length), "1.")
            line = made.add("LINE", "''", points[pair[0]], vector)
            edges[pair] = made.add("EDGE_CURVE", "''", corners[pair[0]], corners[pair[1]], line, ".T.")
        sides.append(made.add("ORIENTED_EDGE", "''", "*", "*", edges[pair], ".T." if one < other else ".F."))
    return made.add("EDGE_LOOP", "''", refs(sides))


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: a solid of every part and a colour of each."""
    wanted = {name: len(view.parts) for name in ("MANIFOLD_SOLID_BREP", "CLOSED_SHELL", "STYLED_ITEM")}
    prove_text(path.read_text(encoding="ascii"), "STEP", wanted)
