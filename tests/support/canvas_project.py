"""A project of its own for the tests of exportcanvas: written with QGIS, in a process of its own or in this one."""

from pathlib import Path

# In EPSG:32633, metres.
EXTENT = (500000.0, 5500000.0, 501600.0, 5501000.0)
BOX = "500000,501600,5500000,5501000 [EPSG:32633]"
# The side of a square page of layers alone, in metres.
SIDE = 1000.0
INK = "{http://www.inkscape.org/namespaces/inkscape}"


def make_project(folder: Path) -> Path:
    """A .qgz of a raster and of vector layers in all kinds of styles, with a map theme."""
    import numpy as np
    from osgeo import gdal, osr
    from qgis.core import (
        QgsCategorizedSymbolRenderer,
        QgsCoordinateReferenceSystem,
        QgsFeature,
        QgsFillSymbol,
        QgsGeometry,
        QgsGraduatedSymbolRenderer,
        QgsLinePatternFillSymbolLayer,
        QgsLineSymbol,
        QgsMapThemeCollection,
        QgsMarkerSymbol,
        QgsPalLayerSettings,
        QgsProject,
        QgsRasterLayer,
        QgsRendererCategory,
        QgsRendererRange,
        QgsRuleBasedRenderer,
        QgsSingleSymbolRenderer,
        QgsVectorFileWriter,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
    )
    from qgis.PyQt.QtGui import QColor

    project = QgsProject()
    crs = QgsCoordinateReferenceSystem("EPSG:32633")
    project.setCrs(crs)
    project.setBackgroundColor(QColor("#F0E8D8"))
    x0, y0, x1, y1 = EXTENT

    def layer(name, kind, fields, rows):
        """A layer of its own GeoPackage, as most are."""
        columns = "".join(f"&field={field}" for field in fields)
        memory = QgsVectorLayer(f"{kind}?crs=EPSG:32633{columns}", name, "memory")
        for wkt, *values in rows:
            feature = QgsFeature(memory.fields())
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
            feature.setAttributes(values)
            memory.dataProvider().addFeature(feature)
        path = folder / f"{name}.gpkg"
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.layerName = name
        QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(path), project.transformContext(), options)
        result = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
        assert result.isValid()
        project.addMapLayer(result)
        return result

    def square(x, y, size):
        x, y = x0 + x, y0 + y
        return f"POLYGON(({x} {y},{x + size} {y},{x + size} {y + size},{x} {y + size},{x} {y}))"

    driver = gdal.GetDriverByName("GTiff").Create(str(folder / "heights.tif"), 40, 25, 3)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    driver.SetProjection(reference.ExportToWkt())
    driver.SetGeoTransform((x0 + 800, 20, 0, y1, 0, -20))
    for band, value in enumerate((40, 160, 90), 1):
        driver.GetRasterBand(band).WriteArray(np.full((25, 40), value, np.uint8))
    driver = None
    raster = QgsRasterLayer(str(folder / "heights.tif"), "Heights")
    project.addMapLayer(raster)

    use = [(square(50, 50, 200), "wood"), (square(300, 50, 200), "field"), (square(1500, 300, 400), "wood")]
    land = layer("Land use", "Polygon", ["kind:string"], use)
    categories = [
        QgsRendererCategory(kind, QgsFillSymbol.createSimple({"color": color, "outline_style": "no"}), title)
        for kind, color, title in (("wood", "#2E7D32", "Woods"), ("field", "#FDD835", "Fields"))
    ]
    land.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))

    parcels = layer("Parcels", "Polygon", ["id:integer"], [(square(50, 400, 150), 1)])
    pattern = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#000000"})
    hatch = QgsLinePatternFillSymbolLayer()
    hatch.setDistance(1.5)
    pattern.appendSymbolLayer(hatch)
    parcels.setRenderer(QgsSingleSymbolRenderer(pattern))

    zones = layer("Zones", "Polygon", ["id:integer"], [(square(300, 400, 150), 1)])
    zones.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"color": "#1565C0"})))
    zones.setOpacity(0.5)

    lines = [(f"LINESTRING({x0 - 50} {y0 + y},{x1 + 50} {y0 + y + 40})", y) for y in (300, 600, 650)]
    streams = layer("Streams", "LineString", ["flow:integer"], lines)
    root = QgsRuleBasedRenderer.Rule(None)
    for title, color, width, rule in (("Large", "#0D47A1", "1.2", "flow >= 600"), ("Small", "#42A5F5", "0.5", "ELSE")):
        symbol = QgsLineSymbol.createSimple({"line_color": color, "line_width": width})
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, rule, title))
    streams.setRenderer(QgsRuleBasedRenderer(root))

    points = [(f"POINT({x0 + x} {y0 + 800})", f"Place {n}", n * 100) for n, x in enumerate((200, 500, 800), 1)]
    places = layer("Places", "Point", ["name:string", "people:integer"], points)
    ranges = [
        QgsRendererRange(low, high, QgsMarkerSymbol.createSimple({"color": color, "size": size}), title)
        for low, high, color, size, title in ((0, 150, "#C62828", "2", "Few"), (150, 1000, "#AD1457", "4", "Many"))
    ]
    places.setRenderer(QgsGraduatedSymbolRenderer("people", ranges))
    labels = QgsPalLayerSettings()
    labels.fieldName = "name"
    places.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    places.setLabelsEnabled(True)
    metadata = places.metadata()
    metadata.setRights(["Town of Example 2026"])
    places.setMetadata(metadata)

    hidden = layer("Hidden", "Point", ["id:integer"], [(f"POINT({x0 + 10} {y0 + 10})", 1)])
    layer("Lost", "Point", ["id:integer"], [(f"POINT({x0 + 10} {y0 + 10})", 1)])
    root = project.layerTreeRoot()
    root.findLayer(hidden.id()).setItemVisibilityChecked(False)

    # The theme: streams alone, in red.
    styles = streams.styleManager()
    styles.addStyleFromLayer("red")
    styles.setCurrentStyle("red")
    streams.setRenderer(QgsSingleSymbolRenderer(QgsLineSymbol.createSimple({"line_color": "#FF0000"})))
    record = QgsMapThemeCollection.MapThemeLayerRecord(streams)
    record.currentStyle, record.usingCurrentStyle = "red", True
    theme = QgsMapThemeCollection.MapThemeRecord()
    theme.addLayerRecord(record)
    project.mapThemeCollection().insert("Water", theme)
    styles.setCurrentStyle("default")

    path = folder / "town.qgz"
    assert project.write(str(path))
    project.clear()
    (folder / "Lost.gpkg").unlink()
    return path


def svg_layers(path):
    """The layers of an SVG by name, in painting order; not the one that those of names lie in."""
    from lxml import etree

    root = etree.parse(str(path)).getroot()
    layers = [group for group in root.iter("{*}g") if group.get(f"{INK}groupmode") == "layer"]
    parents = [layer.getparent() for layer in layers]
    return {layer.get(f"{INK}label"): layer for layer in layers if layer not in parents}


def tags(group):
    return {element.tag.split("}")[1] for element in group.iter() if isinstance(element.tag, str)} - {"g"}


def texts(group):
    return ["".join(text.itertext()) for text in group.iter("{*}text")]


def memory(kind, name, fields, rows):
    """A layer of `rows`: a WKT and a value for each field."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    layer = QgsVectorLayer(f"{kind}?crs=EPSG:32633{''.join(f'&field={field}' for field in fields)}", name, "memory")
    for wkt, *values in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttributes(values)
        layer.dataProvider().addFeature(feature)
    return layer


def picture(*layers):
    """The picture of layers alone, on a square page of 1 km."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsRectangle

    from osm2cdr.processing_provider.cartography.rendering.canvas import Canvas
    from osm2cdr.processing_provider.cartography.rendering.canvas_area import area_of
    from osm2cdr.processing_provider.feedback import Feedback
    from osm2cdr.processing_provider.request.checks import make_request
    from osm2cdr.processing_provider.request.pages import make_page

    crs, context = QgsCoordinateReferenceSystem("EPSG:32633"), QgsProcessingContext()
    box = QgsRectangle(500000, 5500000, 500000 + SIDE, 5500000 + SIDE)
    request = make_request(
        {"formats": "svg", "crs": "EPSG:32633"}, area=area_of(box, crs, crs, context.transformContext())
    )
    canvas = Canvas.take(layers, crs, context)
    canvas.adopt()
    return canvas.picture(make_page(request, "EPSG:32633"), Feedback())
