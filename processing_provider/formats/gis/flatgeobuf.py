"""FlatGeobuf 3 (flatgeobuf.org): one file per layer with a packed Hilbert R-tree, zipped."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..archive import pack, prove_archive
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from .translate import translate


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write each table into its own file, then zip them."""
    written = Written()
    folder = path.parent / "fgb"
    folder.mkdir()
    for table in view.tables:
        job.feedback.check()
        translate(
            view, table, str(folder / f"{table.name}.fgb"), "FlatGeobuf", job, "FlatGeobuf",
            layerCreationOptions=["SPATIAL_INDEX=YES", f"TEMPORARY_DIR={path.parent}"],
        )  # fmt: skip
        written.layers[table.name] = table.features
    pack(folder, path, view, job, say("One FlatGeobuf file per layer, with spatial index."))
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Open every file in the zip and count."""
    prove_archive(path, written, ".fgb", "FlatGeobuf")
    for name, count in written.layers.items():
        prove_vector(f"/vsizip/{path}/{name}.fgb", Written({name: count}), "FlatGeobuf")
