"""What the writers of models share: the triangles of one material, with corners of their own, and rows of numbers."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from ...errors import WriteError
from ...feedback import Feedback
from ...scene.model import BUILDINGS, Floats, Integers, Material, Mesh, Scene
from ...scene.solids import apart
from ...text.phrases import one_line
from ...text.sentence import Sentence, say
from ..contract import Job
from .edges import is_closed

# Rows that are made into text at once.
_BLOCK = 20_000
# Normals that differ by less are of one plane.
_ANGLES = 1000


@dataclass(frozen=True, eq=False)
class Piece:
    """The triangles (m, 3) of one material of a mesh and its points (n, 3), z up; `normals` (n, 3) or none (0, 3).

    `parts` (n,) says of which part each point is, where points are not shared between parts.
    """

    material: int
    points: Floats
    triangles: Integers
    normals: Floats
    parts: Integers


def pieces(mesh: Mesh) -> Iterator[Piece]:
    """One piece for each material; triangles of all planes share their points."""
    for material in np.unique(mesh.materials):
        used, index = np.unique(mesh.triangles[mesh.materials == material], return_inverse=True)
        yield Piece(int(material), mesh.vertices[used], index.reshape(-1, 3), np.empty((0, 3)), np.empty(0, "i8"))


def faceted(mesh: Mesh, by_part: bool = False) -> Iterator[Piece]:
    """One piece for each material; triangles of one plane share their points, of others not, so each has its normal.

    With `by_part` those of other parts do not either.
    """
    for material in np.unique(mesh.materials):
        triangles = mesh.triangles[mesh.materials == material]
        corners = mesh.vertices[triangles]
        normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        lengths = np.linalg.norm(normals, axis=1, keepdims=True)
        # A triangle without an area has no plane.
        normals = np.where(lengths > 0, normals / np.where(lengths > 0, lengths, 1), (0.0, 0.0, 1.0))
        steps = np.rint(normals * _ANGLES).astype("i8") + _ANGLES
        base = 2 * _ANGLES + 1
        planes = (steps[:, 0] * base + steps[:, 1]) * base + steps[:, 2]
        parts = mesh.parts[mesh.materials == material]
        if by_part:
            planes = planes * (int(parts.max()) + 1) + parts
        _, planes = np.unique(planes, return_inverse=True)
        # A corner is one point for all triangles of its plane.
        keys = triangles * (int(planes.max()) + 1) + planes.reshape(-1, 1)
        _, first, index = np.unique(keys.ravel(), return_index=True, return_inverse=True)
        place = first // 3
        yield Piece(int(material), corners.reshape(-1, 3)[first], index.reshape(-1, 3), normals[place], parts[place])


def closed(view: Scene) -> Iterator[tuple[Mesh, Integers, int]]:
    """Each mesh, of which body each triangle is, and how many there are; of buildings every part is one, and closed."""
    for mesh in view.meshes:
        if mesh.name == BUILDINGS:
            alone = apart(view)
            yield alone, alone.parts, alone.count
        else:
            yield mesh, mesh.bodies, int(mesh.bodies.max(initial=-1)) + 1


def by_number(numbers: Integers, count: int) -> Iterator[Integers]:
    """The triangles of each number from 0 on, in their order."""
    order = np.argsort(numbers, kind="stable")
    ends = np.searchsorted(numbers[order], np.arange(count + 1))
    return (order[start:end] for start, end in zip(ends[:-1], ends[1:]))


def y_up(points: Floats) -> Floats:
    """East, north and up as x, -z and y."""
    # Adding nothing makes no negative zeros.
    return np.column_stack([points[:, 0], points[:, 2], 0.0 - points[:, 1]])


def srgb(material: Material) -> list[float]:
    """The colour as shares of red, green and blue as screens count them."""
    return [int(material.color[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def color(material: Material) -> str:
    """The same as three numbers with blanks between them."""
    return " ".join(f"{share:.4f}" for share in srgb(material))


def linear(material: Material) -> list[float]:
    """The colour as shares of linear light (IEC 61966-2-1)."""
    shares = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in srgb(material))
    return [round(value, 6) for value in shares]


def rows(pattern: str, values: npt.NDArray[Any], feedback: Feedback) -> Iterator[str]:
    """Each row of an array by a pattern (`v %.3f %.3f %.3f\\n`), thousands at a time; may be cancelled between them."""
    for start in range(0, len(values), _BLOCK):
        feedback.check()
        block = values[start : start + _BLOCK]
        yield (pattern * len(block)) % tuple(block.ravel().tolist())


def told(view: Scene, job: Job) -> dict[str, str]:
    """What a model says of itself, each a line: title, whose data it is, of when and from where, its frame."""
    longitude, latitude = view.origin
    lines = {
        "title": job.title, "rights": job.credit, "date": view.date, "source": view.source,
        "units": "millimetres" if view.per_metre else "metres",
        "crs": view.crs, "origin": f"longitude {longitude:.7f}, latitude {latitude:.7f}", "generator": "osm2cdr",
    }  # fmt: skip
    return {name: one_line(value) for name, value in lines.items() if value}


def axes(view: Scene) -> Sentence:
    """Where a model with y up lies, for people."""
    longitude, latitude = view.origin
    return say(
        "Units are metres; x is east, y is up, -z is north; x = z = 0 is longitude {0}, latitude {1}.",
        f"{longitude:.7f}",
        f"{latitude:.7f}",
    )


def identifiers(names: Iterable[str]) -> list[str]:
    """Names of letters, digits and underscores of ASCII for all of these, no two the same."""
    made: list[str] = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_") or "layer"
        plain = plain if plain[0].isalpha() else f"n_{plain}"
        known, number = {one.lower() for one in made}, 1
        while (plain if number == 1 else f"{plain}_{number}").lower() in known:
            number += 1
        made.append(plain if number == 1 else f"{plain}_{number}")
    return made


def prove_mesh(label: str, mesh: Mesh, corners: npt.NDArray[Any], solids: Integers | None = None) -> None:
    """Raise WriteError unless these corners (m, 3, 3) are all triangles of the mesh, finite, without an open edge.

    Where every solid is closed by itself, `solids` (m,) says which each triangle is of.
    """
    is_whole = len(corners) == len(mesh.triangles) and bool(np.isfinite(corners).all())
    if not is_whole or (len(corners) and not is_closed(corners.astype("<f4"), solids)):
        raise WriteError("not_proven", say("{0} has not all triangles of {1}.", label, mesh.name))


def prove_indexed(label: str, mesh: Mesh, points: Floats, corners: Floats, solids: Integers | None = None) -> None:
    """The same of points and of the numbers of corners, both as they stand one after another."""
    index = corners.astype("i8")
    if len(points) % 3 or len(index) % 3 or (len(index) and not 0 <= index.min() <= index.max() < len(points) // 3):
        raise WriteError("not_proven", say("{0} has not all triangles of {1}.", label, mesh.name))
    prove_mesh(label, mesh, points.reshape(-1, 3)[index].reshape(-1, 3, 3), solids)


def prove_shapes(label: str, view: Scene, groups: list[list[tuple[str, str]]]) -> None:
    """The same of groups of shapes, each the text of its corners, -1 behind each triangle, and that of its points."""
    if len(groups) != len(view.meshes):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", label))
    for mesh, shapes in zip(view.meshes, groups):
        points, corners, before = [np.empty(0)], [np.empty(0)], 0
        for index, place in shapes:
            points.append(numbers(place))
            found = numbers(index)
            corners.append(found[found >= 0] + before)
            before += len(points[-1]) // 3
        prove_indexed(label, mesh, np.concatenate(points), np.concatenate(corners))


def numbers(text: str) -> Floats:
    """The numbers of a text with blanks between them; WriteError where it holds anything else."""
    try:
        return np.array(text.split(), float)
    except ValueError as error:
        raise WriteError("not_proven", "The model holds what is no number.") from error
