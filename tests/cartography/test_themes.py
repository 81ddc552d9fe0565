"""The styles: every one loads, says nothing that the code does not know, and draws."""

import pytest

from osm2cdr.processing_provider.cartography.themes.loading import aliases, load_theme, style_names
from osm2cdr.processing_provider.request.checks import make_request

BOX = [24.93, 60.16, 24.95, 60.18]
STYLES = (
    "default", "blueprint", "contrast", "dark", "figureground", "grayscale", "light", "lineart", "midnight", "minimal",
    "night", "pastel", "print", "toner", "topographic", "transport", "vintage",
)  # fmt: skip
ALIASES = {
    "positron": "light", "dark_matter": "dark", "bw": "toner", "ink": "toner", "sepia": "vintage",
    "watercolor": "pastel", "neon": "night", "accessible": "contrast", "cmyk": "print", "laser": "lineart",
    "hairline": "lineart", "nolli": "figureground", "topo": "topographic",
}  # fmt: skip


def test_there_are_seventeen_styles():
    """And whoever adds one has a line to write in the docs alone."""
    assert [name for name in style_names() if name in STYLES] == list(STYLES)


@pytest.mark.parametrize("name", style_names())
def test_a_style_names_nothing_that_default_does_not(name):
    base, theme = load_theme("default"), load_theme(name)
    for part in ("color", "width", "font", "flags"):
        assert set(getattr(theme, part)) == set(getattr(base, part))


def test_other_names_of_a_style_mean_it():
    assert aliases() == ALIASES
    for alias, name in ALIASES.items():
        assert make_request({"bbox": BOX, "formats": "svg", "style": alias}).style == name
