"""Build, list or drop stores: extracts sorted beforehand, so that no export reads them again."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Sequence

from ..processing_provider.errors import Cancelled, ExportError, RequestError, WriteError
from ..processing_provider.feedback import Feedback
from ..processing_provider.sources.opening import SAMPLE
from ..processing_provider.text.phrases import sized
from .export import local_source
from .leaving import CANCELLED
from .process import stopping

if TYPE_CHECKING:
    from ..processing_provider.osm.store.keeper import Entry

_BAR = 30


def add_options(parser: argparse.ArgumentParser) -> None:
    """One action each."""
    actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
    build = actions.add_parser("build", help="of an extract, unless it is there", allow_abbrev=False)
    build.add_argument("file", help="an extract (.osm.pbf, .osm, .osm.gz, .osm.bz2)")
    listing = actions.add_parser("list", help="all stores", allow_abbrev=False)
    drop = actions.add_parser("drop", help="remove the store of an extract, or all", allow_abbrev=False)
    drop.add_argument("file", nargs="?", default="", help="the extract, or the key that the list has; all if left out")
    for action in (build, listing, drop):
        action.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """In this process, without qgis_process: reading needs GDAL alone."""
    if options.action == "build":
        return _build(options)
    from ..processing_provider.osm.store import keeper

    if options.action == "drop":
        return _drop(options)
    _print(keeper.listed(), options)
    return 0


def _print(entries: Sequence[Entry], options: argparse.Namespace) -> None:
    rows = [asdict(entry) for entry in entries]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(_line(row))


def _drop(options: argparse.Namespace) -> int:
    """Tell what went; an error where nothing did, or one stays that should have gone."""
    from ..processing_provider.osm.store import keeper

    word = options.file
    gone, left = keeper.drop(local_source(word) if word == SAMPLE else word)
    if gone or left:
        _print(gone, options)
    if left:
        names = ", ".join(entry.source for entry in left)
        raise WriteError("no_access", f"The store of {names} cannot be removed: it is another user's, or in use.")
    if not gone:
        text = f"There is no store of {word}; 'osm2cdr store list' shows those that there are."
        raise RequestError("no_store", text if word else "There are no stores.", "source")
    return 0


def _build(options: argparse.Namespace) -> int:
    path = Path(local_source(options.file))
    began = time.perf_counter()

    def show(percent: float, _step: str, text: str) -> None:
        if sys.stderr.isatty():
            full = round(percent / 100 * _BAR)
            print(f"\r[{'#' * full:{_BAR}}] {percent:5.1f}% {text[:36]:36}", end="", file=sys.stderr)

    def tell(_code: str, text: str) -> None:
        print(f"osm2cdr: {text}", file=sys.stderr)

    try:
        with stopping() as stopped:
            from ..processing_provider.osm.store import keeper

            header = keeper.make(path, Feedback(show, tell, lambda: bool(stopped)))
    except (Cancelled, ExportError) as error:
        # What went wrong after somebody pressed Ctrl-C is no news to them.
        if not stopped and not isinstance(error, Cancelled):
            raise
        print("osm2cdr: cancelled.", file=sys.stderr)
        return CANCELLED
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    row = next(asdict(entry) for entry in keeper.listed() if entry.key == header.key)
    row["seconds"] = round(time.perf_counter() - began, 1)
    print(json.dumps(row, ensure_ascii=False, indent=1) if options.json else _line(row))
    return 0


def _line(row: dict[str, Any]) -> str:
    state = "" if row["is_current"] else " (its source is another one now)"
    return f"{row['key']} {sized(row['bytes']):>10} {row['rows']:>12,} rows {row['source']}{state}"
