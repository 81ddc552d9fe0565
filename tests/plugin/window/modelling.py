"""Run inside QGIS by test_picking: formats and layers in the model designer, as a value and as a model's input."""

import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from designing import designer_opened, exported, parameters_dialog, put, windows
from lists import close, listed, tick
from playing import OUT, SMALL, Player, click, key, pause, press, saw, shoot, twice
from qgis.core import QgsProcessingModelAlgorithm, QgsProcessingModelChildParameterSource
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from qgis.utils import plugins

MODEL = os.path.join(OUT, "town.model3")


def play():
    yield lambda: "osm2cdr" in plugins
    designer = yield from designer_opened()
    yield from put(designer, "Export OpenStreetMap area")
    yield from filled_in()
    yield lambda: children(designer)
    saw["named"] = yield from saved(designer)
    saw["value"] = yield from written(designer)
    saw["script"] = yield from exported(designer)
    saw["files of the value"] = yield from ran(designer, "value", "")
    yield from given_an_input(designer)
    yield from linked(designer)
    saw["input"] = yield from written(designer)
    saw["script of the input"] = yield from exported(designer)
    saw["files of the input"] = yield from ran(designer, "input", "gpx,geojsonl")
    saw["files once more"] = yield from ran(designer, "input", "gpx,geojsonl", 4)
    yield from close(designer)


def children(designer):
    return list(designer.model().childAlgorithms().values())


def filled_in():
    """Choose formats by a click into the line, layers by their button, and write where the files go."""
    dialog = parameters_dialog()
    dialog.resize(700, 800)
    dialog.move(100, 20)
    wrappers = dialog.widget.widget.wrappers
    value = QgsProcessingModelChildParameterSource.fromStaticValue
    wrappers["EXTENT"].setWidgetValue(value(SMALL))
    wrappers["SOURCE"].setWidgetValue(value(os.environ["OSM2CDR_TEST_SOURCE"]))
    line = line_of(wrappers["FORMATS"])
    saw["before"] = [line.edit.text(), line.edit.isReadOnly()]
    press(line.edit)
    popup = yield from listed()
    for name in ("SVG", "GeoJSON", "KML"):
        yield from tick(popup.picker, name)
    yield lambda: popup.picker.value() == ["geojson", "kml"]
    press(popup.ok)
    yield lambda: line.edit.text() == "geojson,kml"
    press(dialog.widget.widget.advancedButton)
    line = line_of(wrappers["LAYERS"])
    yield lambda: line.isVisible()
    press(line.button)
    popup = yield from listed()
    yield from tick(popup.picker, "Roads")
    yield from tick(popup.picker, "Buildings")
    yield lambda: popup.picker.value() == ["buildings", "roads"]
    press(popup.ok)
    yield lambda: line.edit.text() == "buildings,roads"
    shoot("parameters")
    key(next(edit for edit in wrappers["OUTPUT_FOLDER"].findChildren(QLineEdit) if edit.isVisible()), "maps")
    press(dialog.buttonBox.button(QDialogButtonBox.StandardButton.Ok))


def line_of(wrapper):
    """Our line in the designer's widget."""
    return next(w for w in wrapper.findChildren(QWidget) if hasattr(w, "edit") and hasattr(w, "button"))


def saved(designer):
    """Give the model a name, and where it is saved."""
    for name in ("mNameEdit", "mGroupEdit"):
        edit = designer.findChild(QLineEdit, name)
        edit.clear()
        key(edit, "town")
    designer.model().setSourceFilePath(MODEL)
    yield lambda: designer.model().name() == "town"
    return designer.model().name()


def written(designer):
    """Save, and read what the file holds for formats and layers."""
    if os.path.exists(MODEL):
        os.remove(MODEL)
    click(designer.findChild(QAction, "mActionSave"))
    yield lambda: os.path.exists(MODEL)
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(MODEL)
    sources = next(iter(model.childAlgorithms().values())).parameterSources()
    return {
        name: [[source.staticValue(), source.parameterName()] for source in sources[name]]
        for name in ("FORMATS", "LAYERS")
    }


def ran(designer, name, formats, count=2):
    """Run the model from the designer, until its folder has so many files."""
    folder = os.path.join(OUT, name)
    click(designer.findChild(QAction, "mActionRun"))
    dialog = (yield from windows("AlgorithmDialog"))[0]
    output = next(definition.name() for definition in dialog.algorithm().destinationParameterDefinitions())
    dialog.setParameters({output: folder})
    if formats:
        edit = dialog.mainWidget().wrappers["formats"].wrappedWidget()
        edit = edit if isinstance(edit, QLineEdit) else edit.findChild(QLineEdit)
        edit.clear()
        key(edit, formats)
    shoot(f"running {name}")
    press(dialog.runButton())
    yield lambda: os.path.isdir(folder) and len(os.listdir(folder)) == count
    yield lambda: dialog.runButton().isEnabled()
    files = sorted(os.listdir(folder))
    yield from close(dialog)
    return files


def given_an_input(designer):
    """Give the model an input for text."""
    tree = designer.findChild(QTreeWidget, "mInputsTreeWidget")
    item = tree.findItems("String", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    tree.scrollToItem(item)
    twice(tree.viewport(), tree.visualItemRect(item).center())
    dialog = (yield from windows("QgsProcessingParameterDefinitionDialog"))[0]
    key(dialog.findChildren(QLineEdit)[0], "formats")
    shoot("input")
    press(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
    yield lambda: designer.model().parameterDefinition("formats")


def linked(designer):
    """Take the formats from the model's input."""
    view = designer.view()
    item = next(i for i in view.scene().items() if type(i).__name__ == "ModelerChildAlgorithmGraphicItem")
    view.centerOn(item)
    yield pause(0.2)
    twice(view.viewport(), view.mapFromScene(item.scenePos()))
    yield lambda: parameters_dialog()
    wrapper = parameters_dialog().widget.widget.wrappers["FORMATS"]
    saw["shown again"] = line_of(wrapper).edit.text()
    press(wrapper.findChildren(QToolButton)[0])
    yield lambda: QApplication.activePopupWidget()
    menu = QApplication.activePopupWidget()
    action = next(action for action in menu.actions() if "Input" in action.text())
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    yield lambda: any(box.isVisible() for box in wrapper.findChildren(QComboBox))
    saw["inputs"] = [box.currentText() for box in wrapper.findChildren(QComboBox) if box.isVisible()]
    shoot("linked")
    press(parameters_dialog().buttonBox.button(QDialogButtonBox.StandardButton.Ok))
    yield lambda: parameters_dialog() is None


player = Player(play())
