"""GML 3.2.1 (OGC 07-036): one feature collection, a feature type per layer, with its schema, in a zip."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..archive import pack, prove_members
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from .translate import translate

_NAMESPACE = "https://osm2cdr.ru/gml"
# Names without a space, since a schema's location is part of a list.
_FILE, _SCHEMA = "map.gml", "map.xsd"


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write all tables in one go, since GML cannot be appended to; axes in the order of the CRS."""
    folder = path.parent / "gml"
    folder.mkdir()
    settings = [
        "FORMAT=GML3.2", "SRSNAME_FORMAT=OGC_URN", "PREFIX=map", f"TARGET_NAMESPACE={_NAMESPACE}",
        f"NAME={job.title}",
    ]  # fmt: skip
    if job.credit:
        settings += [f"DESCRIPTION={job.credit}"]
    translate(view, view.tables, str(folder / _FILE), "GML", job, "GML", datasetCreationOptions=settings)
    job.feedback.check()
    told = say("GML 3.2.1, a feature type per layer, coordinates in the order of the CRS.")
    pack(folder, path, view, job, told)
    return Written({table.name: table.features for table in view.tables})


def prove(path: Path, view: MapData, written: Written) -> None:
    """The zip is whole, and every feature type is there in full."""
    prove_members(path, [_FILE, _SCHEMA], "GML")
    prove_vector(f"/vsizip/{path}/{_FILE}", written, "GML")
