"""An algorithm at work in the background, told in the window's bar: what it does, how far it is, and a way to stop."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsTask,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from ...processing_provider.text.translation import tr


class Listener(QgsProcessingFeedback):
    """What an algorithm says. Its thread is another one: signals alone bring it to the window."""

    step = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(False)
        self.faults: list[str] = []
        self.told: list[str] = []

    def setProgressText(self, text: str) -> None:  # noqa: N802
        """A step begins."""
        self.step.emit(text)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        """What went wrong."""
        self.faults.append(error)

    def pushInfo(self, info: str) -> None:  # noqa: N802
        """A warning, or what was made."""
        self.told.append(info)


class Run(QObject):
    """One run; `ended` carries whether it worked and the results. Nothing is shown where `bar` is None."""

    ended = pyqtSignal(bool, dict)

    def __init__(
        self, algorithm: str, parameters: dict[str, Any], bar: Any = None, parent: Any = None, alone: bool = False
    ) -> None:
        """`alone`: without the project, into which it would load what it made."""
        super().__init__(parent)
        self.algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm)
        self.parameters = parameters
        self.context, self.listener = QgsProcessingContext(), Listener()
        if not alone:
            self.context.setProject(QgsProject.instance())
        self._bar = bar
        self._item: Any = None
        self._task: Any = None

    def fault(self) -> str:
        """What is wrong with the parameters, in one sentence; empty for nothing."""
        good, sentence = self.algorithm.checkParameterValues(self.parameters, self.context)
        return "" if good else str(sentence)

    def start(self) -> None:
        """Begin; the window goes on."""
        if self._bar is not None:
            self._show()
        self._task = self._made()
        self._task.executed.connect(self._done)
        QgsApplication.taskManager().addTask(self._task)

    def _made(self) -> Any:
        """The task; one that shows nothing itself is not told of by QGIS either, which can be told so from 3.26 on."""
        given = (self.algorithm, self.parameters, self.context, self.listener)
        if self._bar is not None or not hasattr(QgsTask.Flag, "Silent"):
            return QgsProcessingAlgRunnerTask(*given)
        flag = QgsTask.Flag
        return QgsProcessingAlgRunnerTask(*given, flag.CanCancel | flag.Hidden | flag.Silent)

    def stop(self) -> None:
        """Cancel: nothing is left of it."""
        self.listener.cancel()
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody stopped it."""
        return bool(self.listener.isCanceled())

    def _show(self) -> None:
        item = self._bar.createMessage("osm2cdr", tr("It begins"))
        progress = QProgressBar(item)
        progress.setObjectName("osm2cdrProgress")
        progress.setMaximumWidth(220)
        button = QPushButton(tr("Cancel"), item)
        button.setObjectName("osm2cdrCancel")
        item.layout().addWidget(progress)
        item.layout().addWidget(button)
        button.clicked.connect(self.stop)
        self.listener.progressChanged.connect(lambda percent: progress.setValue(int(percent)))
        self.listener.step.connect(item.setText)
        self._bar.pushWidget(item, Qgis.MessageLevel.Info)
        self._item = item

    def _done(self, worked: bool, results: dict[str, Any]) -> None:
        self._task = None
        if self._item is not None and not sip.isdeleted(self._item):
            self.listener.disconnect()
            self._bar.popWidget(self._item)
        self._item = None
        # A cancelled algorithm comes back as if it had worked.
        self.ended.emit(worked and not self.is_cancelled and bool(results), results)
