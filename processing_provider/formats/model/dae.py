"""COLLADA 1.4.1 (Khronos, 2008): a node and geometry for each layer, an effect for each material; metres, z up."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from pathlib import Path
from typing import Iterator

import numpy as np

from ...errors import WriteError
from ...scene.model import Mesh, Scene
from ...text.sentence import say
from ...text.xml_text import escape
from ..contract import Job, Written
from . import pieces

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<COLLADA xmlns="http://www.collada.org/2005/11/COLLADASchema" version="1.4.1">
"""
# The format wants a time; without one of the data it is none that anybody could take for true.
_NO_TIME = "1970-01-01T00:00:00Z"
_GEOMETRY = re.compile(r"<geometry id=.*?</geometry>", re.DOTALL)
_ARRAY = re.compile(r'<float_array id="[^"]+-positions-array"[^>]*>([^<]*)</float_array>')
_P = re.compile(r"<p>([^<]*)</p>")


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the document, layer by layer."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_document(view, job))
    return Written(view.counts)


def _document(view: Scene, job: Job) -> Iterator[str]:
    looks = pieces.identifiers(material.name for material in view.materials)
    names = pieces.identifiers(mesh.name for mesh in view.meshes)
    yield _HEAD + _asset(view, job) + "<library_effects>\n"
    for material, look in zip(view.materials, looks):
        color = f"{pieces.color(material)} 1"
        yield (
            f'<effect id="{look}-effect"><profile_COMMON><technique sid="common"><lambert><diffuse>'
            f"<color>{color}</color></diffuse></lambert></technique></profile_COMMON></effect>\n"
        )
    yield "</library_effects>\n<library_materials>\n"
    for look in looks:
        yield (f'<material id="{look}-material" name="{look}"><instance_effect url="#{look}-effect"/></material>\n')
    yield "</library_materials>\n<library_geometries>\n"
    for number, (mesh, name) in enumerate(zip(view.meshes, names)):
        job.feedback.progress(100 * number / len(names))
        yield from _geometry(mesh, name, looks, job)
    yield '</library_geometries>\n<library_visual_scenes>\n<visual_scene id="scene">\n'
    for mesh, name in zip(view.meshes, names):
        bound = "".join(
            f'<instance_material symbol="{looks[one]}" target="#{looks[one]}-material"/>'
            for one in np.unique(mesh.materials)
        )
        yield (
            f'<node id="{name}" name="{name}"><instance_geometry url="#{name}-geometry"><bind_material>'
            f"<technique_common>{bound}</technique_common></bind_material></instance_geometry></node>\n"
        )
    yield "</visual_scene>\n</library_visual_scenes>\n"
    yield '<scene><instance_visual_scene url="#scene"/></scene>\n</COLLADA>\n'


def _asset(view: Scene, job: Job) -> str:
    told = {key: escape(value) for key, value in pieces.told(view, job).items()}
    time = view.date if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", view.date) else _NO_TIME
    return (
        f"<asset><contributor><authoring_tool>osm2cdr</authoring_tool><comments>{told['origin']}; {told['crs']}"
        f"</comments><copyright>{told['rights']}</copyright></contributor><created>{time}</created>"
        f"<modified>{time}</modified><title>{told.get('title', '')}</title>"
        '<unit name="meter" meter="1"/><up_axis>Z_UP</up_axis></asset>\n'
    )


def _geometry(mesh: Mesh, name: str, looks: list[str], job: Job) -> Iterator[str]:
    parts = list(pieces.faceted(mesh))
    yield f'<geometry id="{name}-geometry" name="{name}"><mesh>\n'
    for kind in ("positions", "normals"):
        arrays = [part.points if kind == "positions" else part.normals for part in parts]
        values = np.concatenate([np.empty((0, 3)), *arrays])
        source = f"{name}-{kind}"
        yield f'<source id="{source}"><float_array id="{source}-array" count="{values.size}">'
        yield from pieces.rows("%.3f %.3f %.3f\n" if kind == "positions" else "%.4g %.4g %.4g\n", values, job.feedback)
        axes = "".join(f'<param name="{axis}" type="float"/>' for axis in "XYZ")
        yield (
            f'</float_array><technique_common><accessor source="#{source}-array" count="{len(values)}" stride="3">'
            f"{axes}</accessor></technique_common></source>\n"
        )
    yield (
        f'<vertices id="{name}-vertices"><input semantic="POSITION" source="#{name}-positions"/>'
        f'<input semantic="NORMAL" source="#{name}-normals"/></vertices>\n'
    )
    before = 0
    for part in parts:
        yield f'<triangles material="{looks[part.material]}" count="{len(part.triangles)}">'
        yield f'<input semantic="VERTEX" source="#{name}-vertices" offset="0"/><p>'
        yield from pieces.rows("%d %d %d\n", part.triangles + before, job.feedback)
        yield "</p></triangles>\n"
        before += len(part.points)
    yield "</mesh></geometry>\n"


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read it again: all triangles of every geometry, without an open edge."""
    text = path.read_text(encoding="utf-8")
    found = _GEOMETRY.findall(text)
    if len(found) != len(view.meshes) or not text.endswith("</COLLADA>\n"):
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "COLLADA"))
    for mesh, geometry in zip(view.meshes, found):
        array = _ARRAY.search(geometry)
        points = pieces.numbers(array.group(1) if array else "")
        pieces.prove_indexed("COLLADA", mesh, points, pieces.numbers(" ".join(_P.findall(geometry))))
