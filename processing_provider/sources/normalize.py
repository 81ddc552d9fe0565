"""An unpacked file made fit for GDAL's driver: looked at, mended where the driver would lose of it, its faults told."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zlib
from pathlib import Path
from typing import Callable, Sequence, Tuple
from xml.parsers import expat

from ..errors import SourceError
from ..feedback import Creeping, Feedback
from ..text.sentence import say
from . import dates
from .inspection import Findings, RefusedError, look
from .objects import KINDS
from .pbf_objects import read_pbf
from .sorted_copy import Copy
from .xml_objects import read_xml

Box = Tuple[float, float, float, float]
# Ids that a sentence names.
_NAMED = 3
_BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, OverflowError, EOFError),
    *(zlib.error, expat.ExpatError),
)


def settled(path: Path, name: str, folder: Path, feedback: Feedback, box: Box | None) -> Path:
    """The file itself where GDAL reads it whole, else a sorted copy in `folder`.

    `name` is what people call it, `box` what it says that it covers.

    Raises SourceError with the reason and the remedy where it can be neither, and Cancelled.
    """
    text = say("looking at {0}", name)
    try:
        found = look(path, lambda done: feedback.progress(40 * done, text))
    except RefusedError as error:
        raise SourceError("bad_source", say("The source {0} {1}.", name, error), "source") from error
    if found.faults:
        size = max(path.stat().st_size, 1)

        def fill(copy: Copy) -> None:
            if _is_xml(path):
                with path.open("rb") as file:
                    read_xml(
                        file,
                        copy.add,
                        lambda: feedback.progress(40 + 40 * file.tell() / size, say("sorting {0}", name)),
                    )
            else:
                read_pbf(path, copy.add, Creeping(feedback, 40, 80, say("sorting {0}", name)))

        path = mended(name, folder, feedback, fill, dates.data_date(path), box)
        found.cut = look(path, lambda done: feedback.progress(90 + 10 * done, text)).cut
    _warn(found, name, feedback)
    return path


def mended(
    name: str, folder: Path, feedback: Feedback, fill: Callable[[Copy], None], date: str, box: Box | None = None
) -> Path:
    """A sorted copy of the objects that `fill` adds, with the date and the box that the file tells."""
    place = folder / "sorted"
    place.mkdir()
    copy = Copy(place, feedback.check)
    try:
        fill(copy)
        copy.tell = Creeping(feedback, 80, 90, say("sorting {0}", name))
        made = copy.write(place / "sorted.osm", date, box)
    except _BROKEN as error:
        raise SourceError("bad_source", say("The source {0} is damaged; fetch it again.", name), "source") from error
    finally:
        copy.close()
    if copy.nodes == 0:
        raise SourceError(
            "bad_source",
            say(
                "The source {0} holds no place of any object; ask for it with 'out geom', or with (._;>;); out body;.",
                name,
            ),
            "source",
        )
    if copy.deleted:
        feedback.warning(
            "source_deleted",
            say("Objects that {0} marks as deleted are left out: {1}.", name, names_of(copy.deleted)),
        )
    if copy.older:
        feedback.warning(
            "source_history",
            say(
                "The source {0} is a history: the newest version of each object counts, older ones are left out: {1}.",
                name,
                f"{copy.older:,}",
            ),
        )
    if copy.placeless:
        feedback.warning(
            "source_places",
            say(
                "Nodes of {0} without usable coordinates are left out: {1}; correct them in the source.",
                name,
                names_of(copy.placeless),
            ),
        )
    if copy.points:
        feedback.warning(
            "source_centers",
            say(
                "Objects that come without their shape in {0} are points: {1}; ask for them with 'out "
                "geom' to have them whole.",
                name,
                names_of(copy.points),
            ),
        )
    return made


def _warn(found: Findings, name: str, feedback: Feedback) -> None:
    if found.cut:
        ways = [(1, number) for number in found.cut]
        feedback.warning(
            "source_nodes",
            say(
                "Ways of which {0} does not hold all nodes are cut or left out: {1}; take a source with whole ways.",
                name,
                names_of(ways),
            ),
        )


def names_of(things: Sequence[tuple[int, int]]) -> str:
    """Objects (kind and id) as a sentence names them: the first few, and how many more."""
    named = ", ".join(f"{KINDS[kind]} {number}" for kind, number in things[:_NAMED])
    more = len(things) - _NAMED
    return say("{0} and {1} more", named, f"{more:,}") if more > 0 else named


def _is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
