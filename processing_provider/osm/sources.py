"""Where OpenStreetMap data come from: an extract on disk, the sample, or an Overpass server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import SourceError
from ..feedback import Feedback
from .extract import data_date

Box = tuple[float, float, float, float]
SAMPLE = Path(__file__).resolve().parent.parent.parent / "build" / "sample" / "helsinki.osm.pbf"


@dataclass(frozen=True)
class Source:
    """A file that can be read, a name for people, and the date of its data (ISO 8601, or empty)."""

    path: Path
    name: str
    date: str


def is_online(word: str) -> bool:
    """Whether SOURCE means an Overpass server."""
    return word in ("", "overpass") or word.lower().startswith(("http://", "https://"))


def find(
    word: str, box: Box, groups: tuple[str, ...], level: int, timeout: int, folder: Path, feedback: Feedback
) -> Source:
    """The data of `box` (west, south, east, north): of a file named `word`, the `sample`, or an Overpass server.

    Empty or `overpass` means the public servers, an http(s) address one server. Raises SourceError.
    """
    if is_online(word):
        return _overpass(word, box, groups, level, timeout, folder, feedback)
    path = SAMPLE if word == "sample" else Path(word)
    if word == "sample" and not path.exists():
        raise SourceError("no_sample", "The sample is not there; 'make sample' fetches it.", "source")
    return Source(path, path.name, data_date(path) if path.is_file() else "")


def _overpass(
    word: str, box: Box, groups: tuple[str, ...], level: int, timeout: int, folder: Path, feedback: Feedback
) -> Source:
    from .overpass import answers, cache, client
    from .overpass.query import query

    servers = client.endpoints() if word in ("", "overpass") else (word,)
    text = query(box, groups, level, timeout)
    path = folder / "overpass.osm"
    kept = cache.find(text, servers)
    if kept is not None:
        body = kept.read_bytes()
    else:
        if servers == client.ENDPOINTS:
            feedback.warning(
                "public_server",
                "The data come from a public Overpass server: keep to its rules (few queries, small areas), and "
                "take an extract as SOURCE for more.",
            )
        body = client.fetch(text, servers, timeout, feedback)
        cache.keep(text, servers, body)
    path.write_bytes(body)
    return Source(path, f"Overpass ({urlsplit(servers[0]).netloc})", answers.date(body))
