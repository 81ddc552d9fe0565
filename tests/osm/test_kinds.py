"""Each kind of thing is in its table, through the reader: one small file holds one object of each."""

import pytest
from osm_files import document

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.osm.tables.rules import parse_rule
from osm2cdr.processing_provider.osm.tables.several import first, has, split
from osm2cdr.processing_provider.sources import extract

# How a thing is drawn (as a relation: a multipolygon), its tags, and where it belongs: table, kind, class.
THINGS = [
    ("relation", "boundary=administrative admin_level=8", {("admin_areas", "municipality", "administrative")}),
    ("relation", "boundary=administrative admin_level=10", {("admin_areas", "district", "administrative")}),
    ("closed", "boundary=national_park", {("protected_areas", "national_park", "national_park")}),
    ("relation", "boundary=protected_area", {("protected_areas", "protected_area", "protected_area")}),
    (
        "closed", "leisure=nature_reserve",
        {("protected_areas", "nature_reserve", "nature_reserve"), ("green", "park", "nature_reserve")},
    ),
    ("open", "railway=platform", {("plazas_lines", "platform", "platform")}),
    ("open", "public_transport=platform", {("plazas_lines", "platform", "platform")}),
    ("closed", "railway=platform", {("plazas", "platform", "platform")}),
    ("closed", "highway=track area=yes", {("plazas", "plaza", "track")}),
    ("closed", "barrier=hedge area=yes", {("barriers_areas", "hedge", "hedge")}),
    ("relation", "barrier=wall", {("barriers_areas", "wall", "wall")}),
    ("closed", "barrier=hedge", {("barriers", "hedge", "hedge")}),
    ("open", "barrier=ditch", {("barriers", "ditch", "ditch")}),
    ("open", "leisure=track", {("green_lines", "track", "track")}),
    ("closed", "leisure=track area=no", {("green_lines", "track", "track")}),
    ("closed", "leisure=track", {("green", "pitch", "track")}),
    ("open", "waterway=dam", {("piers_lines", "dam", "dam")}),
    ("closed", "waterway=dam", {("piers", "dam", "dam")}),
    ("open", "waterway=weir", {("piers_lines", "weir", "weir")}),
    ("open", "power=cable", {("power", "cable", "cable")}),
    ("open", "communication=line", {("power", "telecom", "line")}),
    ("open", "man_made=pipeline", {("pipelines", "pipeline", "pipeline")}),
    ("open", "man_made=goods_conveyor", {("pipelines", "conveyor", "goods_conveyor")}),
    ("closed", "power=substation", {("power_areas", "substation", "substation")}),
    ("closed", "power=plant", {("power_areas", "plant", "plant")}),
    ("node", "power=substation", {("power_points", "substation", "substation")}),
    ("open", "railway=disused", {("railways", "disused", "disused")}),
    ("open", "disused:railway=rail", {("railways", "disused", "rail")}),
    ("open", "railway=abandoned", {("railways", "abandoned", "abandoned")}),
    ("open", "railway=rail abandoned:railway=tram", {("railways", "rail", "rail")}),
    ("open", "railway=miniature", {("railways", "miniature", "miniature")}),
    ("open", "highway=construction construction=primary", {("construction", "road", "construction")}),
    ("open", "railway=construction", {("construction", "railway", "construction")}),
    ("closed", "leisure=marina", {("landuse", "marina", "marina")}),
    ("closed", "highway=rest_area", {("landuse", "parking", "rest_area")}),
    ("closed", "natural=mud", {("sand", "mud", "mud")}),
    ("closed", "natural=reef", {("sand", "reef", "reef")}),
    ("node", "natural=bay", {("places", "locality", "bay")}),
    ("node", "natural=strait", {("places", "locality", "strait")}),
    ("node", "natural=cape", {("places", "locality", "cape")}),
    ("node", "place=square", {("places", "locality", "square")}),
    ("node", "place=island", {("places", "locality", "island")}),
    ("node", "tourism=alpine_hut", {("pois", "lodging", "alpine_hut")}),
    ("closed", "tourism=wilderness_hut", {("pois", "lodging", "wilderness_hut")}),
    ("node", "office=lawyer", {("pois", "office", "lawyer")}),
    ("node", "emergency=defibrillator", {("pois", "health", "defibrillator")}),
    # Values that list several: the first kind that takes one of them takes the object.
    ("node", "amenity=cafe;bar", {("pois", "food", "cafe")}),
    ("node", "amenity=bench; bar", {("pois", "food", "bar")}),
    ("node", "amenity=bench;waste_basket", set()),
    ("node", "shop=books;gift", {("pois", "shop", "books")}),
    ("node", "office=it;architect", {("pois", "office", "it")}),
    ("node", "natural=viewpoint;peak", {("pois", "nature", "peak")}),
    ("closed", "landuse=farmland;meadow", {("landuse", "farm", "farmland"), ("green", "grass", "meadow")}),
    ("closed", "amenity=parking parking=surface;underground", {("pois", "transport", "parking")}),
    ("open", "highway=residential name=A;B", {("roads", "minor", "residential")}),
]  # fmt: skip


def tags_of(text):
    """The tags of `key=value key=value`; a word without a sign goes on with the value before it."""
    pairs = []
    for word in text.split(" "):
        if "=" in word:
            pairs.append(word.split("=", 1))
        else:
            pairs[-1][1] += f" {word}"
    return dict(pairs)


def osm(things):
    """A file with each of `things` in a square of its own; way and relation n have the number of the n-th thing."""
    nodes, ways, relations = [], [], []
    for number, (shape, text, _) in enumerate(things, 1):
        x, y = 10 + 0.001 * (number % 10), 50 + 0.001 * (number // 10)
        corners = [(x, y), (x + 0.0005, y), (x + 0.0005, y + 0.0005), (x, y + 0.0005)]
        tags = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags_of(text).items())
        ids = [10 * number + step for step in range(4)]
        for node, (px, py) in zip(ids, corners):
            own = tags if shape == "node" and node == ids[0] else ""
            nodes.append(f'<node id="{node}" lon="{px:.7f}" lat="{py:.7f}">{own}</node>\n')
        line = ids[:3] if shape == "open" else [*ids, ids[0]]
        refs = "".join(f'<nd ref="{node}"/>' for node in line)
        if shape != "node":
            ways.append(f'<way id="{number}">{refs}{"" if shape == "relation" else tags}</way>\n')
        if shape == "relation":
            kind = "boundary" if "boundary=" in text else "multipolygon"
            member = f'<member type="way" ref="{number}" role="outer"/>'
            relations.append(f'<relation id="{number}">{member}<tag k="type" v="{kind}"/>{tags}</relation>\n')
    return document([*nodes, *ways, *relations])


@pytest.fixture(scope="module")
def found(qgis, tmp_path_factory):
    """The tables, kinds and classes of each thing, by its number."""
    folder = tmp_path_factory.mktemp("kinds")
    path = folder / "kinds.osm"
    path.write_text(osm(THINGS), encoding="utf-8")
    staged = staging.stage(extract.read(path, (9.9, 49.9, 10.1, 50.1), folder, Feedback()), (), 6, Feedback())
    rows: dict[int, set[tuple[str, str, str]]] = {}
    for name, table in staged.rows.items():
        columns = [column for column, _ in table.table.columns]
        for values in table.values:
            row = dict(zip(columns, values))
            number = row["osm_id"] // 10 if row["osm_type"] == "node" else row["osm_id"]
            rows.setdefault(number, set()).add((name, row["kind"], row["class"]))
    return rows


@pytest.mark.parametrize("number", range(1, len(THINGS) + 1), ids=[f"{item[1]} {item[0]}" for item in THINGS])
def test_a_thing_is_in_its_table(found, number):
    _, text, wanted = THINGS[number - 1]
    # The way of a border is a line among the borders as well.
    borders = {row for row in found.get(number, set()) if row[0] == "boundaries"}
    assert bool(borders) == ("administrative" in text)
    assert found.get(number, set()) - borders == wanted


def test_values_that_list_several():
    assert split("cafe; bar") == ["cafe", "bar"]
    assert split(None) == []
    assert has("cafe;bar", "pub;bar")
    assert not has("cafes;bars", "cafe;bar")
    assert not has(None, "bar")
    assert (first("a;b", ""), first("a;b", "b;c"), first("a;b", "c")) == ("a", "b", "a;b")


def test_a_rule_holds_where_one_of_the_values_does():
    [[taken]], [[without]] = parse_rule("amenity=bar,pub"), parse_rule("amenity!=bar,pub")
    for value, is_taken in (("cafe;bar", True), ("cafe; pub", True), ("cafe", False), ("bars;cafe", False)):
        assert taken.holds({"amenity": value}) is is_taken
        assert without.holds({"amenity": value}) is not is_taken
    assert without.holds({})
