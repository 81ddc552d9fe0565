"""Counting in windows of time: who is one too many, until when, and that nothing is kept for ever."""

import re
from pathlib import Path

import pytest

from osm2cdr.server.api import windows
from osm2cdr.server.domain.tiers import TIERS


def test_a_window_begins_with_the_first_and_ends_for_all():
    counts = windows.Windows()
    for number in range(3):
        assert counts.hit("3/minute", "poll", "a", 100.0 + number) == 0
    assert counts.hit("3/minute", "poll", "a", 103.0) == 57.0
    assert counts.hit("3/minute", "poll", "a", 159.5) == 0.5
    assert counts.hit("3/minute", "poll", "b", 103.0) == counts.hit("3/minute", "keys", "a", 103.0) == 0
    assert counts.hit("3/minute", "poll", "a", 160.0) == 0
    counts.clear("3/minute", "keys", "a")
    for _ in range(3):
        assert counts.hit("3/minute", "keys", "a", 161.0) == 0


def test_what_is_over_is_forgotten():
    counts = windows.Windows()
    for number in range(1000):
        counts.hit("3/second", "poll", str(number), 10.0)
    assert len(counts) == 1000
    counts.hit("3/hour", "poll", "a", 10.0)
    counts.hit("3/second", "poll", "b", 71.0)
    assert len(counts) == 2


def test_every_rate_of_the_server_is_one():
    assert windows.parsed("60/5minute") == (60, 300.0)
    folder = Path(windows.__file__).resolve().parent.parent
    written = {rate for path in folder.rglob("*.py") for rate in re.findall(r'"(\d+/\w+)"', path.read_text("utf-8"))}
    written |= {rate for tier in TIERS.values() for rate in (tier.polls, tier.submits)}
    assert len(written) > 5
    assert {windows.parsed(rate)[1] > 0 for rate in written} == {True}
    for bad in ("", "60", "60/fortnight", "x/minute"):
        with pytest.raises(ValueError, match="rate"):
            windows.parsed(bad)
