"""LandXML: lxml, and the rules of the schema that concern what is in such a file (LandXML.org, 1.2)."""

import re
from pathlib import Path

import numpy as np

from readers.found import Found

SPACE = "{http://www.landxml.org/schema/LandXML-1.2}"
# The children of each element and the attributes that it may have, with a ! those that it must.
RULES = {
    "LandXML": ("Units CoordinateSystem Project Application PlanFeatures CgPoints", "version! date! time! readOnly"),
    "Units": ("Metric Imperial", ""),
    "Imperial": (
        "",
        "areaUnit! linearUnit! volumeUnit! temperatureUnit pressureUnit angularUnit directionUnit",
    ),
    "Metric": (
        "",
        "areaUnit! linearUnit! volumeUnit! temperatureUnit pressureUnit angularUnit directionUnit",
    ),
    "CoordinateSystem": ("", "name epsgCode"),
    "Project": ("", "name! desc"),
    "Application": ("", "name! desc"),
    "PlanFeatures": ("PlanFeature", "name desc"),
    "PlanFeature": ("CoordGeom Feature", "name"),
    "CoordGeom": ("Line", ""),
    "Line": ("Start End", ""),
    "Start": ("", ""),
    "End": ("", ""),
    "CgPoints": ("CgPoint Feature", "name desc"),
    "CgPoint": ("", "name desc code featureRef"),
    "Feature": ("Property", "name"),
    "Property": ("", "label! value!"),
}


def check(root):
    """Raise where an element is not what the schema lets it be, or children come in another order than it has them."""
    for element in root.iter():
        name = element.tag.removeprefix(SPACE)
        children, attributes = (text.split() for text in RULES[name])
        places = [children.index(child.tag.removeprefix(SPACE)) for child in element]
        assert name == "LandXML" or places == sorted(places), name
        assert {text.rstrip("!") for text in attributes} >= set(element.attrib), name
        assert {text[:-1] for text in attributes if text.endswith("!")} <= set(element.attrib), name
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", root.get("date"))
    assert re.fullmatch(r"\d\d:\d\d:\d\d", root.get("time"))
    for points in root.iter(f"{SPACE}CgPoints"):
        names = [point.get("name") for point in points.iter(f"{SPACE}CgPoint")]
        assert len(set(names)) == len(names)
        assert names == [feature.get("name") for feature in points.iter(f"{SPACE}Feature")]


def landxml(path: Path) -> Found:
    from lxml import etree

    found = Found()
    root = etree.parse(str(path), etree.XMLParser(huge_tree=True)).getroot()
    check(root)
    found.crs = int(root.find(f"{SPACE}CoordinateSystem").get("epsgCode"))
    found.notice = root.find(f"{SPACE}Project").get("desc")
    for group, one in (("PlanFeatures", "PlanFeature"), ("CgPoints", "CgPoint")):
        for layer in root.iter(SPACE + group):
            found.layers[layer.get("name")] = len(layer.findall(SPACE + one))
    for known in root.iter(f"{SPACE}Property"):
        if known.get("label") == "name":
            found.texts.add(known.get("value"))
    for chain in root.iter(f"{SPACE}CoordGeom"):
        # Each line goes on where the last one ended.
        assert all(one[1].text == other[0].text for one, other in zip(chain, chain[1:]))
    places = [item.text for tag in ("Start", "CgPoint") for item in root.iter(SPACE + tag)]
    pairs = np.array(" ".join(places).split(), float).reshape(-1, 2)[:, ::-1]
    found.box = (*pairs.min(axis=0), *pairs.max(axis=0))
    return found


READERS = {"landxml": landxml}
