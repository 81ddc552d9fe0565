"""HTML with a canvas: one page that draws the map by a function for each layer, at whatever size it is shown.

Nothing is fetched from anywhere. The code of layers is plain Canvas 2D, to be copied into other pages; names are text
where they are straight, and their outlines where they bend, for a canvas knows no text on a path.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import html
import re
from pathlib import Path as File
from string import Template
from typing import Iterator

from ....drawing.model import Drawing
from ....errors import WriteError
from ....text.phrases import one_line
from ....text.sentence import say
from ....text.translation import told_in
from ...contract import Job, Written
from ...proof_helpers import prove_size
from .script import Script

_LABEL = "HTML canvas"
_FOLDER = File(__file__).parent
_TAIL = "</script>\n</body>\n</html>\n"
_FUNCTION = re.compile(r"^function (draw\w+)\(c\) \{\n(.*?)^\}$", re.MULTILINE | re.DOTALL)
_OBJECT = re.compile(r"^  (?:draw|write|stamp|picture)\(c, ", re.MULTILINE)
_LISTED = re.compile(r"^  \{ name: \"(?:.*)\", draw: (\w+), clipped: (?:true|false) \},$", re.MULTILINE)


def write(view: Drawing, path: File, job: Job) -> Written:
    """Write the page; told is how many names bend, which stand as outlines."""
    script = Script(view)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(view, job))
        file.write(_own("draw.js"))
        file.writelines(script.pieces())
        file.write(_own("page.js") + _TAIL)
    if script.bent:
        text = say("{0} knows no bent names: outlines stand for {1} of them.", job.format.name, script.bent)
        job.feedback.warning("outlined_bent", text)
    return Written(script.counts)


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _head(view: Drawing, job: Job) -> str:
    """All that stands before the script, in the map's language where there are words of it."""
    texts = {
        "LAYERS": say("Layers"), "ZOOM_IN": say("Zoom in"), "ZOOM_OUT": say("Zoom out"), "WHOLE": say("Whole map"),
    }  # fmt: skip
    words = {key: html.escape(told_in(text, job.language)) for key, text in texts.items()}
    words.update(TITLE=html.escape(one_line(job.title)), CREDIT=html.escape(one_line(job.credit)))
    language = html.escape((job.language or "en").replace("_", "-"))
    page = Template(_own("page.html"))
    return page.substitute(words, LANGUAGE=language, CSS=_own("page.css"), SWITCHES="".join(_switches(view)))


def _switches(view: Drawing) -> Iterator[str]:
    """A box to tick for each layer, the upper one first."""
    for layer in reversed(view.layers):
        yield f'<label><input type="checkbox" checked> {html.escape(one_line(layer.title))}</label>\n'


def prove(path: File, view: Drawing, written: Written) -> None:
    """The page is whole: a function for each layer in their order, each with its objects."""
    text = prove_size(path, _LABEL).decode("utf-8", "replace")
    if not text.endswith(_TAIL):
        raise WriteError("not_proven", say("{0} is not whole.", _LABEL))
    found = {name: len(_OBJECT.findall(body)) for name, body in _FUNCTION.findall(text)}
    counts = [found.get(name, -1) for name in _LISTED.findall(text)]
    if counts != list(written.layers.values()):
        raise WriteError(
            "not_proven", say("{0} holds {1} of {2} objects, or other layers.", _LABEL, sum(counts), written.features)
        )
