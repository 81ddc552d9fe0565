"""What an export made, at hand when it is done: links in the dialog's log, and a message to open or to add it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import json
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsSettings
from qgis.gui import QgsProcessingAlgorithmDialogBase
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QTextCursor
from qgis.PyQt.QtWidgets import QMenu, QPushButton, QTextEdit

from ..processing_provider.errors import ExportError
from ..processing_provider.text.phrases import sized
from ..processing_provider.text.translation import told, tr
from .adding import add_to_project, can_be_added
from .dialogs import FOLDER_SETTING

# Whose files can be opened from a message, and what else makes files.
_EXPORTS = ("osm2cdr:exportarea", "osm2cdr:exportformat", "osm2cdr:exportcanvas", "osm2cdr:exportlayout")
_OTHERS = ("osm2cdr:downloadosm", "osm2cdr:applystyle")


class Results:
    """Listens to the dialogs of our exports, whether the toolbar or the toolbox opened them."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        # The dialogs that run, each with its slot.
        self._running: list[tuple[Any, Any]] = []
        # The messages that are shown, each with its bar.
        self._shown: list[tuple[Any, Any]] = []
        QgsApplication.taskManager().taskAdded.connect(self._look)

    def stop(self) -> None:
        """Listen no longer, and take our messages away."""
        QgsApplication.taskManager().taskAdded.disconnect(self._look)
        for dialog, slot in self._running:
            if not sip.isdeleted(dialog):
                dialog.algorithmFinished.disconnect(slot)
        self._running.clear()
        self._clear()

    def show(self, parameters: dict[str, Any], results: dict[str, Any]) -> None:
        """Tell what a run made that had no dialog."""
        files = made(parameters, results)
        if files:
            self._clear()
            self._show(self._iface.messageBar(), files, next(iter(files)).parent, parameters)

    def _look(self, _task: int) -> None:
        """A task began: if it is a dialog of ours that began it, wait for its end."""
        # Not the one for batches, which shows its results itself.
        from processing.gui.AlgorithmDialog import AlgorithmDialog

        known = [dialog for dialog, _ in self._running]
        for dialog in self._iface.mainWindow().findChildren(QgsProcessingAlgorithmDialogBase):
            if not isinstance(dialog, AlgorithmDialog):
                continue
            algorithm = dialog.algorithm()
            if (
                algorithm is None
                or algorithm.id() not in _EXPORTS + _OTHERS
                or dialog in known
                or not _is_running(dialog)
            ):
                continue
            slot = partial(self._finished, dialog, dialog.createProcessingParameters())
            dialog.algorithmFinished.connect(slot)
            self._running.append((dialog, slot))

    def _finished(self, dialog: Any, parameters: dict[str, Any], worked: bool, results: dict[str, Any]) -> None:
        for entry in [entry for entry in self._running if entry[0] is dialog]:
            dialog.algorithmFinished.disconnect(entry[1])
            self._running.remove(entry)
        files = made(parameters, results) if worked else {}
        if not files:
            return
        folder = next(iter(files)).parent
        if results.get("OUTPUT_FOLDER"):
            QgsSettings().setValue(FOLDER_SETTING, str(folder))
        lines = [f'<a href="{_url(path)}">{html.escape(path.name)}</a>, {sized(path.stat().st_size)}' for path in files]
        _forget_dictionary(dialog, results)
        # Last of all; as a path too, since old windows have no links to click.
        lines.append(f'<a href="{_url(folder)}">{html.escape(str(folder))}</a>')
        dialog.setInfo("<br>".join(lines), False, False)
        for log in dialog.findChildren(QTextEdit, "txtLog"):
            log.verticalScrollBar().setValue(log.verticalScrollBar().maximum())
        if dialog.algorithm().id() not in _EXPORTS:
            return
        self._clear()
        # The dialog may hide the window's bar, and may be closed.
        for bar in [self._iface.messageBar(), *([dialog.messageBar()] if dialog.isVisible() else [])]:
            self._show(bar, files, folder, parameters)

    def _show(self, bar: Any, files: dict[Path, str], folder: Path, parameters: dict[str, Any]) -> None:
        first = next(iter(files)).name
        names = tr("{0} and {1} more").format(first, len(files) - 1) if len(files) > 1 else first
        item = bar.createMessage(tr("Map exported"), names)
        addable = [path for path, name in files.items() if can_be_added(name, path)]
        if addable:
            button = QPushButton(tr("Add to project"), item)
            button.setObjectName("osm2cdrAdd")
            button.clicked.connect(lambda: self._add(addable, parameters))
            item.layout().addWidget(button)
        button = QPushButton(tr("Open"), item)
        button.setObjectName("osm2cdrOpen")
        menu = QMenu(button)
        for path in files:
            menu.addAction(path.name).triggered.connect(partial(_open, path))
        menu.addSeparator()
        menu.addAction(tr("Folder {0}").format(folder)).triggered.connect(partial(_open, folder))
        button.setMenu(menu)
        item.layout().addWidget(button)
        bar.pushWidget(item, Qgis.MessageLevel.Success)
        self._shown.append((bar, item))

    def _add(self, paths: list[Path], parameters: dict[str, Any]) -> None:
        self._clear()
        look = {
            "style": parameters.get("STYLE") or "default",
            "detail": parameters.get("DETAIL_LEVEL") or 0,
            "language": parameters.get("LANGUAGE") or "",
        }
        for path in paths:
            try:
                fault = "" if add_to_project(path, look) else tr("QGIS could not open {0}.").format(path.name)
            except ExportError as error:
                fault = told(error.text)
            if fault:
                self._iface.messageBar().pushMessage("osm2cdr", fault, Qgis.MessageLevel.Warning)

    def _clear(self) -> None:
        for bar, item in self._shown:
            if not sip.isdeleted(bar) and not sip.isdeleted(item):
                bar.popWidget(item)
        self._shown.clear()


def made(parameters: dict[str, Any], results: dict[str, Any]) -> dict[Path, str]:
    """The files of a run, each with its format's id."""
    if results.get("FILES"):
        return {Path(entry["path"]): entry["format"] for entry in json.loads(results["FILES"])}
    # Several, one a line, where layers were styled.
    paths = map(Path, str(results.get("OUTPUT") or "").splitlines())
    return {path: str(parameters.get("FORMAT") or "svg") for path in paths if path.is_file()}


def _forget_dictionary(dialog: Any, results: dict[str, Any]) -> None:
    """Take QGIS's own list of results out of the log: a dictionary for programmers, with what is told here."""
    for log in dialog.findChildren(QTextEdit, "txtLog"):
        document = log.document()
        blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
        texts = [block.text().strip() for block in blocks]
        starts = [number for number, text in enumerate(texts) if text.startswith("{")]
        for start in reversed(starts):
            end = next((number for number in range(start, len(texts)) if texts[number].endswith("}")), None)
            listed = "\n".join(texts[start : end + 1]) if end is not None else ""
            if end is None or not all(f"'{name}'" in listed for name in results):
                continue
            # With its heading, "Results:" in whatever language.
            first = start - 1 if start and texts[start - 1].endswith(":") else start
            cursor = QTextCursor(blocks[first])
            last = blocks[end]
            cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            break


def _is_running(dialog: Any) -> bool:
    """Whether a dialog's algorithm is at work: only then can it be cancelled."""
    return bool(dialog.cancelButton().isEnabled())


def _open(path: Path, *_clicked: bool) -> None:
    """Open a file or a folder with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _url(path: Path) -> str:
    return html.escape(QUrl.fromLocalFile(str(path)).toString())
