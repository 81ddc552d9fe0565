"""Print layouts of a project, page by page: what is exported of one, and QGIS's own picture of a page.

A layout is a scene of Qt, which belongs to the thread of the window; what is done here is done there, to a copy.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Iterator

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemGroup,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutRenderContext,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProcessingContext,
    QgsUnitTypes,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QImage, QPainter

from ...errors import RequestError, WriteError
from ...request import naming
from ...request.checks import check_image_size
from ...sources.project_layers import rights
from ...text.sentence import say

_FLAGS = QgsLayoutRenderContext.Flag


@dataclass
class LayoutPage:
    """A page as it is to be exported: `number` counts from 0, sides are in mm.

    `suffix` tells its files from those of other pages. It is good until the next one is taken.
    """

    layout: QgsPrintLayout
    number: int
    suffix: str
    context: QgsProcessingContext
    page: QgsLayoutItemPage = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.layout.pageCollection().page(self.number)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        box = self.page.rect()
        return self._mm(box.width()), self._mm(box.height())

    def box(self, item: QgsLayoutItem) -> QRectF:
        """Where an upright item lies on the page."""
        box = item.mapRectToScene(item.rect()).translated(-self.page.pos())
        return QRectF(*(self._mm(side) for side in (box.x(), box.y(), box.width(), box.height())))

    def _mm(self, length: float) -> float:
        unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
        return float(self.layout.convertFromLayoutUnits(length, unit).length())

    @property
    def items(self) -> list[QgsLayoutItem]:
        """What is to be seen of the page, the lowest item first, which is the paper."""
        area = self.page.sceneBoundingRect()
        found = [
            item for item in every_item(self.layout)
            if not isinstance(item, QgsLayoutItemPage) and item.isVisible() and not item.excludeFromExports()
            and item.sceneBoundingRect().intersects(area)
        ]  # fmt: skip
        return [self.page, *sorted(found, key=lambda item: item.zValue())]

    @property
    def layers(self) -> list[QgsMapLayer]:
        """The layers of the page's maps, each once."""
        maps = (item for item in self.items if isinstance(item, QgsLayoutItemMap))
        found = {layer.id(): layer for one in maps for layer in shown_layers(one)}
        return list(found.values())

    @property
    def notice(self) -> str:
        """Whose data it shows."""
        return "; ".join(dict.fromkeys(notice for notice in map(rights, self.layers) if notice))

    def paint(self, painter: QPainter, as_vectors: bool = False) -> None:
        """Let QGIS paint what is visible of the page onto a device of its size: `as_vectors` where it keeps these."""
        about = self.layout.renderContext()
        formats = Qgis.TextRenderFormat
        about.setTextRenderFormat(formats.AlwaysText if as_vectors else formats.AlwaysOutlines)
        about.setFlag(_FLAGS.FlagForceVectorOutput, as_vectors)
        about.setFlag(_FLAGS.FlagAntialiasing, True)
        about.setFlag(_FLAGS.FlagUseAdvancedEffects, True)
        about.setDpi(painter.device().logicalDpiX())
        QgsLayoutExporter(self.layout).renderPage(painter, self.number)

    def image(self, dpi: float, transparent: bool = False) -> QImage:
        """The page in pixels, as QGIS paints it; WriteError where there is no memory for it."""
        width, height = self.size
        made = QImage(round(width / 25.4 * dpi) or 1, round(height / 25.4 * dpi) or 1, _ARGB if transparent else _RGB)
        if made.isNull():
            raise WriteError(
                "no_memory", say("There is no memory for a picture of {0} x {1} pixels.", f"{width / 25.4 * dpi:.0f}",
                                 f"{height / 25.4 * dpi:.0f}"),
            )  # fmt: skip
        made.fill(0 if transparent else 0xFFFFFFFF)
        # Items take their size from it.
        made.setDotsPerMeterX(round(dpi / 0.0254))
        made.setDotsPerMeterY(round(dpi / 0.0254))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self.paint(painter)
        finally:
            painter.end()
        return made

    def checked_image(self, dpi: int) -> QImage:
        """The same for a picture format; RequestError where it would be too large."""
        check_image_size(*self.size, dpi)
        return self.image(dpi)


_RGB, _ARGB = QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied


def every_item(layout: QgsPrintLayout) -> list[QgsLayoutItem]:
    """All that paints something by itself, pages too."""
    items = (item for item in layout.items() if isinstance(item, QgsLayoutItem))
    return [item for item in items if not isinstance(item, QgsLayoutItemGroup)]


def shown_layers(item: QgsLayoutItemMap) -> list[QgsMapLayer]:
    """The layers of a map, the top one first."""
    settings = item.mapSettings(item.extent(), item.rect().size(), 96, True)
    return [layer for layer in settings.layers() if layer is not None]


@contextmanager
def alone(page: LayoutPage, item: QgsLayoutItem) -> Iterator[None]:
    """For a while, nothing of the page is visible but an item."""
    before = [(one, one.isVisible()) for one in every_item(page.layout)]
    try:
        for one, _ in before:
            one.setVisible(one is item)
        yield
    finally:
        for one, was in before:
            one.setVisible(was)


class Pages:
    """The pages of a copy of a layout that are to be exported, once for each feature where it is an atlas."""

    def __init__(self, layout: QgsPrintLayout, wanted: list[int], context: QgsProcessingContext) -> None:
        self._layout: Any = layout.clone()
        self._wanted, self._context = wanted, context
        atlas = self._layout.atlas()
        self.is_atlas = bool(atlas.enabled() and atlas.coverageLayer())
        features = atlas.updateFeatures() if self.is_atlas else 1
        if not features:
            raise RequestError("no_pages", "The atlas of the layout has no pages: its layer has no features.", "layout")
        self.count = features * len(wanted)

    def close(self) -> None:
        """Drop the copy, now: a scene that outlives its project takes QGIS along."""
        if self._layout is not None and not sip.isdeleted(self._layout):
            sip.delete(self._layout)
        self._layout = None
        if QgsApplication.platform() != "desktop":
            # What is open of files in this thread qgis_process closes when GDAL is gone, and crashes (3.22): it does so
            # after its own layout algorithms too.
            for layer in self._context.project().mapLayers().values():
                if layer.dataProvider() is not None:
                    layer.dataProvider().reloadData()

    def __iter__(self) -> Iterator[LayoutPage]:
        """One after another: each is gone when the next one comes."""
        taken: set[str] = set()
        if not self.is_atlas:
            for number in self._wanted:
                yield LayoutPage(self._layout, number, _numbered("", number), self._context)
            return
        atlas = self._layout.atlas()
        atlas.beginRender()
        try:
            place = 0
            while atlas.next():
                place += 1
                called, more = naming.usable(atlas.currentFilename()) or str(place), 2
                name = called
                while name.casefold() in taken:
                    name, more = f"{called}-{more}", more + 1
                taken.add(name.casefold())
                for number in self._wanted:
                    yield LayoutPage(self._layout, number, _numbered(f"-{name}", number), self._context)
        finally:
            atlas.endRender()


def _numbered(suffix: str, number: int) -> str:
    return naming.numbered(suffix, number + 1)


def page_numbers(text: str, count: int) -> list[int]:
    """The pages of `1,3-4`, counted from 0 and in order; all where it is empty. RequestError for what is none."""
    if not text.strip():
        return list(range(count))
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise RequestError("bad_pages", "Pages are numbers such as 1,3-4; leave it empty for all.", "pages")
        low, high = int(first), int(last) if dash else int(first)
        if not 1 <= low <= high <= count:
            raise RequestError("bad_pages", say("The layout has the pages 1 to {0}, and not {1}.", count, part.strip()),
                               "pages")  # fmt: skip
        found.update(range(low - 1, high))
    return sorted(found)
