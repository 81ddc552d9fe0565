"""DWG of AutoCAD 2010 (AC1024): the drawing of the DXF of that version, which ACadSharp makes a DWG of.

ACadSharp (MIT) is the one library that writes DWG and needs no CAD program; its compiled form for Python carries all
that it needs. Extended data of blocks do not come along with it: their attribute OSM_ID says whose they are. Nor do
the properties of the drawing, which are told it once more.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any, Mapping

from ...errors import WriteError
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..contract import Job, Written
from ..proof_helpers import prove_size
from . import dxf
from .proof import prove_dxf

_READER, _WRITER = "ACadSharp.IO.{0}Reader", "ACadSharp.IO.{0}Writer"


def _runtime() -> Any:
    from acadsharp import native

    return native.load()


def _converted(
    source: Path, source_kind: str, target: Path, target_kind: str, told: Mapping[str, str] | None = None
) -> None:  # fmt: skip
    """Read a drawing, and write it as another kind with these properties; RuntimeError with the library's reason."""
    runtime = _runtime()
    document = runtime.type(_READER.format(source_kind)).call("Read", str(source))
    try:
        if told:
            _tell(document.get("SummaryInfo"), told)
        runtime.type(_WRITER.format(target_kind)).call("Write", str(target), document)
    finally:
        document.close()


def _tell(summary: Any, told: Mapping[str, str]) -> None:
    """Say title and properties, as AutoCAD's DWGPROPS shows them."""
    properties = summary.get("Properties")
    for key, text in told.items():
        properties[key] = text
    summary.set("Title", told.get("title", ""))


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the DXF, and the DWG of it."""
    drawing = path.with_suffix(".made.dxf")
    try:
        written = dxf.write(view, drawing, job)
        job.feedback.check()
        _converted(drawing, "Dxf", path, "Dwg", dxf.properties(view, job))
    except RuntimeError as error:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", "DWG", error)) from None
    finally:
        drawing.unlink(missing_ok=True)
    return written


def prove(path: Path, view: MapData, written: Written) -> None:
    """Read the file again, and count the objects of each layer in the DXF that it makes."""
    prove_size(path, "DWG")
    again = path.with_suffix(".read.dxf")
    try:
        _converted(path, "Dwg", again, "Dxf")
        prove_dxf(again, written)
    except RuntimeError as error:
        raise WriteError("not_proven", say("DWG does not open again: {0}.", error)) from None
    finally:
        again.unlink(missing_ok=True)
