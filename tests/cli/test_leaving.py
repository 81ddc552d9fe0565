"""Ctrl-C ends the launcher with one sentence, whatever it is just importing or doing."""

import os
import subprocess
import sys

import pytest

from areas import ROOT

# Runs the launcher and sends it Ctrl-C once it begins to import a module: a moment that depends on no speed.
AT = """
import builtins, os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = sys.argv[2:]
late = {late!r}
def finder(name, *_):
    if name.endswith(late):
        os.kill(os.getpid(), signal.SIGINT)
class Finder:
    find_spec = staticmethod(finder)
sys.meta_path.insert(0, Finder)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.one_system("signals and the order of imports are Python's")
@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["store", "build", "FILE"], "osm2cdr.cli.main"),
        (["store", "build", "FILE"], "cli.accounts"),
        (["store", "build", "FILE"], "osm.store.keeper"),
        (["store", "build", "FILE"], "osm.store.build"),
        (["store", "list"], "osm.store.keeper"),
        (["formats"], "cli.formats"),
    ],
)
def test_ctrl_c_is_a_cancel_from_the_start(tmp_path, words, module):
    file = tmp_path / "six.osm.pbf"
    file.write_text("hello\n")
    launcher = str(ROOT / "bin" / "osm2cdr")
    words = [str(file) if word == "FILE" else word for word in words]
    environment = {**os.environ, "OSM2CDR_STORE": str(tmp_path / "stores")}
    command = ["/usr/bin/python3", "-EPc", AT.format(late=module), "-", launcher, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (130, "osm2cdr: cancelled.\n")


@pytest.mark.one_system("signals are Python's")
def test_a_launcher_that_ignores_ctrl_c_goes_on_doing_so():
    """As one that a shell put in the background."""
    script = (
        f"import signal, sys; sys.path.insert(0, {str(ROOT / 'build' / 'plugins')!r})\n"
        "from osm2cdr.cli.leaving import end_at_once, end_in_order\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "end_at_once(), end_in_order()\n"
        "assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
