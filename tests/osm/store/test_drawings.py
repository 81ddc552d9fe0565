"""A picture and a drawing are the same with a store and without: of names in many scripts too."""

import subprocess

import pytest
import scripts_data

from areas import ROOT
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.store import keeper

SCRIPTS = ("arabic", "japanese", "thai", "cyrillic")
# Qt paints a drawing that is the same to the byte with edges that are another by a level or two, at each run.
LEVELS, SHARE = 16, 0.001


def drawn(source, folder):
    """The picture as an image, the drawings as bytes, and what was said; each time by a process of its own.

    In one that has drawn many other maps Qt gives outlines of letters that differ by a thousandth of a millimetre.
    """
    from qgis.PyQt.QtGui import QImage

    box = ",".join(map(str, scripts_data.BOX))
    command = [ROOT / "bin" / "osm2cdr", "export", f"--bbox={box}", "--formats=png,svg,cdr", f"--source={source}"]
    command += ["--detail=4", "--dpi=72", "--name=map", f"--out={folder}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    paths = {name: folder / f"map_{name}.{name}" for name in ("png", "svg", "cdr")}
    return QImage(str(paths["png"])), [paths[name].read_bytes() for name in ("svg", "cdr")], done.stderr


@pytest.mark.one_system("the rows are compared on both")
def test_a_store_changes_no_drawing(stores, tmp_path, qgis):
    import numpy as np

    source = tmp_path / "town.osm"
    scripts_data.write(source, SCRIPTS)
    picture, drawings, told = drawn(source, tmp_path / "plain")
    keeper.make(source, Feedback())
    other, *same = drawn(source, tmp_path / "stored")
    assert same == [drawings, told]
    pixels = []
    for image in (picture, other):
        image = image.convertToFormat(image.Format.Format_RGB888)
        data = image.constBits().asstring(image.sizeInBytes())
        pixels.append(np.frombuffer(data, np.uint8).reshape(image.height(), -1)[:, : 3 * image.width()])
    assert (abs(np.subtract(*pixels, dtype=np.int16)) > LEVELS).mean() < SHARE
