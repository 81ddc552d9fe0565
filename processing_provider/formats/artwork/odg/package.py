"""The package of an OpenDocument drawing: its parts, and what is read of them again (parts 1 and 3)."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Iterable
from xml.parsers import expat

from qgis.PyQt.QtGui import QImage

from ....cartography.rendering.png import png
from ....drawing.model import Drawing
from ....text.phrases import one_line
from ....text.xml_text import escape, quoteattr
from ...contract import Job
from .shapes import mm
from .styles import Styles

TYPE = "application/vnd.oasis.opendocument.graphics"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    [f'xmlns:{short}="{_OASIS}:{long}:1.0"' for short, long in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("draw", "drawing"), ("meta", "meta"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"))]
    + ['xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"',
       'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"']
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_THUMBNAIL = "Thumbnails/thumbnail.png"


class Pictures:
    """The pictures of a package, each once."""

    def __init__(self) -> None:
        self.files: dict[bytes, str] = {}

    def add(self, data: bytes) -> str:
        """The part's name of a PNG."""
        return self.files.setdefault(data, f"Pictures/{len(self.files) + 1}.png")


def write(
    path: Path, view: Drawing, job: Job, body: str, styles: Styles, layers: Iterable[str], pictures: Pictures
) -> None:
    """Zip the parts; the type comes first, as it is, so that it stands at a known place."""
    title = one_line(job.title, 200)
    parts = {"content.xml": _content(body, title, styles), "styles.xml": _styles(view, styles, layers),
             "meta.xml": _meta(job, title)}  # fmt: skip
    files = {name: data for data, name in pictures.files.items()}
    if view.preview is not None:
        files[_THUMBNAIL] = _thumbnail(view)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), TYPE)
        for name, text in {**parts, "META-INF/manifest.xml": _manifest([*parts, *files])}.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)


def _document(kind: str, inside: str) -> str:
    return f'{_HEAD}<office:document-{kind} {_SPACES} office:version="1.2">{inside}</office:document-{kind}>'


def _content(body: str, title: str, styles: Styles) -> str:
    return _document(
        "content",
        f"<office:font-face-decls>{styles.faces}</office:font-face-decls><office:automatic-styles/>"
        f"<office:body><office:drawing><draw:page draw:name={quoteattr(title or 'Map')} "
        f'draw:master-page-name="Map">{body}</draw:page></office:drawing></office:body>',
    )


def _styles(view: Drawing, styles: Styles, layers: Iterable[str]) -> str:
    listed = "".join(f"<draw:layer draw:name={quoteattr(name)}/>" for name in layers)
    size = f'fo:page-width="{mm(view.width)}" fo:page-height="{mm(view.height)}"'
    turned = "landscape" if view.width > view.height else "portrait"
    ground = f'draw:fill="solid" draw:fill-color="{view.background.hex}"'
    return _document(
        "styles",
        f"<office:font-face-decls>{styles.faces}</office:font-face-decls><office:styles>{styles.xml}</office:styles>"
        f'<office:automatic-styles><style:page-layout style:name="sheet"><style:page-layout-properties {size} '
        f'fo:margin="0mm" style:print-orientation="{turned}"/></style:page-layout>'
        f'<style:style style:name="ground" style:family="drawing-page"><style:drawing-page-properties {ground}/>'
        f"</style:style></office:automatic-styles><office:master-styles><draw:layer-set>{listed}</draw:layer-set>"
        '<style:master-page style:name="Map" style:page-layout-name="sheet" draw:style-name="ground"/>'
        "</office:master-styles>",
    )


def _meta(job: Job, title: str) -> str:
    return _document(
        "meta",
        f"<office:meta><meta:generator>osm2cdr</meta:generator><dc:title>{escape(title)}</dc:title>"
        f"<dc:description>{escape(one_line(job.credit))}</dc:description>"
        f'<meta:user-defined meta:name="Rights">{escape(one_line(job.credit))}</meta:user-defined></office:meta>',
    )


def _manifest(names: Iterable[str]) -> str:
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="'
        f'{"image/png" if name.endswith(".png") else "text/xml"}"/>'
        for name in names
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{TYPE}"/>'
        f"{rows}</manifest:manifest>"
    )


def _thumbnail(view: Drawing) -> bytes:
    """The preview as a file; ValueError where there is none."""
    pixels = view.preview
    if pixels is None:
        raise ValueError("This drawing has no preview.")
    height, width = pixels.shape[:2]
    return png(QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888))


def read(path: Path) -> tuple[list[str], dict[str, int]]:
    """The layers of a file, and how many objects stand in the groups of each on its page; ExpatError."""
    layers: list[str] = []
    objects: dict[str, int] = {}
    above: list[str] = []
    waiting = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal waiting
        if name == "draw:layer":
            layers.append(attributes["draw:name"])
        above.append(name)
        waiting += above.count("draw:g") == above[:-1].count("draw:g") + 1 == 2 or _is_alone(above)
        if waiting and "draw:layer" in attributes:
            key = attributes["draw:layer"]
            objects[key] = objects.get(key, 0) + waiting
            waiting = 0

    def end(_: str) -> None:
        above.pop()

    with zipfile.ZipFile(path) as archive:
        for part in ("styles.xml", "content.xml"):
            parser = expat.ParserCreate()
            parser.StartElementHandler, parser.EndElementHandler = begin, end
            parser.Parse(archive.read(part), True)
    return layers, objects


def _is_alone(above: list[str]) -> bool:
    """Whether an element is an object by itself in the group of its class."""
    return above[-2:-1] == ["draw:g"] and above.count("draw:g") == 1 and above[-1] != "draw:g"
