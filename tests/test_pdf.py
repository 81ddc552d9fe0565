"""The objects of our PDFs have the types that ISO 32000 gives them: strings of three kinds, names, numbers."""

import numpy as np
import pdf_grammar
import pikepdf
import pytest


@pytest.fixture(scope="module", autouse=True)
def _fonts(qgis):
    """The fonts that travel with the product."""
    from osm2cdr.processing_provider.cartography.fonts import register

    register()


def everything(name="Straßen (große) / Улицы\n%"):
    """A drawing with all that the writer knows: fonts of both kinds, bent and turned text, halo, picture, opacity."""
    from qgis.PyQt.QtCore import QBuffer, QIODevice
    from qgis.PyQt.QtGui import QImage

    from osm2cdr.processing_provider.drawing import model as m

    black, pale = m.Color(0, 0, 0), m.Color(200, 30, 30, 0.5)
    picture, buffer = QImage(4, 4, QImage.Format.Format_ARGB32), QBuffer()
    picture.fill(0x80FF0000)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    bent = np.array([(10.0, 60.0), (40.0, 55.0), (70.0, 60.0)])
    items = [
        m.rectangle(10, 10, 40, 30, pale),
        m.Text([m.Line("Улица (Öst) \\", 10, 40, 40)], m.Font("Noto Sans", 12), black, m.Halo(pale, 0.4)),
        m.Text([m.Line("Inter", 10, 50, 40)], m.Font("Inter", 12, bold=True), black, rotation=20.0),
        m.Text([m.Line("Boulevard", 10, 60, 60, bent)], m.Font("EB Garamond", 12, italic=True), black),
        m.Text([m.Line("地図", 60, 30, 20)], m.Font("Noto Sans", 12), black),
        m.Image(bytes(buffer.data()), (20.0, 0.0, 0.0, 20.0, 80.0, 40.0)),
    ]
    layers = [m.Layer(name, [m.Group("Group", items)]), m.Layer("Plain", [m.Group("Group", [items[0]])], False)]
    place = {"crs": "EPSG:3067", "extent": (385000.0, 6671000.0, 385600.0, 6671400.0)}
    swatches = {"Größe (1)": m.Color(200, 30, 30)}
    return m.Drawing(120.0, 80.0, m.Color(255, 255, 255), (0.0, 0.0, 120.0, 80.0), layers, swatches=swatches, **place)


@pytest.mark.parametrize("format_id", ["pdf", "geopdf", "ai"])
@pytest.mark.parametrize("colors", ["rgb", "cmyk"])
def test_every_object_has_the_type_of_the_standard(qgis, tmp_path, format_id, colors):
    import importlib

    from osm2cdr.processing_provider.formats.writing import Job

    module = importlib.import_module(f"osm2cdr.processing_provider.formats.artwork.{format_id}")
    path, title = tmp_path / "page.pdf", "Карта (1)"
    module.write(everything(), path, Job(title=title, colors=colors, options={"swatches": True}))
    assert pdf_grammar.faults(path) == []
    with pikepdf.open(path) as document:
        assert str(document.docinfo["/Title"]) == title
        groups = [str(group.Name) for group in document.Root.OCProperties.OCGs]
        assert groups == ["Straßen (große) / Улицы\n%", "Plain"]
        fonts = [font.DescendantFonts[0].FontDescriptor for font in document.pages[0].Resources.Font.values()]
        families = {bytes(font.FontFamily).decode() for font in fonts}
        assert {"Noto Sans", "Inter", "EB Garamond"} <= families
