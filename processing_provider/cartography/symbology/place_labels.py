"""How the names of places look, and from which detail level on each kind has its name wherever there is room."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsPalLayerSettings

from ..themes.colors import contrast
from .label_styles import Labels, Rule, TextStyle
from .symbols import MM, mixed, one_of

# The last level of the overviews, on which letters are smaller.
_OVERVIEW, _SMALLER = 2, 0.72
# How many levels before its own a kind is named in a project's layer, whose labels QGIS thins out.
_BEFORE = 2
# How much of the halo is in the colour of names of parts of towns, where that keeps the contrast of what is read first.
_QUIET, _LEGIBLE = 0.22, 7.0
# Contrast of large letters on their ground: WCAG 2.2, 1.4.3.
LARGE = 3.0


@dataclass(frozen=True)
class Place:
    """A kind of place: points at 1:10,000, letter spacing in points, QGIS's priority, the level at home.

    A `settlement` is a dot on overviews; all others are parts of one, or open land.
    """

    kind: str
    points: float
    spacing: float
    priority: int
    level: int
    settlement: bool
    # Whether it is written in capitals where the style has them: cities and towns, and the parts of them.
    capitals: bool = True


# By rank.
PLACES = (
    Place("city", 13.5, 1.4, 10, 1, True),
    Place("town", 11.5, 1.2, 10, 1, True),
    Place("suburb", 8.6, 1.1, 9, 3, False),
    Place("village", 9.5, 0.2, 9, 2, True, False),
    Place("quarter", 7.8, 0.9, 9, 4, False),
    Place("neighbourhood", 6.9, 0.7, 8, 5, False),
    Place("hamlet", 7.4, 0.1, 8, 4, True, False),
    Place("locality", 6.2, 0.4, 8, 6, False, False),
)
OPEN_LAND = "locality"
# What open land and water have of their own, by class: these are named before other open land.
ISLAND = Place("island", 7.4, 0.3, 8, 3, False, False)
ISLET = Place("islet", 6.2, 0.2, 8, 5, False, False)
BAY = Place("bay", 6.6, 0.2, 8, 3, False, False)
CAPE = Place("cape", 6.2, 0.1, 8, 4, False, False)
SQUARE = Place("place-square", 5.8, 0.1, 8, 4, False, False)
LANDFORMS = {
    "island": ISLAND, "archipelago": ISLAND, "islet": ISLET, "bay": BAY, "strait": BAY, "cape": CAPE,
    "peninsula": CAPE, "isthmus": CAPE, "square": SQUARE,
}  # fmt: skip
RANK = {place.kind: number for number, place in enumerate(PLACES)}


def has_dot(labels: Labels, place: Place) -> bool:
    """Whether the name stands beside a dot."""
    return labels.detail <= _OVERVIEW and place.settlement


def place_styles(labels: Labels) -> list[TextStyle]:
    """The text of places by rank: capitals where the style has them, but none beside a dot, of villages, on open land.

    Parts of towns are quieter than these: their colour leans to the halo's.
    """
    theme, small = labels.theme, labels.detail <= _OVERVIEW
    plain = theme.color["text_place"] or ""
    # Where there is dark water as well, a paler name would vanish on it, whatever its halo.
    grounds = [theme.color.get(token) for token in ("water", "sea")]
    quiet = _quiet(plain, theme.color["halo"] or "", [ground for ground in grounds if ground])
    styles = []
    for place in PLACES:
        dotted, land = has_dot(labels, place), place.kind == OPEN_LAND
        text = labels.text(
            place.points * (_SMALLER if small else 1),
            plain if place.settlement or land else quiet,
            theme.color["halo"],
            0.5 if small else 0.55,
            theme.font["place"],
            bold=not land,
            caps=bool(theme.font["place_caps"]) and place.capitals and not dotted,
            spacing=0 if dotted else place.spacing * (_SMALLER if small else 1),
        )
        styles.append(TextStyle(place.kind, (place.kind,), text, place.priority))
    return styles


def landform_styles(labels: Labels) -> list[TextStyle]:
    """The text of islands, capes and squares, like that of open land; of bays and straits, like that of water."""
    theme, small = labels.theme, _SMALLER if labels.detail <= _OVERVIEW else 1
    water = labels.area_style(BAY.kind, "text_water", theme.font["water"], BAY.points * small)
    return [
        TextStyle(BAY.kind, (BAY.kind,), water.text, BAY.priority),
        *(
            TextStyle(
                place.kind, (place.kind,),
                labels.text(place.points * small, theme.color["text_place"] or "", theme.color["halo"], 0.5,
                            theme.font["place"], italic=place is not SQUARE, spacing=place.spacing * small),
                place.priority,
            )
            for place in (ISLAND, ISLET, CAPE, SQUARE)
        ),
    ]  # fmt: skip


def _quiet(text: str, halo: str, grounds: list[str]) -> str:
    """A text's colour nearer to its halo's, as far as it stays legible on it and on the grounds."""
    if not text or not halo:
        return text
    softer = mixed(text, halo, _QUIET)
    fits = contrast(softer, halo) >= _LEGIBLE and all(contrast(softer, ground) >= LARGE for ground in grounds)
    return softer if fits else text


def places(labels: Labels) -> list[Rule]:
    """Names of the places of a project's layer, over their middle; where they have a dot, beside it."""
    rules = []
    for place, style in zip(PLACES, place_styles(labels)):
        if place.level - labels.detail > _BEFORE:
            continue
        beside = has_dot(labels, place)
        placement = QgsPalLayerSettings.Placement
        where = placement.OrderedPositionsAroundPoint if beside else placement.OverPoint
        settings = labels.settings(style.text, 'wordwrap("name",12)', where, style.priority)
        settings.dist = 0.9 if beside else 0
        settings.distUnits = MM
        rules.append((settings, one_of("kind", style.kinds)))
    return rules
