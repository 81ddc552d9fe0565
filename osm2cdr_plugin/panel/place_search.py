"""A place by its name: in the chosen extract, else by Nominatim through QGIS's own network.

Nominatim's rules: who asks says so (QGIS does), at most once a second and never the same twice (QGIS's geocoder sees to
both), nothing is asked while somebody types, and whose data it is stands beneath what was found.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsApplication,
    QgsFeedback,
    QgsGeocoderContext,
    QgsNominatimGeocoder,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsTask,
)
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ...processing_provider.sources.places import Place, places_called
from ...processing_provider.text.translation import told, tr

# Another server than OpenStreetMap's own, where the profile names one.
NOMINATIM_SETTING = "osm2cdr/nominatim"
_MOST = 8
# Around a place that is a point: so many degrees of latitude either way, about 700 m.
_AROUND = 0.0065


class PlaceSearch(QWidget):
    """A line to type in and what was found below it; `found` carries the box of the one that is chosen, in degrees."""

    found = pyqtSignal(QgsRectangle)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        # Where names are looked for: an extract, or empty for the whole world.
        self.source = ""
        self._task: Any = None
        self.edit = QgsFilterLineEdit(self)
        self.edit.setObjectName("osm2cdrPlace")
        self.edit.setShowSearchIcon(True)
        self.edit.setPlaceholderText(tr("Search a place, then Enter"))
        self.list = QListWidget(self)
        self.list.setObjectName("osm2cdrPlaces")
        self.list.setWordWrap(True)
        self.list.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.edit)
        box.addWidget(self.list)
        self.edit.returnPressed.connect(self.start)
        self.edit.cleared.connect(self.list.hide)
        self.list.itemClicked.connect(self._chosen)
        self.list.itemActivated.connect(self._chosen)

    def start(self) -> None:
        """Look for what is typed, in the background."""
        text = self.edit.text().strip()
        if not text:
            return
        self.stop()
        self._task = _Search(text, self.source)
        self._task.taskCompleted.connect(self._show)
        self._task.taskTerminated.connect(self._show)
        self._tell([tr("Searching…")])
        QgsApplication.taskManager().addTask(self._task)

    def stop(self) -> None:
        """Look no longer."""
        task, self._task = self._task, None
        if task is not None and task.isActive():
            task.cancel()

    def _show(self) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        if task.fault:
            self._tell([task.fault])
        elif not task.places:
            self._tell([tr("Nothing is called {0}.").format(task.text)])
        else:
            self._tell([])
            for place in task.places:
                item = QListWidgetItem(place.title, self.list)
                item.setData(Qt.ItemDataRole.UserRole, place.box)
            if not task.source:
                self._say(tr("© OpenStreetMap contributors, found by Nominatim"))
            self._fit()

    def _tell(self, lines: list[str]) -> None:
        self.list.clear()
        for line in lines:
            self._say(line)
        self.list.show()
        self._fit()

    def _say(self, line: str) -> None:
        """A line that cannot be chosen."""
        QListWidgetItem(line, self.list).setFlags(Qt.ItemFlag.NoItemFlags)

    def _fit(self) -> None:
        rows = max(1, min(self.list.count(), _MOST + 1))
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) + 2) + 6)

    def _chosen(self, item: QListWidgetItem) -> None:
        box = item.data(Qt.ItemDataRole.UserRole)
        if box is not None:
            self.edit.setText(item.text().partition(",")[0])
            self.list.hide()
            self.found.emit(QgsRectangle(*box))


class _Search(QgsTask):
    """Fills `places`, or `fault` with one sentence."""

    def __init__(self, text: str, source: str) -> None:
        super().__init__(tr("Searching a place"), QgsTask.Flag.CanCancel)
        self.text, self.source = text, source
        self.places: list[Place] = []
        self.fault = ""
        self._feedback = QgsFeedback()

    def cancel(self) -> None:
        """Stop as soon as may be."""
        self._feedback.cancel()
        super().cancel()

    def run(self) -> bool:
        """Search; False where it was cancelled or failed."""
        try:
            if self.source:
                self.places = places_called(self.text, self.source, _MOST, self._feedback.isCanceled)
            else:
                self.places = self._nominatim()
        except Exception as error:
            self.fault = tr("The search failed: {0}").format(told(str(error)))
        return not self.fault and not self.isCanceled()

    def _nominatim(self) -> list[Place]:
        context = QgsGeocoderContext(QgsProject.instance().transformContext())
        geocoder = QgsNominatimGeocoder()
        server = str(QgsSettings().value(NOMINATIM_SETTING, "") or "")
        if server:
            geocoder.setEndpoint(server)
        results = geocoder.geocodeString(self.text, context, self._feedback)
        places = []
        for result in results[:_MOST]:
            if not result.isValid():
                raise OSError(result.error())
            box = result.viewport() if not result.viewport().isEmpty() else result.geometry().boundingBox()
            if box.isEmpty():
                box = QgsRectangle(box.center().x() - 2 * _AROUND, box.center().y() - _AROUND,
                                   box.center().x() + 2 * _AROUND, box.center().y() + _AROUND)  # fmt: skip
            sides = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
            places.append(Place(result.identifier(), sides))
        return places
