"""The map of the project, alive: it is loaded, gets another style, newer data, a larger area, all in the background."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...processing_provider.errors import ExportError
from ...processing_provider.request import naming
from ...processing_provider.text.translation import told, tr
from ..dialogs import last_folder
from ..maptools.places import box_text, is_box, kept
from ..panel.runner import Run
from . import loading, record
from .exchange import Exchange
from .record import Record

ALGORITHM = "osm2cdr:downloadosm"


class Keeper(QObject):
    """Keeps it. `changed`: there is another map, or none; `told` carries a sentence for people, `busy` the state."""

    changed = pyqtSignal()
    told = pyqtSignal(str)
    busy = pyqtSignal(bool)

    def __init__(self, iface: Any, parent: Any = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._run: Run | None = None
        self._task: Exchange | None = None
        self._folder: Path | None = None
        # What is still to be styled, one layer at a time, so that the window goes on.
        self._waiting: list[tuple[Any, str]] = []
        self._look: Any = None
        self._anew = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        QgsProject.instance().readProject.connect(self._read)
        QgsProject.instance().cleared.connect(self._read)

    def map(self) -> tuple[Any, Record] | None:
        """The group and the record of the project's map; None where it has none."""
        return record.find(QgsProject.instance())

    def is_busy(self) -> bool:
        """Whether data are on their way."""
        return self._run is not None or self._task is not None

    def load(self, fields: dict[str, Any], area: QgsGeometry | None) -> None:
        """Read an area and show it; `fields` are parameters of exportarea, `area` is in degrees, None for all."""
        source = str(fields.get("SOURCE") or "")
        path = loading.target(QgsProject.instance(), naming.of_source(source), last_folder())
        path.parent.mkdir(parents=True, exist_ok=True)
        wanted = Record(
            str(path), source, area.asWkt(7) if area is not None else "", str(fields.get("STYLE") or "default"),
            int(fields.get("DETAIL_LEVEL") or 0), str(fields.get("LANGUAGE") or ""), str(fields.get("LAYERS") or ""),
        )  # fmt: skip
        self._start(wanted, path, self._loaded)

    def refresh(self) -> None:
        """Read the same again, as it is now."""
        found = self.map()
        if found is not None:
            self._renew(found[1])

    def extend(self, area: QgsGeometry) -> None:
        """Read an area as well, in degrees."""
        found = self.map()
        if found is not None and found[1].area:
            whole = QgsGeometry.unaryUnion([QgsGeometry.fromWkt(found[1].area), area])
            self._renew(replace(found[1], area=whole.asWkt(7)))

    def restyle(self, style: str, anew: bool = False) -> None:
        """Show the map in another style; `anew` drops what was changed of it by hand."""
        found = self.map()
        if found is None or (found[1].style == style and not anew):
            return
        group, before = found
        wanted = replace(before, style=style)
        wanted.write(group)
        self._style(group, wanted, anew)

    def stop(self) -> None:
        """Stop what runs, for good."""
        QgsProject.instance().readProject.disconnect(self._read)
        QgsProject.instance().cleared.disconnect(self._read)
        self._timer.stop()
        if self._waiting:
            self._thaw()
        if self._run is not None:
            self._run.ended.disconnect()
            self._run.stop()
        self._forget()

    def _read(self, *_document: Any) -> None:
        if self._waiting:
            self._waiting.clear()
            self._timer.stop()
            self._thaw()
        self.changed.emit()

    def _renew(self, wanted: Record) -> None:
        """Read the area of a record into a file beside the map's, and exchange the rows."""
        if any(layer.isEditable() for layer in self._layers()):
            self.told.emit(tr("A layer of the map is being edited: save or drop the changes first."))
            return
        self._folder = Path(tempfile.mkdtemp(prefix=".osm2cdr-", dir=Path(wanted.path).parent))
        self._start(wanted, self._folder / "fresh.gpkg", self._exchange)

    def _start(self, wanted: Record, path: Path, then: Any) -> None:
        if self.is_busy():
            return
        area = QgsGeometry.fromWkt(wanted.area) if wanted.area else None
        fields: dict[str, Any] = {
            "SOURCE": wanted.source, "DETAIL_LEVEL": wanted.detail, "LAYERS": wanted.layers,
            "LANGUAGE": wanted.language, "OUTPUT": str(path),
        }  # fmt: skip
        if area is not None:
            box = is_box(area)
            fields["EXTENT" if box else "MASK"] = box_text(area.boundingBox()) if box else str(kept(area))
        given = {key: value for key, value in fields.items() if value not in ("", 0)}
        run = Run(ALGORITHM, given, self._iface.messageBar(), self, alone=True)
        fault = run.fault()
        if fault:
            self.told.emit(fault)
            self._forget()
            return
        self._run = run
        run.ended.connect(lambda worked, _results: self._ended(run, worked, wanted, then))
        self.busy.emit(True)
        run.start()

    def _ended(self, run: Run, worked: bool, wanted: Record, then: Any) -> None:
        self._run = None
        if worked:
            then(wanted)
            return
        self._forget()
        if run.is_cancelled:
            self.told.emit(tr("Cancelled: nothing was written."))
        else:
            self.told.emit((run.listener.faults or [tr("The map could not be loaded.")])[-1])

    def _loaded(self, wanted: Record) -> None:
        loading.add(QgsProject.instance(), wanted, self._iface.mapCanvas())
        self._forget()
        self.changed.emit()

    def _exchange(self, wanted: Record) -> None:
        if self._folder is None:
            return
        # A picture that is drawn meanwhile would show the half of it.
        self._iface.mapCanvas().freeze(True)
        task = Exchange(Path(wanted.path), self._folder / "fresh.gpkg")
        task.taskCompleted.connect(lambda: self._exchanged(wanted, ""))
        task.taskTerminated.connect(lambda: self._exchanged(wanted, task.fault))
        self._task = task
        QgsApplication.taskManager().addTask(task)

    def _exchanged(self, wanted: Record, fault: str) -> None:
        found = self.map()
        self._forget()
        self._thaw()
        if fault or found is None:
            self.told.emit(fault)
            return
        group = found[0]
        wanted.write(group)
        for layer in self._layers():
            layer.dataProvider().reloadData()
            layer.updateExtents()
        loading.fill(QgsProject.instance(), group, wanted)
        self._style(group, wanted)
        self.changed.emit()

    def _style(self, group: Any, wanted: Record, anew: bool = False) -> None:
        """Begin to give the layers of a map its style."""
        layers = record.tables(group)
        if not layers:
            return
        try:
            self._look = loading.look_of(QgsProject.instance(), wanted, list(layers.values()))
        except ExportError as error:
            self.told.emit(told(error.text))
            return
        if wanted.background:
            loading.ground(QgsProject.instance(), group, wanted, self._look.theme)
        if not self._waiting:
            self._iface.mapCanvas().freeze(True)
        self._waiting = [(layer.id(), table) for table, layer in layers.items()]
        self._anew = anew
        self._timer.start()

    def _next(self) -> None:
        """Style one layer more."""
        if self._waiting:
            name, table = self._waiting.pop(0)
            layer = QgsProject.instance().mapLayer(name)
            if layer is not None:
                self._look.give(layer, table, self._anew)
        if not self._waiting:
            self._timer.stop()
            self._thaw()
            QgsProject.instance().setDirty(True)
            self.changed.emit()

    def _thaw(self) -> None:
        self._iface.mapCanvas().freeze(False)
        self._iface.mapCanvas().refreshAllLayers()

    def _layers(self) -> list[Any]:
        found = self.map()
        return list(record.tables(found[0]).values()) if found is not None else []

    def _forget(self) -> None:
        """Nothing is on its way."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._run = self._task = self._folder = None
        self.busy.emit(False)
