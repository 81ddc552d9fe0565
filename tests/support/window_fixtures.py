"""A real QGIS window on a display of its own, in which a script of tests/plugin/window/ does what a person does."""

import json
import shutil
import subprocess
import zipfile

import pytest

from areas import ROOT, SAMPLE, TESTS

SCRIPTS = TESTS / "plugin" / "window"
SHOTS = ROOT / "build" / "window"


@pytest.fixture
def window(package, tmp_path):
    """window(name, language, part, script): what a script saw in a QGIS with an empty profile and the plugin's zip."""
    return starter(package, tmp_path)


@pytest.fixture(scope="module")
def window_of_module(package, tmp_path_factory):
    """The same for a module whose tests look at one QGIS: windows are dear."""
    return starter(package, tmp_path_factory.mktemp("window"))


def starter(package, tmp_path):
    """What starts a QGIS in a folder of its own."""

    def start(name, language="", part="", script="whole"):
        program = shutil.which("qgis.bin") or shutil.which("qgis")
        display = shutil.which("xvfb-run")
        assert program
        assert display
        out = tmp_path / name
        out.mkdir()
        # QGIS puts the path into a line of Python, between single quotes: the checkout's may have one in it.
        scripts = out / "scripts"
        scripts.symlink_to(SCRIPTS)
        profile = tmp_path / f"profile of {name}"
        home = profile / "profiles" / "default"
        with zipfile.ZipFile(package) as archive:
            archive.extractall(home / "python" / "plugins")
        settings = home / "QGIS" / "QGIS3.ini"
        settings.parent.mkdir()
        # What the plugin manager's check box and the language of the options write.
        lines = ["[PythonPlugins]", "osm2cdr=true", "[locale]"]
        lines += ["overrideFlag=true", f"userLocale={language}"] if language else []
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "OSM2CDR_TEST_OUT": str(out),
            "PROJ_DATA": "/usr/share/proj", "OSM2CDR_TEST_SOURCE": str(SAMPLE), "OSM2CDR_TEST_PART": part,
            "OSM2CDR_TEST_SCRIPTS": str(SCRIPTS),
        }  # fmt: skip
        command = [display, "-a", "-s", "-screen 0 1400x900x24", program, "--profiles-path", str(profile)]
        command += ["--noversioncheck", "--nologo", "--code", str(scripts / f"{script}.py")]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=3000, check=False)
        SHOTS.mkdir(exist_ok=True)
        for shot in out.glob("*.png"):
            shutil.copy(shot, SHOTS / f"{name}-{shot.name}")
        assert (out / "saw.json").exists(), done.stderr
        saw = json.loads((out / "saw.json").read_text(encoding="utf-8"))
        assert "error" not in saw, (saw["error"], saw.get("windows"))
        assert all(shot.stat().st_size > 10_000 for shot in out.glob("*.png"))
        return saw

    return start
