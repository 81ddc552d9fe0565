"""Where map data come from, behind one door: an extract, the sample, or an Overpass server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable
from urllib.parse import urlsplit

from ..errors import RequestError, SourceError
from ..feedback import Feedback
from ..geo.area import MAX_KM2
from ..geo.geodesy import box_km2
from ..text.sentence import say
from . import normalize, packed
from .overpass import jsonfile
from .overpass.saved import xml_stopped

Box = tuple[float, float, float, float]
OVERPASS = "overpass"
SAMPLE = "sample"
_SAMPLE_FILE = Path("sample") / "helsinki.osm.pbf"
# Bytes that are read in a second or two.
_LARGE = 50_000_000
# Degrees round an extract that is a single point or an upright line.
_PAD = 0.001
_NOWHERE = (1.0, 1.0, -1.0, -1.0)
# What was found, by path, time of change and size.
_boxes: dict[tuple[str, int, int], Box] = {}


@dataclass(frozen=True)
class Source:
    """A local OSM file that extract.read() reads, its name for people, and its data's date (ISO 8601 or empty)."""

    path: Path
    name: str
    date: str


def is_overpass(source: str) -> bool:
    """Whether a SOURCE means an Overpass server: empty, `overpass`, or the address of one."""
    return source in ("", OVERPASS) or source.lower().startswith(("http://", "https://"))


def share(source: str) -> float:
    """How many percent of reading go by until the data are a local file as extract.read() takes it."""
    if is_overpass(source):
        return 40.0
    return 10.0 if source.lower().endswith(packed.SUFFIXES) else 5.0


def check(source: str) -> None:
    """Raise RequestError where a SOURCE can be seen to be wrong before anything is read."""
    if source in ("", OVERPASS):
        return
    if is_overpass(source):
        try:
            parts = urlsplit(source)
            good = bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good or any(letter.isspace() for letter in source):
            raise RequestError("bad_source", say("The source {0} is not an address of a server.", source), "source")
        return
    path = path_of(source)
    if path is None or not path.is_file():
        raise RequestError(
            "no_source",
            say(
                "The source {0} is not a file; give an OSM extract, the address of an Overpass server, or nothing.",
                source,
            ),
            "source",
        )


def path_of(source: str) -> Path | None:
    """The file that a SOURCE means, which may not be there; None where it means a server."""
    if is_overpass(source):
        return None
    return find_sample() if source == SAMPLE else Path(source)


def is_soon_known(source: str) -> bool:
    """Whether the box of an extract is found while a window waits: no large file has to be read for it."""
    path = path_of(source)
    return path is None or not path.is_file() or path.stat().st_size < _LARGE


def is_exchanged(source: str, box: Box) -> bool:
    """Whether an extract covers the place that a box means where somebody wrote its latitudes first."""
    if path_of(source) is None or not is_soon_known(source):
        return False
    try:
        west, south, east, north = whole_box(source) or _NOWHERE
    except (RequestError, SourceError):
        # It holds nothing, or is more than can be asked for.
        return False
    return west <= (box[1] + box[3]) / 2 <= east and south <= (box[0] + box[2]) / 2 <= north


def whole_box(source: str, stop: Callable[[], None] = lambda: None) -> Box | None:
    """The box of all that an extract holds, a hair wider; None for a server, which holds the whole world.

    `stop` is called meanwhile, and may raise. Raises RequestError and SourceError.
    """
    from .coverage import BrokenExtractError, box_of

    path = path_of(source)
    if path is None:
        return None
    check(source)
    state = path.stat()
    key = str(path), state.st_mtime_ns, state.st_size
    if key not in _boxes:
        try:
            _boxes[key] = box_of(path, stop)
        except BrokenExtractError as error:
            raise SourceError("bad_source", say("The source {0} {1}.", path.name, error), "source") from error
    west, south, east, north = _boxes[key]
    x, y = ((high - low) * 1e-6 or _PAD for low, high in ((west, east), (south, north)))
    box = west - x, south - y, east + x, north + y
    km2 = box_km2(*box)
    if km2 > MAX_KM2:
        raise RequestError(
            "area_too_large",
            say(
                "The extract {0} covers {1} km2; at most {2} km2 is allowed: give a part of it as the area.",
                path.name,
                f"{km2:,.0f}",
                f"{MAX_KM2:,.0f}",
            ),
            "bbox",
        )
    return box


def find_sample() -> Path:
    """The sample in the checkout or in the user's cache folder; RequestError where it is in neither."""
    from .overpass.cache import folder

    places = (Path(__file__).resolve().parents[2] / "build", folder())
    for place in places:
        if (place / _SAMPLE_FILE).is_file():
            return place / _SAMPLE_FILE
    raise RequestError(
        "no_sample",
        say(
            "The sample is not there; 'make sample' in a checkout fetches it, or put it at {0}.",
            places[1] / _SAMPLE_FILE,
        ),
        "source",
    )


def open_source(
    source: str, box: Box, groups: tuple[str, ...], level: int, timeout: int, folder: Path, feedback: Feedback
) -> Source:
    """The data of `box` (west, south, east, north) as a local file.

    An extract is taken as it lies, or unpacked or sorted into `folder`. Overpass is asked for what the tables of
    `groups` show at detail `level`, within `timeout` seconds; its answers are laid down in `folder`. Raises
    SourceError, RequestError and Cancelled.
    """
    check(source)
    if is_overpass(source):
        from .overpass.split import fetch

        return Source(*fetch(source, box, groups, level, timeout, folder, feedback))
    from .data_end import told_box
    from .extract import check_file, data_date

    path = find_sample() if source == SAMPLE else Path(source)
    if jsonfile.is_json(path):
        made = jsonfile.convert(path, folder, feedback)
        return Source(made, path.name, data_date(made))
    check_file(path)
    share = 50.0 if packed.is_packed(path) else 0.0
    read = packed.unpack(path, folder, feedback.part(0, share)) if share else path
    fault = xml_stopped(read)
    if fault:
        raise SourceError("bad_source", say("The source {0} {1}.", path.name, fault), "source")
    read = normalize.settled(read, path.name, folder, feedback.part(share, 100, "read"), told_box(read))
    return Source(read, path.name, data_date(read))
