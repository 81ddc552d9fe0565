"""osm2cdr:listformats: the catalogue, and what can be written on this machine."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingOutputString

from ..formats.registry import listing
from ..text.translation import tr
from .help_page import help_url


class ListFormats(QgsProcessingAlgorithm):
    """Lists the formats as JSON."""

    def createInstance(self) -> ListFormats:  # noqa: N802
        """A new one, as Processing wants it."""
        return ListFormats()

    def name(self) -> str:
        """The id."""
        return "listformats"

    def displayName(self) -> str:  # noqa: N802
        """The name in the toolbox."""
        return tr("List export formats")

    def shortHelpString(self) -> str:  # noqa: N802
        """What it does."""
        return tr("Lists every format of the catalogue with whether it can be written here, and if not, why.")

    def helpUrl(self) -> str:  # noqa: N802
        """What the Help button opens."""
        return help_url(self)

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802
        """No parameters, one output."""
        self.addOutput(QgsProcessingOutputString("FORMATS", tr("Formats, as JSON")))

    def processAlgorithm(self, parameters: Any, context: Any, feedback: Any) -> dict[str, Any]:  # noqa: N802
        """List them."""
        return {"FORMATS": json.dumps(listing(), ensure_ascii=False)}
