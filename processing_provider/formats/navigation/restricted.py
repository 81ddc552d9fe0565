"""Turns that are forbidden, as Garmin's devices know them.

cGPSmapper's manual, "Restrict": the nodes along a turn, from the one before it to the one behind it, the roads between
them, and who may turn nevertheless: emergency, delivery, car, bus, taxi, pedestrian, bicycle, truck.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterator, Mapping

from ...feedback import Feedback
from ...network.model import Network
from ...network.turns import forbidden
from ...text.sentence import say

_ORDER = ("emergency", "goods", "motorcar", "bus", "taxi", "foot", "bicycle", "hgv")


def restricted(network: Network, roads: Mapping[int, int], feedback: Feedback) -> Iterator[dict[str, str]]:
    """Each turn that nobody or not everybody may make, by the names of the manual; `roads` are the numbers of the roads
    that edges are pieces of. What is left out is told.
    """
    turns, lost = forbidden(network)
    if lost:
        feedback.warning(
            "turns_left_out",
            say("{0} restrictions of turns hold at some times alone or do not say which turn, and are left out.", lost),
        )
    for turn in turns:
        yield {
            "Nod": str(turn.nodes[1] + 1),
            "TraffPoints": ",".join(str(node + 1) for node in turn.nodes),
            "TraffRoads": ",".join(str(roads[edge]) for edge in turn.edges),
            "RestrParam": ",".join(str(int(who in turn.exempt)) for who in _ORDER),
        }
