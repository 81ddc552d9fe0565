"""A page that shows the scene in any browser, without a network: three.js, layers, light, and each building's name."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import json
import re
from base64 import b64decode
from pathlib import Path

import numpy as np

from ...errors import WriteError
from ...scene.model import Scene
from ...text.sentence import say
from ...webmap import scene_page
from ..contract import Job, Written
from .pieces import prove_mesh

_ELEMENT = re.compile(rf'<script type="application/json" id="{scene_page.MESH}(\d+)">(.*?)</script>', re.DOTALL)


def write(view: Scene, path: Path, job: Job) -> Written:
    """Write the page, mesh by mesh."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, piece in enumerate(scene_page.pieces(job.title, job.credit, view, job.theme, job.language)):
            job.feedback.progress(100 * number / (len(view.meshes) + 2), "writing the page")
            file.write(piece)
    return Written(view.counts)


def prove(path: Path, view: Scene, written: Written) -> None:
    """Read the page again: all triangles of every mesh are in it, without an open edge, and what is told of them."""
    text = path.read_text(encoding="utf-8")
    found = dict(_ELEMENT.findall(text))
    if len(found) != len(view.meshes) or not text.rstrip().endswith("</html>") or html.escape(view.notice) not in text:
        raise WriteError("not_proven", say("{0} does not hold what was written to it.", "three.js"))
    for number, mesh in enumerate(view.meshes):
        data = json.loads(found[str(number)])
        points, index = (
            np.frombuffer(b64decode(data[key]), kind) for key, kind in (("points", "<f4"), ("triangles", "<u4"))
        )
        if len(index) and index.max() >= len(points) // 3:
            raise WriteError("not_proven", say("{0} does not hold what was written to it.", "three.js"))
        prove_mesh("three.js", mesh, points.reshape(-1, 3)[index].reshape(-1, 3, 3))
