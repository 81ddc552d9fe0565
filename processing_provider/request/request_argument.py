"""A request as the parameter of the export algorithm, for those who start it from outside: launcher and server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from .export_request import ExportRequest

ALGORITHM = "osm2cdr:exportarea"
REQUEST = "REQUEST"
_FILE = "request.json"
# Linux takes 128 KiB for an argument; a file takes room of a disk that may be nearly full.
_LONGEST = 100_000


def export_parameters(request: ExportRequest) -> dict[str, str]:
    """The parameters of osm2cdr:exportarea, but for OUTPUT_FOLDER: the request as it was checked."""
    return {REQUEST: request.to_json()}


def in_a_file(parameters: dict[str, str], folder: Path) -> dict[str, str]:
    """The same with a long request in a file of `folder`: an argument of a program has an end, a polygon none."""
    if len(parameters.get(REQUEST, "").encode()) < _LONGEST:
        return parameters
    path = folder / _FILE
    path.write_text(parameters[REQUEST], encoding="utf-8")
    return {**parameters, REQUEST: str(path)}
