"""The panel: three choices (where, how it looks, what is made), a preview of the sheet, and a button that makes it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsGeometry, QgsProject, QgsRectangle, QgsSettings
from qgis.gui import QgsCollapsibleGroupBox, QgsDockWidget
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...processing_provider.cartography.themes.loading import style_names
from ...processing_provider.sources.opening import is_overpass
from ...processing_provider.text.translation import tr
from ..choices import choices_of
from ..dialogs import FOLDER_SETTING, last_folder
from ..living.keeper import Keeper
from .foot import Foot
from .history import as_python, as_qgis_process, remember
from .look import Look
from .map_button import MapButton
from .own_pictures import OwnPictures
from .preview import Preview
from .runner import Run
from .what import What
from .where import Where

ALGORITHM = "osm2cdr:exportarea"
_CHOICES, _SOURCES, _SCOPE = "osm2cdr/panel", "osm2cdr/extracts", "osm2cdr"
# A larger preview is asked for by a click: it may take long.
_AT_ONCE_BYTES = 30_000_000
# A panel that is lower, in pixels, shows no preview.
_LOW = 480


class Panel(QgsDockWidget):
    """The dock. `results` shows what was made, `dialogs` opens the algorithm's own dialog."""

    def __init__(self, iface: Any, results: Any, dialogs: Any) -> None:
        super().__init__(tr("OpenStreetMap map"), iface.mainWindow())
        self.setObjectName("osm2cdrPanel")
        self._iface, self._results, self._dialogs = iface, results, dialogs
        self._runs: list[Run] = []
        self._recalls = False
        algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
        self.where = Where(iface.mapCanvas())
        self.look = Look(choices_of(algorithm.parameterDefinition("LAYERS")))
        self.what = What(choices_of(algorithm.parameterDefinition("FORMATS")))
        self.preview = Preview(self)
        self.pictures = OwnPictures(list(style_names()), self)
        self.pictures.drawn.connect(self.look.show_picture)
        self.foot = Foot(self)
        self.folder, self.name = self.foot.folder, self.foot.name
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setObjectName("osm2cdrTold")
        self.told.hide()
        self.keeper = Keeper(iface, self)
        self.map_button = MapButton(self.keeper, self.parameters, self.where.area_shape, self)
        self.run_button, self.more = QPushButton(tr("Export")), QToolButton()
        self.run_button.setObjectName("osm2cdrRun")
        self.run_button.setDefault(True)
        self.more.setText("⋯")
        self.more.setObjectName("osm2cdrMore")
        self.more.setToolTip(tr("More options, and this export as a command"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu())
        self.setWidget(self._laid_out())
        self._recall()
        for section in (self.where, self.look, self.what):
            section.changed.connect(self._changed)
        self.run_button.clicked.connect(self.run)
        self.foot.changed.connect(self._look_ahead)
        self.look.styles.currentItemChanged.connect(lambda *_items: self._style_chosen())
        self.where.offer.linkActivated.connect(lambda _link: self.map_button.load())
        self.keeper.told.connect(self._tell)
        QgsProject.instance().readProject.connect(self._recall)
        self.visibilityChanged.connect(lambda _visible: self._changed())
        self._changed()

    def resizeEvent(self, event: Any) -> None:  # noqa: N802
        """In a low window the choices need the room of the preview."""
        super().resizeEvent(event)
        self.preview.setVisible(self.height() >= _LOW)

    def parameters(self) -> dict[str, Any]:
        """The choices as the algorithm's parameters; what is as by itself is left out."""
        fields = {
            **self.where.fields(), **self.look.fields(), **self.what.fields(), **self.foot.fields(),
        }  # fmt: skip
        return {key: value for key, value in fields.items() if value not in (None, "", 0)}

    def run(self, *_clicked: bool) -> None:
        """Export, in the background."""
        parameters = self.parameters()
        run = Run(ALGORITHM, parameters, self._iface.messageBar(), self)
        fault = run.fault()
        self._tell(fault)
        if fault:
            return
        self._keep()
        self.what.remember()
        remember(run.algorithm, parameters, run.context)
        run.ended.connect(lambda worked, results: self._ended(run, worked, results))
        self._runs.append(run)
        self.run_button.setEnabled(False)
        run.start()

    def close_for_good(self) -> None:
        """Stop what runs, and take everything away."""
        QgsProject.instance().readProject.disconnect(self._recall)
        for run in self._runs:
            run.ended.disconnect()
            run.stop()
        self._runs.clear()
        self.keeper.stop()
        self.where.search.stop()
        self.preview.close_for_good()
        self.pictures.close_for_good()
        self.where.close_band()
        self._iface.removeDockWidget(self)
        self.deleteLater()

    def _ended(self, run: Run, worked: bool, results: dict[str, Any]) -> None:
        self._runs.remove(run)
        self._look_ahead()
        if worked:
            QgsSettings().setValue(FOLDER_SETTING, str(results.get("OUTPUT_FOLDER") or ""))
            self._results.show(run.parameters, results)
        elif run.is_cancelled:
            self._tell(tr("Cancelled: nothing was written."))
        else:
            self._tell((run.listener.faults or [tr("The export failed.")])[-1])

    def _changed(self) -> None:
        self._tell("")
        source, box = self.where.source(), self.where.box()
        self._look_ahead()
        why_not = ""
        if is_overpass(source):
            why_not = tr("The preview is drawn from an extract: Overpass is asked once, for the export.")
        elif box.isNull() and not _is_small(source):
            why_not = tr("Choose an area for a preview.")
        self.preview.ask(self.parameters(), why_not)
        # Of what is read quickly alone, and while somebody looks.
        can = self.isVisible() and not is_overpass(source) and _is_small(source)
        area = self.where.area_shape() if can else None
        self.pictures.ask(source, area.boundingBox() if area is not None else QgsRectangle())

    def _look_ahead(self) -> None:
        """Tell what it will come to, and whether it can begin."""
        fields = self.parameters()
        can = self.foot.look_ahead(fields, self.where.area_shape())
        self.run_button.setEnabled(can and not self._runs and bool(fields.get("FORMATS")))

    def _tell(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("All options…")).triggered.connect(self._all_options)
        menu.addSeparator()
        menu.addAction(tr("Copy as qgis_process command")).triggered.connect(lambda: self._copy(as_qgis_process))
        menu.addAction(tr("Copy as Python command")).triggered.connect(
            lambda: self._copy(lambda algorithm, fields: as_python(algorithm, fields, Run(ALGORITHM, fields).context))
        )
        return menu

    def _all_options(self) -> None:
        self._dialogs.open_with("exportarea", self.parameters())

    def _copy(self, made: Any) -> None:
        algorithm = QgsApplication.processingRegistry().algorithmById(ALGORITHM)
        QApplication.clipboard().setText(made(algorithm, self.parameters()))

    def _laid_out(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        for title, section in ((tr("Where"), self.where), (tr("Look"), self.look), (tr("What"), self.what)):
            box = QgsCollapsibleGroupBox(title)
            box.setObjectName(f"osm2cdr{type(section).__name__}")
            QVBoxLayout(box).addWidget(section)
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("osm2cdrSections")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        last = QHBoxLayout()
        last.addWidget(self.run_button, 1)
        last.addWidget(self.map_button)
        last.addWidget(self.more)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(6, 6, 6, 6)
        rows.addWidget(area, 1)
        rows.addWidget(self.preview)
        rows.addWidget(self.told)
        rows.addWidget(self.foot)
        rows.addLayout(last)
        return whole

    def _keep(self) -> None:
        """The choices, in the profile and in the project, which may be saved."""
        chosen = self.parameters()
        QgsSettings().setValue(_CHOICES, json.dumps(chosen))
        QgsSettings().setValue(_SOURCES, json.dumps([self.where.source(), *self._extracts()]))
        QgsProject.instance().writeEntry(_SCOPE, "panel", json.dumps(chosen))
        # A polygon's file is of this profile alone.
        shape = self.where.shape()
        QgsProject.instance().writeEntry(_SCOPE, "area", shape.asWkt(7) if shape is not None else "")

    def _extracts(self) -> list[str]:
        """The extracts that are offered and still there, but for the one that is chosen."""
        return [path for path in self.where.recent() if path != self.where.source() and _is_there(path)]

    def _style_chosen(self) -> None:
        """The map takes a style that somebody chose, and none that was read."""
        if not self._recalls:
            self.map_button.take_style()

    def _recall(self, *_document: Any) -> None:
        """Show what the project says was chosen, else the profile."""
        self._recalls = True
        try:
            self._show_recalled()
        finally:
            self._recalls = False

    def _show_recalled(self) -> None:
        text, _ = QgsProject.instance().readEntry(_SCOPE, "panel", "")
        fields = _read(text) or _read(QgsSettings().value(_CHOICES, "")) or {}
        recent = _read(QgsSettings().value(_SOURCES, "")) or []
        self.where.set_sources([path for path in recent if path not in ("", "sample") and _is_there(path)])
        source = str(fields.get("SOURCE") or "")
        if source in ("", "sample") or _is_there(source):
            self.where.set_source(source)
        found = self.keeper.map()
        self.look.set_fields({**fields, **({"STYLE": found[1].style} if found else {})})
        self.what.set_fields(fields)
        self.folder.setFilePath(str(fields.get("OUTPUT_FOLDER") or last_folder()))
        # The area comes from the project alone: elsewhere it would be another's.
        extent = str((_read(text) or {}).get("EXTENT") or "")
        shape = QgsGeometry.fromWkt(QgsProject.instance().readEntry(_SCOPE, "area", "")[0])
        QTimer.singleShot(0, lambda: self.where.set_extent(extent) if shape.isNull() else self.where.set_shape(shape))


def _read(text: Any) -> Any:
    try:
        return json.loads(str(text)) if text else None
    except ValueError:
        return None


def _is_there(path: str) -> bool:
    return "://" in path or Path(path).is_file()


def _is_small(source: str) -> bool:
    return source == "sample" or (Path(source).is_file() and Path(source).stat().st_size < _AT_ONCE_BYTES)
