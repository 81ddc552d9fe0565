"""What people read, in the language of QGIS; what programs read (reports, results) stays English.

`i18n/osm2cdr_LANGUAGE.ts` holds the translations. Built, a `.qm` beside it serves Qt, and `sentences.json` lists the
sentences of the core, which knows no language. One that `say` made carries its template and values; of a text without
them `told` finds the template that it was made from.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .sentence import Sentence

FOLDER = Path(__file__).parents[2] / "i18n"
CONTEXT, SENTENCES = "osm2cdr", "sentences"
# What a place in a sentence takes; right behind another place there is a hint in brackets, or nothing.
_VALUE, _HINT = "(.*?)", r"((?: \(.*\))?)"
# A sentence inside a sentence inside a sentence.
_DEEPEST = 2
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


def told(text: str, depth: int = 0) -> str:
    """A finished sentence of the core in the language of QGIS; as it is where no translation knows it."""
    if not _translators or depth > _DEEPEST:
        return text
    if isinstance(text, Sentence) and text.key:
        translated = str(QCoreApplication.translate(SENTENCES, text.key))
        return translated.format(*(told(value, depth + 1) for value in text.values))
    for pattern, template in _sentences():
        found = pattern.fullmatch(text)
        if found:
            translated = str(QCoreApplication.translate(SENTENCES, template))
            return translated.format(*(told(value, depth + 1) for value in found.groups()))
    # A layer's title, which progress names.
    return str(QCoreApplication.translate(CONTEXT, text))


@lru_cache(maxsize=1)
def _sentences() -> list[tuple[re.Pattern[str], str]]:
    """The core's sentences with {0}, {1} ... in place of what changes, and what each may match; most words first."""
    path = FOLDER / "sentences.json"
    templates: list[str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    made = []
    for template in templates:
        first, *parts = re.split(r"\{\d+\}", template)
        pattern, before = re.escape(first), first
        for number, part in enumerate(parts):
            pattern += (_VALUE if before or not number else _HINT) + re.escape(part)
            before = part
        made.append((len(first) + sum(map(len, parts)), re.compile(pattern, re.DOTALL), template))
    return [(pattern, template) for _, pattern, template in sorted(made, key=lambda entry: -entry[0])]
