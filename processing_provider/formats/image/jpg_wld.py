"""JPEG with a world file: the map in its CRS as a small underlay for CAD and any GIS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...cartography.rendering.picture import Picture
from ..contract import Job, Written
from .pillow import quality
from .world_file import pack_image, prove_world


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI."""
    options = {"format": "JPEG", "quality": quality(".jpg", job), "subsampling": 0}
    return pack_image(view, path, job, ".jpg", options)


def prove(path: Path, view: Picture, written: Written) -> None:
    """Open the image again with its place."""
    prove_world(path, ".jpg", "JPEG")
