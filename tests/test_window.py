"""The plugin in a real QGIS window on a display of its own."""

import json
import os
import shutil
import subprocess

import pytest

from areas import ROOT, SAMPLE


def test_the_toolbar_opens_the_dialog_and_unload_leaves_no_trace(tmp_path):
    program = shutil.which("qgis.bin") or shutil.which("qgis")
    display = shutil.which("xvfb-run")
    assert program
    assert display
    profile = tmp_path / "profile"
    shutil.copytree(ROOT / "build" / "profile" / "profiles", profile / "profiles")
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "OSM2CDR_TEST_OUT": str(tmp_path),
        "QGIS_PLUGINPATH": str(ROOT / "build" / "plugins"), "PROJ_DATA": "/usr/share/proj",
        "OSM2CDR_TEST_SOURCE": str(SAMPLE),
    }  # fmt: skip
    command = [display, "-a", "-s", "-screen 0 1400x900x24", program, "--profiles-path", str(profile)]
    command += ["--noversioncheck", "--nologo", "--code", str(ROOT / "tests" / "window_script.py")]
    subprocess.run(command, env=environment, capture_output=True, timeout=180, check=False)
    saw = json.loads((tmp_path / "saw.json").read_text(encoding="utf-8"))
    assert "error" not in saw, saw["error"]
    assert saw["loaded"] == {"toolbars": ["osm2cdrToolbar"], "menus": ["osm2cdr"], "entries": 1, "provider": True}
    assert saw["dialogs"] == ["Export OpenStreetMap area"]
    extents = [text for text in saw["texts"] if "[EPSG:4326]" in text]
    assert len(extents) == 1
    west, east, south, north = (float(part) for part in extents[0].split(" ")[0].split(","))
    # The canvas shows the box and what its shape adds at the sides.
    assert west <= 24.9368 < 24.9516 <= east
    assert (south, north) == pytest.approx((60.1652, 60.1775), abs=1e-6)
    tree = saw["tree"]["OpenStreetMap"]
    assert list(saw["tree"]) == ["OpenStreetMap"]
    assert tree.index("House numbers") < tree.index("Roads") < tree.index("Buildings") < tree.index("Land")
    assert set(saw["renderers"].values()) == {"RuleRenderer"}
    assert saw["unloaded"] == {"toolbars": [], "menus": [], "entries": 0, "provider": False}
    assert os.path.getsize(tmp_path / "dialog.png") > 10_000
