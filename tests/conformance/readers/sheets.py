"""OpenDocument spreadsheets by lxml, as OpenDocument 1.3 says; and by odfpy, which is slow."""

import zipfile
from pathlib import Path

from readers.found import Found, union

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def value_of(cell):
    """A number, a text with its line ends, or None."""
    assert not cell.get(f"{TABLE}formula")
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "float":
        return float(cell.get(f"{OFFICE}value"))
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell) if kind else None


def sheets(path: Path):
    """The rows of each sheet."""
    from lxml import etree

    assert path.read_bytes()[30:84] == MIMETYPE, "part 2, section 3.3"
    found = {}
    with zipfile.ZipFile(path) as archive:
        tree = etree.parse(archive.open("content.xml"), etree.XMLParser(huge_tree=True))
        for part in ("meta.xml", "settings.xml", "META-INF/manifest.xml"):
            etree.fromstring(archive.read(part))
    for sheet in tree.iter(f"{TABLE}table"):
        rows = sheet.iterchildren(f"{TABLE}table-row")
        found[sheet.get(f"{TABLE}name")] = [[value_of(cell) for cell in row] for row in rows]
    return found


def sheets_by_odfpy(path: Path):
    """The rows of each sheet as odfpy has them, all as texts."""
    from odf.opendocument import load
    from odf.table import Table, TableCell, TableRow
    from odf.teletype import extractText
    from odf.text import P

    found = {}
    for sheet in load(str(path)).spreadsheet.getElementsByType(Table):
        rows = found[sheet.getAttribute("name")] = []
        for row in sheet.getElementsByType(TableRow):
            cells = row.getElementsByType(TableCell)
            rows.append(["\n".join(map(extractText, cell.getElementsByType(P))) for cell in cells])
    return found


def ods(path: Path) -> Found:
    found = Found(crs=4326)
    boxes = []
    for name, rows in sheets(path).items():
        if name == "About":
            found.notice = " ".join(str(value) for row in rows for value in row)
            assert ["crs", "EPSG:4326"] in rows
            continue
        found.layers[name] = len(rows) - 1
        found.texts |= {row[rows[0].index("name")] for row in rows[1:]}
        first = rows[0].index("xmin")
        boxes += [tuple(row[first : first + 4]) for row in rows[1:]]
    found.box = union(boxes)
    return found


READERS = {"ods": ods}
