"""What people read, in the language of QGIS; what programs read (reports, results) stays English.

`i18n/osm2cdr_LANGUAGE.ts` holds the translations; built, a `.qm` beside it serves Qt. The core knows no language: its
sentences carry the template that they were made from, and the values in it (see `say`).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .sentence import Sentence

FOLDER = Path(__file__).parents[2] / "i18n"
CONTEXT, SENTENCES = "osm2cdr", "sentences"
_translators: list[QTranslator] = []


def install() -> None:
    """Take QGIS's language, where there is a translation; a checkout without built ones speaks English."""
    remove()
    translator = QTranslator()
    if translator.load(str(FOLDER / f"osm2cdr_{QgsApplication.locale()[:2]}.qm")):
        QCoreApplication.installTranslator(translator)
        _translators.append(translator)


def remove() -> None:
    """Leave Qt without our translations."""
    while _translators:
        QCoreApplication.removeTranslator(_translators.pop())


def tr(text: str) -> str:
    """The text in the language of QGIS; `text` is a literal, so that `make translations` finds it."""
    return str(QCoreApplication.translate(CONTEXT, text))


def told(text: str) -> str:
    """A sentence of the core in the language of QGIS; as it is where nobody translated it.

    One without values may be a plain text, which is its own key. Values are what somebody named, and stay as they are,
    but for those that are sentences themselves.
    """
    if not _translators:
        return text
    if not isinstance(text, Sentence) or not text.key:
        return _translated(text)
    return _translated(text.key).format(*(told(one) if isinstance(one, Sentence) else one for one in text.values))


def _translated(key: str) -> str:
    """A template in the language of QGIS, or a layer's title, which progress names."""
    found = str(QCoreApplication.translate(SENTENCES, key))
    return found if found != key else str(QCoreApplication.translate(CONTEXT, key))
