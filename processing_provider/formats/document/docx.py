"""Word: the map on a page of its own size and scale, then its legend, what is on it, and whose data it is.

Facts: ECMA-376 part 1, WordprocessingML: a picture that is anchored to the page; sections with pages of their own; a
page is at most 22 inches wide and high.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from ...cartography.rendering.paint import PAINTED, image
from ...cartography.rendering.picture import Picture
from ...cartography.rendering.png import png
from ...cartography.sheet.legend_words import legend_word
from ...text.phrases import one_line
from ...text.sentence import Sentence, say
from ...text.translation import told_in
from ..contract import Job, Written
from ..image.pixels import lonlat
from . import docx_parts as parts
from .legend import SWATCH_MM, legend
from .ooxml import emu, prove_package, relations, write_package

_LABEL = "Word"
_MOST_MM = 558.0
_LETTERS = 200
_DRAWING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}drawing"


def write(view: Picture, path: Path, job: Job) -> Written:
    """Render at the job's DPI, and write the document."""
    sheet, written = view.page.sheet, Written(dict(view.objects))
    width, height = sheet.width * view.page.magnify, sheet.height * view.page.magnify
    shrunk = min(1.0, _MOST_MM / max(width, height))
    if shrunk < 1:
        written.warnings.append(
            say("A page of Word is at most {0} mm long: the map is shown at 1:{1}.", f"{_MOST_MM:.0f}",
                f"{view.page.printed_scale / shrunk:.0f}")
        )  # fmt: skip
    width, height = width * shrunk, height * shrunk
    pictures = {"word/media/map.png": png(image(view, job.dpi, job.feedback))}
    job.feedback.progress(PAINTED)
    targets = [("styles", "styles.xml"), ("image", "media/map.png")]
    rows = []
    size = emu(SWATCH_MM[0]), emu(SWATCH_MM[1])
    for number, entry in enumerate(legend(view)):
        name = f"swatch{number:03d}.png"
        pictures[f"word/media/{name}"] = png(entry.swatch)
        targets.append(("image", f"media/{name}"))
        swatch = parts.inline(f"rId{len(targets)}", 100 + number, entry.label, size)
        # Somebody's own layers keep the names that they have.
        words = entry.label if view.is_foreign else legend_word(entry.layer, entry.label), entry.layer
        rows.append([swatch, *(parts.text(told_in(word, job.language)) for word in words)])
    body = parts.anchored("rId2", "Map", one_line(job.title), (emu(width), emu(height)))
    body += parts.section(width, height, 0)
    body += parts.heading(one_line(job.title)) + parts.paragraph(one_line(job.credit))
    body += parts.table([[parts.text(key), parts.text(value)] for key, value in _facts(view, job, shrunk)])
    if rows:
        body += parts.heading(told_in(say("Legend"), job.language), 2) + parts.table(rows, (1, 5, 4))
    objects = sorted(view.objects.items(), key=lambda item: item[0].casefold())
    counted = [
        [parts.text(one_line(told_in(name, job.language), _LETTERS)), parts.text(f"{count:,}")]
        for name, count in objects
    ]
    head = [[parts.text(told_in(words, job.language), True) for words in (say("Layer"), say("Objects"))]]
    whole = told_in(say("What is on the map"), job.language)
    body += parts.heading(whole, 2) + parts.table(head + counted, (7, 3), head=True)
    body += parts.section(210, 297, 20, last=True)
    made = {
        "word/document.xml": (parts.TYPE.format("document.main"), parts.document(body)),
        "word/styles.xml": (parts.TYPE.format("styles"), parts.styles()),
        "word/_rels/document.xml.rels": ("", relations(targets)),
    }
    job.feedback.check()
    write_package(path, job, "word/document.xml", made, pictures)
    return written


def _facts(view: Picture, job: Job, shrunk: float) -> list[tuple[str, str]]:
    """What a map says of itself, in two columns."""
    (west, north), (east, south) = lonlat(view, [(0.0, 0.0), (1.0, 1.0)])
    facts = [
        (say("Scale"), f"1:{view.page.printed_scale / shrunk:.0f}"),
        (say("Longitude"), say("{0} to {1}", f"{west:.5f}", f"{east:.5f}")),
        (say("Latitude"), say("{0} to {1}", f"{south:.5f}", f"{north:.5f}")),
        (say("CRS"), view.page.crs),
    ]
    facts += [(say("Data of"), job.date[:10])] if job.date else []
    facts += [(say("Source"), one_line(job.source, _LETTERS))] if job.source else []
    return [
        (told_in(key, job.language), told_in(value, job.language) if isinstance(value, Sentence) else value)
        for key, value in facts
    ]


def prove(path: Path, view: Picture, written: Written) -> None:
    """The package and all its XML are whole, with the map in it."""
    prove_package(path, "word/document.xml", _DRAWING, 1, _LABEL)
