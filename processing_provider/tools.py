"""Other programs: where they are, and the environment that they run in."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Callable, Mapping, Sequence

# No Python takes modules from the current folder: a csv.py that lies there would run in the library's place.
_SAFE = {"PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}
# Where Debian has PROJ's tables; its pyproj does not look there by itself.
_PROJ_DATA = "/usr/share/proj"
# How often a program that runs is looked at, in milliseconds, and how long it may take to start.
_LOOK, _START = 100, 30_000
_KEPT = (
    "HOME", "XDG_CACHE_HOME", "TMPDIR", "LC_ALL", "TERM", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "http_proxy",
    "https_proxy",
)  # fmt: skip


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


def find(name: str) -> str | None:
    """A program that formats need, by what its makers call it; None where this machine has none.

    Java's is that of JAVA_HOME, else the first one in PATH. Of mkgmap, which is a .jar, OSM2CDR_MKGMAP may name the
    file; else it is where Debian has it, or in a folder of PATH.
    """
    if name == "java":
        home = os.environ.get("JAVA_HOME")
        return (home and shutil.which("java", path=str(Path(home, "bin")))) or shutil.which("java")
    if name == "mkgmap":
        folders = ["/usr/share/mkgmap", *os.environ.get("PATH", "").split(os.pathsep)]
        named = os.environ.get("OSM2CDR_MKGMAP")
        places = [named] if named else [str(Path(one, "mkgmap.jar")) for one in folders if one]
        return next((place for place in places if os.path.isfile(place)), None)
    return shutil.which(name)


def run(program: str, arguments: Sequence[str], folder: Path, look: Callable[[], None]) -> tuple[int, str]:
    """Run a program in a folder until it ends: its exit code (-1 where it did not start or crashed), and what it said.

    `look` is called several times a second; what it raises, as Cancelled, ends the program.
    """
    from qgis.PyQt.QtCore import QProcess, QProcessEnvironment

    environment = QProcessEnvironment.systemEnvironment()
    # Letters of paths and names beyond ASCII; Windows and macOS have them without it.
    if os.name == "posix" and sys.platform != "darwin":
        environment.insert("LC_ALL", "C.UTF-8")
    process = QProcess()
    process.setProcessEnvironment(environment)
    process.setWorkingDirectory(str(folder))
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.setStandardInputFile(QProcess.nullDevice())
    process.start(program, list(arguments))
    try:
        if not process.waitForStarted(_START):
            return -1, process.errorString()
        while not process.waitForFinished(_LOOK):
            if process.state() == QProcess.ProcessState.NotRunning:
                break
            look()
        said = bytes(process.readAll()).decode("utf-8", "replace")
        crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
        return -1 if crashed else process.exitCode(), said
    finally:
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_START)


def own_profile(checkout: Path, private: Path) -> Path:
    """The QGIS profile of the checkout, or one made in `private` where whoever runs this may not write into that.

    QGIS does not start on a profile that it cannot write into: a checkout may belong to somebody else.
    """
    profile, default = checkout / "build" / "profile", Path("profiles", "default")
    if all(os.access(path, os.W_OK) for path in (profile / default, *(profile / default).glob("*.db"))):
        return profile
    private_profile, settings = private / "profile", default / "QGIS" / "QGIS3.ini"
    (private_profile / settings).parent.mkdir(parents=True, exist_ok=True)
    if not (private_profile / settings).exists():
        shutil.copyfile(profile / settings, private_profile / settings)
    return private_profile


def has_home() -> bool:
    """Whether there is a home to write into: an account may have none, and a service may not see its own.

    Libraries look there for settings and a cache, and some fail where they are not let in.
    """
    home = Path("~").expanduser()
    return os.path.isdir(home) and os.access(home, os.W_OK)


def child_environment(checkout: Path, private: Path, profile: Path | None = None) -> dict[str, str]:
    """The whole environment of a child: the system's Python, our package, no display.

    A pyenv first in PATH makes qgis_process crash, a display that is missing makes it abort, and
    PYTHONHOME or VIRTUAL_ENV lead it to the wrong libraries: nothing of the caller's comes along unasked.
    `private` becomes the child's runtime folder; without a `profile` it has `own_profile()`.
    """
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment.update({name: value for name, value in os.environ.items() if name.startswith("OSM2CDR_")})
    packages = sorted((checkout / ".venv" / "lib").glob("python3*/site-packages"))
    environment.update(
        PATH=os.pathsep.join(("/usr/bin", "/bin")),
        LANG="C.UTF-8",
        PYTHONPATH=os.pathsep.join(map(str, packages)),
        **_SAFE,
        QT_QPA_PLATFORM="offscreen",
        XDG_RUNTIME_DIR=str(private),
        QGIS_PLUGINPATH=str(checkout / "build" / "plugins"),
        QGIS_CUSTOM_CONFIG_PATH=str(profile or own_profile(checkout, private)),
        PROJ_DATA=_PROJ_DATA,
    )
    if not has_home():
        environment["HOME"] = str(private)
    return environment


def python_environment(checkout: Path, given: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a Python that runs our package by itself: `given` (else this process's own), but its modules.

    What the caller says of where Python takes modules from is left out: an entry of PYTHONPATH that is empty or
    relative means the current folder.
    """
    caller = os.environ if given is None else given
    environment = {name: value for name, value in caller.items() if not name.startswith("PYTHON")}
    return {**environment, **_SAFE, "PROJ_DATA": _PROJ_DATA, "PYTHONPATH": str(checkout / "build" / "plugins")}


def start_apart(module: str, arguments: Sequence[str]) -> bool:
    """Start a Python that runs a module of ours and outlives this process; False where it could not be started."""
    from qgis.PyQt.QtCore import QProcess, QProcessEnvironment

    environment = QProcessEnvironment.systemEnvironment()
    # As here, so that it finds QGIS's libraries on every system; but nothing of the current folder.
    folders = list(filter(os.path.isabs, sys.path))
    for name, value in {**_SAFE, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(folders)}.items():
        environment.insert(name, value)
    # The folder for temporary files of a job goes with it.
    environment.remove("TMPDIR")
    process = QProcess()
    process.setProgram(_python())
    process.setArguments(["-m", module, *arguments])
    process.setProcessEnvironment(environment)
    for redirect in (process.setStandardOutputFile, process.setStandardErrorFile):
        redirect(QProcess.nullDevice())
    process.setStandardInputFile(QProcess.nullDevice())
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)


def _python() -> str:
    """The Python whose libraries this process has: inside QGIS, the program that runs is QGIS itself."""
    home = Path(sys.exec_prefix)
    places = (home / "pythonw.exe", home / "python.exe", home / "bin" / "python3")
    found = (str(path) for path in places if path.is_file())
    return next(found, None) or shutil.which("python3") or "python3"
