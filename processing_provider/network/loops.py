"""Streets that come back to where they began, in two edges: many programs drop an edge from a node to itself."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np

from .measure import steps
from .model import Network
from .split import ids_of, runs


def without_loops(network: Network) -> Network:
    """The network with one more node in the middle of each edge that leads to its own beginning."""
    edges, nodes = network.edges, network.nodes
    first, beyond = edges.starts[:-1], edges.starts[1:]
    loops = np.flatnonzero((edges.sources == edges.targets) & (beyond - first > 2))
    if not len(loops):
        return network
    along = np.concatenate([[0.0], np.cumsum(steps(edges.lonlat))])
    half = (along[first[loops]] + along[beyond[loops] - 1]) / 2
    middle = np.clip(np.searchsorted(along, half), first[loops] + 1, beyond[loops] - 2)
    made = len(nodes.ids) + np.arange(len(loops))
    sources, targets = np.concatenate([edges.sources, made]), np.concatenate([edges.targets, edges.sources[loops]])
    targets[loops] = made
    ends = np.concatenate([beyond, beyond[loops]])
    ends[loops] = middle + 1
    begins = np.concatenate([first, middle])
    order = np.argsort(begins, kind="stable")
    begins, ends = begins[order], ends[order]
    rows, starts = runs(begins, ends)
    ways = np.concatenate([edges.ways, edges.ways[loops]])
    none = np.zeros(len(loops), bool)
    return replace(
        network,
        edges=replace(
            edges, sources=sources[order], targets=targets[order], ways=ways[order],
            lengths=along[ends - 1] - along[begins], starts=starts, lonlat=edges.lonlat[rows], xy=edges.xy[rows],
        ),
        nodes=replace(
            nodes, ids=np.concatenate([nodes.ids, ids_of(edges.lonlat[middle])]),
            lonlat=np.concatenate([nodes.lonlat, edges.lonlat[middle]]),
            xy=np.concatenate([nodes.xy, edges.xy[middle]]), outside=np.concatenate([nodes.outside, none]),
            degrees=np.concatenate([nodes.degrees, np.full(len(loops), 2)]),
            parts=np.concatenate([nodes.parts, nodes.parts[edges.sources[loops]]]),
            lights=np.concatenate([nodes.lights, none]),
        ),
    )  # fmt: skip
