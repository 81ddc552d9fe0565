"""The fonts that travel with the plugin, all under the SIL Open Font License."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QFontDatabase

FOLDER = Path(__file__).with_name("fonts")
# Qt's numbers of the fonts, by file.
_registered: dict[str, int] = {}


def register() -> None:
    """Make the bundled fonts known to Qt, once per process."""
    for path in sorted(FOLDER.glob("*.[ot]tf")):
        if path.name not in _registered:
            _registered[path.name] = QFontDatabase.addApplicationFont(str(path))


def unregister() -> None:
    """Take the bundled fonts away again."""
    while _registered:
        _, number = _registered.popitem()
        QFontDatabase.removeApplicationFont(number)
