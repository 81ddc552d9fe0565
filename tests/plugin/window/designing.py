"""The model designer, as a person works with it."""

from lists import close
from playing import click, dialogs, key, shoot, twice
from qgis.gui import QgsModelDesignerDialog
from qgis.PyQt.QtWidgets import QAction, QApplication, QLineEdit, QTreeView
from qgis.utils import iface


def designer_opened():
    """Open the designer by QGIS's own entry."""
    click(iface.mainWindow().findChild(QAction, "modelerAction"))
    yield lambda: designers()
    designer = designers()[0]
    designer.resize(1300, 800)
    designer.move(50, 20)
    return designer


def designers():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QgsModelDesignerDialog) and w.isVisible()]


def parameters_dialog():
    return next((d for d in dialogs() if d.objectName() == "ModelerParametersDialog"), None)


def put(designer, title):
    """Find the algorithm in the designer's own list, and put it into the model."""
    tree = next(t for t in designer.findChildren(QTreeView) if t.objectName() == "mAlgorithmsTree")
    search = designer.findChild(QLineEdit, "mAlgorithmSearchEdit")
    key(search, title)
    yield lambda: leaf(tree, title) is not None
    place = tree.visualRect(leaf(tree, title)).center()
    twice(tree.viewport(), place)
    yield lambda: parameters_dialog()


def leaf(tree, title, parent=None):
    model = tree.model()
    parent = parent or tree.rootIndex()
    for number in range(model.rowCount(parent)):
        index = model.index(number, 0, parent)
        if index.data() == title:
            return index if tree.visualRect(index).isValid() else None
        found = leaf(tree, title, index)
        if found is not None:
            return found
    return None


def windows(kind):
    """Wait for windows of a kind."""

    def there():
        return [w for w in QApplication.topLevelWidgets() if type(w).__name__ == kind and w.isVisible()]

    yield lambda: there()
    return there()


def exported(designer):
    """The model as a Python script, as its editor shows it."""
    click(designer.findChild(QAction, "mActionExportAsScriptAlgorithm"))
    editors = yield from windows("ScriptEditorDialog")
    text = editors[0].editor.text()
    shoot("script")
    editors[0].setHasChanged(False)
    yield from close(editors[0])
    return text
