"""Packages of Office Open XML (ECMA-376 part 2): parts, their types, what leads from one to another, the properties."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Iterable, Mapping
from xml.parsers import expat

from ...errors import WriteError
from ...text.phrases import one_line
from ...text.sentence import say
from ...text.xml_text import escape
from ..archive import prove_members
from ..contract import Job

EMU_PER_MM = 36_000
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def emu(mm: float) -> int:
    """Millimetres in the units of Office."""
    return round(mm * EMU_PER_MM)


def relations(rows: Iterable[tuple[str, str]]) -> str:
    """What a part leads to, (kind, target), under rId1, rId2 and so on."""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'


def write_package(
    path: Path, job: Job, main: str, parts: Mapping[str, tuple[str, str]], pictures: Mapping[str, bytes],
    kind: str = "officeDocument",
) -> None:  # fmt: skip
    """Zip the parts (name to type and text; a type that is empty is no part's own) and PNGs.

    `main` is the document, `kind` what leads to it.
    """
    types = {"docProps/core.xml": _CORE_TYPE, "docProps/app.xml": _APP_TYPE}
    types.update({name: kind for name, (kind, _) in parts.items() if kind})
    listed = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    known = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'{DECLARATION}<Types xmlns="{_TYPES}">{known}{listed}</Types>')
        roots = [(kind, main), (_PROPERTIES, "docProps/core.xml"),
                 ("extended-properties", "docProps/app.xml")]  # fmt: skip
        archive.writestr("_rels/.rels", relations(roots))
        archive.writestr("docProps/core.xml", _core(job))
        archive.writestr(
            "docProps/app.xml",
            f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'extended-properties"><Application>osm2cdr</Application></Properties>',
        )
        for name, (_, text) in parts.items():
            archive.writestr(name, text)
        for name, data in pictures.items():
            # It is packed already.
            archive.writestr(name, data, zipfile.ZIP_STORED)


def _core(job: Job) -> str:
    """Title and notice as the document's properties."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(one_line(job.title))}</dc:title><dc:creator>osm2cdr</dc:creator>"
        f"<dc:description>{escape(one_line(job.credit))}</dc:description></cp:coreProperties>"
    )


def prove_package(path: Path, main: str, tag: str, least: int, label: str) -> None:
    """The zip is whole, all its XML too, and the main part has so many elements of a tag."""
    prove_members(path, ["[Content_Types].xml", main, "docProps/core.xml"], label)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            found = {name: _count(archive.read(name), tag) for name in names}
    except expat.ExpatError as error:
        raise WriteError("not_proven", say("{0} does not open again.", label)) from error
    if found[main] < least:
        raise WriteError("not_proven", say("{0} came out blank.", label))


def _count(data: bytes, tag: str) -> int:
    """How many elements of a tag, `{namespace}name`, a whole XML text has; ExpatError where it is not whole."""
    found = 0

    def begin(name: str, _: object) -> None:
        nonlocal found
        found += f"{{{name}" == tag

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = begin
    parser.Parse(data, True)
    return found
