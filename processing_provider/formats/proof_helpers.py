"""Proof that a written file opens again and holds what it should."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Callable
from xml.parsers import expat

from osgeo import gdal

from ..errors import WriteError
from ..geo.gdal_settings import quiet
from ..text.sentence import say
from .contract import Written


def prove_vector(path: str, written: Written, label: str) -> None:
    """Open `path` with OGR and count every layer against `written`."""
    with quiet() as errors:
        try:
            dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
        except RuntimeError:
            dataset = None
        if dataset is None:
            raise WriteError("not_proven", say("{0} does not open again: {1}.", label, errors.text))
        for name, count in written.layers.items():
            layer = dataset.GetLayerByName(name)
            found = layer.GetFeatureCount() if layer is not None else -1
            layer = None
            if found != count:
                raise WriteError(
                    "not_proven",
                    say("{0} holds {1} of {2} objects in the layer {3}.", label, max(found, 0), count, name),
                )
        dataset = None


def prove_size(path: Path, label: str, least: int = 100) -> bytes:
    """The file's content; WriteError where it is missing or too short to be one."""
    data = path.read_bytes() if path.exists() else b""
    if len(data) < least:
        raise WriteError("not_proven", say("{0} came out empty.", label))
    return data


def each_element(path: Path, start: Callable[[str, dict[str, str]], None], fault: WriteError) -> None:
    """Call `start` with name and attributes of each element of an XML file; raise `fault` where it is none."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise fault from error
