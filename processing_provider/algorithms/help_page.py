"""A page of help for each algorithm, in the language of QGIS, which a browser opens without a network.

It is made of the algorithm itself when somebody asks for it: it tells of the options that there are.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProcessingParameterDefinition, QgsProcessingParameterEnum
from qgis.PyQt.QtCore import QUrl

from ..text.translation import tr

_LOOK = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#222;background:#fff}"
    "code{background:#eee;padding:0 .25em;border-radius:3px}dt{font-weight:600;margin-top:1rem}dd{margin:0 0 0 1.5rem}"
    "pre{background:#eee;padding:.75rem;overflow-x:auto}dd small{display:block;color:#555}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}code,pre{background:#333}"
    "dd small{color:#aaa}}"
)


def help_url(algorithm: Any) -> str:
    """The address of the page, which is written into the profile where it is not there as it is to be; else nothing."""
    spoken = QgsApplication.locale()[:2]
    language = spoken if len(spoken) == 2 else "en"
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "osm2cdr" / "help" / language
    path = folder / f"{algorithm.name()}.html"
    text = page(algorithm, language)
    try:
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError:
        # A profile that nobody can write to, as a server's.
        return ""
    return str(QUrl.fromLocalFile(str(path)).toString())


def page(algorithm: Any, language: str) -> str:
    """The page: what the algorithm does, its parameters with their ids and choices, what comes out, an example."""
    flag = QgsProcessingParameterDefinition.Flag
    title = html.escape(algorithm.displayName())
    shown = [one for one in algorithm.parameterDefinitions() if not one.flags() & flag.FlagHidden]
    rows = [_row(one.description(), one.name(), one.help(), _values(one)) for one in shown]
    made = [_row(one.description(), one.name(), "", "") for one in algorithm.outputDefinitions()]
    given = [one for one in shown if not one.flags() & flag.FlagOptional and one.defaultValue() in (None, "")]
    words = ["qgis_process", "run", algorithm.id(), "--", *(f"--{one.name()}=…" for one in given)]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_LOOK}</style></head><body><h1>{title}</h1><p>{html.escape(algorithm.shortHelpString())}</p>"
        f"<h2>{html.escape(tr('Parameters'))}</h2><dl>{''.join(rows)}</dl>"
        f"<h2>{html.escape(tr('Outputs'))}</h2><dl>{''.join(made)}</dl>"
        f"<h2>{html.escape(tr('As a command'))}</h2><pre>{html.escape(' '.join(words))}</pre></body></html>\n"
    )


def _row(title: str, name: str, about: str, values: str) -> str:
    small = f"<small>{html.escape(values)}</small>" if values else ""
    return f"<dt>{html.escape(title)} <code>{name}</code></dt><dd>{html.escape(about)}{small}</dd>"


def _values(parameter: Any) -> str:
    """What a parameter can be, and what it is by itself."""
    parts = []
    if isinstance(parameter, QgsProcessingParameterEnum):
        parts.append(", ".join(parameter.options()))
    if parameter.defaultValue() not in (None, "", []):
        parts.append(str(tr("By itself: {0}")).format(parameter.defaultValue()))
    return ". ".join(parts)
