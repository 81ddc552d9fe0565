"""osm2cdr:buildstore: an extract sorted once, so that the exports that come after need not read all of it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
)

from ..errors import Cancelled, ExportError, RequestError, unexpected
from ..osm.store import keeper
from ..pipeline import events
from ..sources import opening
from ..text.phrases import sized
from ..text.sentence import say
from ..text.translation import tr
from .help_page import help_url
from .shared import source_filter
from .speaking import fail, listening


class BuildStore(QgsProcessingAlgorithm):
    """An extract in, a store in the user's folder of stores, and the extract again for the next step of a model."""

    def createInstance(self) -> BuildStore:  # noqa: N802
        """A new one, as Processing wants it."""
        return BuildStore()

    def name(self) -> str:
        """The id."""
        return "buildstore"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("Sort an extract for fast exports")

    def tags(self) -> list[str]:
        """Words to find it by."""
        return ["osm", "openstreetmap", "extract", "pbf", "store", "cache"]

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr(
            "Reads an OpenStreetMap extract once and keeps its objects sorted by place and size in the user's cache "
            "folder, two to three times as large as the extract. Exports of areas of that extract then read what they "
            "need alone. Nothing is built where that has been done and the extract is as it was."
        )

    def helpUrl(self) -> str:  # noqa: N802
        """What the Help button opens."""
        return help_url(self)

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """The parameters; their names never change."""
        self.addParameter(
            QgsProcessingParameterFile("SOURCE", tr("OpenStreetMap extract"), fileFilter=source_filter())
        )  # fmt: skip
        self.addOutput(QgsProcessingOutputFile("EXTRACT", tr("The same extract, for the next step")))
        self.addOutput(QgsProcessingOutputNumber("ROWS", tr("Rows kept")))
        self.addOutput(QgsProcessingOutputNumber("BYTES", tr("Bytes on the disk")))

    def processAlgorithm(  # noqa: N802
        self, parameters: Any, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Build it, unless it is there."""
        source = self.parameterAsString(parameters, "SOURCE", context).strip()
        told = listening(self, feedback, [])
        try:
            opening.check(source)
            path = opening.path_of(source)
            if path is None:
                raise RequestError("no_source", say("The source {0} is not a file.", source or "overpass"), "source")
            header = keeper.make(path.absolute(), told)
        except Cancelled:
            feedback.pushInfo(tr("Cancelled: nothing was written."))
            events.emit(events.End(ok=False))
            return {}
        except ExportError as error:
            fail(self, error.code, error.field, error.text, bad_request=isinstance(error, RequestError))
        except Exception:
            fault = unexpected()
            fail(self, fault.code, fault.field, fault.text)
        size = sum(entry.bytes for entry in keeper.listed() if entry.key == header.key)
        feedback.setProgress(100)
        feedback.pushInfo(tr("The store of {0}: {1} rows, {2}.").format(path.name, sum(header.counts), sized(size)))
        events.emit(events.End(ok=True))
        return {"EXTRACT": str(path), "ROWS": sum(header.counts), "BYTES": size}
