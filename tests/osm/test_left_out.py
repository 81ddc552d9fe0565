"""What is tagged and lands in no layer is told in docs/left-out.md, kind by kind."""

import collections
import re

import pytest
from left_out import MOST, count

from areas import ROOT, WINDOWS


def test_what_lands_in_no_layer_stands_in_the_docs():
    total = collections.Counter()
    for source, box in WINDOWS.values():
        if not source.exists():
            pytest.skip(f"{source} is not there")
        total += count(source, box)
    said = set(re.findall(r"`([^`\s]+=[^`\s]+)`", (ROOT / "docs" / "left-out.md").read_text(encoding="utf-8")))
    often = {kind for kind, number in total.items() if number > MOST}
    assert often <= said
    assert {kind for kind in said if kind not in total} <= {"TAGS=all"}
