"""What a file lacks of its own objects is counted and named: nodes of ways, ways of areas."""

import pytest
from osm_files import document, put

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm import staging
from osm2cdr.processing_provider.sources import extract

BOX = (10.0, 50.0, 10.1, 50.1)


def node(number, x, y):
    return f'<node id="{number}" version="1" lon="{10 + x / 100}" lat="{50 + y / 100}"/>'


def way(number, *refs, **tags):
    inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{number}" version="1">{inner}{tagged(tags)}</way>'


def area(number, *ways):
    inner = "".join(f'<member type="way" ref="{ref}" role="outer"/>' for ref in ways)
    return (
        f'<relation id="{number}" version="1">{inner}{tagged({"type": "multipolygon", "natural": "water"})}</relation>'
    )


def tagged(tags):
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


PLACES = [(1, 1), (2, 1), (2, 2), (1, 2), (5, 5), (300, 1), (301, 1)]
TEXT = document([
    *(node(number, x, y) for number, (x, y) in enumerate(PLACES, 1)),
    way(10, 1, 2, 3, 99, highway="residential"), way(11, 5, 98, 97, building="yes"), way(12, 1, 2, 3), way(13, 6, 7),
    way(14, 3, 4, 1, highway="service"), area(20, 12, 96), area(21, 13, 96), area(22, 12, 14),
])  # fmt: skip


@pytest.mark.parametrize("suffix", [".osm", ".osm.pbf"])
def test_what_a_file_lacks_is_counted_and_named(qgis, tmp_path, suffix):
    source = put(tmp_path, TEXT, suffix)
    account = staging.stage(extract.read(source, BOX, tmp_path, Feedback()), (), 6, Feedback(), BOX).account
    # Of the areas that lack a way one is far away.
    assert account.refused == {"nodes": 1, "members": 1}
    assert account.first == {"nodes": ["way 11"], "members": ["relation 20"], "cut": ["way 10"]}
    assert account.incomplete == {"cut": 1}
    assert (account.objects, account.in_tables) == ({"node": 0, "way": 3, "relation": 2}, 3)
    assert account.adds_up
