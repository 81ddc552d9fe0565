"""Proof of a DXF: GDAL's reader finds every entity on its layer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Callable, Mapping

from osgeo import gdal, ogr

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...text.sentence import say
from ..contract import Written
from ..proof_helpers import prove_size


def prove_dxf(path: Path, written: Written) -> None:
    """Count the entities of each layer; a block that is inserted is one, its attributes are none."""
    prove_counts(path, written.layers, lambda entity: "AcDbAttribute" not in (entity["SubClasses"] or ""))


def prove_counts(path: Path, wanted: Mapping[str, int], count: Callable[[ogr.Feature], int]) -> None:
    """Read a DXF again: of each layer the entities, each for as many as `count` says; WriteError where they differ."""
    prove_size(path, "DXF")
    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = dataset.GetLayerByName("entities") if dataset is not None else None
        if layer is None:
            raise WriteError("not_proven", say("DXF does not open again: {0}.", errors.text))
        found: dict[str, int] = {}
        for entity in layer:
            found[entity["Layer"]] = found.get(entity["Layer"], 0) + count(entity)
        layer = dataset = None
    for name, number in wanted.items():
        if found.get(name, 0) != number:
            raise WriteError(
                "not_proven", say("DXF holds {0} of {1} objects on the layer {2}.", found.get(name, 0), number, name)
            )
