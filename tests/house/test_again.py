"""What failed in a part of the whole run is tried once more, alone: that decides, and nothing else is let through."""

import json
import shutil
import subprocess

import pytest

from areas import ROOT

NAMES = ["tests/house/test_again.py::test_x[a b]", "tests/house/test_again.py::test_y[Ж'\"$(x)]"]


@pytest.fixture
def again(tmp_path):
    """again(part, failed, code): the script in a checkout whose tests end so; its code, its words, what was tried."""
    checkout = tmp_path / "any name"
    (checkout / ".ci").mkdir(parents=True)
    for name in ("again", "env"):
        shutil.copy(ROOT / ".ci" / name, checkout / ".ci")

    def run(part, failed, code):
        cache = checkout / "cache"
        (cache / "v" / "cache").mkdir(parents=True)
        if failed is not None:
            (cache / "v" / "cache" / "lastfailed").write_text(json.dumps(dict.fromkeys(failed, True)), encoding="utf-8")
        tried = checkout / "tried"
        for name in ("test", "matrix", "test-browser"):
            script = checkout / ".ci" / name
            script.write_text(f'#!/bin/bash\nprintf "%s\\n" {name} "$@" >{"tried"}\nexit {code}\n', encoding="utf-8")
            script.chmod(0o755)
        command = [str(checkout / ".ci" / "again"), part, "cache"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, tried.read_text("utf-8").splitlines() if tried.exists() else []

    return run


@pytest.mark.parametrize(("part", "script"), [("rooms", "test"), ("matrix", "matrix"), ("browser", "test-browser")])
def test_what_passes_alone_is_named_and_let_through(again, part, script):
    code, words, tried = again(part, NAMES, 0)
    assert (code, tried) == (0, [script, *NAMES])
    assert all(name in words for name in NAMES)
    assert "mend them" in words


def test_what_fails_again_fails(again):
    code, words, tried = again("rooms", NAMES, 1)
    assert code != 0
    assert tried
    assert "mend them" not in words


@pytest.mark.parametrize("failed", [None, [], [f"tests/house/test_again.py::test_{number}" for number in range(13)]])
def test_many_or_unknown_are_not_tried(again, failed):
    """What broke before a test could fail, or so much that the machine was not the reason."""
    code, _, tried = again("rooms", failed, 0)
    assert (code, tried) == (1, [])
