"""A model that is larger than the bed of its printer: a file for each tile, in a zip."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Dict

import numpy as np

from ...scene.model import Scene
from ...text.sentence import say
from ..archive import pack, prove_members
from ..contract import Job, Writer, Written
from .printing import scale


def in_tiles(module: Writer[Scene], view: Scene, path: Path, job: Job) -> tuple[Path, Written]:
    """A zip beside `path` with the proven file of each tile, and what was written to all of them together."""
    target = path.with_suffix(".zip")
    names, listed, layers = [], [], Written()
    counts: Dict[str, int] = {}
    with tempfile.TemporaryDirectory(dir=path.parent) as made:
        folder = Path(made)
        for tile in view.tiles:
            file = folder / f"{tile.row}-{tile.column}{path.suffix}"
            written = module.write(tile.scene, file, job)
            module.prove(file, tile.scene, written)
            names.append(file.name)
            size = np.max([mesh.vertices.max(axis=0) for mesh in tile.scene.meshes], axis=0)
            listed.append(f"{file.name}: {size[0]:.1f} x {size[1]:.1f} x {size[2]:.1f} mm")
            layers.warnings += [text for text in written.warnings if text not in layers.warnings]
            for name, count in written.layers.items():
                counts[name] = counts.get(name, 0) + count
        rows, columns = (max(getattr(tile, name) for tile in view.tiles) for name in ("row", "column"))
        told = say(
            "A model of {0} x {1} tiles, each a closed body in millimetres, at {2}: print each by itself, and lay them "
            "side by side. ROW-COLUMN counts from the north west:",
            rows,
            columns,
            scale(view.per_metre),
        )
        pack(folder, target, view, job, told, "\n".join(listed))
    prove_members(target, names, job.format.name)
    layers.layers = counts
    return target, layers
