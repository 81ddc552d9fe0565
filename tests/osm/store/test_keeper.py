"""Stores come whole or not at all, are found while they are true, and a job never depends on one."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest
from stores import exported, kept

from areas import ROOT
from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.store import background_build, keeper
from osm2cdr.processing_provider.osm.store.file_lock import FileLock
from osm2cdr.processing_provider.osm.store.layout import BLOCKS, HEADER, INDEX, BrokenStoreError
from osm2cdr.processing_provider.sources import extract
from osm2cdr.processing_provider.tools import child_environment

pytestmark = pytest.mark.one_system("locks, processes and files of ours; equality and faults are tried on both")

# Builds a store in a process of its own; what stands before it in the command is done first.
BUILD = """
import sys
sys.path.insert(0, {plugins!r})
from pathlib import Path
from osm2cdr.processing_provider.errors import ExportError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.store import keeper, layout
from osm2cdr.processing_provider.osm.store.layout import BrokenStoreError
from osm2cdr.processing_provider.sources import extract
{first}
try:
    keeper.make(Path({source!r}), Feedback())
except ExportError as error:
    sys.exit(str(error))
"""


def another_process(source, first=""):
    """Build in another process; its exit code and last words."""
    script = BUILD.format(plugins=str(ROOT / "build" / "plugins"), source=str(source), first=first)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_a_job_with_a_store_reads_nothing_of_the_source(stores, source, tmp_path, monkeypatch):
    plain = exported(source, tmp_path / "plain")
    keeper.make(source, Feedback())

    def never(*_):
        raise AssertionError("read")

    monkeypatch.setattr(extract, "read", never)
    assert exported(source, tmp_path / "stored") == plain


def test_a_job_closes_the_store_that_it_used(stores, source, tmp_path, monkeypatch):
    keeper.make(source, Feedback())
    used, find = [], keeper.find
    monkeypatch.setattr(keeper, "find", lambda path: used.append(find(path)) or used[-1])
    exported(source, tmp_path / "files")
    (store,) = used
    with pytest.raises(BrokenStoreError, match="closed file"):
        store.stage((24.9, 60.1, 25.0, 60.2), (), 3, Feedback())


def test_a_builder_that_is_killed_leaves_nothing_that_is_read(stores, source, tmp_path):
    die = "import os, signal\n{} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    for moment in ("extract._check_tables", "layout.Draft.add", "layout.Draft.close", "Path.rename"):
        assert another_process(source, die.format(moment))[0] == -signal.SIGKILL
        assert kept(stores)
        assert keeper.find(source) is None
        assert keeper.listed() == []
    keeper.drop()
    assert kept(stores) == []
    keeper.make(source, Feedback())
    assert kept(stores) == [keeper.key_of(source)]


def test_of_two_builders_the_second_says_so(stores, source):
    stores.mkdir(mode=0o700)
    lock = FileLock(stores / f"{keeper.key_of(source)}.lock")
    assert lock.take()
    code, said = another_process(source)
    assert (code, said.strip()) == (1, "The store of town.osm.pbf is being built just now.")
    lock.release()
    assert another_process(source)[0] == 0
    assert another_process(source)[0] == 0
    assert len(keeper.listed()) == 1


def test_a_source_that_is_replaced_has_no_store_until_it_is_built_anew(stores, source):
    def replace(percent, _step, _text):
        if percent > 50:
            os.utime(source, ns=(1, 1))

    with pytest.raises(SourceError, match="was replaced"):
        keeper.make(source, Feedback(replace))
    assert kept(stores) == []
    keeper.make(source, Feedback())
    os.utime(source, ns=(2, 2))
    assert keeper.find(source) is None
    assert [entry.is_current for entry in keeper.listed()] == [False]
    keeper.make(source, Feedback())
    assert [entry.is_current for entry in keeper.listed()] == [True]


def test_a_full_disk_leaves_no_store_and_one_sentence(stores, source):
    first = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"
    )
    for most in (0, 1000, 70_000, 300_000, 700_000):
        code, said = another_process(source, first.format(most))
        assert code == 1
        assert "Traceback" not in said, said
        assert kept(stores) == [], most
        assert keeper.find(source) is None


def test_a_disk_without_room_is_seen_before(stores, source, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1 << 20}))
    with pytest.raises(SourceError, match="no room"):
        keeper.make(source, Feedback())
    assert kept(stores) == []


def test_a_folder_that_cannot_be_written_costs_a_job_nothing(stores, source, tmp_path, monkeypatch):
    monkeypatch.setenv(keeper.VARIABLE, os.devnull + "/stores")
    with pytest.raises(SourceError, match="could not be built"):
        keeper.make(source, Feedback())
    assert exported(source, tmp_path / "out")[0]["features"]


def test_no_byte_of_a_store_can_be_another_unseen(stores, source, tmp_path):
    plain = exported(source, tmp_path / "plain")
    keeper.make(source, Feedback())
    mine, whole = stores / keeper.key_of(source), tmp_path / "whole"
    shutil.copytree(mine, whole)
    for name, shares in ((HEADER, (0.0, 0.6)), (INDEX, (0.3, 0.999)), (BLOCKS, (0.0, 0.6, 0.999))):
        for share in shares:
            if not mine.exists():
                shutil.copytree(whole, mine)
            file = mine / name
            data = bytearray((whole / name).read_bytes())
            data[int(share * len(data))] ^= 0x55
            file.write_bytes(data)
            assert exported(source, tmp_path / f"{name}{share}") == plain, (name, share)
            assert not mine.exists()
    shutil.copytree(whole, mine)
    file = mine / BLOCKS
    file.write_bytes(file.read_bytes()[:-1])
    assert keeper.find(source) is None
    assert kept(stores) == []


def test_a_store_of_another_user_is_not_read(stores, source):
    keeper.make(source, Feedback())
    one = stores / keeper.key_of(source)
    for path, mode in ((stores, 0o777), (one, 0o770), (one / BLOCKS, 0o666)):
        before = path.stat().st_mode
        path.chmod(mode)
        assert keeper.find(source) is None
        path.chmod(before)
    store = keeper.find(source)
    assert store is not None
    store.close()


def test_what_was_not_used_for_longest_goes_where_the_budget_ends(stores, source, tmp_path, monkeypatch):
    others = [tmp_path / f"{name}.osm.pbf" for name in "ab"]
    for number, path in enumerate(others):
        path.write_bytes(source.read_bytes())
        keeper.make(path, Feedback())
        for file in (stores / keeper.key_of(path)).iterdir():
            os.utime(file, (1000 - number, 1000 - number))
    size = sum(entry.bytes for entry in keeper.listed())
    monkeypatch.setenv(keeper.BUDGET_VARIABLE, str(1.1 * size / 1e6))
    keeper.make(source, Feedback())
    assert [entry.source for entry in keeper.listed()] == [str(others[0]), str(source)]


def test_a_build_that_is_cancelled_leaves_nothing(stores, source):
    seen = []
    for most in (0, 30, 60, 90):
        at = [0.0]
        feedback = Feedback(lambda percent, *_, at=at: at.append(percent), None, lambda at=at, most=most: at[-1] > most)
        with pytest.raises(Cancelled):
            keeper.make(source, feedback)
        seen.append(kept(stores))
    assert seen == [[]] * 4


def test_the_next_job_has_a_store_that_was_built_beside(stores, source, tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(background_build, "start_apart", lambda module, arguments: started.append((module, arguments)))
    exported(source, tmp_path / "off")
    assert started == []
    monkeypatch.delenv(background_build.VARIABLE)
    exported(source, tmp_path / "on")
    assert started == [("osm2cdr.processing_provider.osm.store.background_build", [str(source)])]
    assert background_build.main(source) == 0
    exported(source, tmp_path / "stored")
    assert len(started) == 1
    monkeypatch.setenv(keeper.VARIABLE, os.devnull)
    assert background_build.main(source) == 1


@pytest.mark.parametrize("words", ["many", "-1", "inf", " "])
def test_a_budget_that_is_no_number_is_one_sentence(stores, source, monkeypatch, words):
    monkeypatch.setenv(keeper.BUDGET_VARIABLE, words)
    with pytest.raises(SourceError, match=f"OSM2CDR_STORE_MB is {words}, and must be") as caught:
        keeper.make(source, Feedback())
    assert caught.value.code == "bad_budget"
    assert not stores.exists()


def test_jobs_look_for_stores_where_the_launcher_lists_them(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert child_environment(ROOT, tmp_path)["XDG_CACHE_HOME"] == str(tmp_path)


def test_stores_are_made_listed_and_dropped_by_the_launcher(stores, source):
    def run(*words):
        done = subprocess.run(
            [str(ROOT / "bin" / "osm2cdr"), "store", *words], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    code, out, _ = run("build", str(source), "--json")
    built = json.loads(out)
    assert (code, built["source"], built["is_current"]) == (0, str(source), True)
    assert json.loads(run("list", "--json")[1])[0]["key"] == built["key"]
    assert str(source) in run("list")[1]
    assert run("build", str(source))[0] == 0
    assert run("build", "no.pbf") == (2, "", "osm2cdr: The source no.pbf is not a file.\n")
    assert str(source) in run("drop", str(source))[1]
    assert run("list") == (0, "", "")
    there_is_none = f"osm2cdr: There is no store of {source}; 'osm2cdr store list' shows those that there are.\n"
    assert run("drop", str(source)) == (2, "", there_is_none)
