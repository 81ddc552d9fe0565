"""Each change of mutants.toml, made in a copy of the checkout of its own: the tests that it names must fail.

`tests/house/mutants.py [WORD ...]` tries those alone whose file or sentence has one of the words.
"""

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import tomllib

from areas import ROOT

LIST = Path(__file__).with_suffix(".toml")
WORKERS = 2
# Seconds for the tests of one change.
MOST = float(os.environ.get("OSM2CDR_MUTANTS_SECONDS", "300"))
# pytest's exit code where tests failed; any other but 0 means that they were not run.
FAILED = 1


def load():
    """The list."""
    with LIST.open("rb") as file:
        return tomllib.load(file)["mutant"]


def place(mutant, root=ROOT):
    """The file of a change and what it becomes; ValueError where the text does not stand in it exactly once."""
    path = root / mutant["file"]
    text = path.read_text(encoding="utf-8")
    if text.count(mutant["old"]) != 1:
        raise ValueError(f"{mutant['file']} has {text.count(mutant['old'])} times {mutant['old']!r}")
    return path, text.replace(mutant["old"], mutant["new"])


def copied(target):
    """A copy of the checkout as it stands, ready to run."""
    command = ["git", "ls-files", "-zco", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    target.mkdir(exist_ok=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    (target / ".venv").symlink_to((ROOT / ".venv").resolve())
    (target / "build").mkdir()
    (target / "build" / "sample").symlink_to(ROOT / "build" / "sample")
    subprocess.run([target / ".ci" / "links"], check=True, stdout=subprocess.DEVNULL)
    return target


def run(root, tests):
    """The exit code of tests in a copy, None where they took too long; and what they said."""
    data = os.environ.get("OSM2CDR_TEST_DATA", str(ROOT.parent / "shared" / "data"))
    command = [root / ".ci" / "test", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "OSM2CDR_TEST_DATA": data, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            said, _ = process.communicate(timeout=MOST)
        except subprocess.TimeoutExpired:
            # With all that it started.
            os.killpg(process.pid, signal.SIGKILL)
            return None, ""
    return process.returncode, said


def verdict(root, mutant):
    """`noticed`, or what is wrong."""
    try:
        path, changed = place(mutant, root)
    except (OSError, ValueError) as error:
        return f"NOT FOUND: {error}"
    original = path.read_text(encoding="utf-8")
    path.write_text(changed, encoding="utf-8")
    try:
        code, said = run(root, mutant["tests"])
    finally:
        path.write_text(original, encoding="utf-8")
    # A change may make everything wait for ever: tests that pass in time without it tell that as well. And QGIS may
    # crash behind a test that failed.
    if code is None or code == FAILED or code < 0:
        return "noticed"
    return "SURVIVED" if code == 0 else f"NOT RUN: {said.strip().splitlines()[-1:]}"


def say(*lines):
    """One line after the other, at once."""
    sys.stdout.write("\n".join((*lines, "")))
    sys.stdout.flush()


def work(folder, waiting, told):
    """Try changes until none is left."""
    root = copied(folder)
    while True:
        try:
            mutant = waiting.get_nowait()
        except queue.Empty:
            return
        begun = time.monotonic()
        said = verdict(root, mutant)
        if said == "noticed" and tuple(mutant["tests"]) not in told["good"]:
            # Tests that fail anyway would notice anything.
            code, _ = run(root, mutant["tests"])
            if code == 0:
                told["good"].add(tuple(mutant["tests"]))
            else:
                said = "ITS TESTS FAIL without it, too"
        line = f"{said:10} {time.monotonic() - begun:5.0f} s  {mutant['file']:52} {mutant['why']}"
        told["rows"].append((said, line))
        say(line)


def main(words):
    """The exit code: 0 where every change was noticed."""
    waiting = queue.Queue()
    chosen = [one for one in load() if not words or any(word in one["file"] + one["why"] for word in words)]
    for mutant in chosen:
        waiting.put(mutant)
    told = {"rows": [], "good": set()}
    with tempfile.TemporaryDirectory(prefix="osm2cdr-mutants-") as place_of_all:
        folders = [Path(place_of_all) / str(number) / "osm2cdr" for number in range(min(WORKERS, len(chosen)))]
        threads = []
        for folder in folders:
            folder.mkdir(parents=True)
            threads.append(threading.Thread(target=work, args=(folder, waiting, told)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    bad = [line for said, line in told["rows"] if said != "noticed"]
    say(f"\n{len(told['rows']) - len(bad)} of {len(chosen)} changes were noticed.", *bad)
    return int(bool(bad) or len(told["rows"]) != len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
