"""Where the stores of a user are: what OSM2CDR_STORE means, for jobs, for the launcher and for the server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
from pathlib import Path

from ...errors import SourceError
from ...sources.overpass import cache
from ...text.sentence import say

# Names the folder in place of that in the user's cache; OFF there, in letters of any size, means that none is used.
VARIABLE, OFF = "OSM2CDR_STORE", "off"


def is_off(word: str) -> bool:
    """Whether the variable's value means that stores are off."""
    return word.strip().lower() == OFF


def named(word: str) -> Path | None:
    """The folder that the variable's value means, `~` being the home; None where it means none: blanks are no value.

    SourceError where it is no full path: the launcher, its jobs and QGIS work in different folders.
    """
    word = word.strip()
    if not word:
        return None
    try:
        path = Path(word).expanduser()
    except RuntimeError:
        path = Path(word)
    if not path.is_absolute():
        raise SourceError("bad_folder", say("{0} is {1}, and must be the full path of a folder.", VARIABLE, word))
    return path


def place() -> Path | None:
    """The folder of all stores, which need not be there; None where stores are off. SourceError as `named` has it."""
    word = os.environ.get(VARIABLE, "")
    if is_off(word):
        return None
    return named(word) or cache.folder() / "stores"


def entries(folder: Path) -> list[Path]:
    """What is in the folder of stores, hidden files left out; nothing where there is none. SourceError where the system
    does not tell.
    """
    try:
        return [one for one in folder.iterdir() if not one.name.startswith(".")]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SourceError("bad_folder", say("The folder {0} cannot be read: {1}.", folder, error.strerror)) from error
