"""Check what this machine has and what it lacks."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import importlib.util
import subprocess
import tempfile
from pathlib import Path

from ..processing_provider.formats.catalogue import FORMATS
from ..processing_provider.formats.registry import availability
from ..processing_provider.tools import child_environment, qgis_process
from ..server.workers import landlock

_SERVER = ("aiohttp", "pydantic", "limits", "prometheus_client")
CHECKOUT = Path(__file__).resolve().parent.parent


def add_options(parser: argparse.ArgumentParser) -> None:
    """No options."""


def _algorithm(program: str) -> str:
    """Empty where qgis_process knows the algorithm, else the reason."""
    with tempfile.TemporaryDirectory() as private:
        done = subprocess.run(
            [program, "help", "osm2cdr:exportarea"], env=child_environment(CHECKOUT, Path(private)),
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    return "" if done.returncode == 0 and "OUTPUT_FOLDER" in done.stdout else "it does not list osm2cdr:exportarea"


def _server_fault(missing: list[str]) -> str:
    return f"needs {', '.join(missing)}; 'make setup' in the checkout installs them" if missing else ""


def run(_options: argparse.Namespace) -> int:
    """Print one line for each check; 1 where something that every export needs is missing."""
    program = qgis_process()
    checks = [
        ("qgis_process", "" if program else "not found; install QGIS", program or ""),
        ("PyQGIS", "" if importlib.util.find_spec("qgis") else "the system's Python does not see it", "found"),
        ("provider", _algorithm(program) if program else "no qgis_process to ask", "osm2cdr:exportarea"),
    ]
    for name, fault, found in checks:
        print(f"{'ok ' if not fault else 'BAD'} {name:14} {fault or found}")
    missing = [name for name in _SERVER if importlib.util.find_spec(name) is None]
    print(f"{'ok ' if not missing else '-  '} {'server':14} {_server_fault(missing) or 'its libraries are there'}")
    apart = landlock.version()
    told = f"Landlock {apart} keeps them from its folder" if apart else landlock.MISSING
    print(f"{'ok ' if apart else '-  '} {'jobs':14} {told}")
    for item in FORMATS.values():
        reason = availability(item)
        if item.writer:
            print(f"{'ok ' if not reason else '-  '} {item.id:14} {reason or item.name}")
    return int(any(fault for _, fault, _ in checks))
