"""Run inside QGIS by test_picking: parameters of one choice, in the dialog, in a batch and in the model designer."""

import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from designing import designer_opened, exported, parameters_dialog, put, windows
from lists import close, grow, scroll_to
from playing import OUT, SMALL, Player, key, press, saw, shoot, show_the_sample, texts
from qgis import processing
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QGroupBox, QPushButton
from qgis.utils import plugins

WISHES = {
    "FORMAT": "geojson", "STYLE": "dark", "PAGE": "A3", "ORIENTATION": "landscape", "TEXT": "outlines",
    "COLORS": "cmyk", "TAGS": "names",
}  # fmt: skip
TARGET = os.path.join(OUT, "one.geojson")


def play():
    yield lambda: "osm2cdr" in plugins
    yield from show_the_sample()
    dialog = processing.createAlgorithmDialog("osm2cdr:exportformat", {})
    dialog.show()
    yield from grow(dialog)
    for box in dialog.findChildren(QGroupBox):
        box.setProperty("collapsed", False)
    dialog.setParameters({"EXTENT": SMALL, "SOURCE": os.environ["OSM2CDR_TEST_SOURCE"], "OUTPUT": TARGET})
    saw["lists"] = {}
    for name, wish in WISHES.items():
        box = combo(dialog.mainWidget().wrappers[name].wrappedWidget())
        saw["lists"][name] = [box.itemText(number) for number in range(box.count())]
        yield from chosen(box, wish)
    shoot("dialog")
    press(dialog.runButton())
    yield lambda: os.path.exists(TARGET)
    yield lambda: dialog.runButton().isEnabled()
    saw["log"] = texts(dialog)["pages"]
    yield from close(dialog)
    yield from batch()
    yield from model()


def combo(widget):
    return widget if isinstance(widget, QComboBox) else widget.findChild(QComboBox)


def chosen(box, wish):
    """Type what is wished, letter by letter, as far as it takes."""
    scroll_to(box)
    for number in range(len(wish)):
        if box.currentText() != wish:
            key(box, wish[number])
    yield lambda: box.currentText() == wish


def batch():
    dialog = processing.createAlgorithmDialog("osm2cdr:exportformat", {})
    dialog.show()
    press(next(b for b in dialog.findChildren(QPushButton) if b.text().startswith("Run as Batch")))
    batch = (yield from windows("BatchAlgorithmDialog"))[0]
    yield from grow(batch, 1300)
    panel = batch.mainWidget()
    press(panel.btnAdvanced)
    table = panel.tblParameters
    yield lambda: not table.isColumnHidden(panel.parameter_to_column["PAGE"])
    for name, wish in WISHES.items():
        column = panel.parameter_to_column[name]
        table.scrollTo(table.model().index(1, column))
        yield from chosen(combo(table.cellWidget(1, column)), wish)
    saw["row"] = {name: panel.valueForParameter(0, name) for name in WISHES}
    shoot("batch")
    yield from close(batch)


def model():
    designer = yield from designer_opened()
    yield from put(designer, "Export one format")
    dialog = parameters_dialog()
    panel = dialog.widget.widget
    press(panel.advancedButton)
    yield lambda: panel.wrappers["PAGE"].isVisible()
    for name, wish in WISHES.items():
        boxes = [box for box in panel.wrappers[name].findChildren(QComboBox) if box.isVisible()]
        yield from chosen(boxes[0], wish)
    shoot("model")
    press(dialog.buttonBox.button(QDialogButtonBox.StandardButton.Ok))
    yield lambda: designer.model().childAlgorithms()
    sources = next(iter(designer.model().childAlgorithms().values())).parameterSources()
    saw["model"] = {name: sources[name][0].staticValue() for name in WISHES}
    saw["script"] = yield from exported(designer)


player = Player(play())
