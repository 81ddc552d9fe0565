"""Fonts inside an SVG, cut down to the letters of its names, so that browsers need none on the machine.

CSS Fonts 4: several `@font-face` rules of one family and style, each with its `unicode-range`, are one composite face.
So letters that a font lacks come from the bundled one in which they were placed. Fonts that do not travel with us stay
out: nobody knows whether their licence allows it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import base64
import io
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Iterator

from ...cartography.fonts import font_files
from ...drawing.model import Drawing, Font, Text
from ...drawing.shaping import runs_of
from ...errors import WriteError
from ...text.sentence import joined, say
from ..contract import Job
from .svg_values import text as words

# Names that a cut font keeps: whose it is, what it is called, its licence and where that stands (OpenType `name`).
_KEPT_NAMES = (0, 1, 2, 4, 6, 13, 14)
# What every font keeps, as text that is edited in the file needs it.
_ALWAYS = " 0123456789"


def style_sheet(drawing: Drawing, job: Job) -> Iterator[str]:
    """The style sheet with the fonts of a drawing; warns of those that could not be embedded."""
    strange: set[str] = set()
    faces = _letters(drawing, strange)
    rules = [_rule(*face, letters) for face, letters in sorted(faces.items())]
    if rules:
        yield f'<style type="text/css">\n{words("".join(rules))}</style>\n'
    if strange:
        told = joined(sorted(strange), ", ")
        text = say("Fonts of this machine are not embedded, as their licence is not known: {0}.", told)
        job.feedback.warning("font_not_embedded", text)


def _letters(drawing: Drawing, strange: set[str]) -> dict[tuple[str, bool, bool, Path], set[str]]:
    """The letters by family, bold, italic, and the file that they are placed in."""
    found: dict[tuple[str, bool, bool, Path], set[str]] = defaultdict(set)
    texts: dict[tuple[str, bool, bool], set[str]] = defaultdict(set)
    for item in drawing.items:
        if isinstance(item, Text):
            font = item.font
            texts[font.family, font.bold, font.italic].update(line.text for line in item.lines)
    for (family, bold, italic), lines in texts.items():
        for line in lines:
            left = set(unicodedata.normalize("NFC", line) + line)
            for run in runs_of(line, Font(family, 1.0, bold, italic)):
                file = font_files.FOLDER / run.face
                files = [path for path in (file.with_name(run.face + end) for end in (".ttf", ".otf")) if path.exists()]
                letters = {letter for letter in left if run.font.supportsCharacter(ord(letter))}
                if files:
                    found[family, bold, italic, files[0]] |= letters
                elif letters:
                    strange.add(str(run.font.familyName()))
                left -= letters
    return found


def _rule(family: str, bold: bool, italic: bool, file: Path, letters: set[str]) -> str:
    quoted = family.replace("\\", "\\\\").replace('"', '\\"')
    letters = letters | set(_ALWAYS)
    codes = ",".join(f"U+{ord(letter):X}" for letter in sorted(letters))
    data = base64.b64encode(_cut(file, letters)).decode()
    return (
        f'@font-face{{font-family:"{quoted}";font-weight:{"bold" if bold else "normal"};'
        f"font-style:{'italic' if italic else 'normal'};unicode-range:{codes};"
        f'src:url("data:font/woff;base64,{data}") format("woff")}}\n'
    )


def _cut(file: Path, letters: set[str]) -> bytes:
    """A WOFF 1.0 of these letters, with what shapes and joins them; the same letters give the same bytes."""
    try:
        from fontTools import subset
    except ImportError as error:
        raise WriteError(
            "no_library", say("The library {0} is missing here; install the plugin anew.", "fontTools")
        ) from error
    choices = subset.Options(
        flavor="woff", layout_features=["*"], name_IDs=list(_KEPT_NAMES), notdef_outline=True, hinting=False,
        recalc_timestamp=False,
    )  # fmt: skip
    font = subset.load_font(str(file), choices)
    cutter = subset.Subsetter(choices)
    cutter.populate(unicodes=[ord(letter) for letter in letters])
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, choices)
    return out.getvalue()
