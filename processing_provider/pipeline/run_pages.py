"""The pages of a print layout, from QGIS's scene to proven files: a file of each format for each page."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem

from ..cartography.rendering.picture import Picture
from ..cartography.themes.loading import load_theme
from ..errors import RequestError
from ..feedback import Feedback
from ..formats.catalogue import FORMATS, Format
from ..request import unheeded
from ..request.export_request import ExportRequest
from ..request.pages import Page
from ..request.papers import Sheet
from ..request.plan import Plan, available
from ..text.sentence import say
from .delivery import Result, deliver
from .drawings import Drawings
from .run import one, work_folder
from .stages import Stages

if TYPE_CHECKING:
    from ..cartography.rendering.layouts import LayoutPage, Pages
    from ..drawing.model import Drawing

_WHITE = "#FFFFFF"


def can_be_a_page(item: Format) -> bool:
    """Whether a format can hold a page that is not made of the map alone: a drawing, or one picture of all of it."""
    return item.crs == "page" and (item.view == "drawing" or (item.family == "raster-image" and item.layers == "none"))


def check_formats(request: ExportRequest) -> None:
    """Raise RequestError for a format that no layout can come in, or that is not there."""
    for item in available(request):
        if not can_be_a_page(item):
            raise RequestError(
                "not_of_layouts",
                say("{0} does not hold the page of a layout; take a format of artwork, or an image.", say(item.name)),
                "formats",
            )


def run_pages(
    request: ExportRequest, folder: Path, feedback: Feedback, pages: Pages, overwrite: bool = False
) -> list[Result]:
    """Export pages into `folder`, whole and proven, all of them at the end; in the thread of the layout.

    A result for each page and format, in this order; what failed carries its error. Raises RequestError, WriteError
    or Cancelled where nothing could be done.
    """
    check_formats(request)
    if text := unheeded.warning(request):
        feedback.warning("option_unheeded", text)
    feedback = feedback.once()
    private = work_folder(folder)
    try:
        results: list[Result] = []
        for number, page in enumerate(pages):
            stages = PageStages(request, private.path / str(number), page)
            share = 100 / pages.count
            part = feedback.part(share * number, share * (number + 1))
            for place, name in enumerate(request.formats):
                wide = 100 / len(request.formats)
                own = part.part(wide * place, wide * (place + 1), name)
                own.progress(0, say("writing {0}", say(FORMATS[name].name)))
                results.append(one(stages, FORMATS[name], None, own))
        feedback.check()
        results = _without_nowhere(results, feedback)
        deliver(results, folder, request.name, overwrite, feedback)
        feedback.progress(100)
        return results
    finally:
        private.close()


def _without_nowhere(results: list[Result], feedback: Feedback) -> list[Result]:
    """The results without pages that have no map, of a format that is made of others: a warning instead."""
    written = {result.format for result in results if result.draft is not None}
    kept = []
    for result in results:
        if result.error is not None and result.error.code == "no_place" and result.format in written:
            feedback.warning("page_left_out", result.error.text)
        else:
            kept.append(result)
    return kept


class PageStages(Stages):
    """What the formats of one page share: its drawing, and its picture."""

    def __init__(self, request: ExportRequest, work: Path, page: LayoutPage) -> None:
        width, height = page.size
        sheet = Sheet(width, height, 0.0, 0.0, width, height, 0.0, 2.0, None, True, bare=True)
        place = Page("", 0.0, 0.0, width, height, 1000, sheet)
        crs = dict.fromkeys(request.formats, "")
        box = request.area.box
        titled = replace(request, title=request.title or f"{request.name}{page.suffix}")
        super().__init__(titled, work, plan=Plan(request, crs, {"": place}, load_theme("default"), box, box))
        work.mkdir()
        self._page, self._place = page, place
        self._picture: Picture | None = None
        self.suffix = page.suffix
        self.drawings = Drawings(self.picture, self._recorded)

    def _recorded(self, feedback: Feedback) -> Drawing:
        from ..drawing.layouts.pages import record_page

        return record_page(self._page, feedback)

    def picture(self, crs: str, feedback: Feedback) -> Picture:
        """The page in pixels, painted by QGIS where a format wants it."""
        if self._picture is None:
            made = Picture(
                [], self._place, QgsCoordinateReferenceSystem(), _WHITE, load_theme("default"), notice=self._page.notice
            )
            made.objects = {str(item.displayName()): 1 for item in self._page.items}
            if any(FORMATS[name].view == "picture" for name in self.request.formats):
                dpi = self.request.dpi
                made.painted = {(dpi, False): self._page.checked_image(dpi)}
            self._picture = made
        return self._picture
