"""The unit of a drawing, which is that of its CRS: metres, feet, or feet of the US survey.

Facts: Autodesk, DXF Reference 2018 ($INSUNITS: 2 feet, 6 metres, 21 US survey feet, which older versions do not have).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...geo.projection import spatial_reference

METRES, FEET, SURVEY_FEET = 6, 2, 21
_LENGTHS = {FEET: 0.3048, SURVEY_FEET: 1200 / 3937}
_NEAR = 1e-9


def unit_of(crs: str) -> int:
    """The unit of a CRS as $INSUNITS has it; of any other length than these, metres."""
    length = spatial_reference(crs).GetLinearUnits()
    return next((unit for unit, metres in _LENGTHS.items() if abs(length - metres) < _NEAR), METRES)


def insunits(crs: str, survey: bool = False) -> int:
    """What $INSUNITS is; a foot is a foot where the version does not have that of the US survey."""
    unit = unit_of(crs)
    return FEET if unit == SURVEY_FEET and not survey else unit
