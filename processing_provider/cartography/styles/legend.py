"""What the legend of a project's layer calls its classes, in the language of QGIS."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re

from qgis.core import QgsRuleBasedRenderer

from ...osm.tables.layers import BY_NAME
from ...text.translation import told, tr
from ..sheet.legend_words import CLASSES, LAYERS

_TUNNELS = ", tunnels"
_KINDS = re.compile(r'"kind"(?:=| IN \()((?:\'[^\']*\',?)+)')


def name_classes(renderer: QgsRuleBasedRenderer, table: str) -> None:
    """Give each rule of a table's renderer a word that people know, in place of what programs call its kind."""
    for rule in renderer.rootRule().children():
        rule.setLabel(_word(table, str(rule.label()), str(rule.filterExpression())))


def _word(table: str, label: str, expression: str) -> str:
    plain = label[: -len(_TUNNELS)] if label.endswith(_TUNNELS) else label
    known = LAYERS.get(f"{BY_NAME[table].title} – {plain}") or CLASSES.get(plain)
    word = told(known) if known else _titles(table, expression) or plain
    return str(tr("{0}, in tunnels").format(word)) if plain != label else word


def _titles(table: str, expression: str) -> str:
    """What the layer table calls the kinds that an expression asks for; empty where it names none."""
    found = _KINDS.search(expression)
    asked = re.findall(r"'([^']*)'", found.group(1)) if found else []
    titles = [tr(kind.title) for kind in BY_NAME[table].kinds if kind.id in asked]
    first, *more = list(dict.fromkeys(titles)) or [""]
    return ", ".join([first, *(title[:1].lower() + title[1:] for title in more)])
