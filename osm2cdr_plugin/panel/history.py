"""A run as Processing's history keeps it, and as people copy it into scripts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shlex
from typing import Any

from qgis.core import QgsProcessingContext
from qgis.gui import QgsGui


def remember(algorithm: Any, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Write a run into the history, from where it can be replayed."""
    python = algorithm.asPythonCommand(parameters, context)
    if not hasattr(QgsGui, "historyProviderRegistry"):
        # QGIS before 3.24.
        from processing.core.ProcessingLog import ProcessingLog

        ProcessingLog.addToLog(python)
        return
    entry = {
        "python_command": python, "algorithm_id": algorithm.id(), "parameters": algorithm.asMap(parameters, context),
        "process_command": as_qgis_process(algorithm, parameters),
    }  # fmt: skip
    QgsGui.historyProviderRegistry().addEntry("processing", entry)


def as_python(algorithm: Any, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """The run as a line of Python."""
    return str(algorithm.asPythonCommand(parameters, context))


def as_qgis_process(algorithm: Any, parameters: dict[str, Any]) -> str:
    """The run as a command of qgis_process, its words quoted as a shell wants them."""
    given = [f"--{key}={value}" for key, value in parameters.items() if value not in (None, "")]
    return shlex.join(["qgis_process", "run", algorithm.id(), "--", *given])
