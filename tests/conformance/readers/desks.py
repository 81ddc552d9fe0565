"""Drawings of desks that are not a designer's alone: OpenDocument by lxml and odfpy."""

from pathlib import Path

import odg_contents

from readers.found import Found, flow


def odg(path: Path) -> Found:
    """Layers, objects, texts and the notice, in OpenDocument's grammar; odfpy opens it as a drawing."""
    from odf.opendocument import load

    document = load(str(path))
    assert document.getMediaType() == "application/vnd.oasis.opendocument.graphics"
    assert odg_contents.ungrammatical(path) == []
    found = Found()
    for name, layer in odg_contents.layers(path).items():
        found.layers[name] = layer.objects
        found.texts |= set(layer.texts)
        found.flow += flow("".join(layer.texts))
    parts = odg_contents.parts(path)
    (described,) = parts["meta.xml"].iter("{http://purl.org/dc/elements/1.1/}description")
    found.notice = described.text
    (layout,) = parts["styles.xml"].iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}page-layout-properties")
    fo = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
    found.size_mm = tuple(float(layout.get(f"{fo}page-{side}").removesuffix("mm")) for side in ("width", "height"))
    return found


READERS = {"odg": odg}
