"""Finished files go to their places at once and together, and never over what is there unless that was asked for."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path
from typing import Mapping

from ..errors import WriteError
from ..request.naming import numbered
from ..text.sentence import say


def shown(folder: Path) -> Path:
    """The folder as the user knows it: a private one inside it is nothing to them."""
    hidden = [parent for parent in (folder, *folder.parents) if parent.name.startswith(".osm2cdr-")]
    return hidden[-1].parent if hidden else folder


def publish(
    drafts: Mapping[str, Path], folder: Path, name: str, replace: bool = False
) -> tuple[str, dict[str, Path | WriteError]]:
    """Put `drafts`, each by its ending (`_svg.svg`), into `folder` as NAME + ending; the name that they got.

    Where a file of one of these names is there, all of them get the next number instead, unless they are to `replace`
    it. A draft that cannot be put there has its error in its file's place. `folder` is on the drafts' own drive.
    """
    if replace:
        return name, {ending: _replaced(draft, folder / f"{name}{ending}") for ending, draft in drafts.items()}
    for number in itertools.count(1):
        called = numbered(name, number)
        if not any(os.path.lexists(folder / f"{called}{ending}") for ending in drafts):
            with contextlib.suppress(FileExistsError):
                return called, _placed(drafts, folder, called)
    raise AssertionError("numbers do not end")


def taken(name: str, called: str) -> str:
    """What is said where files were to be called `name`, and are `called` otherwise."""
    return say("There are files called {0} in the folder already: the new ones are called {1}.", name, called)


def _replaced(draft: Path, final: Path) -> Path | WriteError:
    """One rename. On Windows it fails while another program holds the file: that one stays as it was."""
    if final.is_dir():
        return WriteError("target_is_folder", say("{0} is a folder; move it, or choose another name.", final))
    try:
        os.replace(draft, final)
    except OSError as error:
        reason = error.strerror or str(error)
        return WriteError(
            "target_in_use",
            say("{0} could not be replaced ({1}); close it in other programs, or choose another name.", final, reason),
        )
    return final


def _placed(drafts: Mapping[str, Path], folder: Path, called: str) -> dict[str, Path | WriteError]:
    """All of them under one name; FileExistsError, and none of them, where another export was faster."""
    placed: dict[str, Path | WriteError] = {}
    for ending, draft in drafts.items():
        final = folder / f"{called}{ending}"
        try:
            place(draft, final)
            placed[ending] = final
        except FileExistsError:
            for back in (key for key, path in placed.items() if isinstance(path, Path)):
                os.replace(folder / f"{called}{back}", drafts[back])
            raise
        except OSError as error:
            reason = error.strerror or str(error)
            placed[ending] = WriteError("write_failed", say("{0} could not be put in its place: {1}.", final, reason))
    return placed


def place(draft: Path, final: Path) -> None:
    """Move a file to a place where none is: whole in one step, or FileExistsError, whoever else writes there."""
    try:
        os.link(draft, final)
    except FileExistsError:
        raise
    except OSError:
        # A drive that knows no links (FAT, some of a network): an empty file holds the name until the rename.
        os.close(os.open(final, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(draft, final)
        except OSError:
            final.unlink()
            raise
    else:
        draft.unlink()
