"""Run the server: the REST API over the same algorithms."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..processing_provider.errors import ExportError, RequestError
from ..processing_provider.tools import python_environment
from ..server.settings import SettingsError, from_environment

CHECKOUT = Path(__file__).resolve().parent.parent
# Option, variable of the environment, what it is.
_OPTIONS = (
    ("--host", "OSM2CDR_HOST", "address to listen at, 127.0.0.1 where left out"),
    ("--port", "OSM2CDR_PORT", "port, 8000 where left out"),
    ("--source", "OSM2CDR_SOURCE", "extracts, 'sample' or 'overpass', tried in order: a.osm.pbf,overpass"),
    ("--data", "OSM2CDR_DATA", "folder for the database and the results"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The settings that are changed most; the rest are in docs/server.md."""
    for option, variable, text in _OPTIONS:
        parser.add_argument(option, default="", help=f"{text} ({variable})")


def run(options: argparse.Namespace) -> int:
    """Becomes the server; does not return where that can start."""
    environment = dict(os.environ)
    for option, variable, _text in _OPTIONS:
        value = getattr(options, option.strip("-"))
        if value:
            environment[variable] = value
    try:
        from_environment(environment)
    except SettingsError as error:
        raise RequestError("bad_setting", str(error)) from error
    python = CHECKOUT / ".venv" / "bin" / "python"
    if not python.exists():
        raise ExportError("not_set_up", "The server is not set up yet: run 'make setup' in the checkout first.")
    command = [str(python), "-m", "osm2cdr.server", "--quick-start"]
    os.execve(python, command, python_environment(CHECKOUT, environment))
