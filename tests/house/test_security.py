"""The plugin site's rules on the zip, and that each of them is looked at; what stands in for what they refuse."""

import shutil
import sqlite3
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest

from areas import ROOT
from osm2cdr.processing_provider.geo.sql import literal, quoted, sql
from osm2cdr.processing_provider.text.xml_text import escape, quoteattr

HOSTILE = ["plain", 'a "b" c', "it's", "\"'", "a; DROP TABLE t; --", "<&>", "Łódź 北京", "{x!s}", "tab\tand\nline"]
FAULTS = {
    "a.py": "assert print\ntry:\n    pass\nexcept Exception:\n    pass\n",
    "b.py": "import os\n\n\ndef start(name):\n    return f'SELECT * FROM {name}', os.popen(name)\n",
    "c.py": "import pickle  # nosec\n",
    "d.py": "KEY = 'AKIA" + "IOSFODNN7QEXZMPLE'\n",
    "e.py": "def f():\n    return undefined_name\n",
    "run.sh": "true\n", "f.pyc": "x", ".hidden": "x",
}  # fmt: skip
TOLD = (
    "a.py:1: B101", "a.py:4: B110", "b.py:5: B608", "b.py:5: B605", "c.py: nosec", "d.py:1: AWS Access Key",
    "e.py:2:12: F821", "run.sh: looks like a program", "f.pyc: must not be", ".hidden: a hidden file",
    "LICENSE is missing", "metadata.txt has no about", "tracker is no address", ".bandit leaves out more",
)  # fmt: skip


def check(package):
    """Exit code and findings."""
    done = subprocess.run([ROOT / ".ci" / "security", "--quick", package], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_nothing_is_found_in_our_own_code(package):
    assert check(package) == (0, f"{package.name}: nothing is found.\n")


def test_every_rule_is_looked_at(package, tmp_path):
    with zipfile.ZipFile(package) as archive:
        archive.extractall(tmp_path)
    plugin = tmp_path / "osm2cdr"
    # What the other test finds nothing in would only take time.
    for room in ("libraries", "processing_provider", "osm2cdr_plugin"):
        shutil.rmtree(plugin / room)
    for name, text in FAULTS.items():
        (plugin / name).write_text(text, encoding="utf-8")
    (plugin / "LICENSE").unlink()
    lines = (plugin / "metadata.txt").read_text(encoding="utf-8").splitlines()
    told = ["tracker=here" if line.startswith("tracker=") else line for line in lines if not line.startswith("about=")]
    (plugin / "metadata.txt").write_text("\n".join(told), encoding="utf-8")
    (plugin / ".bandit").write_text((plugin / ".bandit").read_text() + "skips = B411\n", encoding="utf-8")
    faulty = shutil.make_archive(str(tmp_path / "faulty"), "zip", tmp_path, "osm2cdr")
    code, said = check(faulty)
    assert code == 1
    assert [text for text in TOLD if text not in said] == [], said


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_a_statement_is_a_name_and_nothing_else(name):
    with sqlite3.connect(":memory:") as database:
        database.execute(sql("CREATE TABLE {table!i} ({columns!i})", table=name, columns=[name, "other"]))
        row = database.execute(sql("SELECT {text!t}, {most!n}", text=name, most=7)).fetchone()
        assert row == (name, 7)
        database.execute(sql("INSERT INTO {table!i} VALUES (?, ?)", table=name), (name, 1))
        found = database.execute(sql("SELECT {name!i} FROM {name!i} WHERE {name!i} = {name!t}", name=name)).fetchall()
        assert found == [(name,)]
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [(name,)]
    assert (quoted('a"b'), literal("it's")) == ('"a""b"', "'it''s'")


def test_a_place_without_a_letter_takes_nothing():
    with pytest.raises(ValueError, match="conversion"):
        sql("SELECT {name}", name="x")
    with pytest.raises(ValueError, match="invalid literal"):
        sql("SELECT 1 LIMIT {most!n}", most="1; DROP")


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_come_out_of_xml_as_they_went_in(text):
    root = ElementTree.fromstring(f"<a b={quoteattr(text)}>{escape(text)}</a>")
    assert (root.get("b"), root.text) == (text, text)
