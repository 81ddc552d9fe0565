"""The account of each format: that of what its own view was made of, whatever other formats are made beside it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable, Dict, cast

from ..drawing.toolpaths.model import Toolpaths
from ..feedback import Feedback
from ..formats.catalogue import VIEWS, Format
from ..geo import projection
from ..network.navigation import Navigation
from ..osm.tables.account import Account
from ..osm.tables.layers import OTHERS
from ..osm.tables.map_data import MapData, SourceData
from ..tiles.model import Tiles
from .stages import Stages
from .view_builders import View


def _data(stages: Stages, item: Format, view: View) -> Account:
    return cast(MapData, view).account


def _navigation(stages: Stages, item: Format, view: View) -> Account:
    return cast(Navigation, view).data.account


def _source(stages: Stages, item: Format, view: View) -> Account:
    chosen = cast(SourceData, view).chosen
    return chosen.account if chosen is not None else _staged(stages, item, view)


def _page(stages: Stages, item: Format, view: View) -> Account:
    return stages.picture(stages.plan.crs_for(item), Feedback()).account


def _toolpaths(stages: Stages, item: Format, view: View) -> Account:
    return cast(Toolpaths, view).account


def _tiles(stages: Stages, item: Format, view: View) -> Account:
    # Once all tiles are made: painted ones have it then.
    return cast(Tiles, view).account


def _solids(stages: Stages, item: Format, view: View) -> Account:
    return stages.data(projection.local_crs(stages.request.area), Feedback()).account


def _staged(stages: Stages, item: Format, view: View) -> Account:
    return stages.staged(Feedback()).account_of(OTHERS in stages.request.layers)


# All of them ask for what the view was made of, which is kept.
ACCOUNTS: Dict[str, Callable[[Stages, Format, View], Account]] = {
    "data": _data,
    "source": _source,
    "picture": _page,
    "drawing": _page,
    "toolpaths": _toolpaths,
    "scene": _solids,
    "heights": _solids,
    "tiles": _tiles,
    "network": _staged,
    "navigation": _navigation,
}
if set(ACCOUNTS) != set(VIEWS):
    raise ImportError(f"Each view has one account, these have not: {', '.join(sorted(set(ACCOUNTS) ^ set(VIEWS)))}.")


def account_of(stages: Stages, item: Format, view: View) -> Account:
    """What became of the source's objects in a format whose `view` was written; none of a project's own layers."""
    return ACCOUNTS[item.view](stages, item, view)
