"""The parts of an OpenDocument spreadsheet (OASIS, OpenDocument 1.3) beyond its rows, and a cell as XML."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any, Iterable

from ...text.xml_text import escape, quoteattr

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a paragraph does not keep as it stands (section 6.1.2): ends of lines, tabs, blanks at an end or several.
_SPECIAL = re.compile(r"[\t\n\r]|^ | $|  ")
_BLANKS = re.compile(r"^ +| +$| {2,}")


def root(name: str, *spaces: str) -> str:
    """The tag that begins a part, with these namespaces."""
    listed = " ".join(f'xmlns:{space}="{_SPACES[space]}"' for space in spaces)
    version = "manifest:version" if name.startswith("manifest") else "office:version"
    return f'{_HEAD}<{name} {listed} {version}="1.3">'


def cell(value: Any) -> str:
    """A cell of a number, a text or nothing; a text is never a formula."""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        number = repr(value)
        return (
            f'<table:table-cell office:value-type="float" office:value="{number}"><text:p>{number}</text:p>'
            "</table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string">{paragraphs(str(value))}</table:table-cell>'


def title_cell(text: str) -> str:
    """A cell of the first row."""
    return f'<table:table-cell table:style-name="head" office:value-type="string">{paragraphs(text)}</table:table-cell>'


def paragraphs(text: str) -> str:
    """A text as paragraphs, one for each line."""
    text = _NO_XML.sub("", text)
    if not _SPECIAL.search(text):
        return f"<text:p>{escape(text)}</text:p>"
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"<text:p>{_line(line)}</text:p>" for line in lines)


def _line(text: str) -> str:
    text = _BLANKS.sub(lambda found: f"\0{len(found[0])}\0", escape(text))
    text = text.replace("\t", "<text:tab/>")
    return re.sub("\0(\\d+)\0", r'<text:s text:c="\1"/>', text)


def content_head() -> str:
    """What stands before the tables: the style of the first rows."""
    return (
        root("office:document-content", "office", "table", "text", "style", "fo")
        + '<office:automatic-styles><style:style style:name="head" style:family="table-cell">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
        "<office:body><office:spreadsheet>"
    )


def content_tail(sheets: Iterable[tuple[str, int, int]]) -> str:
    """What stands behind them: each sheet (name, columns, rows with the first one) has the buttons of a filter."""
    ranges = "".join(
        f'<table:database-range table:name="filter{number}" table:display-filter-buttons="true" '
        f"table:target-range-address={_address(name, columns, rows)}/>"
        for number, (name, columns, rows) in enumerate(sheets)
    )
    filters = f"<table:database-ranges>{ranges}</table:database-ranges>" if ranges else ""
    return f"{filters}</office:spreadsheet></office:body></office:document-content>"


def _address(name: str, columns: int, rows: int) -> str:
    sheet = "'" + name.replace("'", "''") + "'"
    return quoteattr(f"{sheet}.A1:{sheet}.{letters(columns)}{rows}")


def letters(column: int) -> str:
    """The letters of a column, counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def settings(sheets: Iterable[str]) -> str:
    """The first row of each sheet stays where it is."""
    item = '<config:config-item config:name="{0}" config:type="{1}">{2}</config:config-item>'
    frozen = "".join(
        item.format(name, kind, value)
        for name, kind, value in (
            ("VerticalSplitMode", "short", 2), ("VerticalSplitPosition", "int", 1), ("ActiveSplitRange", "short", 2),
            ("PositionBottom", "int", 1),
        )
    )  # fmt: skip
    listed = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{frozen}</config:config-item-map-entry>"
        for name in sheets
    )
    return (
        root("office:document-settings", "office", "config")
        + '<office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        + item.format("ViewId", "string", "view1")
        + f'<config:config-item-map-named config:name="Tables">{listed}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def meta(title: str, about: str) -> str:
    """The title, and whose data it is."""
    clean = [escape(_NO_XML.sub("", text)) for text in (title, about)]
    return (
        root("office:document-meta", "office", "meta", "dc")
        + f"<office:meta><meta:generator>osm2cdr</meta:generator><dc:title>{clean[0]}</dc:title>"
        f"<dc:description>{clean[1]}</dc:description></office:meta></office:document-meta>"
    )


def manifest() -> str:
    """The list of the parts."""
    entries = [("/", MIMETYPE), *((name, "text/xml") for name in ("content.xml", "meta.xml", "settings.xml"))]
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in entries
    )
    return root("manifest:manifest", "manifest") + listed + "</manifest:manifest>"
