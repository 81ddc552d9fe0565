"""Proof of a DXF: GDAL's reader finds every entity on its layer."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...errors import WriteError
from ...geo.gdal_settings import quiet
from ...text.sentence import say
from ..contract import Written
from ..proof_helpers import prove_size


def prove_dxf(path: Path, written: Written) -> None:
    """Count the entities of each layer; a block that is inserted is one, its attributes are none."""
    prove_size(path, "DXF")
    with quiet() as errors:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = dataset.GetLayerByName("entities") if dataset is not None else None
        if layer is None:
            raise WriteError("not_proven", say("DXF does not open again: {0}.", errors.text))
        counts: dict[str, int] = {}
        for feature in layer:
            if "AcDbAttribute" not in (feature["SubClasses"] or ""):
                counts[feature["Layer"]] = counts.get(feature["Layer"], 0) + 1
        layer = dataset = None
    for name, count in written.layers.items():
        if counts.get(name, 0) != count:
            raise WriteError(
                "not_proven", say("DXF holds {0} of {1} objects on the layer {2}.", counts.get(name, 0), count, name)
            )
