"""What the next Debian does without: marked `one_system`, with the reason, or a test in a style beyond these two."""

import pytest

from osm2cdr.processing_provider.cartography.themes.loading import style_names

# A light one and a dark one: the others are other values of the same tokens.
STYLES = {"default", "dark"}


def mark(items):
    """Mark the tests that draw another style."""
    others = set(style_names()) - STYLES
    for item in items:
        values = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if any(isinstance(value, str) and value in others for value in values):
            item.add_marker(pytest.mark.one_system("another style"))
