"""Sentences in the words of the dialog: a parameter goes by its label, in whichever language that is."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import NoReturn

from qgis.core import QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingFeedback

from ..feedback import Feedback
from ..pipeline import events
from ..pipeline.step_words import doing
from ..text.phrases import spoken
from ..text.sentence import joined
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


def listening(algorithm: QgsProcessingAlgorithm, feedback: QgsProcessingFeedback, warnings: list[str]) -> Feedback:
    """What tells QGIS and whoever listens to our events; each warning once, `warnings` gets it too."""
    shown = ""

    def warn(code: str, text: str) -> None:
        # Two pictures may lack the same.
        if text in warnings:
            return
        warnings.append(text)
        feedback.pushInfo(said(algorithm, text))
        events.emit(events.Warned(code, text))

    def progress(percent: float, step: str, text: str) -> None:
        nonlocal shown
        feedback.setProgress(percent)
        # QGIS writes each into the log.
        if text and text != shown:
            feedback.setProgressText(told(text))
            shown = text
        events.emit(events.Progress(round(percent, 1), step, text or doing(step)))

    return Feedback(progress, warn, feedback.isCanceled)


def fail(
    algorithm: QgsProcessingAlgorithm, code: str, field: str, *sentences: str, bad_request: bool = False
) -> NoReturn:
    """End an algorithm with sentences of the core, told to whoever listens too; `field` is the one at fault."""
    events.emit(events.Failed(code, field, joined(sentences), bad_request))
    events.emit(events.End(ok=False))
    raise QgsProcessingException(about(algorithm, field) + " ".join(said(algorithm, text) for text in sentences))


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
