"""DXF for laser and CNC shops: polylines alone in millimetres, a layer and a colour for each operation.

Of release 2000 they read LWPOLYLINE; splines, hatches and texts stop many of them, so there are none.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...drawing.toolpaths.model import Toolpaths
from ...drawing.toolpaths.operations import CUT, ENGRAVE, FRAME, HATCHES, SCORE, TEXT
from ...errors import WriteError
from ..contract import Job, Written
from .bed import check_bed, upright

_VERSION, _MILLIMETRES, _METRIC = "R2000", 4, 1
# AutoCAD's colours (index 7 is black on white) for programs that know no others.
_WATER, _GREEN = HATCHES
_ACI = {ENGRAVE: 7, SCORE: 5, CUT: 1, TEXT: 3, FRAME: 30, _WATER: 4, _GREEN: 2}
_OTHER = 8


def write(view: Toolpaths, path: Path, job: Job) -> Written:
    """A polyline for each line, closed where it is, in the order of the work."""
    import ezdxf

    check_bed(view, job)
    document = ezdxf.new(_VERSION)
    document.units = _MILLIMETRES
    document.header["$MEASUREMENT"] = _METRIC
    document.header["$LIMMIN"], document.header["$LIMMAX"] = (0, 0), (view.width, view.height)
    space = document.modelspace()
    space.reset_extents((0, 0, 0), (view.width, view.height, 0))
    for operation in view.operations:
        job.feedback.check()
        layer = document.layers.add(_layer(operation.name))
        layer.rgb = tuple(int(operation.color[at : at + 2], 16) for at in (1, 3, 5))
        layer.color = _ACI.get(operation.color, _OTHER)
        for line in operation.lines:
            is_closed = bool((line[0] == line[-1]).all())
            corners = upright(line[: -1 if is_closed else None], view).round(3).tolist()
            space.add_lwpolyline(corners, close=is_closed, dxfattribs={"layer": layer.dxf.name})
    document.set_modelspace_vport(view.height, (view.width / 2, view.height / 2))
    with path.open("w", encoding=document.output_encoding, errors="dxfreplace", newline="\r\n") as file:
        # DXF Reference, group code 999: a comment, which every reader skips.
        file.writelines(f"999\n{text}\n" for text in (job.title, job.credit))
        document.write(file)
    return Written({_layer(name): count for name, count in view.counts.items()})


def _layer(name: str) -> str:
    """A name that a layer of DXF may have: operations of other colours have a # in theirs."""
    return name.replace("#", "")


def prove(path: Path, view: Toolpaths, written: Written) -> None:
    """Read the polylines of each layer again."""
    import ezdxf

    found = dict.fromkeys(written.layers, 0)
    for line in ezdxf.readfile(path).modelspace().query("LWPOLYLINE"):
        found[line.dxf.layer] += 1
    if found != written.layers:
        raise WriteError("not_proven", "DXF has not all lines that were written to it.")
