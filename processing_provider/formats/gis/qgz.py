"""A QGIS project and its GeoPackage, zipped: the tables in the map's style, in groups, and its sheet as a layout."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import zipfile
from itertools import groupby
from pathlib import Path

from qgis.core import QgsProject, QgsRectangle, QgsReferencedRectangle, QgsVectorLayer
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from ...cartography.rendering.picture import Picture, reference_system
from ...cartography.styles import package_styles
from ...cartography.styles.layer_styles import apply_style
from ...errors import WriteError
from ...osm.tables.layers import BY_NAME, is_shown
from ...osm.tables.map_data import MapData, Table
from ...request.pages import Page
from ...text.sentence import say
from ...text.translation import tr
from ..archive import pack, prove_members
from ..contract import Job, Written
from ..proof_helpers import prove_vector
from . import gpkg
from .qgz_layout import layout

_LABEL = "QGIS project"
# The groups of the layer tree, by the group of the layer table; all others are ground.
_PARTS = {
    "points": "places housenumbers pois others",
    "lines": "boundaries routes ferries pipelines power trees",
    "traffic": "bridges aerialways railways construction roads paths",
    "buildings": "barriers buildings",
}
_PART_OF = {group: part for part, groups in _PARTS.items() for group in groups.split()}
_GROUND = "ground"
# Who saved it, and on which machine, is nobody's business.
_PRIVATE = re.compile(r' saveUser(?:Full)?="[^"]*"')


def write(view: MapData, path: Path, job: Job) -> Written:
    """Write the GeoPackage, then the project that shows it, both under the name of the map."""
    if job.page is None:
        raise ValueError("a project needs the page of its sheet")
    folder = path.parent / "qgz"
    folder.mkdir()
    database = folder / f"{job.name}.gpkg"
    written = gpkg.write(view, database, job)
    job.feedback.check()
    project = QgsProject()
    styled = _layers(project, view, database, job)
    job.feedback.check()
    package_styles.save(database, styled, job.theme.name)
    _settings(project, job.page, job)
    draft = folder / f"{job.name}.qgs"
    if not project.write(str(draft)):
        raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, project.error()))
    project.clear()
    text = _completed(draft.read_text(encoding="utf-8"), view, job.page, job)
    draft.unlink()
    for left in folder.glob("*~"):
        left.unlink()
    with zipfile.ZipFile(folder / f"{job.name}.qgz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(draft.name, text)
    about = say(
        "Unpack all and open {0} in QGIS 3.22 or later: the map at 1:{1}, its sheet a layout.",
        f"{job.name}.qgz",
        job.page.scale,
    )
    pack(folder, path, view, job, about)
    return written


def _layers(project: QgsProject, view: MapData, database: Path, job: Job) -> list[tuple[QgsVectorLayer, str]]:
    """Put every table into the layer tree, the topmost first, in groups; those that a style knows with their tables."""
    styled = []
    titles = {
        "points": tr("Names and points"), "lines": tr("Lines and trees"), "traffic": tr("Traffic"),
        "buildings": tr("Buildings"), "ground": tr("Ground"),
    }  # fmt: skip
    root = project.layerTreeRoot()
    scale = job.page.scale if job.page else 0
    for part, tables in groupby(reversed(view.tables), _part):
        group = root.addGroup(titles[part])
        for table in tables:
            job.feedback.check()
            layer = QgsVectorLayer(f"{database}|layername={table.name}", tr(table.title or table.name), "ogr")
            if not layer.isValid():
                raise WriteError("write_failed", say("{0} could not be written: {1}.", _LABEL, table.name))
            project.addMapLayer(layer, False)
            node = group.addLayer(layer)
            node.setExpanded(False)
            if table.name in BY_NAME:
                is_drawn = apply_style(layer, table.name, job.theme, scale, job.detail, job.language)
                # As in pictures: what covers the map is seen where it was asked for.
                node.setItemVisibilityChecked(is_drawn and is_shown(BY_NAME[table.name], job.layers))
                styled.append((layer, table.name))
    return styled


def _part(table: Table) -> str:
    """The group of the layer tree that a table is in."""
    return _GROUND if table.name == "power_areas" else _PART_OF.get(table.group, _GROUND)


def _settings(project: QgsProject, page: Page, job: Job) -> None:
    """CRS, title, whose data it is, background, where the map is; sources beside the project."""
    crs = reference_system(page.crs)
    project.setCrs(crs)
    project.setTitle(job.title)
    project.writeEntryBool("Paths", "/Absolute", False)
    project.setBackgroundColor(QColor(job.theme.color.get("land") or "#FFFFFF"))
    metadata = project.metadata()
    metadata.setTitle(job.title)
    metadata.setAbstract(job.credit)
    metadata.setAuthor("")
    project.setMetadata(metadata)
    box = QgsRectangle(page.xmin, page.ymin, page.xmax, page.ymax)
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(box, crs))


def _completed(text: str, view: MapData, page: Page, job: Job) -> str:
    """The project's XML with its layout and the view that it opens with, and without who saved it."""
    background = job.theme.color.get("land") or "#FFFFFF"
    picture = Picture([], page, reference_system(page.crs), background, job.theme, notice=job.notice, date=job.date)
    made = f"<Layouts>{layout(picture, job.title, job.dpi)}</Layouts>"
    text = _PRIVATE.sub("", text)
    text, count = re.subn(r"<Layouts\s*/>", lambda _: made, text, count=1)
    end = text.rindex("</qgis>")
    return text[:end] + _canvas(page) + ("" if count else made) + text[end:]


def _canvas(page: Page) -> str:
    """What the window shows at first, as QGIS's own window saves it."""
    document = QDomDocument()
    system = document.createElement("destinationsrs")
    document.appendChild(system)
    reference_system(page.crs).writeXml(system, document)
    sides = "".join(f"<{side}>{getattr(page, side)!r}</{side}>" for side in ("xmin", "ymin", "xmax", "ymax"))
    return (
        '<mapcanvas name="theMapCanvas" annotationsVisible="1"><units>meters</units>'
        f"<extent>{sides}</extent><rotation>0</rotation>{document.toString()}<rendermaptile>0</rendermaptile></mapcanvas>"
    )


def prove(path: Path, view: MapData, written: Written) -> None:
    """The project parses and names every table of the GeoPackage beside it, which has them in full."""
    prove_members(path, ["README.txt"], _LABEL)
    with zipfile.ZipFile(path) as archive:
        (name,) = (one.removesuffix(".qgz") for one in archive.namelist() if one.endswith(".qgz"))
        with archive.open(f"{name}.qgz") as inner, zipfile.ZipFile(inner) as project:
            text = project.read(f"{name}.qgs").decode("utf-8")
    document = QDomDocument()
    sources = set(re.findall(r"<datasource>\./([^<]*)</datasource>", text))
    wanted = {f"{name}.gpkg|layername={table}" for table in written.layers}
    if not document.setContent(text) or sources != wanted or "<PageCollection>" not in text:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", _LABEL))
    prove_vector(f"/vsizip/{path}/{name}.gpkg", written, _LABEL)
