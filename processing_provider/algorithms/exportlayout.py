"""osm2cdr:exportlayout: the pages of a print layout of the project, as artwork and images."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsPrintLayout,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterLayout,
    QgsProcessingParameterString,
)

from ..cartography.rendering.layouts import Pages, page_numbers
from ..errors import ExportError, RequestError
from ..formats.registry import written_formats
from ..pipeline.run_pages import can_be_a_page, check_formats
from ..request import naming
from ..request.checks import make_request
from ..request.export_request import ExportRequest
from ..text.phrases import listed, nearest
from ..text.sentence import say
from ..text.translation import tr
from .base import NOWHERE, ExportAlgorithm
from .shared import with_help

_OF_PAGES = ("DPI", "TEXT", "COLORS", "PROFILE", "OPTIONS")


class ExportLayout(ExportAlgorithm):
    """A layout, some formats, a folder of files."""

    def createInstance(self) -> ExportLayout:  # noqa: N802
        """A new one, as Processing wants it."""
        return ExportLayout()

    def name(self) -> str:
        """The id."""
        return "exportlayout"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Export a print layout")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["project", "layout", "atlas", "page", "legend", "svg", "pdf", "cdr", "ai", "print"]

    def flags(self) -> Any:
        """In the thread of the window, whose layouts are."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Exports the pages of a print layout as artwork and images, a file for each page, and for each feature "
            "of its atlas. Every item is a named layer of curves and texts; maps are split into their own layers, "
            "names, grids and frames. What a drawing cannot hold (rasters, patterns, blending, effects, turned maps) "
            "is kept as a picture in its place, and a warning says which layer or item that is. Data, plotter files, "
            "images in layers and georeferenced images are not made of layouts: take the canvas for those."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        formats = [item.id for item in written_formats() if can_be_a_page(item)]
        pages = QgsProcessingParameterString("PAGES", tr("Pages (empty: all)"), "", False, True)
        self.addParameter(QgsProcessingParameterLayout("LAYOUT", tr("Print layout")))
        self.add_parameter(QgsProcessingParameterEnum("FORMATS", tr("Formats"), formats, True, "svg", False, True))
        self.addParameter(with_help(pages, tr("Numbers of pages such as 1,3-4.")))
        self.add_parameters(only=_OF_PAGES)
        self.add_names(tr("Empty: named as the layout."))
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT_FOLDER", tr("Folder")))
        self.addOutput(QgsProcessingOutputString("FILES", tr("Files, as JSON")))
        self.add_outputs()

    def has_own_layers(self, parameters: Any) -> bool:
        """Always."""
        return True

    def area_fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """None: a page lies nowhere."""
        return {}

    def request(self, parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        """The request that the parameters make; of a layout and pages that must be there."""
        layout = self._layout(parameters, context)
        self._wanted(layout, parameters, context)
        fields = self.fields(parameters, context)
        fields["formats"] = self.words(parameters, "FORMATS", context) or "svg"
        fields["name"] = self.parameterAsString(parameters, "NAME", context) or naming.usable(layout.name())
        request = make_request(fields, area=NOWHERE)
        check_formats(request)
        return request

    def _layout(self, parameters: Any, context: QgsProcessingContext) -> QgsPrintLayout:
        project = context.project()
        if project is None:
            raise RequestError("no_project", "There is no project: open one (--PROJECT_PATH=...).", "layout")
        name = self.parameterAsString(parameters, "LAYOUT", context)
        layout = project.layoutManager().layoutByName(name)
        if not isinstance(layout, QgsPrintLayout):
            known = [one.name() for one in project.layoutManager().printLayouts()]
            there = listed(known) if known else say("none")
            raise RequestError(
                "unknown_layout",
                say("The project has no print layout {0}{1}; there are {2}.", repr(name), nearest(name, known), there),
                "layout",
            )
        return layout

    def _wanted(self, layout: QgsPrintLayout, parameters: Any, context: QgsProcessingContext) -> list[int]:
        pages = self.parameterAsString(parameters, "PAGES", context)
        return page_numbers(pages, layout.pageCollection().pageCount())

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Export."""
        folder = Path(self.parameterAsString(parameters, "OUTPUT_FOLDER", context))
        try:
            layout = self._layout(parameters, context)
            pages = Pages(layout, self._wanted(layout, parameters, context), context)
        except ExportError as error:
            self._fail(error.code, error.field, error.text, bad_request=True)
        overwrite = self.parameterAsBool(parameters, "OVERWRITE", context)
        try:
            done = self.export(parameters, context, feedback, folder, pages=pages, overwrite=overwrite)
        finally:
            pages.close()
        return {} if done is None else self.several(folder, *done)
