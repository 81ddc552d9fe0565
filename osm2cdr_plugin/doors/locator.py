"""QGIS's locator: `osm` and a place of the panel's extract, or a format; and a search of the world where there is none.

Nominatim is asked by nobody while somebody types, as its rules want it: the locator then has one row that asks.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Callable

from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult
from qgis.PyQt.QtGui import QIcon

from ...processing_provider.errors import ExportError
from ...processing_provider.formats.registry import written_formats
from ...processing_provider.provider import ICON
from ...processing_provider.sources.opening import is_overpass, is_soon_known
from ...processing_provider.sources.places import places_called
from ...processing_provider.text.translation import tr

_LEAST, _MOST = 3, 6
# Milliseconds without another letter.
_WAIT = 400


class Locator(QgsLocatorFilter):
    """The filter. `source` says which data the panel has; `chosen` is given what was found: (kind, value)."""

    def __init__(self, source: Callable[[], str], chosen: Callable[[str, Any], None]) -> None:
        super().__init__()
        self._source, self._chosen = source, chosen
        self._here = ""
        self.setFetchResultsDelay(_WAIT)
        # By its prefix alone: an extract is looked through, which is not for every search of a layer.
        self.setUseWithoutPrefix(False)

    def clone(self) -> Locator:
        """One more, for another thread."""
        return Locator(self._source, self._chosen)

    def name(self) -> str:
        """The id."""
        return "osm2cdr"

    def displayName(self) -> str:  # noqa: N802
        """The name in the options."""
        return str(tr("OpenStreetMap places and formats"))

    def prefix(self) -> str:
        """What is typed before."""
        return "osm"

    def prepare(self, text: str, context: QgsLocatorContext) -> list[str]:
        """In the window's thread: which data there are."""
        self._here = self._source()
        return []

    def fetchResults(self, text: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:  # noqa: N802
        """Find."""
        wanted = text.strip()
        if len(wanted) < _LEAST:
            return
        for item in written_formats():
            if all(word in f"{item.name} {item.id} {item.extension}".lower() for word in wanted.lower().split()):
                self._found(tr("Export as {0}").format(tr(item.name)), item.id, "format", item.id)
        if is_overpass(self._here) or not is_soon_known(self._here):
            self._found(tr("Search {0}").format(wanted), "", "search", wanted)
            return
        try:
            for number, place in enumerate(places_called(wanted, self._here, _MOST, feedback.isCanceled)):
                self._found(place.title, "", "place", place.box, 1 - number / 100)
        except ExportError:
            # The panel says what is wrong with its data.
            return

    def triggerResult(self, result: QgsLocatorResult) -> None:  # noqa: N802
        """Take it."""
        kind, value = result.getUserData() if hasattr(result, "getUserData") else result.userData
        self._chosen(kind, value)

    def _found(self, title: str, about: str, kind: str, value: Any, score: float = 0.5) -> None:
        result = QgsLocatorResult(self, title, (kind, value))
        result.description, result.score = about, score
        result.icon = QIcon(str(ICON))
        self.resultFetched.emit(result)
