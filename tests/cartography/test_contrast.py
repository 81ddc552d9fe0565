"""Text reads on the ground that it stands on: contrast by WCAG, computed here on its own, of every style."""

import re

import pytest

from osm2cdr.processing_provider.cartography.themes.colors import contrast
from osm2cdr.processing_provider.cartography.themes.loading import load_theme, style_names

STYLES = style_names()
# WCAG 2.2: 4.5 for text (1.4.3, AA), 3 for large text and signs (1.4.11).
LEAST = {"contrast": 4.5}
# The grounds that a text lies on, beside its halo.
GROUNDS = {
    "text_place": ("land",),
    "text_water": ("water", "sea"),
    "text_park": ("park",),
    "text_poi": ("land", "building"),
    "hn": ("building", "building_major"),
    "text": ("land",),
}


def luminance(color):
    def linear(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    value = int(color[1:], 16)
    shares = zip((0.2126, 0.7152, 0.0722), (value >> 16, value >> 8 & 255, value & 255))
    return sum(share * linear(channel / 255) for share, channel in shares)


def ratio(one, other):
    dark, light = sorted((luminance(one) + 0.05, luminance(other) + 0.05))
    return light / dark


def test_the_ratio_is_wcags():
    # Pairs from the W3C's own understanding documents.
    for one, other, known in (("#FFFFFF", "#000000", 21), ("#777777", "#FFFFFF", 4.48), ("#FF0000", "#FFFFFF", 4.0)):
        assert ratio(one, other) == pytest.approx(known, abs=0.01)
        assert contrast(one, other) == pytest.approx(known, abs=0.01)


@pytest.mark.parametrize("name", STYLES)
def test_text_reads_on_its_ground(qgis, name):
    from osm2cdr.processing_provider.cartography.symbology.label_styles import Labels
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    theme = load_theme(name)
    color, shown = theme.color, theme.flags["labels"]
    needs = {"text_place": "places", "text_water": "water", "text_park": "parks", "text_poi": "pois", "hn": "streets"}
    bad = []
    for text, grounds in GROUNDS.items():
        if (text in needs and needs[text] not in shown) or color[text] is None:
            continue
        halo = color["halo_hn"] if text == "hn" else color["halo"]
        if text in ("text_water", "text_park"):
            halo = Labels(theme, Widths(theme, 10000), 5).halo(text)
        on = {"halo": halo} if halo else {}
        # Where a halo stands out from a ground it takes its place; else the text is seen on both.
        for ground in grounds:
            if color[ground] and (not halo or ratio(halo, color[ground]) < 2):
                on[ground] = color[ground]
        bad += [(text, ground, round(ratio(color[text], under), 2)) for ground, under in on.items()
                if ratio(color[text], under) < LEAST.get(name, 3)]  # fmt: skip
    assert not bad


@pytest.mark.parametrize("name", STYLES)
def test_street_names_read_on_their_halo(qgis, name):
    from osm2cdr.processing_provider.cartography.symbology.label_styles import Labels
    from osm2cdr.processing_provider.cartography.themes.widths import Widths

    theme = load_theme(name)
    if "streets" not in theme.flags["labels"]:
        return
    seen = set()
    for settings, expression in Labels(theme, Widths(theme, 10000), 5).streets():
        text = settings.format()
        assert text.buffer().enabled()
        assert ratio(text.color().name(), text.buffer().color().name()) >= 4.5, expression
        seen.update(re.findall(r"'(\w+)'", expression))
    assert {"motorway", "primary", "secondary", "tertiary", "minor"} <= seen
