"""Fixtures of the tests of names: an export with its warnings, and letters as Unicode composes them."""

import re
import unicodedata

import pytest

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request


@pytest.fixture
def make(qgis, tmp_path):
    """make(source, bbox, **fields): the files by format, and the warnings."""

    def run(source, bbox, **fields):
        warnings = []
        asked = {"bbox": bbox, "source": str(source), "detail": 5, **fields}
        if any(FORMATS[name].view == "picture" for name in fields["formats"].split(",")):
            asked.setdefault("dpi", 150)
        feedback = Feedback(None, lambda code, text: warnings.append((code, text)))
        results = pipeline.run(make_request(asked), tmp_path, feedback)
        assert [result.error for result in results] == [None] * len(results)
        return {result.format: result.path for result in results}, warnings

    return run


def plain(text):
    return unicodedata.normalize("NFKC", re.sub(r"\s", "", text))
