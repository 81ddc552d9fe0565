"""Garmin's own map (.img), which devices, BaseCamp and QMapShack open: mkgmap compiles it of the Polish map.

One map with its address index and streets to find the way along, as a device wants it in its folder Garmin; older ones
know it by the name gmapsupp.img alone. The device keeps maps apart by family and number, which are those of the place.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import tempfile
import zlib
from pathlib import Path

from osgeo import ogr

from ...errors import WriteError
from ...network.navigation import Navigation
from ...text.sentence import say
from ...tools import find, run
from ..contract import Job, Written
from ..registry import availability
from . import polish_mp
from .alphabet import Alphabet, alphabet
from .img_directory import bounds, subfiles

# A map has room for 16 MB of things, an eighth of their Polish text or more: no larger text is tried.
_MOST_BYTES = 120 << 20
# Memory of Java in MB; it reserves address space for classes and code, of which a job on a server has not much.
_JAVA = (
    "-Xmx1024m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompressedClassSpaceSize=64m",
    "-XX:ReservedCodeCacheSize=64m", "-XX:-UsePerfData", "-Dfile.encoding=UTF-8", "-Djava.io.tmpdir=.",
)  # fmt: skip
# What mkgmap says where the map is too large for one, or for the memory.
_TOO_LARGE = ("not enough room in a single garmin map", "OutOfMemoryError", "Map is too big")
_FAILED = "Number of MapFailedExceptions: 0"
_MAP, _OPTIONS, _COPYRIGHT, _MADE = "map.mp", "options.txt", "copyright.txt", "gmapsupp.img"
_LICENCE = "Map data are available under the Open Database License: opendatacommons.org/licenses/odbl/1.0"
_FAMILIES = 65_534
_NEEDED = ("TRE", "RGN", "LBL")


def write(view: Navigation, path: Path, job: Job) -> Written:
    """The Polish map, and what mkgmap makes of it, in a folder of their own."""
    letters = alphabet(view, job)
    with tempfile.TemporaryDirectory(dir=path.parent) as work:
        folder = Path(work)
        written = polish_mp.write(view, folder / _MAP, job)
        if (folder / _MAP).stat().st_size > _MOST_BYTES:
            raise _too_large()
        credit = letters.label(job.credit)
        # The first of them is for a device, the second for programs.
        (folder / _COPYRIGHT).write_text(f"{credit}\n{credit}\n{_LICENCE}\n", encoding="utf-8")
        (folder / _OPTIONS).write_text(_options(view, job, letters), encoding="utf-8")
        _compile(folder, job)
        (folder / _MADE).replace(path)
    return written


def _options(view: Navigation, job: Job, letters: Alphabet) -> str:
    """mkgmap's options, a line each; the map to be compiled is the last one."""
    title = letters.label(job.title) or "Map"
    number = polish_mp.map_number(view, job)
    values: dict[str, object] = {
        "max-jobs": 1, "code-page": letters.number, "lower-case": None, "mapname": number,
        "family-id": 1 + zlib.crc32(str(number).encode()) % _FAMILIES, "product-id": 1, "family-name": title,
        "series-name": title, "area-name": title, "description": title, "copyright-file": _COPYRIGHT,
        "license-file": _COPYRIGHT, "index": None, "location-autofill": "nearest",
    }  # fmt: skip
    if view.network:
        values["route"] = None
    if job.options.get("transparent"):
        values["transparent"] = None
    values.update({"gmapsupp": None, "input-file": _MAP})
    return "".join(name + ("\n" if value is None else f"={value}\n") for name, value in values.items())


def _compile(folder: Path, job: Job) -> None:
    java, mkgmap = find("java"), find("mkgmap")
    if java is None or mkgmap is None:
        # It was there when the request was checked.
        raise WriteError("format_unavailable", availability(job.format))
    job.feedback.progress(50, "compiling the map")
    code, said = run(java, [*_JAVA, "-jar", mkgmap, "-c", _OPTIONS], folder, job.feedback.check)
    if any(word in said for word in _TOO_LARGE):
        raise _too_large()
    if code or _FAILED not in said or not (folder / _MADE).is_file():
        lines = [line for line in said.splitlines() if line.strip()] or [f"mkgmap: {code}"]
        faults = [line for line in lines if "SEVERE" in line or "Exception" in line or "rror" in line]
        told = (faults or lines)[0].rstrip(".")
        raise WriteError("write_failed", say("{0} could not be written: {1}.", "Garmin IMG", told))


def _too_large() -> WriteError:
    return WriteError(
        "too_large", "The area is too large for one Garmin map; take a smaller one, or a lower detail level."
    )


def prove(path: Path, view: Navigation, written: Written) -> None:
    """Its parts are there, those of streets too, each what it says, and the map lies where the area is."""
    parts = subfiles(path)
    kinds = {name.rpartition(".")[2] for name in parts}
    needed = {*_NEEDED, *(("NET", "NOD") if view.network else ())}
    if not needed <= kinds:
        raise WriteError("not_proven", say("{0} lacks {1}.", "Garmin IMG", ", ".join(sorted(needed - kinds))))
    west, south, east, north = bounds(next(data for name, data in parts.items() if name.endswith(".TRE")))
    left, right, bottom, top = ogr.CreateGeometryFromWkt(view.data.area_wkt).GetEnvelope()
    if not (west < right and left < east and south < top and bottom < north):
        raise WriteError("not_proven", "The Garmin map does not lie where the area is.")
