"""What is tried on the next Debian: each folder of the tests is there, or stays away for a reason."""

import re
from types import SimpleNamespace

import one_system
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


def test_what_is_marked_as_of_one_system_stays_away():
    assert "one_system" in WORDS[WORDS.index("-m") + 1].split(" and not ")


def test_each_mark_says_why():
    texts = [path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("*.py"))]
    marks = [mark for text in texts for mark in re.findall(r"mark\.one_system\b.*", text)]
    assert len(marks) > 4
    assert [mark for mark in marks if not re.match(r'mark\.one_system\("[^"]{8,}"\)', mark)] == []


@pytest.mark.parametrize(
    ("given", "marked"), [("default", 0), ("dark", 0), ("blueprint", 1), ("sample", 0), (3, 0), (None, 0)]
)
def test_two_styles_are_drawn_there(given, marked):
    marks = []
    callspec = {} if given is None else {"callspec": SimpleNamespace(params={"area": "sample", "style": given})}
    one_system.mark([SimpleNamespace(add_marker=marks.append, **callspec)])
    assert len(marks) == marked
