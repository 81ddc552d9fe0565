"""The fonts that travel with the plugin, all under the SIL Open Font License."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QFontDatabase

FOLDER = Path(__file__).parent
# Qt's numbers of the fonts, by file.
_registered: dict[str, int] = {}


def register() -> None:
    """Make the bundled fonts known to Qt, once per process."""
    for path in sorted(FOLDER.glob("*.[ot]tf")):
        if path.name not in _registered:
            _registered[path.name] = QFontDatabase.addApplicationFont(str(path))


def files() -> dict[tuple[str, str], Path]:
    """The file of each bundled font by family, as Qt calls it, and style (`Regular`, `Bold`, `Italic`)."""
    register()
    return {
        (family, Path(name).stem.rpartition("-")[2]): FOLDER / name
        for name, number in _registered.items()
        for family in QFontDatabase.applicationFontFamilies(number)
    }


def families() -> list[str]:
    """The bundled families that have letters of all kinds, the widest first."""
    return sorted(
        {family for family, _ in files() if family.startswith("Noto Sans")}, key=lambda name: (len(name), name)
    )


def licenses(file: Path) -> list[Path]:
    """The licence that goes with a font's file: the one whose name its own begins with."""
    return [path for path in FOLDER.glob("*-LICENSE.txt") if file.name.upper().startswith(path.name.split("-")[0])]


def unregister() -> None:
    """Take the bundled fonts away again."""
    while _registered:
        _, number = _registered.popitem()
        QFontDatabase.removeApplicationFont(number)
