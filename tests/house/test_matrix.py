"""What is tried on the next Debian: each folder of the tests is there, or stays away for a reason."""

import pytest

from areas import ROOT, TESTS

AWAY = {
    "browser": "pages and generated clients, which depend on Chromium and Node",
    "chaos": "long, and of stand-ins",
    "house": "of the checkout itself: imports, pages, translations, the zip",
    "support": "no tests",
}
WORDS = [line for line in (ROOT / ".ci" / "matrix-tests").read_text().splitlines() if not line.startswith("#")]
PATHS = [word for word in WORDS if word.startswith("tests/")]
IGNORED = [word.partition("=")[2] for word in WORDS if word.startswith("--ignore=")]


@pytest.mark.parametrize("path", [*PATHS, *IGNORED])
def test_what_is_listed_is_there(path):
    assert (ROOT / path).exists()


def test_every_folder_is_tried_or_stays_away_for_a_reason():
    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    tried = {path.split("/")[1] for path in PATHS}
    assert tried | AWAY.keys() == folders
    assert not tried & AWAY.keys()
