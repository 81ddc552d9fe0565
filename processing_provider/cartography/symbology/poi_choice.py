"""Which entries of the table of icons a style shows, asked by pictures, by layers of a project and by web styles."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..themes.loading import Theme
from .poi_labels import color
from .poi_table import LOOKS, Look


def is_shown(theme: Theme, look: Look, *words: str | None) -> bool:
    """Whether a style shows points that look so; of one of these classes or kinds, or of any."""
    flags = theme.flags
    if "pois" not in flags["labels"] or look.rank > flags["poi_rank"] or not color(theme, look.group):
        return False
    wanted = flags.get("poi_classes") or ()
    return not wanted or look.group in wanted or any(one in wanted for one in words or (*look.classes, *look.kinds))


def shown(theme: Theme, table: str = "pois") -> list[tuple[Look, tuple[str, ...]]]:
    """The entries of a table that a style shows, in their order, each with its classes that are meant, none for all."""
    wanted = theme.flags.get("poi_classes") or ()
    return [
        (look, () if not wanted or look.group in wanted else tuple(one for one in look.classes if one in wanted))
        for look in LOOKS
        if look.table == table and is_shown(theme, look)
    ]
