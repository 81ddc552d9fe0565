"""The account of a run in people's words."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Callable, Sequence

from ..osm.tables.account import KINDS, Account
from ..text.sentence import say

_SAID: dict[str, Callable[[str], str]] = {
    "detail": lambda count: say("Left out, since only a finer detail level shows them: {0}.", count),
    "size": lambda count: say("Left out, since they are too small for the detail level or the page: {0}.", count),
    "layers": lambda count: say("Left out, since they belong to none of the chosen layers: {0}.", count),
    "rule": lambda count: say("Left out, since no layer has what they are: {0}.", count),
    "shapeless": lambda count: say("Left out, since these relations have no shape of their own: {0}.", count),
    "shape": lambda count: say("Left out, since they are incomplete and have no shape: {0}.", count),
    "nodes": lambda count: say("Left out, since the source has no two nodes of these ways: {0}.", count),
    "members": lambda count: say("Left out, since the source lacks ways of these areas: {0}.", count),
    "rings": lambda count: say("Left out, since the edge of these areas does not close: {0}.", count),
}


def sentences(accounts: Sequence[Account]) -> list[str]:
    """What became of the source's objects, one sentence each; none where they are somebody's layers."""
    account = next((one for one in accounts if one.objects), None)
    if account is None:
        return []
    there = sum(account.objects.values())
    kinds = [f"{account.objects.get(kind, 0):,}" for kind in KINDS]
    told: list[str] = [
        say(
            "Objects with tags in what was read: {0} (nodes: {1}, ways: {2}, relations: {3}); in tables: {4}.",
            f"{there:,}", *kinds, f"{account.in_tables:,}",
        )
    ]  # fmt: skip
    told += [_SAID[why](f"{count:,}") for why, count in {**account.left_out, **account.refused}.items()]
    partly = account.incomplete.get("members", 0) + account.incomplete.get("rings", 0)
    if partly:
        told.append(say("Areas that are there as far as their edge closes: {0}.", f"{partly:,}"))
    if account.repaired:
        told.append(say("Areas that were not valid and are mended: {0}.", f"{account.repaired:,}"))
    if account.cut:
        told.append(say("Objects that are cut at the edge of the area: {0}.", f"{account.cut:,}"))
    return told
