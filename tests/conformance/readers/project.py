"""QGIS projects: lxml and sqlite3 for what they and their GeoPackage say; QGIS opens them in tests/formats/gis."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from readers.found import Found, union


def project_of(archive):
    """The name of the map, and the root of its project."""
    from lxml import etree

    (name,) = (one.removesuffix(".qgz") for one in archive.namelist() if one.endswith(".qgz"))
    with zipfile.ZipFile(io.BytesIO(archive.read(f"{name}.qgz"))) as inner:
        assert inner.namelist() == [f"{name}.qgs"]
        return name, etree.fromstring(inner.read(f"{name}.qgs"), etree.XMLParser(huge_tree=True))


def qgz(path: Path) -> Found:
    found = Found()
    with zipfile.ZipFile(path) as archive:
        found.notice = archive.read("README.txt").decode()
        name, root = project_of(archive)
        file = archive.extract(f"{name}.gpkg", path.with_suffix(""))
    sources = [item.findtext("datasource") for item in root.find("projectlayers")]
    assert root.get("version").startswith("3.")
    boxes = []
    with closing(sqlite3.connect(file)) as database:
        rows = "SELECT srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?"
        for source in sources:
            place, _, table = source.partition("|layername=")
            assert place == f"./{name}.gpkg", "beside the project, wherever that is"
            found.layers[table] = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            found.texts |= {row[0] for row in database.execute(f'SELECT name FROM "{table}"')}
            found.crs, *box = database.execute(rows, (table,)).fetchone()
            boxes.append(tuple(box))
    found.box = union(boxes)
    return found


READERS = {"qgz": qgz}
