"""Heights as a PNG of 16 bits of grey for game engines and Blender, with what makes metres of them beside it.

0 is no data, all else is (value - 1) times a round step: the least one at which the highest roof still fits. Step and
origin stand in the image (tEXt), in a JSON file, and in .aux.xml, by which GDAL and QGIS show metres; a world file and
.prj say where it lies. Facts: ISO/IEC 15948; GDAL's docs of PAM.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ...errors import WriteError
from ...feedback import Feedback
from ...geo.projection import spatial_reference
from ...scene.heights import Heights
from ...text.sentence import say
from ...text.xml_text import escape
from ..archive import README, prove_members, readme
from ..contract import Job, Written
from ..image.png_chunks import grey16, read_grey16

_LABEL = "16-bit heightmap"
_MOST = 65_534
# Metres: the steps that heights may have, the finest first.
_STEPS = tuple(digit * 10.0**power for power in range(-3, 4) for digit in (1, 2, 5))
_BESIDE = """<PAMDataset>
  <SRS>{wkt}</SRS>
  <PAMRasterBand band="1">
    <Description>heights of buildings above the ground</Description>
    <NoDataValue>0</NoDataValue>
    <UnitType>{unit}</UnitType>
    <Offset>{offset}</Offset>
    <Scale>{step}</Scale>
  </PAMRasterBand>
</PAMDataset>
"""


def write(view: Heights, path: Path, job: Job) -> Written:
    """Zip the image and what belongs to it."""
    grid, name, step = view.grid, job.name, _step(view)
    reference = spatial_reference(view.crs)
    wkt = reference.ExportToWkt()
    unit = say("m") if reference.IsProjected() else say("degrees")
    reference.MorphToESRI()
    world = (grid.cell, 0.0, 0.0, -grid.cell, grid.west + grid.cell / 2, grid.north - grid.cell / 2)
    numbers = {
        "title": job.title, "credit": job.credit, "crs": view.crs, "width": grid.columns, "height": grid.rows,
        "west": grid.west, "north": grid.north, "cell": grid.cell, "unit": view.unit, "scale": step, "offset": -step,
        "nodata": 0, "highest": round(float(view.values.max(initial=0.0)), 3),
    }  # fmt: skip
    texts = {
        "Title": job.title, "Copyright": job.credit, "Software": "osm2cdr", "Scale": f"{step:g}",
        "Offset": f"{-step:g}", "Nodata": "0", "Unit": view.unit,
    }  # fmt: skip
    image = grey16(_values(view), texts, job.feedback)
    told = say(
        "{0} has 16 bits of grey a pixel, the northern row first; a pixel is {1} {2} wide. 0 is no data (outside the "
        "area), every other value v is a roof (v - 1) x {3} m above the ground, and 1 the ground. {4} has these "
        "numbers for programs, {5} and {6} where it lies ({7}); .aux.xml tells GDAL and QGIS all of it.",
        f"{name}.png",
        f"{grid.cell:g}",
        unit,
        f"{step:g}",
        f"{name}.json",
        f"{name}.pgw",
        f"{name}.prj",
        view.crs,
    )
    top = f"{step * 65_535:g}"
    engines = say("A landscape of Unreal Engine or Unity is as high as {0} m where the image is white.", top)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # It is packed already.
        archive.writestr(f"{name}.png", image, zipfile.ZIP_STORED)
        archive.writestr(f"{name}.json", json.dumps(numbers, ensure_ascii=False, indent=2) + "\n")
        archive.writestr(f"{name}.pgw", "".join(f"{value:.12g}\n" for value in world))
        beside = _BESIDE.format(wkt=escape(wkt), unit=view.unit, offset=f"{-step:g}", step=f"{step:g}")
        archive.writestr(f"{name}.png.aux.xml", beside)
        archive.writestr(f"{name}.prj", reference.ExportToWkt())
        archive.writestr(README, readme(job, told, engines))
    return Written({"buildings": view.buildings})


def _step(view: Heights) -> float:
    """The metres from one value to the next."""
    highest = float(view.values.max(initial=0.0))
    return next((step for step in _STEPS if highest <= step * (_MOST - 0.5)), _STEPS[-1])


def _values(view: Heights) -> npt.NDArray[np.uint16]:
    """The grey of each cell."""
    grey = np.rint(np.maximum(view.values, 0) / _step(view)) + 1
    return np.where(view.values == view.nodata, 0, grey).astype(np.uint16)


def prove(path: Path, view: Heights, written: Written) -> None:
    """Every pixel again, of a zip that is whole."""
    with zipfile.ZipFile(path) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".png")]
        image = archive.read(name)
    stem = name.removesuffix(".png")
    prove_members(path, [f"{stem}{suffix}" for suffix in (".json", ".pgw", ".prj", ".png.aux.xml")], _LABEL)
    values = read_grey16(image, Feedback())
    if values is None or not np.array_equal(values, _values(view)):
        raise WriteError("not_proven", "The grid of heights is not whole.")
