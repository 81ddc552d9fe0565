"""The plainest engine: the job's process becomes a qgis_process."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from ...processing_provider.pipeline import events
from ...processing_provider.request.request_argument import ALGORITHM, in_a_file
from ...processing_provider.tools import child_environment, qgis_process
from ..settings import CHECKOUT


def run(folder: Path, parameters: dict[str, Any]) -> int:
    """Does not return where qgis_process is there."""
    program = qgis_process()
    if program is None:
        events.emit(events.Failed("no_qgis", "", "qgis_process was not found; install QGIS."))
        return 1
    arguments = [f"--{name}={value}" for name, value in in_a_file(parameters, folder).items()]
    # A profile of its own: QGIS writes into it, and starts what it finds there.
    profile = folder / "profile"
    shutil.copytree(os.environ["QGIS_CUSTOM_CONFIG_PATH"], profile)
    environment = child_environment(CHECKOUT, folder, profile)
    environment["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
    environment[events.JOB_VARIABLE] = str(folder)
    environment[events.VARIABLE] = os.environ[events.VARIABLE]
    environment["TMPDIR"] = str(folder)
    os.execve(program, [program, "run", ALGORITHM, *arguments], environment)
    return 1
