"""What stands round the panel in QGIS's window, for mapping: a dropped file, the locator, options, help, pictures."""

import os

from playing import key, pause, press, saw, shoot
from qgis import processing
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QMenu
from qgis.utils import iface, plugins

from osm2cdr.osm2cdr_plugin.panel.own_pictures import OwnPictures

LEFT = Qt.MouseButton.LeftButton


def around(panel):
    """Where else in the window people look for it."""
    source = os.environ["OSM2CDR_TEST_SOURCE"]
    window = iface.mainWindow()
    panel.setUserVisible(False)
    panel.where.set_source("")
    # A file that somebody drops.
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(source)])
    at = QPointF(window.rect().center())
    none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(at.toPoint(), copy, data, LEFT, none))
    QApplication.sendEvent(window, QDropEvent(at, copy, data, LEFT, none))
    yield lambda: panel.where.source() == source
    saw["dropped file"] = [panel.isVisible(), panel.where.fields()["EXTENT"]]
    # A place by the locator, with the keys.
    line = next(edit for edit in window.findChildren(QLineEdit) if edit.placeholderText().startswith("Type to locate"))
    rows = next(
        view for view in QApplication.allWidgets() if view.metaObject().className() == "QgsLocatorResultsView"
    )  # fmt: skip
    line.setFocus()
    key(line, "osm senaatintori")
    yield lambda: rows.model().rowCount() > 1
    yield pause(1)
    shown = [rows.model().data(rows.model().index(number, 0)) for number in range(rows.model().rowCount())]
    saw["located"] = [str(text) for text in shown]
    shoot("locator")
    key(line, Qt.Key.Key_Down, Qt.Key.Key_Return)
    yield lambda: panel.where.fields()["EXTENT"]
    saw["place"] = panel.where.fields()["EXTENT"]
    # The project's menu, the page of options, the Help button.
    menu = window.findChild(QMenu, "menuImport_Export")
    ours = [action for action in menu.actions() if action.objectName() == "osm2cdr_project"]
    saw["project menu"] = [action.text() for action in ours]
    panel.setUserVisible(False)
    ours[1].trigger()
    yield panel.isVisible
    page = plugins["osm2cdr"].around.options.createWidget(window)
    page.nominatim.setText("https://example.org/search")
    page.apply()
    saw["options"] = [QgsSettings().value("osm2cdr/nominatim"), page.minimumSizeHint().width()]
    page.deleteLater()
    opened_urls = []
    handler = Opener(opened_urls, window)
    QDesktopServices.setUrlHandler("file", handler, "open")
    dialog = processing.createAlgorithmDialog("osm2cdr:exportarea", {})
    dialog.show()
    yield pause(0.5)
    box = dialog.findChildren(QDialogButtonBox)[0]
    press(box.button(QDialogButtonBox.StandardButton.Help))
    yield lambda: opened_urls
    QDesktopServices.unsetUrlHandler("file")
    with open(QUrl(opened_urls[0]).toLocalFile(), encoding="utf-8") as file:
        saw["help"] = file.read()
    dialog.close()
    # A style as it looks in the chosen place.
    QgsSettings().setValue("osm2cdr/own_pictures", True)
    pictures, drawn = OwnPictures(["dark"], panel), []
    pictures.drawn.connect(lambda style, picture: drawn.append([style, picture.width(), picture.height()]))
    pictures.ask(source, panel.where.box())
    yield lambda: drawn
    again = OwnPictures(["dark"], panel)
    again.drawn.connect(lambda style, picture: drawn.append([style, picture.width(), picture.height()]))
    again.ask(source, panel.where.box())
    yield lambda: len(drawn) > 1
    saw["pictures"] = [drawn, again._run is None]
    pictures.close_for_good()
    again.close_for_good()


class Opener(QObject):
    """Takes what would open a browser."""

    def __init__(self, urls, parent):
        super().__init__(parent)
        self.urls = urls

    @pyqtSlot(QUrl)
    def open(self, url):
        self.urls.append(url.toString())
