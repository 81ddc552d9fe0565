"""Documents of Office by python-pptx and python-docx."""

import io
from pathlib import Path

import numpy as np

from readers.found import Found, flow

EMU_PER_MM = 36_000


def pptx(path: Path) -> Found:
    """Groups and their shapes, which lie on the slide; freeforms, texts, the notes."""
    from pptx import Presentation
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    shown = Presentation(path)
    (slide,) = shown.slides
    layers, words, kinds = {}, [], set()
    size = np.array([shown.slide_width, shown.slide_height])
    for group in slide.shapes:
        assert group.shape_type == MSO_SHAPE_TYPE.GROUP
        layers[group.name] = len(group.shapes)
        for shape in group.shapes:
            kinds.add(shape.shape_type)
            assert shape.name
            if shape.shape_type == MSO_SHAPE_TYPE.TEXT_BOX:
                words.append(shape.text_frame.text)
                corner = np.array([shape.left, shape.top])
                assert (corner > -size / 2).all()
                assert (corner < size).all()
    assert kinds == {MSO_SHAPE_TYPE.FREEFORM, MSO_SHAPE_TYPE.TEXT_BOX}
    assert shown.core_properties.title
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.splitlines()[-1] == shown.core_properties.comments
    mm = tuple(float(side) / EMU_PER_MM for side in size)
    return Found(layers, notice=notes, size_mm=mm, flow=flow("".join(words)))


def docx(path: Path) -> Found:
    """The map by its picture, as large as the page; legend, tables and notice."""
    from docx import Document
    from PIL import Image

    document = Document(path)
    first, last = document.sections
    (extent,) = document.element.body.xpath("./w:p[1]//wp:anchor/wp:extent")
    assert abs(int(extent.get("cx")) - first.page_width) < 2 * 635
    assert abs(int(extent.get("cy")) - first.page_height) < 2 * 635
    assert (round(last.page_width.mm), round(last.page_height.mm)) == (210, 297)
    image = Image.open(io.BytesIO(document.part.related_parts["rId2"].blob))
    assert all(low < 100 < 200 < high for low, high in image.convert("RGB").getextrema())
    assert [round(dots) for dots in image.info["dpi"]] == [150, 150]
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[1:] == ["Legend", "What is on the map"]
    facts, legend, counts = document.tables
    assert {"Scale", "CRS", "Source"} <= {row.cells[0].text for row in facts.rows}
    labels = {row.cells[1].text for row in legend.rows}
    assert "Buildings" in labels
    assert len(document.inline_shapes) == len(legend.rows) > 5
    layers = {row.cells[0].text: int(row.cells[1].text.replace(",", "")) for row in counts.rows[1:]}
    assert layers["Buildings"] > 0
    notice = next(one.text for one in document.paragraphs if "©" in one.text)
    assert notice == document.core_properties.comments
    return Found(layers, notice=notice, size_mm=(first.page_width.mm, first.page_height.mm))


READERS = {"pptx": pptx, "docx": docx}
