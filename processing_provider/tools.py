"""Other programs: where they are, how they run, and the environment that they run in."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Sequence

from .errors import Cancelled, WriteError
from .feedback import Feedback

_KEPT = ("HOME", "TMPDIR", "LC_ALL", "TERM", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "http_proxy", "https_proxy")

# What brings a program: the package of Debian and Ubuntu, and of Homebrew.
_PACKAGES = {"pdftocairo": ("poppler-utils", "poppler")}
_LOOK_SECONDS, _GRACE_SECONDS = 0.05, 0.5


def install_hint(program: str) -> str:
    """How to get a program, as the end of a sentence."""
    if program not in _PACKAGES:
        return f"install {program} so that it is found in PATH."
    debian, homebrew = _PACKAGES[program]
    return f"apt install {debian} (Debian, Ubuntu), brew install {homebrew} (macOS)."


def run(program: str, arguments: Sequence[str], feedback: Feedback) -> None:
    """Run a program to its end; raises WriteError with its own words where it fails.

    Cancelled ends the program first. It gets no input, no shell, and none of its output is shown.
    """
    found = shutil.which(program)
    if found is None:
        raise WriteError("program_missing", f"The program {program} is not there: {install_hint(program)}")
    # Without it each start flashes a console window on Windows.
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    child = subprocess.Popen(
        [found, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        creationflags=flags,
    )  # fmt: skip
    try:
        while True:
            try:
                _, told = child.communicate(timeout=_LOOK_SECONDS)
                break
            except subprocess.TimeoutExpired:
                feedback.check()
    except Cancelled:
        child.terminate()
        try:
            child.communicate(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
        raise
    if child.returncode:
        words = told.decode(errors="replace").strip().splitlines()
        reason = words[-1].rstrip(".") if words else f"exit code {child.returncode}"
        raise WriteError("program_failed", f"The program {program} failed: {reason}.")


def qgis_process() -> str | None:
    """The qgis_process that works: on Debian 12 the wrapper of that name always fails, its `.bin` does not."""
    named = os.environ.get("OSM2CDR_QGIS_PROCESS")
    if named:
        return named
    for name in ("/usr/bin/qgis_process.bin", "qgis_process.bin", "qgis_process"):
        found = shutil.which(name)
        if found:
            return found
    return None


def child_environment(checkout: Path, private: Path) -> dict[str, str]:
    """The whole environment of a child: the system's Python, our package, no display.

    A pyenv first in PATH makes qgis_process crash, a display that is missing makes it abort, and
    PYTHONHOME or VIRTUAL_ENV lead it to the wrong libraries: nothing of the caller's comes along unasked.
    `private` becomes the child's runtime folder.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment.update({name: value for name, value in os.environ.items() if name.startswith("OSM2CDR_")})
    packages = sorted((checkout / ".venv" / "lib").glob("python3*/site-packages"))
    environment.update(
        PATH=os.pathsep.join(("/usr/bin", "/bin")),
        LANG="C.UTF-8",
        PYTHONPATH=os.pathsep.join(map(str, packages)),
        PYTHONDONTWRITEBYTECODE="1",
        QT_QPA_PLATFORM="offscreen",
        XDG_RUNTIME_DIR=str(private),
        QGIS_PLUGINPATH=str(checkout / "build" / "plugins"),
        QGIS_CUSTOM_CONFIG_PATH=str(checkout / "build" / "profile"),
        PROJ_DATA="/usr/share/proj",
    )
    return environment
