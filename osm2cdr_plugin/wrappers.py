"""The list of several choices as Processing's windows want it: the dialog, the batch table, the model designer.

`processing_provider/algorithms/several.py` names `Chooser` to them. A QGIS that asks no more
for such names shows its own list, which is whole from 3.30 on.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterEnum
from qgis.gui import (
    QgsAbstractProcessingParameterWidgetWrapper,
    QgsGui,
    QgsProcessingGui,
    QgsProcessingParameterWidgetFactoryInterface,
)

from ..processing_provider.text.translation import tr
from .choices import choices_of
from .picker import Picker
from .pickerline import PickerLine, words

_TYPE = "osm2cdr:choices"
_KIND = QgsProcessingGui.WidgetType


class Chooser:
    """What the metadata of a parameter names: called as if it were a widget wrapper, it makes the one that fits."""

    def __new__(cls, parameter: Any, dialog: Any, row: int = 0, col: int = 0, **_more: Any) -> Any:
        """The wrapper for this parameter in this window."""
        window = type(dialog).__name__
        if window == "ModelerParametersDialog":
            # QGIS's own choice between value, input and output of another step; our list is its part for a value.
            proxy = Choices.of(parameter)
            registry = QgsGui.processingGuiRegistry()
            made = registry.createModelerParameterWidget(dialog.model, dialog.childId, proxy, dialog.context)
            # QGIS keeps a bare pointer.
            made.parameter_shown = proxy
        else:
            made = ChoicesWrapper(parameter, _KIND.Batch if window == "BatchAlgorithmDialog" else _KIND.Standard)
        made.setDialog(dialog)
        return made


class ChoicesWrapper(QgsAbstractProcessingParameterWidgetWrapper):
    """The list in the dialog, a line with a button elsewhere."""

    def __init__(self, parameter: Any, kind: Any) -> None:
        super().__init__(parameter, kind)
        self._kind = kind
        self.widget: Any = None

    def createWidget(self) -> Any:  # noqa: N802
        """The widget, with the parameter's choices."""
        parameter = self.parameterDefinition()
        groups, title = choices_of(parameter), parameter.description()
        if self._kind == _KIND.Standard:
            self.widget = Picker(groups, self._required(), title)
        else:
            # A word that is none of the choices is refused in a batch's row, and dropped without a word by the model
            # designer.
            self.widget = PickerLine(groups, self._required(), title, typed=self._kind == _KIND.Batch)
        self.widget.changed.connect(lambda: self.widgetValueHasChanged.emit(self))
        return self.widget

    # Processing's Python windows find the two below before those of C++, which wrap the widget a second time: the
    # first is taken for dead then, and QGIS crashes when the dialog is deleted.
    def createWrappedWidget(self, context: Any) -> Any:  # noqa: N802
        """The widget, with the parameter's default."""
        made = self.createWidget()
        self.setWidgetValue(self.parameterDefinition().defaultValueForGui(), context)
        return made

    def wrappedWidget(self) -> Any:  # noqa: N802
        """The widget that was made."""
        return self.widget

    def setWidgetValue(self, value: Any, context: Any) -> None:  # noqa: N802
        """Show a value: nothing, ids in a list or with commas between."""
        self.widget.set_value(words(value))

    def widgetValue(self) -> Any:  # noqa: N802
        """The ids with commas between: for a list QGIS 3.22 writes nothing into its history and into scripts.

        Nothing chosen is "" where something must be, which QGIS refuses: None would be the default, without a word.
        """
        return ",".join(self.widget.value()) or ("" if self._required() else None)

    def stretch(self) -> int:
        """Whether the widget takes the room that is left."""
        return 1 if self._kind == _KIND.Standard else 0

    def _required(self) -> bool:
        return not self.parameterDefinition().flags() & QgsProcessingParameterDefinition.Flag.FlagOptional


class Choices(QgsProcessingParameterEnum):
    """A parameter for the model designer's widget, of the type that the factory below answers for."""

    @classmethod
    def of(cls, parameter: Any) -> Choices:
        """One with the same choices."""
        optional = bool(parameter.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        name, title, default = parameter.name(), parameter.description(), parameter.defaultValue()
        return cls(name, title, parameter.options(), True, default, optional, True)

    def type(self) -> str:
        """A type of our own: an enum's widget is QGIS's."""
        return _TYPE


class ChoicesFactory(QgsProcessingParameterWidgetFactoryInterface):
    """Makes the list for the model designer; added when the plugin starts, removed when it ends."""

    def parameterType(self) -> str:  # noqa: N802
        """What it answers for."""
        return _TYPE

    def createWidgetWrapper(self, parameter: Any, kind: Any) -> ChoicesWrapper:  # noqa: N802
        """The wrapper."""
        return ChoicesWrapper(parameter, kind)

    def compatibleParameterTypes(self) -> list[str]:  # noqa: N802
        """Which inputs of a model it takes."""
        return ["enum", "string"]

    def compatibleOutputTypes(self) -> list[str]:  # noqa: N802
        """Which outputs of other steps it takes."""
        return ["outputString"]

    def modelerExpressionFormatString(self) -> str:  # noqa: N802
        """What an expression is to give."""
        return str(tr("ids with commas between, such as svg,gpkg"))
