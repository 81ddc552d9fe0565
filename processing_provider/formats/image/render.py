"""A picture rendered by QGIS: onto an image, or onto any paint device."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import threading

from qgis.core import QgsLabelPosition, QgsMapRendererCustomPainterJob, QgsMapSettings
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ...cartography.picture import Picture
from ...errors import Cancelled, WriteError
from ...feedback import Feedback

_POLL_SECONDS = 0.05


def paint(settings: QgsMapSettings, painter: QPainter, feedback: Feedback) -> list[QgsLabelPosition]:
    """Render into `painter`, looking every 50 ms whether the user asked to stop; the labels that found a place."""
    job = QgsMapRendererCustomPainterJob(settings, painter)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_POLL_SECONDS):
            if feedback.cancelled:
                job.cancelWithoutBlocking()
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        job.renderSynchronously()
    finally:
        done.set()
        watcher.join()
    if feedback.cancelled:
        raise Cancelled
    for error in job.errors():
        raise WriteError("render_failed", f"The layer {error.layerID} could not be drawn: {error.message}.")
    labels = job.takeLabelingResults()
    return list(labels.allLabels()) if labels is not None else []


def image(view: Picture, dpi: int, feedback: Feedback) -> QImage:
    """The picture as an RGB image with its resolution set."""
    from ...request import check_image_size

    check_image_size(view.page.width_mm, view.page.height_mm, dpi)
    settings = view.map_settings(dpi)
    size: QSize = settings.outputSize()
    result = QImage(size, QImage.Format.Format_RGB32)
    if result.isNull():
        raise WriteError("no_memory", f"There is no memory for a picture of {size.width()} x {size.height()} pixels.")
    result.fill(QColor(view.background))
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint(settings, painter, feedback)
    finally:
        painter.end()
    # Not before: letters would be spaced by the device's resolution, and their halos would not.
    dots = round(dpi / 0.0254)
    result.setDotsPerMeterX(dots)
    result.setDotsPerMeterY(dots)
    return result


def screen_resolution() -> int:
    """Qt's own dots per inch: on a device of another resolution it spaces letters wrongly."""
    return QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX()
