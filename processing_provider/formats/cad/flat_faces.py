"""The triangles of a mesh as faces of three or four corners, and which edges of them nobody is to see."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...scene.model import Flags, Floats, Integers, Mesh

_SAME_PLANE = 1 - 1e-6
# The least sine at a corner of four.
_BENT = 1e-3
# Pairs that did not come about because one of them had another are looked for so often.
_TIMES = 4


@dataclass(frozen=True, eq=False)
class FlatFaces:
    """Faces counter-clockwise: `corners` (n, 4) are numbers of vertices, the last of a triangle -1; `hidden` (n, 4) are
    edges, from each corner to the next, that lie within a plane; `triangles` (n,) is one that each is made of.
    """

    corners: Integers
    hidden: Flags
    triangles: Integers


def flat_faces(mesh: Mesh) -> FlatFaces:
    """Two triangles of one plane and material that make a convex face of four corners are one."""
    normals = _normals(mesh)
    one, other = _level(mesh, normals)
    hidden = np.zeros(len(mesh.triangles) * 3, bool)
    hidden[one] = hidden[other] = True
    hidden = hidden.reshape(-1, 3)
    same = mesh.materials[one // 3] == mesh.materials[other // 3]
    pairs, corners, edges = _fours(mesh, one[same], other[same], hidden)
    good = _convex(mesh, corners, normals[pairs[:, 0]])
    pairs, corners, edges = pairs[good], corners[good], edges[good]
    points = mesh.vertices[corners]
    chosen = _matched(pairs, np.linalg.norm(points[:, 0] - points[:, 2], axis=1), len(mesh.triangles))
    alone = np.ones(len(mesh.triangles), bool)
    alone[pairs[chosen].ravel()] = False
    rest = np.flatnonzero(alone)
    blank = np.full((len(rest), 1), -1)
    return FlatFaces(
        np.concatenate([np.hstack([mesh.triangles[rest], blank]), corners[chosen]]),
        np.concatenate([np.hstack([hidden[rest], blank > 0]), edges[chosen]]),
        np.concatenate([rest, pairs[chosen, 0]]),
    )


def _normals(mesh: Mesh) -> Floats:
    corners = mesh.vertices[mesh.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    unit: Floats = normals / np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    return unit


def _level(mesh: Mesh, normals: Floats) -> tuple[Integers, Integers]:
    """Edges between two triangles of one plane, as each of both has it: three times the triangle, and its corner."""
    edges = np.sort(np.stack([mesh.triangles, np.roll(mesh.triangles, -1, axis=1)], axis=2).reshape(-1, 2), axis=1)
    keys = edges[:, 0] * len(mesh.vertices) + edges[:, 1]
    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    one, other = order[:-1][same], order[1:][same]
    level = (normals[one // 3] * normals[other // 3]).sum(axis=1) > _SAME_PLANE
    return one[level], other[level]


def _fours(mesh: Mesh, one: Integers, other: Integers, hidden: Flags) -> tuple[Integers, Integers, Flags]:
    """The triangles (n, 2) at such edges, the corners round both, and which edges between these are hidden."""
    (first, at), (second, there) = np.divmod(one, 3), np.divmod(other, 3)
    corners = np.column_stack([
        mesh.triangles[first, at], mesh.triangles[second, (there + 2) % 3], mesh.triangles[first, (at + 1) % 3],
        mesh.triangles[first, (at + 2) % 3],
    ])  # fmt: skip
    edges = np.column_stack([
        hidden[second, (there + 1) % 3], hidden[second, (there + 2) % 3], hidden[first, (at + 1) % 3],
        hidden[first, (at + 2) % 3],
    ])  # fmt: skip
    return np.column_stack([first, second]), corners, edges


def _convex(mesh: Mesh, corners: Integers, normals: Floats) -> Flags:
    points = mesh.vertices[corners]
    ahead = np.roll(points, -1, axis=1) - points
    ahead /= np.maximum(np.linalg.norm(ahead, axis=2), 1e-12)[:, :, None]
    turns = np.cross(np.roll(ahead, 1, axis=1), ahead)
    result: Flags = ((turns * normals[:, None, :]).sum(axis=2) > _BENT).all(axis=1)
    return result


def _matched(pairs: Integers, lengths: Floats, count: int) -> Integers:
    """The numbers of pairs of which no triangle is in two; of those that meet, that with the longest edge between."""
    left, found = np.argsort(-lengths, kind="stable"), [np.zeros(0, "i8")]
    taken = np.zeros(count, bool)
    for _ in range(_TIMES):
        rank = np.arange(len(left))
        best = np.full(count, len(left))
        np.minimum.at(best, pairs[left].ravel(), np.repeat(rank, 2))
        won = (best[pairs[left]] == rank[:, None]).all(axis=1)
        found.append(left[won])
        taken[pairs[left[won]].ravel()] = True
        left = left[~taken[pairs[left]].any(axis=1)]
        if not len(left):
            break
    return np.concatenate(found)
