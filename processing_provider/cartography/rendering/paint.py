"""A picture rendered by QGIS: onto an image, or onto any paint device."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import threading
import time

from qgis.core import QgsLabelPosition, QgsMapRendererCustomPainterJob, QgsMapSettings
from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ...errors import Cancelled, WriteError
from ...feedback import Feedback
from ...text.sentence import say
from ..sheet.decorations import draw
from ..sheet.layout import furniture, paper_color
from .picture import Picture
from .settings import map_settings

_POLL_SECONDS = 0.05
# QGIS does not say how far it is: half of the way after so many seconds, half of the rest after twice as many more.
_HALF_SECONDS, _TELL_SECONDS = 10.0, 0.25
# Percent of a file that painting takes; the rest is writing it.
PAINTED = 70.0
# Pixels of an image that is kept for other formats, of 4 bytes each.
_MOST_KEPT = 50_000_000


def paint(
    settings: QgsMapSettings, painter: QPainter, feedback: Feedback, foreign: bool = False, counted: bool = False
) -> list[QgsLabelPosition]:
    """Render into `painter`, looking every 50 ms whether the user asked to stop; the labels that found a place.

    Progress moves meanwhile, unless the layers are `counted`: then their own renderers tell it. Where QGIS fails with
    a layer, WriteError names it; with a `foreign` one it is a warning.
    """
    job = QgsMapRendererCustomPainterJob(settings, painter)
    done = threading.Event()

    def watch() -> None:
        begun = last = time.monotonic()
        while not done.wait(_POLL_SECONDS):
            if feedback.cancelled:
                job.cancelWithoutBlocking()
                return
            now = time.monotonic()
            if not counted and now - last >= _TELL_SECONDS:
                last = now
                with contextlib.suppress(Cancelled):
                    feedback.progress(100 * (now - begun) / (now - begun + _HALF_SECONDS))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        job.renderSynchronously()
    finally:
        done.set()
        watcher.join()
    if feedback.cancelled:
        raise Cancelled
    names = {layer.id(): layer.name() for layer in settings.layers()}
    for error in job.errors():
        text = say(
            "The layer {0} is not drawn whole: {1}.", names.get(error.layerID, error.layerID), error.message.rstrip(".")
        )
        if not foreign:
            raise WriteError("render_failed", text)
        feedback.warning("render_failed", text)
    labels = job.takeLabelingResults()
    return list(labels.allLabels()) if labels is not None else []


def on_sheet(view: Picture, painter: QPainter, dpi: float, feedback: Feedback, vectors: bool = False) -> None:
    """Paint the sheet: paper, the map inside its frame, and everything round it and on it."""
    sheet, dot = view.page.sheet, dpi / 25.4
    painter.fillRect(QRectF(0, 0, sheet.width * dot, sheet.height * dot), QColor(paper_color(view)))
    painter.save()
    painter.translate(round(sheet.left * dot), round(sheet.top * dot))
    on_map(view, painter, dpi, feedback, vectors)
    painter.restore()
    painter.save()
    painter.scale(dot, dot)
    draw(furniture(view), painter)
    painter.restore()


def on_map(
    view: Picture, painter: QPainter, dpi: float, feedback: Feedback, vectors: bool = False, alone: bool = False
) -> None:
    """Paint the map from the painter's origin on, cut at its frame; `alone`: with nothing but its notice round it."""
    settings = map_settings(view, dpi, alone)
    settings.setFlag(QgsMapSettings.Flag.ForceVectorOutput, vectors)
    size = settings.outputSize()
    painter.save()
    painter.setClipRect(0, 0, size.width(), size.height())
    painter.fillRect(0, 0, size.width(), size.height(), QColor(view.background))
    paint(settings, painter, feedback, view.is_foreign)
    painter.restore()
    if alone:
        painter.save()
        painter.scale(dpi / 25.4, dpi / 25.4)
        draw(furniture(view, alone), painter)
        painter.restore()


def image(view: Picture, dpi: int, feedback: Feedback, alone: bool = False) -> QImage:
    """The sheet as an RGB image with its resolution set; `alone`: the map without its sheet.

    One that other formats are to have as well is painted once; what is done to the image does not change theirs.
    """
    if view.painted and (dpi, alone) in view.painted:
        feedback.progress(PAINTED)
        return QImage(view.painted[dpi, alone])
    result = _painted(view, dpi, feedback, alone)
    if view.painted is not None and result.width() * result.height() <= _MOST_KEPT:
        view.painted.clear()
        view.painted[dpi, alone] = QImage(result)
    return result


def _painted(view: Picture, dpi: int, feedback: Feedback, alone: bool) -> QImage:
    from ...request.checks import check_image_size

    page = view.page
    width, height = (page.width_mm, page.height_mm) if alone else (page.sheet.width, page.sheet.height)
    check_image_size(width * page.magnify, height * page.magnify, dpi)
    dots = page.dots(dpi)
    size = QSize(round(width / 25.4 * dots), round(height / 25.4 * dots))
    result = QImage(size, QImage.Format.Format_RGB32)
    if result.isNull():
        raise WriteError(
            "no_memory", say("There is no memory for a picture of {0} x {1} pixels.", size.width(), size.height())
        )
    result.fill(QColor(paper_color(view)))
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    part = feedback.part(0, PAINTED)
    try:
        if alone:
            on_map(view, painter, dots, part, alone=True)
        else:
            on_sheet(view, painter, dots, part)
    finally:
        painter.end()
    feedback.progress(PAINTED)
    # Not before: letters would be spaced by the device's resolution, and their halos would not.
    per_metre = round(dpi / 0.0254)
    result.setDotsPerMeterX(per_metre)
    result.setDotsPerMeterY(per_metre)
    return result


def screen_resolution() -> int:
    """Qt's own dots per inch: on a device of another resolution it spaces letters wrongly."""
    return QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX()
