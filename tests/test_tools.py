"""Other programs: found or named with what to install, ended on cancel, their own words where they fail."""

import os
import time

import pytest

from osm2cdr.processing_provider import tools
from osm2cdr.processing_provider.errors import Cancelled, WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats import registry
from osm2cdr.processing_provider.formats.catalogue import FORMATS


def script(folder, monkeypatch, text):
    """A program called `pdftocairo`, the only one in PATH."""
    program = folder / "pdftocairo"
    program.write_text(f"#!/usr/bin/python3\n{text}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_a_missing_program_is_named_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    reason = registry.availability(FORMATS["eps"])
    assert "pdftocairo" in reason
    assert "apt install poppler-utils" in reason
    with pytest.raises(WriteError, match="apt install poppler-utils"):
        tools.run("pdftocairo", [], Feedback())


def test_a_failing_program_is_told_in_its_own_words(tmp_path, monkeypatch):
    script(tmp_path, monkeypatch, "import sys; sys.stderr.write('first\\nI am out of paper.\\n'); sys.exit(3)")
    with pytest.raises(WriteError, match=r"pdftocairo failed: I am out of paper\.$"):
        tools.run("pdftocairo", [], Feedback())


@pytest.mark.parametrize("deaf", [False, True])
def test_cancel_ends_the_program(tmp_path, monkeypatch, deaf):
    note = tmp_path / "pid"
    ignore = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" if deaf else ""
    script(
        tmp_path, monkeypatch,
        f"{ignore}import os, time, pathlib\npathlib.Path({str(note)!r}).write_text(str(os.getpid()))\ntime.sleep(60)",
    )  # fmt: skip
    start = time.monotonic()
    with pytest.raises(Cancelled):
        tools.run("pdftocairo", [], Feedback(None, None, lambda: note.exists() and note.read_text() != ""))
    assert time.monotonic() - start < 10
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)
