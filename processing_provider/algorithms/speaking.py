"""Sentences in the words of the dialog: a parameter goes by its label, in whichever language that is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsProcessingAlgorithm

from ..text.phrases import spoken
from ..text.translation import told, tr

# The parameters of a request's fields, where they have other names.
_PARAMETERS = {
    "bbox": ("EXTENT", "INPUT"), "geometry": ("MASK",), "detail": ("DETAIL_LEVEL",), "formats": ("FORMATS", "FORMAT"),
}  # fmt: skip
# How sentences of the core call parameters; other names of them are words of the language too.
_CALLED = {
    "bbox": "EXTENT", "dpi": "DPI", "EXTENT": "EXTENT", "MASK": "MASK", "INPUT": "INPUT", "SOURCE": "SOURCE",
    "TIMEOUT": "TIMEOUT", "DETAIL_LEVEL": "DETAIL_LEVEL", "FORMATS": "FORMATS",
}  # fmt: skip


def about(algorithm: QgsProcessingAlgorithm, field: str) -> str:
    """The parameter at fault by its label, in front of a sentence; empty for none."""
    for name in _PARAMETERS.get(field, (field.upper(),)):
        label = _label(algorithm, name)
        if label:
            return f"{label}: "
    return ""


def said(algorithm: QgsProcessingAlgorithm, text: str) -> str:
    """A sentence of the core in the language of QGIS, with the labels of the parameters that it names."""
    labels = {word: _label(algorithm, name) for word, name in _CALLED.items()}
    return spoken(told(text), {word: tr("“{0}”").format(label) for word, label in labels.items() if label})


def _label(algorithm: QgsProcessingAlgorithm, name: str) -> str:
    parameter = algorithm.parameterDefinition(name) if name else None
    return str(parameter.description()).partition(" (")[0] if parameter is not None else ""
