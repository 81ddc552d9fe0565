"""List the formats, and what each needs."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import json
from typing import Mapping, Sequence

from ..processing_provider.formats.registry import listing


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """Print a line or an object for each of the catalogue's formats."""
    rows = listing()
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for word, name, end, reason in table(rows):
            print(f"{word}  {name}  {end}  {reason}".rstrip())
    return 0


def table(rows: Sequence[Mapping[str, object]]) -> list[tuple[str, ...]]:
    """Each format's id, name and ending, as wide as the widest is, and what keeps it from being written."""
    lines = [
        (str(row["id"]), str(row["name"]), f".{row['extension']}", str(row["reason"] or "available")) for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*lines)]
    return [(*(text.ljust(width) for text, width in zip(line[:3], widths)), line[3]) for line in lines]
