"""Who follows CONTRIBUTING alone has a format and a style that pass: in a checkout called `copy`, beside no data."""

import os
import re
import subprocess

import mutants
import pytest

from areas import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FORMATS = "processing_provider/formats"
READERS = "tests/conformance/readers/gis.py"


def blocks(title):
    """The code of a section, in order."""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^```\w+\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def told(words):
    """Whether the page says to run it."""
    return f"`{words}`" in PAGE


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A checkout of its own, as it stands here, beside nothing."""
    return mutants.copied(tmp_path_factory.mktemp("a newcomer") / "copy")


def run(folder, *command):
    """What a command of the page says there, and its exit code."""
    environment = {**os.environ, "OSM2CDR_TEST_DATA": str(folder / "nothing"), "OSM2CDR_TEST_EDITORS": "0"}
    done = subprocess.run(
        [folder / ".ci" / command[0], *command[1:]], cwd=folder, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def passed(said, word):
    """How many tests of it passed."""
    return len(re.findall(rf"^\S*{word}\S* PASSED", said, re.MULTILINE))


def test_a_format_is_a_row_a_module_and_a_reader_and_a_style_a_file_and_a_row(copy):
    """Both at once, as each run of the tests collects them all."""
    row, module, reader, entry = blocks("A new format")
    catalogue, path, readers = copy / FORMATS / "catalogue.csv", copy / FORMATS / "gis" / "geojsons.py", copy / READERS
    with catalogue.open("a", encoding="utf-8") as file:
        file.write(row)
    path.write_text(module, encoding="utf-8")
    text = readers.read_text(encoding="utf-8")
    text = text.replace("READERS = {\n", f"{reader}\n\nREADERS = {{\n{entry}")
    readers.write_text(text, encoding="utf-8")
    style, row = blocks("A new style")
    (copy / "processing_provider" / "cartography" / "themes" / "slate.json").write_text(style, encoding="utf-8")
    page = copy / "docs" / "styles.md"
    rows = page.read_text(encoding="utf-8").split("\n")
    last = max(number for number, line in enumerate(rows[: rows.index("## One of your own")]) if line.startswith("| `"))
    rows.insert(last + 1, row.rstrip("\n"))
    page.write_text("\n".join(rows), encoding="utf-8")
    assert told("make docs")
    assert run(copy, "docs") == (0, "")
    assert told('make test ARGS="-k geojsons"')
    assert told('make test ARGS="-k slate"')
    code, said = run(copy, "test", "-v", "-k", "geojsons or slate")
    assert code == 0, said
    assert passed(said, "geojsons") >= 8
    assert passed(said, "slate") >= 5
    assert told("make test ARGS=tests/house")
    house = ("test_house.py", "test_rooms.py", "test_claims.py", "test_translation.py")
    code, said = run(copy, "test", "-q", *(f"tests/house/{name}" for name in house))
    assert code == 0, said
    # A writer that leaves out a table does not pass.
    path.write_text(module.replace("in view.tables:", "in view.tables[1:]:"), encoding="utf-8")
    counts = "tests/conformance/test_conformance.py::test_layers_and_counts[geojsons-sample]"
    code, said = run(copy, "test", "-q", "-x", counts)
    assert code == 1, said
