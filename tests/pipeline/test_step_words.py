"""Whoever looks on is told in words what is being done, never by a word of the code."""

import re

import pytest

from areas import ROOT
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.pipeline.step_words import WORDS, doing

pytestmark = pytest.mark.one_system("text alone")
_PART = re.compile(r"""\.part\([^()\n]*,\s*"(\w+)"\)""")


def test_every_step_of_the_code_has_words():
    code = (path.read_text(encoding="utf-8") for path in (ROOT / "processing_provider").rglob("*.py"))
    named = {word for text in code for word in _PART.findall(text)}
    assert len(named) > 6
    assert named == set(WORDS)


def test_a_format_is_written_and_an_unknown_word_stays():
    assert {doing(name) for name in FORMATS} == {f"writing {item.name}" for item in FORMATS.values()}
    assert doing("draw").key == "drawing"
    assert doing("nap") == "nap"
