"""What people read, in the language of QGIS; what programs read (reports, results) stays English.

`i18n/osm2cdr_LANGUAGE.ts` holds the translations; built, a `.qm` beside it serves Qt. The core knows no language: its
sentences carry the template that they were made from, and the values in it (see `say`).
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Callable

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
    return _told(text, _translated) if _translators else text


def told_in(text: str, language: str) -> str:
    """A sentence of what stands in a file, in the language of its map, an OSM language code.

    In that of QGIS where the map's is not said, or nobody translated into it.
    """
    translator = _translator(re.split("[-_]", language)[0]) if language else None
    if translator is None:
        return told(text)

    def translated(key: str) -> str:
        # Qt takes other letters than those of ASCII as bytes.
        asked = key if key.isascii() else key.encode("utf-8")
        return translator.translate(SENTENCES, asked) or translator.translate(CONTEXT, asked) or key

    return _told(text, translated)


@cache
def _translator(code: str) -> QTranslator | None:
    """The translations into a language, for nobody but who asks for them; None where there are none."""
    translator = QTranslator()
    return translator if translator.load(str(FOLDER / f"osm2cdr_{code}.qm")) else None


def _told(text: str, translated: Callable[[str], str]) -> str:
    if not isinstance(text, Sentence) or not text.key:
        return translated(text)
    values = (_told(one, translated) if isinstance(one, Sentence) else one for one in text.values)
    return translated(text.key).format(*values)


def _translated(key: str) -> str:
    """A template in the language of QGIS, or a layer's title, which progress names."""
    found = str(QCoreApplication.translate(SENTENCES, key))
    return found if found != key else str(QCoreApplication.translate(CONTEXT, key))
