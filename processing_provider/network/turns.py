"""Turns that are forbidden: what relations say of ways, as runs of edges of a network.

A relation names the ways from and to which one turns, and at which node or over which ways; here nodes are where ways
meet. One that says `only_` forbids all the other ways out. What holds at some times alone (`conditional`, `day_on`), is
incomplete or does not say one turn is left out, and counted.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Iterator, List, Sequence, Tuple

from ..sources.restrictions import Restriction
from .model import Direction, Network

# Who is meant by values of `except` and by the end of a key as `restriction:hgv`, in the words of tags.
VEHICLES = ("motorcar", "bus", "taxi", "bicycle", "hgv", "goods", "emergency", "foot")
_MEANT = {
    "psv": ("bus", "taxi"), "motor_vehicle": ("motorcar", "bus", "taxi", "hgv", "goods"), "vehicle": VEHICLES[:-2],
}  # fmt: skip
# A restriction is for vehicles, and those that are called to help need not heed it.
_FREE = frozenset(("foot", "emergency"))
_ONLY, _NO = "only_", "no_"
# Nodes and edges of a run.
_Run = Tuple[Tuple[int, ...], Tuple[int, ...]]


@dataclass(frozen=True)
class Turn:
    """A forbidden run of edges, each beginning where the last one ended: `nodes` are the one before the first edge and
    those behind each; `exempt` are the VEHICLES that it is allowed to.
    """

    nodes: tuple[int, ...]
    edges: tuple[int, ...]
    exempt: frozenset[str]


def forbidden(network: Network) -> tuple[list[Turn], int]:
    """All turns that are forbidden, none twice, and how many relations are left out."""
    at = _Edges(network)
    found: Dict[tuple[tuple[int, ...], frozenset[str]], Turn] = {}
    lost = 0
    for one in network.restrictions:
        made = [turn for value, exempt in _said(one) for turn in _turns(at, one, value, exempt)]
        lost += not made
        found.update(((turn.edges, turn.exempt), turn) for turn in made)
    return list(found.values()), lost


def _said(one: Restriction) -> Iterator[tuple[str, frozenset[str]]]:
    """What a relation says, and to whom it does not."""
    if "day_on" in one.tags or "hour_on" in one.tags:
        return
    exempt = {word for value in one.tags.get("except", "").split(";") for word in _meant(value.strip())}
    for key, value in one.tags.items():
        _, _, who = key.partition(":")
        if key == "except" or not value.startswith((_ONLY, _NO)):
            continue
        if not who:
            yield value, _FREE | exempt
        elif _meant(who):
            yield value, frozenset(VEHICLES) - set(_meant(who))


def _meant(word: str) -> Sequence[str]:
    return _MEANT.get(word, (word,) if word in VEHICLES else ())


class _Edges:
    """The edges of the ways that restrictions name, and those that meet them."""

    def __init__(self, network: Network) -> None:
        edges = network.edges
        self._ways = [network.ways[number] for number in edges.ways.tolist()]
        self.ends: List[Tuple[int, int]] = list(zip(edges.sources.tolist(), edges.targets.tolist()))
        wanted = {way for one in network.restrictions for ways in one.ways for way in ways}
        self.of: Dict[int, List[int]] = {}
        self.near: Dict[int, List[int]] = {}
        for edge, way in enumerate(self._ways):
            if way.id in wanted:
                self.of.setdefault(way.id, []).append(edge)
        places = {node for some in self.of.values() for edge in some for node in self.ends[edge]}
        for edge, ends in enumerate(self.ends):
            for node in places.intersection(ends):
                self.near.setdefault(node, []).append(edge)

    def nodes(self, way: int) -> set[int]:
        """All nodes of a way."""
        return {node for edge in self.of.get(way, ()) for node in self.ends[edge]}

    def other(self, edge: int, node: int) -> int:
        """The end of an edge that is not the node."""
        source, target = self.ends[edge]
        return target if node == source else source

    def leads(self, edge: int, node: int) -> bool:
        """Whether one may go along an edge away from a node of it."""
        source, target = self.ends[edge]
        back = {Direction.FORWARD: target, Direction.BACKWARD: source}.get(self._ways[edge].direction)
        return source != target and node in (source, target) and node != back

    def into(self, way: int, node: int) -> list[int]:
        """The edges of a way along which one comes to a node."""
        mine = [edge for edge in self.of.get(way, ()) if node in self.ends[edge]]
        return [edge for edge in mine if self.leads(edge, self.other(edge, node))]

    def out_of(self, way: int, node: int) -> list[int]:
        """The edges of a way along which one leaves a node."""
        return [edge for edge in self.of.get(way, ()) if self.leads(edge, node)]


def _turns(at: _Edges, one: Restriction, value: str, exempt: frozenset[str]) -> Iterator[Turn]:
    """The turns of one relation: each way that it comes from with each that it leads to."""
    before, via, after = one.ways
    for first in before:
        for last in after:
            found = list(_runs(at, first, via, last))
            # Where ways meet twice and nothing tells which place is meant, none is.
            if len(found) != 1:
                continue
            nodes, edges = found[0]
            if value.startswith(_NO):
                yield Turn(nodes, edges, exempt)
                continue
            node = nodes[-2]
            for edge in at.near[node]:
                if edge not in edges[-2:] and at.leads(edge, node):
                    yield Turn((*nodes[:-1], at.other(edge, node)), (*edges[:-1], edge), exempt)


def _runs(at: _Edges, first: int, via: tuple[int, ...], last: int) -> Iterator[_Run]:
    """The runs from one way to another, at a node or over one way of one edge between them."""
    if not via and first != last:
        for node in at.nodes(first) & at.nodes(last):
            for coming in at.into(first, node):
                for going in at.out_of(last, node):
                    yield (at.other(coming, node), node, at.other(going, node)), (coming, going)
    elif len(via) == 1:
        for edge in at.of.get(via[0], ()):
            for node in at.ends[edge]:
                then = at.other(edge, node)
                if at.leads(edge, node):
                    for coming in at.into(first, node):
                        for going in at.out_of(last, then):
                            yield (at.other(coming, node), node, then, at.other(going, then)), (coming, edge, going)
