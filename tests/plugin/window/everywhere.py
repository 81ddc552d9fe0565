"""Run inside QGIS by test_picking: each dialog that has a list of choices, and the plugin loaded again and again."""

import os
import sys

sys.path.insert(0, os.environ["OSM2CDR_TEST_SCRIPTS"])

from designing import designer_opened, parameters_dialog, put
from lists import close, picker_of, rows, tick
from playing import Player, dialogs, opened, pause, press, saw, shoot, show_the_sample, traces
from qgis import processing
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QDialogButtonBox, QGroupBox, QTreeWidget
from qgis.utils import plugins, reloadPlugin, unloadPlugin

ROUNDS = 10


def play():
    yield lambda: "osm2cdr" in plugins
    yield from show_the_sample()
    saw["lists"] = {}
    for name in ("exportarea", "exportformat", "exportcanvas", "downloadosm"):
        dialog = processing.createAlgorithmDialog(f"osm2cdr:{name}", {})
        dialog.show()
        for box in dialog.findChildren(QGroupBox):
            box.setProperty("collapsed", False)
        trees = [tree.accessibleName() for tree in dialog.findChildren(QTreeWidget) if tree.accessibleName()]
        lists = {title: picker_of(dialog, title) for title in trees}
        # Formats and layers have their words in a second column, below headings.
        saw["lists"][name] = {
            title: [row[1] for row in rows(lists[title]) if row[1]] or [row[0] for row in rows(lists[title])]
            for title in trees
        }
        for title, first in (("Formats", "PDF"), ("Layers (none: all)", "Roads")):
            if title in trees:
                yield from tick(lists[title], first)
                yield lambda picker=lists[title], first=first: first.lower() in picker.value()
        parameters = dialog.createProcessingParameters()
        saw["lists"][name]["values"] = [parameters.get("FORMATS"), parameters.get("LAYERS")]
        shoot(name)
        yield from close(dialog)
    yield from again()


def again():
    """Load the plugin again, while a dialog of the toolbox is open: it closes, for its algorithm is gone."""
    left = processing.createAlgorithmDialog("osm2cdr:exportarea", {})
    left.show()
    yield lambda: left in dialogs()
    saw["reloaded"] = []
    for _ in range(ROUNDS):
        assert reloadPlugin("osm2cdr")
        yield lambda: sip.isdeleted(left)
        saw["reloaded"].append([traces()["provider"], len(traces()["toolbars"])])
    dialog = yield from opened("exportarea")
    picker = picker_of(dialog, "Formats")
    yield from tick(picker, "PDF")
    yield lambda: picker.value() == ["svg", "pdf"]
    saw["after"] = dialog.createProcessingParameters()["FORMATS"]
    yield from close(dialog)
    designer = yield from designer_opened()
    yield from put(designer, "Export OpenStreetMap area")
    saw["in a model"] = type(parameters_dialog().widget.widget.wrappers["FORMATS"]).__name__
    press(parameters_dialog().buttonBox.button(QDialogButtonBox.StandardButton.Cancel))
    yield lambda: parameters_dialog() is None
    yield from close(designer)
    unloadPlugin("osm2cdr")
    yield pause(0.3)
    saw["unloaded"] = [traces()["provider"], traces()["toolbars"]]


player = Player(play())
