"""Layers as exportcanvas takes them from a project: of all kinds, edited, masked, turned, in rectangles of any CRS."""

from types import SimpleNamespace

import pytest
from canvas_project import BOX, EXTENT, memory, svg_layers, tags, texts


@pytest.mark.parametrize(
    ("sides", "crs", "box"),
    [
        ((-3e6, -3e6, 3e6, 3e6), "EPSG:3995", (-180, 180, 52.32, 90)),
        ((1.8e7, 0, 2.2e7, 1e6), "EPSG:3857", (-180, 180, 0, 8.95)),
        ((500000, 5500000, 501600, 5501000), "EPSG:32633", (15, 15.0223, 49.6527, 49.6617)),
    ],
)
def test_a_rectangle_stays_one_in_its_own_crs(qgis, sides, crs, box):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRectangle

    from osm2cdr.processing_provider.cartography.rendering.canvas_area import area_of
    from osm2cdr.processing_provider.geo import projection

    own = QgsCoordinateReferenceSystem(crs)
    area = area_of(QgsRectangle(*sides), own, own, QgsCoordinateTransformContext())
    assert (area.west, area.east, area.south, area.north) == pytest.approx(box, abs=0.01)
    xmin, xmax, ymin, ymax = projection.projected_area(area, crs).GetEnvelope()
    assert (xmin, ymin, xmax, ymax) == sides


def test_a_layer_that_multiplies_does_so_without_blending(qgis):
    """Laid over grey and coloured grounds, against what Qt's own multiplication and screening give."""
    from qgis.PyQt.QtGui import QColor, QImage, QPainter

    from osm2cdr.processing_provider.cartography.rendering.blending import unblended

    modes = QPainter.CompositionMode
    white, black, sea = "#FFFFFF", "#000000", "#3A7BD5"
    cases = [(modes.CompositionMode_Multiply, "#808080", sea), (modes.CompositionMode_Multiply, "#C05010", white)]
    cases += [(modes.CompositionMode_Screen, "#606060", sea), (modes.CompositionMode_Screen, "#C05010", black)]
    for mode, layer, ground in cases:
        found = []
        for how in (mode, modes.CompositionMode_SourceOver):
            pixels = QImage(3, 3, QImage.Format.Format_ARGB32_Premultiplied)
            pixels.fill(QColor(layer))
            if how != mode:
                unblended(pixels, mode)
            result = QImage(3, 3, QImage.Format.Format_RGB32)
            result.fill(QColor(ground))
            painter = QPainter(result)
            painter.setCompositionMode(how)
            painter.drawImage(0, 0, pixels)
            painter.end()
            found.append(result.pixelColor(1, 1).getRgb())
        assert found[0] == pytest.approx(found[1], abs=2), (mode, layer, ground)


def test_nothing_to_show_and_edits_that_are_not_saved(qgis, tmp_path):
    from qgis.core import QgsFeature, QgsProcessingContext, QgsProcessingFeedback, QgsProject

    from osm2cdr.processing_provider.algorithms.exportcanvas import ExportCanvas

    project = QgsProject()
    context = QgsProcessingContext()
    context.setProject(project)
    layer = memory("Point", "Wells", ["id:integer"], [(f"POINT({EXTENT[0] + 800} {EXTENT[1] + 500})", 1)])
    project.addMapLayer(layer)
    node = project.layerTreeRoot().findLayer(layer.id())
    parameters = {"EXTENT": BOX, "FORMATS": ["svg"], "OUTPUT_FOLDER": str(tmp_path)}
    node.setItemVisibilityChecked(False)
    assert ExportCanvas().create().checkParameterValues(parameters, context) == (
        False, "Layers: No layer of the project is visible; tick some, or name them.",
    )  # fmt: skip
    node.setItemVisibilityChecked(True)
    assert layer.startEditing()
    layer.addFeature(QgsFeature(layer.fields()))
    feedback = QgsProcessingFeedback()
    results, worked = ExportCanvas().create().run(parameters, context, feedback)
    assert worked
    assert results["WARNINGS"] == "The layer Wells has edits that are not saved: pictures lack them."
    layer.rollBack()


def test_layers_of_all_kinds_in_the_background(qgis, tmp_path):
    """Joined and virtual fields, a variable in a label, effects, blending, notes, a mesh, two layers of one name."""
    from qgis.core import (
        QgsAnnotationMarkerItem,
        QgsCoordinateReferenceSystem,
        QgsDrawSourceEffect,
        QgsDropShadowEffect,
        QgsEffectStack,
        QgsField,
        QgsMeshLayer,
        QgsPalLayerSettings,
        QgsPoint,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProject,
        QgsVectorLayerJoinInfo,
        QgsVectorLayerSimpleLabeling,
    )
    from qgis.PyQt.QtCore import QThread
    from qgis.PyQt.QtGui import QPainter

    from osm2cdr.processing_provider.algorithms.exportcanvas import ExportCanvas
    from osm2cdr.processing_provider.cartography.rendering.canvas import Canvas

    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    project.setTitle("Atlas")
    x, y = EXTENT[:2]
    square = f"POLYGON(({x + 100} {y + 100},{x + 900} {y + 100},{x + 900} {y + 900},{x + 100} {y + 100}))"
    names = memory("NoGeometry", "Names", ["id:integer", "title:string"], [])
    table = memory("Point", "Names", ["id:integer", "title:string"], [(f"POINT({x - 99} {y})", 1, "Alpha")])
    areas = memory("Polygon", "Sheet", ["id:integer"], [(square, 1)])
    areas.addExpressionField("'v' || id", QgsField("virtual", 10))
    join = QgsVectorLayerJoinInfo()
    join.setJoinFieldName("id")
    join.setTargetFieldName("id")
    join.setPrefix("of_")
    join.setJoinLayer(table)
    areas.addJoin(join)
    label = QgsPalLayerSettings()
    label.fieldName, label.isExpression = "of_title || char(10) || virtual || ' ' || @project_title", True
    areas.setLabeling(QgsVectorLayerSimpleLabeling(label))
    areas.setLabelsEnabled(True)
    shadow = memory("Point", "Shadow", [], [(f"POINT({x + 1200} {y + 200})",)])
    effects = QgsEffectStack()
    effects.appendEffect(QgsDropShadowEffect())
    effects.appendEffect(QgsDrawSourceEffect())
    shadow.renderer().setPaintEffect(effects)
    shade = memory("Polygon", "Shade", [], [(square,)])
    shade.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    twin = memory("Point", "Shadow", [], [(f"POINT({x + 1200} {y + 600})",)])
    mesh = tmp_path / "mesh.2dm"
    nodes = [(x + 1000, y + 700), (x + 1400, y + 700), (x + 1400, y + 900)]
    lines = [f"ND {number} {east} {north} {number}" for number, (east, north) in enumerate(nodes, 1)]
    mesh.write_text("\n".join(["MESH2D", *lines, "E3T 1 1 2 3 1", ""]), encoding="utf-8")
    terrain = QgsMeshLayer(str(mesh), "Terrain", "mdal")
    terrain.setCrs(project.crs())
    for layer in (twin, terrain, shade, shadow, areas, table, names):
        project.addMapLayer(layer, False)
        project.layerTreeRoot().addLayer(layer)
    notes = project.mainAnnotationLayer()
    notes.setCrs(project.crs())
    notes.addItem(QgsAnnotationMarkerItem(QgsPoint(x + 1500, y + 500)))

    threads = []

    class Watched(ExportCanvas):
        def createInstance(self):  # noqa: N802
            return Watched()

        def processAlgorithm(self, *arguments):  # noqa: N802
            drawn = self._canvas
            assert isinstance(drawn, Canvas)
            result = super().processAlgorithm(*arguments)
            threads.append((QThread.currentThread(), {layer.thread() for layer in drawn.layers}))
            return result

    context, feedback, done = QgsProcessingContext(), QgsProcessingFeedback(), []
    context.setProject(project)
    parameters = {"EXTENT": BOX, "FORMATS": ["svg_layers", "gpkg"], "OUTPUT_FOLDER": str(tmp_path)}
    task = QgsProcessingAlgRunnerTask(Watched().create(), parameters, context, feedback)
    task.executed.connect(lambda worked, results: done.append((worked, results)))
    qgis.taskManager().addTask(task)
    while not done:
        qgis.processEvents()
    assert done[0][0], feedback.textLog()
    ((thread, of_layers),) = threads
    assert thread != QThread.currentThread()
    assert of_layers == {thread}
    # Called as the project is.
    layers = svg_layers(tmp_path / "Atlas_svg_layers.svg")
    assert list(layers) == [
        "Background", "Sheet (2)", "Shadow", "Shade", "Terrain", "Shadow (2)", "Annotations", "Sheet – names", "Sheet",
    ]  # fmt: skip
    assert texts(layers["Sheet – names"]) == ["Alphav1 Atlas"]
    pictures = {name for name, group in layers.items() if "image" in tags(group)}
    assert pictures == {"Shadow", "Shade", "Terrain", "Annotations"}
    told = feedback.textLog()
    assert "The layer Shade is kept as a picture: blending, effects or transparency." in told
    assert "The layer Terrain has no features: data are without it." in told


@pytest.mark.parametrize("kind", ["label", "symbol", "off", "none"])
def test_a_layer_that_masks_others_is_told_of(qgis, kind):
    """By its names or by a symbol; one whose mask is off, or hides nothing, is not."""
    from qgis.core import (
        QgsMarkerSymbol,
        QgsMaskMarkerSymbolLayer,
        QgsPalLayerSettings,
        QgsProcessingContext,
        QgsProject,
        QgsSingleSymbolRenderer,
        QgsSymbolLayerId,
        QgsSymbolLayerReference,
        QgsTextFormat,
        QgsTextMaskSettings,
        QgsVectorLayerSimpleLabeling,
    )

    from osm2cdr.processing_provider.cartography.rendering.canvas import Canvas

    x, y = EXTENT[:2]
    below = memory("Polygon", "Below", [], [(f"POLYGON(({x} {y},{x + 99} {y},{x} {y + 99},{x} {y}))",)])
    above = memory("Point", "Above", ["id:integer"], [(f"POINT({x + 9} {y + 9})", 1)])
    hidden = [QgsSymbolLayerReference(below.id(), QgsSymbolLayerId("", 0))]
    if kind == "symbol":
        marker = QgsMaskMarkerSymbolLayer()
        marker.setMasks(hidden)
        symbol = QgsMarkerSymbol()
        symbol.changeSymbolLayer(0, marker)
        above.setRenderer(QgsSingleSymbolRenderer(symbol))
    else:
        mask = QgsTextMaskSettings()
        mask.setEnabled(kind != "off")
        mask.setMaskedSymbolLayers([] if kind == "none" else hidden)
        written, label = QgsTextFormat(), QgsPalLayerSettings()
        written.setMask(mask)
        label.setFormat(written)
        label.fieldName = "id"
        above.setLabeling(QgsVectorLayerSimpleLabeling(label))
    project, context = QgsProject(), QgsProcessingContext()
    project.addMapLayers([above, below])
    context.setProject(project)
    made = Canvas.take([above, below], above.crs(), context)
    told = ["The layer Above masks others: they are drawn whole."]
    assert made.warnings == (told if kind in ("label", "symbol") else [])


def test_a_turned_canvas_is_told_of(qgis):
    from osm2cdr.osm2cdr_plugin.dialogs import turned

    assert [bool(turned(SimpleNamespace(rotation=lambda angle=angle: angle))) for angle in (0.0, 30.0, 360.0)] == [
        False, True, False,
    ]  # fmt: skip
