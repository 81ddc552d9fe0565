"""What traffic runs on, as layers of a MapLibre style.

Casings lie below fills, tunnels below all, bridges above by their OSM layer.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from functools import partial
from typing import Callable, Dict, Iterator, List

from ..cartography.symbology.roads import CLASSES, PATHS, RANKS, thin_color
from ..cartography.themes.widths import LINK, NO_BRIDGE, NO_CASING, Widths
from .screen import MM, Layer, Screen, Value, by_word, is_set, line, one_of, unset

_SMALL = ("driveway", "parking_aisle", "drive-through")
_SMALL_WIDTH = 0.6
# OSM layers of bridges that are told apart; what is higher lies with the last.
_LEVELS = (1, 2, 3)
_YARD = ("yard", "siding", "spur", "crossover")
# On smaller scales the tracks of a plain are a brown grid; at larger ones than the second every rail is mapped.
_WITHOUT_TRACKS, _EVERY_RAIL = 60_000, 6000
# A width of all of a road from its class and its whole width.
Part = Callable[[Widths, str, float], float]


class Ways:
    """The layers of one style."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.color = screen.color
        self.cased = screen.theme.flags["casings"]
        self.classes = [(kind, width, token, links) for kind, width, token, links in CLASSES if self.color.get(token)]
        self.kinds = one_of("kind", [kind for kind, *_ in self.classes])
        self.rank = by_word("kind", {kind: RANKS[kind] for kind, *_ in self.classes}, 0)

    def tunnels(self) -> Iterator[Layer]:
        """Roads and railways under ground, which lie below the houses."""
        if not self.screen.theme.flags["tunnels"]:
            return
        under = is_set("tunnel")
        color, case = self.color.get("tunnel"), self.color.get("tunnel_case")
        if color and self.classes:
            rule: Value = ["all", self.kinds, under]
            if case:
                wide = self._widths(lambda widths, _, full: full * 0.85 if full * 0.85 >= NO_CASING else 0)
                yield line("road tunnels, edges", "roads", case, wide, rule, [1.6, 1.0])
                thin = self._widths(lambda widths, _, full: 0 if full * 0.85 >= NO_CASING else _thread(full))
                yield line("road tunnels, thin", "roads", case, thin, rule, [1.2, 0.9])
            inner = self._widths(
                lambda widths, _, full: max(full * 0.85 - 1.5 * widths.case, 0.1) if full * 0.85 >= NO_CASING else 0
            )
            whole = self._widths(lambda widths, _, full: full * 0.85)
            yield line("road tunnels", "roads", color, inner if case else whole, rule, sort=self.rank)
        rail = self.color.get("rail")
        if rail:
            rule = ["all", under, ["!", one_of("kind", ("disused", "abandoned"))]]
            shown = by_word("kind", {"subway": self.color.get("subway") or rail}, rail)
            width = self.screen.mm(lambda widths: widths.rail(0.22, 0.25))
            yield line("rail tunnels", "railways", shown, width, rule, [1.4, 0.9])

    def over_ground(self) -> Iterator[Layer]:
        """Paths, roads and railways on the ground, then bridges."""
        ground = unset("tunnel", "bridge")
        yield from self._paths("", ground)
        yield from self._construction()
        if self.classes:
            rule: Value = ["all", self.kinds, ground]
            if self.cased:
                yield line("roads, edges", "roads", self._case_colors(), self._widths(self._casing), rule,
                           round_cap=True, sort=self.rank)  # fmt: skip
            yield line(
                "roads", "roads", self._fill_colors(), self._widths(self._filling), rule, round_cap=True, sort=self.rank
            )
        yield from self._rails("", ground)
        for level in _LEVELS:
            yield from self._bridges(level)

    def _bridges(self, level: int) -> Iterator[Layer]:
        number: Value = ["max", 1, ["coalesce", ["get", "layer"], 1]]
        last = level == _LEVELS[-1]
        here: Value = ["all", is_set("bridge"), unset("tunnel"), [">=" if last else "==", number, level]]
        tag = f", bridges {level}"
        yield from self._path_bridges(tag, here)
        if self.classes:
            rule: Value = ["all", self.kinds, here]
            case = self.color.get("bridge_case")
            if self.cased and case:
                wide = self._widths(lambda widths, _, full: full + widths.case if full >= NO_BRIDGE else 0)
                yield line(f"roads, edges{tag}", "roads", case, wide, rule)
            yield line(f"roads{tag}", "roads", self._fill_colors(), self._widths(self._filling), rule,
                       sort=self.rank)  # fmt: skip
        yield from self._rails(tag, here, bridge=True)

    def _widths(self, part: Part) -> Value:
        """The pixels of a part of each class; links and driveways are narrower."""

        def at(widths: Widths) -> Value:
            found: Dict[str, Value] = {}
            for kind, key, token, links in self.classes:
                full = widths.line(key)
                whole, narrow = (
                    round(part(widths, token, full * share) * MM, 3)
                    for share in (1, LINK if links else _SMALL_WIDTH)
                )  # fmt: skip
                if links:
                    found[kind] = ["case", is_set("link"), narrow, whole]
                elif kind == "service":
                    small: Value = ["in", ["coalesce", ["get", "service"], ""], ["literal", list(_SMALL)]]
                    found[kind] = ["case", small, narrow, whole]
                else:
                    found[kind] = whole
            return by_word("kind", found, 0)

        return self.screen.curve(at)

    def _has_case(self, token: str, full: float) -> bool:
        return bool(self.cased and self.color.get(f"{token}_case") and full >= NO_CASING)

    def _casing(self, widths: Widths, token: str, full: float) -> float:
        return full if self._has_case(token, full) else 0

    def _filling(self, widths: Widths, token: str, full: float) -> float:
        if not self.cased or not self.color.get(f"{token}_case"):
            return full
        return full - 2 * widths.case if full >= NO_CASING else full * 0.75

    def _case_colors(self) -> Value:
        return by_word("kind", {kind: self.color.get(f"{token}_case") or "transparent"
                                for kind, _, token, _ in self.classes}, "transparent")  # fmt: skip

    def _fill_colors(self) -> Value:
        """The colours of the fills; where a road is too thin for a casing its fill stands for both."""

        def at(widths: Widths) -> Value:
            found: Dict[str, Value] = {}
            for kind, key, token, links in self.classes:
                color, case, full = self.color[token] or "", self.color.get(f"{token}_case"), widths.line(key)
                thin = thin_color(self.screen.theme, color, case, False) if self.cased and case else color
                shown = color if full >= NO_CASING else thin
                narrow = color if full * LINK >= NO_CASING else thin
                found[kind] = ["case", is_set("link"), narrow, shown] if links and narrow != shown else shown
            return by_word("kind", found, "transparent")

        return self.screen.steps(at)

    def _paths(self, tag: str, rule: Value) -> Iterator[Layer]:
        if not self.screen.theme.flags["paths"]:
            return
        for kind, dash, gap in PATHS:
            color = self.color.get(kind)
            if color:
                kinds = ("path", "sidewalk") if kind == "path" else (kind,)
                width = self.screen.mm(partial(_path, kind))
                yield line(f"{kind}s{tag}", "paths", color, width, ["all", one_of("kind", kinds), rule], [dash, gap],
                           minzoom=13 if kind == "track" else 0)  # fmt: skip

    def _path_bridges(self, tag: str, rule: Value) -> Iterator[Layer]:
        case, land, color = (self.color.get(token) for token in ("bridge_case", "land", "path"))
        if case and land and color and self.screen.theme.flags["paths"]:
            for part, tint, more in (("edges", case, 0.5), ("ground", land, 0.34)):
                width = self.screen.mm(partial(_path, "path", more=more))
                yield line(f"paths, {part}{tag}", "paths", tint, width, rule, minzoom=13)
        yield from self._paths(tag, rule)

    def _construction(self) -> Iterator[Layer]:
        road, case, rail = (self.color.get(token) for token in ("minor", "minor_case", "rail"))
        if road:
            width = self.screen.mm(lambda widths: 0.6 * widths.line("minor"))
            tint = case if case and self.cased else road
            yield line("future roads", "construction", tint, width, one_of("kind", ("road",)), [2.0, 1.5])
        if rail:
            width = self.screen.mm(lambda widths: widths.rail(0.22, 0.25))
            yield line("future railways", "construction", rail, width, one_of("kind", ("railway",)), [6.0, 4.0])

    def _rails(self, tag: str, rule: Value, bridge: bool = False) -> Iterator[Layer]:
        rail, tram = self.color.get("rail"), self.color.get("tram")
        if not rail:
            return
        plain = self.screen.theme.flags["rail_style"] == "line"

        def main(widths: Widths) -> float:
            return widths.rail(0.31, 0.21) if plain or widths.scale <= _EVERY_RAIL else widths.rail(0.62)

        def thin(widths: Widths) -> float:
            return widths.rail(0.22, 0.25)

        case, land = self.color.get("bridge_case"), self.color.get("land")
        if bridge and case and land and self.cased:
            kinds = one_of("kind", ("rail", "siding", "miniature", "disused"))
            for part, tint, more in (("edges", case, 0.55), ("ground", land, 0.35)):
                width = self.screen.mm(partial(_wider, main, more))
                yield line(f"railways, {part}{tag}", "railways", tint, width, ["all", kinds, rule], minzoom=13)
        rows: List[tuple[str, str, Value, Callable[[Widths], float], Value | None]] = [
            ("disused railways", rail, one_of("kind", ("disused",)), thin, [6.0, 4.0]),
            ("sidings", rail, one_of("kind", ("siding", "miniature")), thin, None),
            ("railways", rail, one_of("kind", ("rail",)), main, None),
        ]
        if tram:
            yards: Value = ["in", ["coalesce", ["get", "service"], ""], ["literal", list(_YARD)]]
            subway, under = self.color.get("subway") or rail, one_of("kind", ("subway",))
            rows += [
                ("tramways", tram, one_of("kind", ("tram", "light_rail", "funicular")),
                 lambda widths: widths.rail(0.24, 0.2), None),
                ("subways", subway, ["all", under, ["!", yards]], lambda widths: widths.rail(0.4), None),
                ("subway yards", subway, ["all", under, yards], thin, None),
            ]  # fmt: skip
        for name, color, kinds, wide, dash in rows:
            yield line(f"{name}{tag}", "railways", color, self.screen.mm(wide), ["all", kinds, rule], dash)
            if name == "railways" and not plain:
                # White dashes, as long as they are on paper; none where every rail is mapped.
                gap = self.screen.mm(lambda widths: main(widths) * 0.55 if widths.scale > _EVERY_RAIL else 0)
                yield line(f"railways, dashes{tag}", "railways", self.color.get("rail_gap") or "#FFFFFF", gap,
                           ["all", kinds, rule], [4.7, 4.7], minzoom=11)  # fmt: skip


def _path(kind: str, widths: Widths, more: float = 0.0) -> float:
    return max(0.13, widths.line(kind)) + more


def _wider(width: Callable[[Widths], float], more: float, widths: Widths) -> float:
    return width(widths) + more


def _thread(full: float) -> float:
    """The width of a tunnel that is one line."""
    return min(max(full * 0.85 * 0.45, 0.12), 0.28)
