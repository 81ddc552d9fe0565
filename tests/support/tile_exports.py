"""A small export of tiles, as the tests of vector and painted tiles share it."""

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.request.checks import make_request

FEW = (24.9416, 60.1690, 24.9440, 60.1705)


def run(folder, formats, told=None, **fields):
    """A small export; its results, warnings go into `told`."""
    from osm2cdr.processing_provider.pipeline import run as pipeline

    whole = {"bbox": FEW, "formats": formats, "detail": 5, "source": str(SAMPLE), "name": "x", **fields}
    feedback = Feedback(None, lambda code, text: told.append((code, text)) if told is not None else None)
    return pipeline.run(make_request(whole), folder, feedback)
