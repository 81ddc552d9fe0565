"""Where on Earth a drawing lies (GEODATA, AutoCAD 2010 and later), for the UTM zones of WGS 84.

Facts: Autodesk, DXF Reference 2010 (GEODATA); ezdxf's documentation of it. The definition is that of the coordinate
system in the words of OSGeo's MapGuide, `UTM84-33N` its name in the library that AutoCAD comes with. Other coordinate
systems have no such name that is known here: the drawing's property `crs` tells them alone.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any

_UTM = re.compile(r"EPSG:32([67])(0[1-9]|[1-5]\d|60)")
_DEFINITION = """<?xml version="1.0" encoding="UTF-16" standalone="no" ?>
<Dictionary version="1.0" xmlns="http://www.osgeo.org/mapguide/coordinatesystem">
<ProjectedCoordinateSystem id="{name}">
<Name>{name}</Name>
<DatumId>WGS84</DatumId>
<Axis uom="METER">
<CoordinateSystemAxis><AxisOrder>1</AxisOrder><AxisName>Easting</AxisName><AxisAbbreviation>E</AxisAbbreviation>\
<AxisDirection>east</AxisDirection></CoordinateSystemAxis>
<CoordinateSystemAxis><AxisOrder>2</AxisOrder><AxisName>Northing</AxisName><AxisAbbreviation>N</AxisAbbreviation>\
<AxisDirection>north</AxisDirection></CoordinateSystemAxis>
</Axis>
<Conversion>
<Projection>
<OperationMethodId>Transverse Mercator</OperationMethodId>
<ParameterValue><OperationParameterId>Longitude of natural origin</OperationParameterId>\
<Value uom="degree">{meridian}</Value></ParameterValue>
<ParameterValue><OperationParameterId>Latitude of natural origin</OperationParameterId>\
<Value uom="degree">0</Value></ParameterValue>
<ParameterValue><OperationParameterId>Scaling factor for coord differences</OperationParameterId>\
<Value uom="unity">0.9996</Value></ParameterValue>
<ParameterValue><OperationParameterId>False easting</OperationParameterId>\
<Value uom="Meter">500000</Value></ParameterValue>
<ParameterValue><OperationParameterId>False northing</OperationParameterId>\
<Value uom="Meter">{north}</Value></ParameterValue>
</Projection>
</Conversion>
</ProjectedCoordinateSystem>
<Alias id="{code}" type="CoordinateSystem">
<ObjectId>{name}</ObjectId>
<Namespace>EPSG Code</Namespace>
</Alias>
<GeodeticDatum id="WGS84">
<Name>WGS84</Name>
<PrimeMeridianId>Greenwich</PrimeMeridianId>
<EllipsoidId>WGS84</EllipsoidId>
</GeodeticDatum>
<Ellipsoid id="WGS84">
<Name>WGS84</Name>
<SemiMajorAxis uom="meter">6378137</SemiMajorAxis>
<SecondDefiningParameter><SemiMinorAxis uom="meter">6356752.314245</SemiMinorAxis></SecondDefiningParameter>
</Ellipsoid>
</Dictionary>
"""


def locate(document: Any, crs: str, point: tuple[float, float]) -> bool:
    """Say that a point of the drawing is that point of a CRS; False where the CRS is none of those known."""
    known = _UTM.fullmatch(crs)
    if known is None:
        return False
    half, zone = known[1], int(known[2])
    definition = _DEFINITION.format(
        name=f"UTM84-{zone}{'N' if half == '6' else 'S'}", code=crs[5:], meridian=zone * 6 - 183,
        north=0 if half == "6" else 10_000_000,
    )  # fmt: skip
    data = document.modelspace().new_geodata()
    data.setup_local_grid(design_point=point, reference_point=point, crs=definition)
    return True
