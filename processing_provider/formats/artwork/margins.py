"""The paper round the map as an object over it, for formats of which no clipping is known."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...drawing import model
from ...drawing.model import Drawing, Group, Layer

# The layer of what stands round the map and on it.
_SHEET = "Sheet"
MARGINS = "Margins"


def with_margins(view: Drawing) -> Drawing:
    """The drawing with the paper round the map over the map: no clipping is known, and streets end with round caps."""
    whole = (0.0, 0.0, view.width, view.height)
    if view.frame == whole:
        return view
    rings = [model.rectangle(*box, view.background) for box in (whole, view.frame)]
    paper = replace(
        rings[0],
        points=np.concatenate([ring.points for ring in rings]),
        kinds=np.concatenate([ring.kinds for ring in rings]),
    )
    margins = Group(MARGINS, [paper])
    layers = [
        replace(layer, groups=[margins, *layer.groups]) if layer.name == _SHEET and not layer.clipped else layer
        for layer in view.layers
    ]
    if all(new is old for new, old in zip(layers, view.layers)):
        layers.append(Layer(_SHEET, [margins], clipped=False))
    return replace(view, layers=layers)
