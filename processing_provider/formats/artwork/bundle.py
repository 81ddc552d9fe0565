"""Artwork with the fonts that its names are in, as a zip: for machines that have not got them."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import zipfile
from pathlib import Path

from ...cartography.fonts import font_files
from ...drawing.model import Drawing
from ...errors import WriteError
from ...text.sentence import say
from ...text.translation import told_in

FONTS = "FONTS.txt"


def bundled(path: Path, drawing: Drawing, language: str = "") -> Path:
    """A zip beside `path`, with it and its fonts; fonts of this machine alone are named and not copied.

    What it says of them is in `language`, that of the map.
    """
    target = path.with_suffix(".zip")
    files = font_files.files()
    listed, wanted = [], set()
    strange = told_in(say("a font of the machine that made this"), language)
    for family, bold, italic in drawing.fonts:
        style = {(True, False): "Bold", (False, True): "Italic"}.get((bold, italic), "Regular")
        file = files.get((family, style)) or files.get((family, "Regular"))
        listed.append(f"{family} {style}: {f'fonts/{file.name}' if file else strange}")
        if file:
            wanted |= {file, *font_files.licenses(file)}
    about = say(
        "The fonts of {0}. Install them before you open it; all are under the SIL Open Font License, whose text lies "
        "beside them.",
        path.name,
    )
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
        archive.writestr(FONTS, "\n\n".join([told_in(about, language), "\n".join(listed), ""]))
        for file in sorted(wanted):
            archive.write(file, f"fonts/{file.name}")
    with zipfile.ZipFile(target) as archive:
        if archive.testzip() is not None or len(archive.namelist()) != len(wanted) + 2:
            raise WriteError("not_proven", say("The zip of {0} and its fonts came out broken.", path.name))
    path.unlink()
    return target
