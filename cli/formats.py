"""List the formats, and what each needs."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import json

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
        for row in rows:
            print(f"{row['id']:16} {row['name']:36} .{row['extension']:9} {row['reason'] or 'available'}")
    return 0
