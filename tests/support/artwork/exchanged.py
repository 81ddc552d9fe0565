"""Artwork for other programs than a designer's: what is in a drawing, and how its picture is compared."""

import regression

DPI = 100


def outlined(drawing):
    from osm2cdr.processing_provider.drawing.clean.artwork_choices import Choices, apply

    return apply(drawing, Choices("outlines"))


def held(drawing, whole):
    """Things by layer, or objects."""
    from osm2cdr.processing_provider.drawing.things import things

    if not whole:
        return {layer.title: len(list(layer.items)) for layer in drawing.layers}
    return {layer.title: sum(len(list(things(group))) for group in layer.groups) for layer in drawing.layers}


def far(one, other):
    """The share of pixels that differ; pages may be a pixel larger or smaller."""
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2]))
    assert max(abs(a - b) for a, b in zip(one.shape[:2], other.shape[:2])) <= 3
    return float(regression.far(one[:height, :width], other[:height, :width])[3:-3, 3:-3].mean())
