"""What became of each format of an export, and how its finished files reach the user's folder."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..errors import ExportError
from ..feedback import Feedback
from ..osm.tables.account import Account
from .publishing import publish, taken


@dataclass
class Result:
    """One finished file, or the reason why there is none."""

    format: str
    path: Path | None = None
    bytes: int = 0
    features: int = 0
    warnings: list[str] = field(default_factory=list)
    # What was warned of while it was made, beside the `warnings` of its writer.
    told: list[str] = field(default_factory=list)
    layers: dict[str, int] = field(default_factory=dict)
    # What became of the source's objects; none where they are somebody's layers.
    account: Account = field(default_factory=Account)
    error: ExportError | None = None
    # Where it lies until all are done, and how its name ends.
    draft: Path | None = None
    ending: str = ""
    # Whether it is called as its user wrote.
    is_as_asked: bool = True


def deliver(results: list[Result], folder: Path, name: str, overwrite: bool, feedback: Feedback) -> None:
    """Put what was made into `folder`, all of it under `name` or one number of it."""
    made = [(result, result.draft) for result in results if result.draft is not None]
    asked = overwrite and all(result.is_as_asked for result, _ in made)
    called, placed = publish({result.ending: draft for result, draft in made}, folder, name, asked)
    for result, _ in made:
        found = placed[result.ending]
        if isinstance(found, ExportError):
            result.error = found
        else:
            result.path = found
    if called != name:
        feedback.warning("name_taken", taken(name, called))
