"""A scene as it lies on the bed of a printer: millimetres, its longest side as long as was asked for, all on z = 0."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...request.options import BY_FORMAT_OPTION
from ...scene.model import Scene
from ..contract import Job

LIFE_SIZE = "none"


def factor(view: Scene, job: Job) -> float | None:
    """The millimetres of the model that a metre becomes, None where it is written in metres."""
    asked = str(job.options.get("print_size") or BY_FORMAT_OPTION["print_size"].default)
    corners = [mesh.vertices for mesh in view.meshes if len(mesh.vertices)]
    if asked == LIFE_SIZE or not corners:
        return None
    points = np.concatenate(corners)
    return float(asked) / float(np.ptp(points[:, :2], axis=0).max())


def on_bed(view: Scene, job: Job) -> Scene:
    """The scene in millimetres, its corner at 0, 0, 0; as it is where nobody asked for a size."""
    by = factor(view, job)
    if by is None:
        return view
    low = np.min([mesh.vertices.min(axis=0) for mesh in view.meshes if len(mesh.vertices)], axis=0)
    return replace(view, meshes=tuple(replace(mesh, vertices=(mesh.vertices - low) * by) for mesh in view.meshes))


def scale(by: float) -> str:
    """The scale of a model, a metre of which became so many millimetres."""
    return f"1:{1000 / by:.0f}"
