"""The query: the same text for the same request, and it fetches all that the layer table shows."""

import json
import re

import pytest
from overpass_data import BOX, body, described, recorded

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.tables.layers import TABLES
from osm2cdr.processing_provider.sources import extract
from osm2cdr.processing_provider.sources.overpass import query


def test_the_query_is_the_same_text_for_the_same_request():
    assert query.build(BOX, (), 4, 180) == query.build(BOX, (), 4, 180)
    assert query.build(BOX, (), 4, 180).body == query.build(BOX, (), 4, 20).body
    text = query.build(BOX, ("roads",), 1, 30).text
    assert text == (
        "[out:xml][timeout:30][maxsize:536870912];\n(\n"
        ' way["highway"~"(^|;) *(motorway|motorway_link|primary|primary_link|secondary|secondary_link|trunk|trunk_link)'
        ' *(;|$)"]'
        "(43.7350000,7.4150000,43.7450000,7.4300000);\n"
        ' way["natural"="coastline"](43.7350000,7.4150000,43.7450000,7.4300000);\n'
        ");\n(._;>;);\nout body;"
    )


def test_an_overview_downloads_no_buildings():
    for level, there in ((1, False), (2, False), (3, True), (6, True)):
        assert ('["building"]' in query.build(BOX, (), level, 180).text) == there
    assert '["building"]' not in query.build(BOX, ("roads", "water"), 6, 180).text


def selected(text, elements):
    """What the query's statements take of `elements` (by type and id), with all that they refer to.

    Boxes and areas are not looked at: all elements lie in the box.
    """
    taken = set()
    for line in text.split("(\n", 1)[1].split("\n);")[0].splitlines():
        kind, rest = re.match(r"^ (node|way|relation)((?:\(pivot\.around\))?(?:\[.*\])?)", line).groups()
        if "pivot" in rest or "(r.borders)" in line:
            continue
        tests = re.findall(r'\["([^"]+)"(?:(=|~)"([^"]*)")?\]', rest)
        for key, element in elements.items():
            if key[0] == kind and all(
                fits(element.get("tags", {}).get(name), sign, word) for name, sign, word in tests
            ):
                taken.add(key)
    result = set(taken)
    # Borders: the relations alone, and their ways.
    borders = re.search(r"^(relation\S*)\(.*->\.borders;$", text, re.M)
    if borders:
        tests = re.findall(r'\["([^"]+)"(?:(=|~)"([^"]*)")?\]', borders[1])
        for key, element in elements.items():
            tags = element.get("tags", {})
            if key[0] == "relation" and all(fits(tags.get(name), sign, word) for name, sign, word in tests):
                result.add(key)
                result |= {("way", m["ref"]) for m in element["members"] if m["type"] == "way"}
    for key in taken:
        if key[0] == "relation":
            result |= {(m["type"], m["ref"]) for m in elements[key]["members"] if m["type"] != "relation"}
    for key in list(result):
        if key[0] == "way" and key in elements:
            result |= {("node", number) for number in elements[key]["nodes"]}
    return result & set(elements)


def fits(value, sign, word):
    if value is None or not sign:
        return value is not None
    return re.search(word, value) is not None if sign == "~" else value == word


@recorded
@pytest.mark.parametrize(("groups", "level"), [((), 1), ((), 3), ((), 4), ((), 6), (("roads", "pois"), 6)])
def test_the_query_fetches_all_that_the_level_shows(qgis, tmp_path, groups, level):
    """The recorded data, whole and as far as the query takes them, make the same map; the latter are fewer."""
    everything = {(e["type"], e["id"]): e for e in json.loads(body("full.json.gz"))["elements"]}
    taken = selected(query.build(BOX, groups, level, 180).text, everything)
    lines = body("full.osm.gz").decode().split("\n  <")
    kept, deep = [lines[0]], True
    for line in lines[1:]:
        found = re.match(r'(node|way|relation) id="(\d+)"', line)
        if found:
            deep = (found[1], int(found[2])) in taken
        if deep or "</osm>" in line:
            kept.append(line if deep else line[line.index("\n\n</osm>") :])
    full, part = tmp_path / "full.osm", tmp_path / "part.osm"
    full.write_bytes(body("full.osm.gz"))
    part.write_text("\n  <".join(kept).replace("\n  <\n\n</osm>", "\n\n</osm>"), encoding="utf-8")
    assert part.stat().st_size < full.stat().st_size * (0.7 if level < 3 or groups else 1)
    staged = []
    for path in (full, part):
        folder = tmp_path / path.stem
        folder.mkdir()
        staged.append(described(staging.stage(extract.read(path, BOX, folder, Feedback()), groups, level, Feedback())))
    # A server is asked for these by name alone.
    for table in ("admin_areas", "routes"):
        staged[0].pop(table, None), staged[1].pop(table, None)
    assert staged[0] == staged[1]
    assert sum(map(len, staged[0].values())) > 10


def test_every_rule_can_be_asked_for():
    for table in TABLES:
        for kind in table.kinds:
            for alternative in kind.rule:
                assert any(not term.negated for term in alternative), kind
                assert all(re.fullmatch(r"[\w-]+", value) for term in alternative for value in term.values)
