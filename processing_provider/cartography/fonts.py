"""The fonts that travel with the plugin: Noto and Inter, SIL Open Font License."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QFontDatabase

FOLDER = Path(__file__).with_name("fonts")
_registered: set[str] = set()


def register() -> None:
    """Make the bundled fonts known to Qt, once per process."""
    for path in sorted(FOLDER.glob("*.[ot]tf")):
        if path.name not in _registered:
            QFontDatabase.addApplicationFont(str(path))
            _registered.add(path.name)
