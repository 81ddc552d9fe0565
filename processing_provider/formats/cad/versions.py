"""What differs from one version of DXF to the next; everything else is the same drawing.

Facts: Autodesk, DXF Reference ("Drawing file versions", "DXF Encoding", GEODATA).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """A version: ezdxf's name of it, its `$ACADVER`, and the code page of its texts, empty for UTF-8.

    `located` tells whether a drawing can say where on Earth it lies (GEODATA), `has_survey_feet` whether its unit can
    be the foot of the US survey.
    """

    name: str
    acadver: str
    codepage: str
    located: bool
    has_survey_feet: bool = False


_R2010 = Version("R2010", "AC1024", "", True)
# What a DWG is made of.
DWG = _R2010
# By the id of the format.
VERSIONS = {
    "dxf": _R2010,
    "dxf_r2004": Version("R2004", "AC1018", "cp1252", False),
    "dxf_r2007": Version("R2007", "AC1021", "", False),
    "dxf_r2010": _R2010,
    "dxf_r2013": Version("R2013", "AC1027", "", True),
    "dxf_r2018": Version("R2018", "AC1032", "", True, True),
}
