"""What a tier may do."""

from osm2cdr.server.domain import tiers


def test_tiers_begin_where_the_one_below_ends():
    for tier, km2 in (("free", 25), ("basic", 100), ("pro", 500), ("enterprise", 20_000)):
        assert tiers.lowest(("svg",), km2).id == tier
    for tier, km2 in (("basic", 25.01), ("pro", 100.01), ("enterprise", 500.01)):
        assert tiers.lowest(("svg",), km2).id == tier
    assert tiers.lowest(("svg",), 20_000.01) is None
