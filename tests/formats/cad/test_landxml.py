"""LandXML: hostile names are values of attributes, north comes before east, and all that is known is there."""

import pytest
from hardtexts import BOX, TEXTS, write

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from readers.landxml import SPACE, check

pytestmark = pytest.mark.one_system("the writer is plain Python; conformance has its file on each")

HOSTILE = {"tag": '"/><Project name="x"/>', "entity": "&lol;<!ENTITY", "cdata": "]]><![CDATA[", "apostrophe": "a'b\"c"}


def test_names_stay_values(qgis, tmp_path):
    from lxml import etree

    source = write(tmp_path / "hard.osm", {**TEXTS, **HOSTILE})
    fields = {"bbox": BOX, "formats": "landxml", "detail": 6, "source": str(source), "title": HOSTILE["tag"]}
    [result] = pipeline.run(make_request(fields), tmp_path, Feedback())
    assert result.error is None
    root = etree.parse(str(result.path)).getroot()
    check(root)
    names = {known.get("value") for known in root.iter(f"{SPACE}Property") if known.get("label") == "name"}
    assert set(HOSTILE.values()) <= names
    assert len(names) >= len(TEXTS)
    [project] = root.iter(f"{SPACE}Project")
    assert project.get("name") == HOSTILE["tag"]
    place = next(root.iter(f"{SPACE}CgPoint"))
    northing, easting = map(float, place.text.split())
    # The box lies at the equator, three degrees west of its zone's middle.
    assert 0 < northing < 1200
    assert 160_000 < easting < 170_000
    assert place.get("featureRef") == place.get("name")
    houses = next(one for one in root.iter(f"{SPACE}PlanFeatures") if one.get("name") == "buildings")
    outline = houses[0].find(f"{SPACE}CoordGeom")
    assert outline[0][0].text == outline[-1][1].text
