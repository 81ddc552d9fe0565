"""A project with print layouts for the tests of exportlayout: two pages with all kinds of items, and an atlas."""

from pathlib import Path

from canvas_project import EXTENT, memory

# Millimetres: the first page lies, the second one stands.
PAGES = ((297.0, 210.0), (148.0, 210.0))
MAP, SMALL = (15.0, 25.0, 180.0, 150.0), (205.0, 140.0, 80.0, 50.0)
LABEL, CLAUSE = "Plan of the town", "Ground floor & garden"
NAMES = ["Ann", "Bob", "Café"]


def make_project(folder: Path) -> Path:
    """A .qgz with two vector layers, a raster, the layout `Sheet`, and `Atlas` over its points."""
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsFillSymbol,
        QgsLayoutItemLabel,
        QgsLineSymbol,
        QgsMarkerSymbol,
        QgsPalLayerSettings,
        QgsPrintLayout,
        QgsProject,
        QgsRasterLayer,
        QgsSingleSymbolRenderer,
        QgsTextBufferSettings,
        QgsTextFormat,
        QgsVectorFileWriter,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
    )
    from qgis.PyQt.QtGui import QFont

    project = QgsProject.instance()
    project.clear()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    x0, y0, x1, _ = EXTENT

    def saved(layer, symbol):
        path = folder / f"{layer.name()}.gpkg"
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.layerName = layer.name()
        QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), project.transformContext(), options)
        made = QgsVectorLayer(f"{path}|layername={layer.name()}", layer.name(), "ogr")
        assert made.isValid()
        made.setRenderer(QgsSingleSymbolRenderer(symbol))
        return made

    _raster(folder / "Relief.tif")
    relief = QgsRasterLayer(str(folder / "Relief.tif"), "Relief")
    park = f"POLYGON(({x0} {y0},{x0 + 500} {y0},{x0 + 500} {y0 + 600},{x0} {y0 + 600},{x0} {y0}))"
    parks = saved(
        memory("Polygon", "Parks", ["name:string"], [(park, "Green")]),
        QgsFillSymbol.createSimple({"color": "#A5D6A7", "outline_color": "#2E7D32", "outline_width": "0.6"}),
    )
    road = f"LINESTRING({x0 - 900} {y0 + 300},{x0 + 800} {y0 + 380},{x1 + 900} {y0 + 900})"
    roads = saved(
        memory("LineString", "Roads", ["name:string"], [(road, "High Street")]),
        QgsLineSymbol.createSimple({"line_color": "#C62828", "line_width": "2"}),
    )
    rows = [(f"POINT({x0 + 350 * n} {y0 + 250 * n})", name, n) for n, name in enumerate(NAMES, 1)]
    people = saved(
        memory("Point", "People", ["name:string", "age:integer"], rows),
        QgsMarkerSymbol.createSimple({"color": "#1565C0", "size": "3"}),
    )
    text = QgsTextFormat()
    text.setFont(QFont("DejaVu Sans"))
    text.setSize(9)
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    text.setBuffer(buffer)
    labels = QgsPalLayerSettings()
    labels.fieldName = "name"
    labels.setFormat(text)
    people.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    people.setLabelsEnabled(True)
    metadata = people.metadata()
    metadata.setRights(["Town of Example 2026"])
    people.setMetadata(metadata)
    for layer in (relief, parks, roads, people):
        project.addMapLayer(layer)

    _sheet(project, folder)
    atlas = QgsPrintLayout(project)
    atlas.initializeDefaults()
    atlas.setName("Atlas")
    view = _map(atlas, "Map", (10.0, 10.0, 277.0, 190.0), [people, roads, parks])
    view.setAtlasDriven(True)
    label = QgsLayoutItemLabel(atlas)
    label.setText('Here lives [% "name" %]')
    label.setId("Who")
    _place(label, (20.0, 15.0, 100.0, 10.0))
    atlas.addLayoutItem(label)
    atlas.atlas().setEnabled(True)
    atlas.atlas().setCoverageLayer(people)
    atlas.atlas().setFilenameExpression("'page_' || \"name\"")
    project.layoutManager().addLayout(atlas)

    _hard(project)
    path = folder / "town.qgz"
    assert project.write(str(path))
    project.clear()
    return path


def _raster(path):
    import numpy as np
    from osgeo import gdal, osr

    x0, _, _, y1 = EXTENT
    made = gdal.GetDriverByName("GTiff").Create(str(path), 40, 25, 3)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    made.SetProjection(reference.ExportToWkt())
    made.SetGeoTransform((x0 + 800, 20, 0, y1, 0, -20))
    for band, value in enumerate((240, 220, 160), 1):
        made.GetRasterBand(band).WriteArray(np.full((25, 40), value, np.uint8))


def _place(item, box):
    from qgis.core import QgsLayoutPoint, QgsLayoutSize

    item.attemptMove(QgsLayoutPoint(box[0], box[1]))
    item.attemptResize(QgsLayoutSize(box[2], box[3]))


def _map(layout, name, box, layers):
    from qgis.core import QgsLayoutItemMap, QgsRectangle

    x0, y0, x1, y1 = EXTENT
    made = QgsLayoutItemMap(layout)
    made.setId(name)
    # Without a rectangle a map has no extent that could be moved.
    made.setRect(0, 0, 10, 10)
    made.setExtent(QgsRectangle(x0, y0, x1, y1))
    _place(made, box)
    made.setCrs(layers[0].crs())
    made.setKeepLayerSet(True)
    made.setLayers(layers)
    layout.addLayoutItem(made)
    made.zoomToExtent(QgsRectangle(x0, y0, x1, y1))
    return made


def _sheet(project, folder):
    from qgis.core import (
        QgsLayoutFrame,
        QgsLayoutItemAttributeTable,
        QgsLayoutItemLabel,
        QgsLayoutItemLegend,
        QgsLayoutItemMapGrid,
        QgsLayoutItemPage,
        QgsLayoutItemPicture,
        QgsLayoutItemScaleBar,
        QgsLayoutSize,
        QgsPrintLayout,
    )

    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    sheet = QgsPrintLayout(project)
    sheet.initializeDefaults()
    sheet.setName("Sheet")
    second = QgsLayoutItemPage(sheet)
    second.setPageSize(QgsLayoutSize(*PAGES[1]))
    sheet.pageCollection().addPage(second)

    whole = _map(sheet, "Town", MAP, [layers[name] for name in ("People", "Roads", "Parks", "Relief")])
    whole.setFrameEnabled(True)
    whole.setBackgroundEnabled(True)
    grid = QgsLayoutItemMapGrid("Grid", whole)
    grid.setIntervalX(200)
    grid.setIntervalY(200)
    grid.setAnnotationEnabled(True)
    whole.grids().addGrid(grid)
    small = _map(sheet, "Overview", SMALL, [layers["Roads"], layers["Parks"]])
    small.setFrameEnabled(True)

    def label(name, text, box):
        made = QgsLayoutItemLabel(sheet)
        made.setId(name)
        made.setText(text)
        _place(made, box)
        sheet.addLayoutItem(made)

    label("Title", LABEL, (15.0, 8.0, 150.0, 12.0))
    bar = QgsLayoutItemScaleBar(sheet)
    bar.setId("Scale bar")
    bar.setLinkedMap(whole)
    bar.applyDefaultSize()
    sheet.addLayoutItem(bar)
    _place(bar, (20.0, 180.0, 60.0, 15.0))
    legend = QgsLayoutItemLegend(sheet)
    legend.setId("Legend")
    legend.setLinkedMap(whole)
    sheet.addLayoutItem(legend)
    _place(legend, (205.0, 25.0, 80.0, 60.0))
    arrow = folder / "arrow.svg"
    arrow.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="30" viewBox="0 0 20 30">'
        '<path d="M10 1 19 29 10 22 1 29z" fill="#102030"/></svg>', encoding="utf-8",
    )  # fmt: skip
    picture = QgsLayoutItemPicture(sheet)
    picture.setId("North arrow")
    picture.setPicturePath(str(arrow))
    _place(picture, (180.0, 30.0, 10.0, 15.0))
    sheet.addLayoutItem(picture)
    table = QgsLayoutItemAttributeTable.create(sheet)
    table.setVectorLayer(layers["People"])
    sheet.addMultiFrame(table)
    frame = QgsLayoutFrame(sheet, table)
    frame.setId("Table")
    _place(frame, (205.0, 90.0, 80.0, 40.0))
    table.addFrame(frame)
    made = QgsLayoutItemLabel(sheet)
    made.setId("Clause")
    made.setText(CLAUSE)
    sheet.addLayoutItem(made)
    _place(made, (20.0, PAGES[0][1] + 10.0 + 30.0, 100.0, 12.0))
    project.layoutManager().addLayout(sheet)


def _hard(project):
    """The layout `Hard`: a turned map, an overview, what no drawing holds, what is not to be seen."""
    from qgis.core import (
        QgsFillSymbol,
        QgsGradientFillSymbolLayer,
        QgsLayoutItemLabel,
        QgsLayoutItemMapOverview,
        QgsLayoutItemShape,
        QgsPrintLayout,
    )
    from qgis.PyQt.QtGui import QColor

    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    hard = QgsPrintLayout(project)
    hard.initializeDefaults()
    hard.setName("Hard")
    shown = [layers[name] for name in ("People", "Roads", "Parks")]
    turned = _map(hard, "Turned content", (10.0, 10.0, 90.0, 80.0), shown)
    turned.setMapRotation(30)
    turned.setFrameEnabled(True)
    item = _map(hard, "Turned item", (140.0, 20.0, 60.0, 50.0), shown)
    item.setItemRotation(20)
    small = _map(hard, "Small", (210.0, 70.0, 70.0, 50.0), shown)
    overview = QgsLayoutItemMapOverview("Part", small)
    overview.setLinkedMap(turned)
    small.overviews().addOverview(overview)
    faint = _map(hard, "Faint", (210.0, 10.0, 70.0, 50.0), shown[1:])
    faint.setItemOpacity(0.5)
    gradient = QgsLayoutItemShape(hard)
    gradient.setId("Gradient")
    symbol = QgsFillSymbol()
    symbol.changeSymbolLayer(0, QgsGradientFillSymbolLayer(QColor("#FF0000"), QColor("#0000FF")))
    gradient.setSymbol(symbol)
    _place(gradient, (10.0, 130.0, 60.0, 20.0))
    hard.addLayoutItem(gradient)
    for number, name in enumerate(("Unticked", "Left out", "Over the edge of the page")):
        label = QgsLayoutItemLabel(hard)
        label.setId(name)
        label.setText(name)
        _place(label, (100.0 + 85 * number, 180.0, 80.0, 10.0))
        hard.addLayoutItem(label)
        if not number:
            label.setVisibility(False)
        label.setExcludeFromExports(number == 1)
    project.layoutManager().addLayout(hard)
