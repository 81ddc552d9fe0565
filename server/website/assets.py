"""What pages load: sheets, scripts, the library of maps and the pictures of styles, each by what is in it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import gzip
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Mapping

from aiohttp import web

from ...processing_provider.cartography.themes.loading import FOLDER as THEMES
from ...processing_provider.webmap.libraries import MAPLIBRE
from ..api.errors import ApiError
from ..settings import CHECKOUT

_STATIC = Path(__file__).with_name("static")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".webp": "image/webp",
          ".jpg": "image/jpeg"}  # fmt: skip
# Which are packed already.
_PICTURE_KINDS = ("image/webp", "image/jpeg")
_PICTURES = CHECKOUT / "docs" / "images" / "gallery"
# The same, small.
_THUMBNAILS = CHECKOUT / "osm2cdr_plugin" / "thumbnails"
_SAID = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)+)\"""")
_LOADED = re.compile(r"""^import .*? from "\./([a-z]+\.js)";$""", re.MULTILINE)
# Who refuses it says q=0.
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)
_LIBRARY = {"maplibre-gl.js": MAPLIBRE.script, "maplibre-gl.css": MAPLIBRE.sheet}


@lru_cache(maxsize=1)
def _files() -> Mapping[str, bytes]:
    """All of them by their names, read once."""
    found = {path.name: path.read_bytes() for path in sorted(_STATIC.iterdir())}
    found |= {name: read().encode("utf-8") for name, read in _LIBRARY.items()}
    for path in sorted(THEMES.glob("*.json")):
        picture = _PICTURES / f"{path.stem}-helsinki.webp"
        if picture.exists():
            found[f"style-{path.stem}.webp"] = picture.read_bytes()
        small = _THUMBNAILS / f"{path.stem}.jpg"
        if small.exists():
            found[f"look-{path.stem}.jpg"] = small.read_bytes()
    return found


@lru_cache(maxsize=1)
def _stamp() -> str:
    """What differs where any of them does: scripts name each other, so all of them have one."""
    whole = hashlib.sha256()
    for name, data in _files().items():
        whole.update(name.encode() + b"\0" + data)
    return whole.hexdigest()[:12]


def address_of(name: str) -> str:
    """Where a browser gets it, and may keep it for ever."""
    assert name in _files(), name
    return f"/static/{_stamp()}/{name}"


def has(name: str) -> bool:
    """Whether there is such a file."""
    return name in _files()


@cache
def modules(name: str) -> tuple[str, ...]:
    """A script and all that it loads: a browser that is told of them asks for all at once, and not for one after the
    other."""
    found, wanted = dict[str, None](), [name]
    while wanted:
        one = wanted.pop()
        if one not in found:
            found[one] = None
            wanted += _LOADED.findall(_files()[one].decode("utf-8"))
    return tuple(found)


@lru_cache(maxsize=1)
def said_by_scripts() -> tuple[str, ...]:
    """The texts that our scripts say."""
    found = {text: None for path in sorted(_STATIC.glob("*.js")) for text in _SAID.findall(path.read_text("utf-8"))}
    return tuple(found)


@cache
def _packed(name: str) -> bytes:
    """A file as gzip has it, packed once: the library takes a tenth of a second each time."""
    return gzip.compress(_files()[name], 9, mtime=0)


async def asset(request: web.Request) -> web.Response:
    """One of them; of another stamp it is asked for again, so that no old page gets a new script for long."""
    name = request.match_info["name"]
    body = _files().get(name)
    if body is None:
        raise ApiError(404, "not_found", "There is nothing at this address.")
    kind = _KINDS[Path(name).suffix]
    kept = "public, max-age=31536000, immutable" if request.match_info["stamp"] == _stamp() else "no-cache"
    packs = kind not in _PICTURE_KINDS and _GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    response = web.Response(
        body=await asyncio.to_thread(_packed, name) if packs else body, content_type=kind,
        charset=None if kind in _PICTURE_KINDS else "utf-8",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": kept,
                 "Content-Security-Policy": "default-src 'none'"},
    )  # fmt: skip
    if kind not in _PICTURE_KINDS:
        response.headers["Vary"] = "Accept-Encoding"
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    return response
